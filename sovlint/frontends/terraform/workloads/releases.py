"""Charts that Terraform installs: what is laid on their values, and where they are."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from sovlint.documents import scalar
from sovlint.documents.attributes import Evaluated
from sovlint.documents.interpolation import WRITTEN
from sovlint.documents.tree import Node, OpenNode, PerhapsNode, get, is_map, made, text
from sovlint.frontends.cluster.charts.merge import merged, set_path
from sovlint.frontends.cluster.charts.sends import sends_of
from sovlint.frontends.terraform.workloads.structure import tree
from sovlint.frontends.workloads.nodes import held_in, leading, value_of
from sovlint.model.resources.installed import InstalledRelease
from sovlint.model.resources.resource import Resource
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown
from sovlint.rules.hints import Hints
from sovlint.rules.keys import path_parts
from sovlint.rules.workload import InstalledChart

_CHART = "Chart.yaml"
"""The file that makes a folder a chart."""
_PACKAGED = ".tgz"
"""How an archive's name ends."""
_OF_RELEASE = ("name", "namespace")
_TEXT = "string"
"""The type of what is set as a text, whatever it reads like."""


class ReleaseTree(Struct, frozen=True):
    """What a resource says of a release, and the values that it gives. ``open``: why there may be others."""

    whole: Node
    values: Node
    open: Unknown | None


def charts_in(paths: Iterable[str]) -> frozenset[str]:
    """The folders that are charts, and the archives that may hold one."""
    found: set[str] = set()
    for path in paths:
        if posixpath.basename(path) == _CHART:
            found.add(posixpath.dirname(path))
        elif path.endswith(_PACKAGED):
            found.add(path)
    return frozenset(found)


def installing(
    resource: Resource, rule: InstalledChart, hints: Hints, charts: Collection[str]
) -> Resource:
    """A release with where its values send data, and its chart where that isn't here to read. ``charts``: the folders
    that are charts of this repository."""
    said = release_tree(resource, rule)
    if said is None:
        return resource
    chart = next(leading(said.whole, rule.chart), None)
    repository = text(next(leading(said.whole, rule.repository), None))
    published = hints.charts.published(text(chart).rpartition("/")[2], repository)
    values = merged(made(dict(published or {}), said.whole.where), said.values)
    is_known = published is not None or chart_folder(resource, rule, said, charts) is not None
    lacks = () if chart is None or is_known else (_shown(chart),)
    doubts = (resource.unsaid, _changed(said.whole, rule), said.open)
    return replace(
        resource,
        sends=(*resource.sends, *sends_of(values, hints)),
        lacks=(*resource.lacks, *lacks),
        unsaid=next((each for each in doubts if each is not None), None),
    )


def _changed(whole: Node, rule: InstalledChart) -> Unknown | None:
    """Why a program may change all that a release makes; ``None`` where none does."""
    for path in rule.changed_by:
        program = next(leading(whole, path_parts(path)), None)
        if program is not None:
            step = Step(program.where, Note(WRITTEN))
            note = Note("terraform.post-rendered", {"path": path})
            return Unknown(Reason.TEMPLATED, path, step, note=note)
    return None


def installed(
    resources: Iterable[Resource], hints: Hints, charts: Collection[str]
) -> Iterator[InstalledRelease]:
    """The releases of charts of this repository."""
    for each in resources:
        rule = hints.installs.get(each.type) if charts else None
        said = None if rule is None else release_tree(each, rule)
        folder = (
            None if rule is None or said is None else chart_folder(each, rule, said, charts)
        )
        is_off = isinstance(each.exists, Known) and not each.exists.value
        if said is None or folder is None or is_off:
            continue
        name, namespace = (_known(said.whole, key) for key in _OF_RELEASE)
        yield InstalledRelease(
            folder,
            name,
            namespace,
            said.values,
            said.open,
            each.exists,
            each.where.span(),
            each.root or "",
            each.variant,
            each.address,
        )


def release_tree(resource: Resource, rule: InstalledChart) -> ReleaseTree | None:
    """What a resource says of a release; ``None`` where it says nothing."""
    named = map(path_parts, (*rule.sets, *rule.changed_by))
    paths = (rule.chart, rule.repository, rule.values, *named)
    encoded = [key for key in rule.values if len(rule.values) == 1]
    names = {*(path[0] for path in paths), *_OF_RELEASE}
    found = tree(resource.attributes, names, encoded)
    if found is None:
        return None
    values, open_ = Node({}, found.where), None
    for each in map(_held, leading(found, rule.values)):
        doubt = value_of(each)
        if is_map(each):
            values = merged(values, each, last=False)
            doubt = each.open if isinstance(each, PerhapsNode) else None
        elif isinstance(doubt, Unknown):
            values = _overridable(values, doubt)
        open_ = doubt if open_ is None and isinstance(doubt, Unknown) else open_
    return ReleaseTree(found, _with_sets(values, found, rule), open_)


def chart_folder(
    resource: Resource, rule: InstalledChart, said: ReleaseTree, charts: Collection[str]
) -> str | None:
    """The folder of a chart of this repository: one is found from the folder that Terraform runs in."""
    chart = next(leading(said.whole, rule.chart), None)
    value = None if chart is None else value_of(chart)
    if isinstance(value, Known):
        path = posixpath.normpath(posixpath.join(resource.root or "", str(value.value)))
    else:
        path = (None if value is None else value.checkout) or "?"
    folder = "" if path == "." else path
    return folder if folder in charts else None


def _held(values: Node) -> Node:
    """Values, or what a text of them holds."""
    inside = held_in(values) if isinstance(values.value, str) else None
    return values if inside is None else inside


def _with_sets(values: Node, found: Node, rule: InstalledChart) -> Node:
    """Values with those on them that are set one by one, or as a list."""
    for name in rule.sets:
        for each in leading(found, path_parts(name)):
            written, called = get(each, "value"), text(get(each, "name"))
            if written is None or not called:
                continue
            if not isinstance(written.value, list):
                is_text = text(get(each, "type")) == _TEXT
                said = text(written) if is_text else _typed(text(written))
                values = set_path(values, called, said, written.where, is_text)
                continue
            for index, item in enumerate(written.value):
                values = set_path(
                    values, f"{called}[{index}]", _typed(text(item)), item.where
                )
    return values


def _typed(written: str) -> str:
    """What is set, as Helm takes its type from how it reads: ``false`` is no text."""
    is_known = isinstance(written, Evaluated) and isinstance(written.given, Known)
    plain = str.__str__(written)
    return plain if is_known and not isinstance(scalar(plain), str) else written


def _overridable(node: Node, doubt: Unknown) -> Node:
    """Values on which others are laid that aren't known: each may be another."""
    if is_map(node):
        inner = {key: _overridable(item, doubt) for key, item in node.value.items()}
        return OpenNode(inner, node.where, doubt)
    if isinstance(node.value, list):
        return Node([_overridable(item, doubt) for item in node.value], node.where, node.end)
    return Node(
        Evaluated.of(doubt.bare()) if isinstance(node.value, str) else node.value,
        node.where,
        node.end,
    )


def _known(found: Node, key: str) -> str:
    """A text that is known; empty where it isn't."""
    node = get(found, key)
    value = None if node is None else value_of(node)
    return str(value.value) if isinstance(value, Known) else ""


def _shown(chart: Node) -> str:
    """What a chart is called, as far as that may be shown."""
    value = value_of(chart)
    return "?" if value is None or value.sensitive else text(chart)
