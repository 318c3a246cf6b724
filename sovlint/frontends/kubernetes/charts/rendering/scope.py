"""What templates see besides ``.Values``: ``.Release``, ``.Chart``, ``.Capabilities``, ``.Template``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from sovlint.expressions.templates.running import Execution, TemplateError
from sovlint.expressions.templates.text import TemplateHole
from sovlint.expressions.templates.values import Map, TemplateObject
from sovlint.files.package_data import decoded
from sovlint.frontends.kubernetes.charts.rendering.files_object import files_of
from sovlint.frontends.kubernetes.charts.rendering.parts import ChartPart

_DATA: Final = "frontends/kubernetes/charts/rendering/capabilities.json"


class Capabilities(Struct, frozen=True):
    """What a chart is told of the cluster and of Helm: the versions, and the APIs by name."""

    kube_version: str
    helm_version: str
    git_commit: str
    go_version: str
    api_versions: tuple[str, ...]


class _Shipped(Struct, frozen=True):
    source: Mapping[str, str]
    by_helm: Mapping[str, Capabilities]


class Installation(Struct, frozen=True):
    """How a chart is installed: what the release is called, the namespace that it is for, and the cluster. Where nothing
    is said it is as with ``helm template``.

    ``other_apis``: why the cluster may have further APIs; ``None`` where it has none. ``keep_nulls``: nulls of default
    values stay, as in Helm 3.
    """

    name: str | TemplateHole = "release-name"
    namespace: str | TemplateHole = "default"
    capabilities: Capabilities | None = None
    other_apis: TemplateHole | None = None
    keep_nulls: bool = False


def default_capabilities(helm: str = "4") -> Capabilities:
    """What ``helm template`` of a version takes for granted where nobody says more."""
    return decoded(_DATA, _Shipped).by_helm[helm]


def scope_of(whole: ChartPart, values: Map, installed: Installation) -> dict[str, Map]:
    """What the templates of each chart see, by Helm's name of its folder."""
    capabilities = _capabilities(
        installed.capabilities or default_capabilities(), installed.other_apis
    )
    shared = {"Release": _release(installed), "Capabilities": capabilities}
    found: dict[str, Map] = {}
    _scope(whole, values, shared, found)
    return found


def _below(values: Map | TemplateHole, name: str) -> Map | TemplateHole:
    """The values of a subchart: none that are known, where it isn't known what its parent's say."""
    if isinstance(values, TemplateHole):
        return TemplateHole(values.unknown.bare(), f"{values.key}.{name}")
    below = values.get(name)
    return below if isinstance(below, (Map, TemplateHole)) else Map()


def _scope(
    part: ChartPart,
    values: Map | TemplateHole,
    shared: Mapping[str, Any],
    found: dict[str, Map],
) -> Map:
    inner: Map = Map()
    seen = Map(
        {
            "Chart": _chart(part, not found),
            "Files": files_of(part.chart),
            **shared,
            "Values": values,
            "Subcharts": inner,
        }
    )
    found[part.path] = seen
    for each in part.subcharts:
        inner[each.name] = _scope(each, _below(values, each.name), shared, found)
    return seen


def _chart(part: ChartPart, is_root: bool) -> Map:
    shown = part.chart.metadata.shown
    made = Map(shown, shown.places)
    made["Name"] = part.name
    made["IsRoot"] = is_root
    return made


def _release(installed: Installation) -> Map:
    return Map(
        {
            "Name": installed.name,
            "Namespace": installed.namespace,
            "IsUpgrade": False,
            "IsInstall": True,
            "Revision": 1,
            "Service": "Helm",
        }
    )


def _capabilities(given: Capabilities, others: TemplateHole | None) -> TemplateObject:
    major, minor = given.kube_version.lstrip("v").split(".")[:2]
    version = {"Version": given.kube_version, "GitVersion": given.kube_version}
    numbers = {"Major": major, "Minor": minor.rstrip("+")}
    shown = {"String": lambda run: given.kube_version}
    helm = {
        "Version": given.helm_version,
        "GitCommit": given.git_commit,
        "GitTreeState": "clean",
        "GoVersion": given.go_version,
    }
    return TemplateObject(
        {
            "KubeVersion": TemplateObject({**version, **numbers}, shown, given.kube_version),
            "APIVersions": _versions(given, others),
            "HelmVersion": TemplateObject(helm, {}, given.helm_version),
        },
        {},
        "Capabilities",
    )


def _versions(given: Capabilities, others: TemplateHole | None) -> TemplateObject:
    names = frozenset(given.api_versions)

    def has(run: Execution, *arguments: Any) -> Any:
        if len(arguments) != 1:
            raise TemplateError(f"wrong number of args for Has: want 1 got {len(arguments)}")
        asked = arguments[0]
        if not isinstance(asked, str):
            return run.unknown("Has", asked)
        if asked in names or others is None:
            return asked in names
        return TemplateHole(others.unknown.bare(), f"{others.key}.Has({asked})")

    listed = {f"{number:04}": name for number, name in enumerate(given.api_versions)}
    return TemplateObject(listed, {"Has": has}, f"[{' '.join(given.api_versions)}]")
