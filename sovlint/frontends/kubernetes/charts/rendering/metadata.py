"""``Chart.yaml`` (and ``requirements.yaml``, of charts of the first version) -> what Helm knows of a chart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from sovlint.documents.tree import Node, entries, get, is_map, is_true, items, text_of
from sovlint.expressions.templates.text import without_holes
from sovlint.expressions.templates.values import List, Map
from sovlint.expressions.templates.values_text import float_text
from sovlint.model.source import Span

LIBRARY: Final = "library"
"""The type of a chart that only has templates for others."""

_TEXTS: Final[Mapping[str, str]] = {
    "name": "Name",
    "home": "Home",
    "version": "Version",
    "description": "Description",
    "icon": "Icon",
    "apiVersion": "APIVersion",
    "condition": "Condition",
    "tags": "Tags",
    "appVersion": "AppVersion",
    "kubeVersion": "KubeVersion",
    "type": "Type",
}
"""Texts of ``Chart.yaml``, and what templates call them."""


class ChartDependency(Struct, frozen=True):
    """A chart that another one depends on. ``imports``: pairs of paths, from the dependency's values to its parent's."""

    name: str
    alias: str
    version: str
    repository: str
    conditions: tuple[str, ...]
    tags: tuple[str, ...]
    imports: tuple[tuple[str, str], ...]
    where: Span

    @property
    def key(self) -> str:
        """The name that values know it by."""
        return self.alias or self.name


class Metadata(Struct, frozen=True):
    """What ``Chart.yaml`` says. ``shown``: the same as ``.Chart`` in templates, without ``IsRoot``."""

    name: str
    version: str
    type: str
    kube_version: str
    dependencies: tuple[ChartDependency, ...]
    shown: Map
    where: Span


def metadata_of(chart: Node, requirements: Node | None) -> Metadata:
    """What is known of a chart. Dependencies that are said the old way take the place of those in ``Chart.yaml``."""
    old = get(requirements, "dependencies")
    dependencies = tuple(_dependencies(old or get(chart, "dependencies")))
    named = get(chart, "name")
    return Metadata(
        go_text(named),
        go_text(get(chart, "version")),
        go_text(get(chart, "type")),
        go_text(get(chart, "kubeVersion")),
        dependencies,
        _shown(chart, dependencies),
        (named or chart).where,
    )


def go_text(node: Node | None) -> str:
    """A scalar that Go reads into a text, whatever its kind; empty where there is none."""
    value = node.value if node is not None else None
    if isinstance(value, float):
        return float_text(value)
    return without_holes(text_of(value))


def _shown(chart: Node, dependencies: tuple[ChartDependency, ...]) -> Map:
    made = Map()
    for key, name in _TEXTS.items():
        made[name] = go_text(get(chart, key))
        made.places[name] = chart.where
    if not made["APIVersion"]:
        made["APIVersion"] = "v1"
    made["Deprecated"] = is_true(chart, "deprecated")
    for key, name in (("sources", "Sources"), ("keywords", "Keywords")):
        made[name] = List(map(go_text, items(get(chart, key))))
    made["Maintainers"] = List(map(_maintainer, items(get(chart, "maintainers"))))
    annotations = entries(get(chart, "annotations"))
    made["Annotations"] = Map({key: go_text(item) for key, item in annotations.items()})
    made["Dependencies"] = List(map(_shown_dependency, dependencies))
    return made


def _maintainer(node: Node) -> Map:
    return Map(
        {name: go_text(get(node, name.lower())) for name in ("Name", "Email")}
        | {"URL": go_text(get(node, "url"))}
    )


def _shown_dependency(each: ChartDependency) -> Map:
    made: dict[str, Any] = {
        "Name": each.key,
        "Version": each.version,
        "Repository": each.repository,
        "Condition": ",".join(each.conditions),
        "Tags": List(each.tags),
        "Enabled": True,
        "ImportValues": List(),
        "Alias": each.alias,
    }
    return Map(made)


def _dependencies(listed: Node | None) -> Iterator[ChartDependency]:
    for entry in items(listed):
        if is_map(entry) and (name := go_text(get(entry, "name"))):
            condition = go_text(get(entry, "condition")).strip()
            yield ChartDependency(
                name,
                go_text(get(entry, "alias")),
                go_text(get(entry, "version")),
                go_text(get(entry, "repository")),
                tuple(filter(None, condition.split(","))),
                tuple(map(go_text, items(get(entry, "tags")))),
                tuple(_imports(entry)),
                entry.where,
            )


def _imports(entry: Node) -> Iterator[tuple[str, str]]:
    for each in items(get(entry, "import-values")):
        if is_map(each):
            yield go_text(get(each, "child")), go_text(get(each, "parent"))
        elif name := go_text(each):
            yield f"exports.{name}", ""
