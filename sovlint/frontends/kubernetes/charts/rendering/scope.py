"""What templates see besides ``.Values``: ``.Release``, ``.Chart``, ``.Capabilities``, ``.Template``."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from posixpath import basename
from typing import Any, Final

from msgspec import Struct

from sovlint.expressions.templates.granted import Granted, GrantedMap
from sovlint.expressions.templates.limits import MAX_WORLDS
from sovlint.expressions.templates.running import Execution, TemplateError
from sovlint.expressions.templates.text import (
    PlacedText,
    TemplateHole,
    has_holes,
    is_hole,
    without_holes,
)
from sovlint.expressions.templates.values import List, Map, TemplateObject
from sovlint.files.package_data import decoded
from sovlint.frontends.kubernetes.charts.rendering.loading import Chart, ChartFile
from sovlint.frontends.kubernetes.charts.rendering.parts import ChartPart
from sovlint.frontends.kubernetes.charts.rendering.patterns import glob_pattern
from sovlint.frontends.kubernetes.charts.rendering.situations import (
    CAPABILITIES,
    NAME,
    NAMESPACE,
)
from sovlint.model.source import Span

# --- ``.Files``: what templates may read of a chart's other files.

_BOM: Final = b"\xef\xbb\xbf"


class _Texts(Mapping[str, str]):
    """The texts of files by path, in order; each is read when it is asked for."""

    __slots__ = ("_files", "_texts")

    def __init__(self, files: Mapping[str, ChartFile]) -> None:
        self._files = files
        self._texts: dict[str, str] = {}

    def __getitem__(self, path: str) -> str:
        if path not in self._texts:
            self._texts[path] = text_of(self._files[path])
        return self._texts[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def text_of(file: ChartFile) -> str:
    """A file's text, which remembers the file. Bytes that are no text are kept as Python keeps them in names of files,
    so that they can be encoded."""
    data = file.bytes().removeprefix(_BOM)
    try:
        written = without_holes(data.decode("utf-8"))
    except UnicodeDecodeError:
        written = data.decode("utf-8", "surrogateescape")
        written = "".join(map(_in_bytes, written)) if has_holes(written) else written
    return PlacedText.written(written, Span(file.path, 1, 1, 1, 1))


def _in_bytes(character: str) -> str:
    """A character that could be taken for something that isn't known, as the bytes that it is."""
    if not is_hole(character):
        return character
    return character.encode().decode("ascii", "surrogateescape")


def files_of(chart: Chart) -> TemplateObject:
    """``.Files`` of a chart."""
    return _files({name: chart.files[name] for name in sorted(chart.others())})


def _files(files: Mapping[str, ChartFile]) -> TemplateObject:
    texts = _Texts(files)

    def get(run: Execution, *arguments: Any) -> Any:
        path = _path("Get", arguments)
        if not isinstance(path, str) or has_holes(path):
            return run.unknown("Get", path)
        found = texts[path] if path in files else ""
        run.afford(len(found))
        return found

    def lines(run: Execution, *arguments: Any) -> Any:
        found = get(run, *arguments)
        if not isinstance(found, str):
            return found
        split = found.split("\n") if found else []
        return List(split[:-1] if split and not split[-1] else split)

    def glob(run: Execution, *arguments: Any) -> Any:
        written = _path("Glob", arguments)
        if not isinstance(written, str) or has_holes(written):
            return run.unknown("Glob", written)
        run.afford(len(files))
        pattern = glob_pattern(written)
        return _files({name: read for name, read in files.items() if pattern.fullmatch(name)})

    return TemplateObject(
        texts,
        {
            "Get": get,
            "GetBytes": get,
            "Lines": lines,
            "Glob": glob,
            "AsConfig": lambda run: _written(run, texts, str),
            "AsSecrets": lambda run: _written(run, texts, _encoded),
        },
        "map[]",
    )


def _path(name: str, arguments: Iterable[Any]) -> Any:
    found = list(arguments)
    if len(found) != 1:
        raise TemplateError(f"wrong number of args for {name}: want 1 got {len(found)}")
    return found[0]


def _written(run: Execution, texts: Mapping[str, str], form: Any) -> Any:
    """Files as YAML, by their names alone."""
    from sovlint.expressions.templates.functions.registry import FUNCTIONS

    run.afford(sum(map(len, texts.values())))
    named = Map({basename(path): form(text) for path, text in texts.items()})
    return FUNCTIONS["toYaml"](run, named)


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode("utf-8", "surrogateescape")).decode()


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
    is said (``None``) it is as with ``helm template``.

    ``elsewhere``: what is made for other clusters than these, and by upgrades, is told besides. ``keep_nulls``: nulls
    of default values stay, as in Helm 3. ``ways``: in so many ways each template may come out of which is looked.
    """

    name: str | TemplateHole | None = None
    namespace: str | TemplateHole | None = None
    capabilities: Capabilities | None = None
    elsewhere: bool = False
    keep_nulls: bool = False
    ways: int = MAX_WORLDS


def default_capabilities(helm: str = "4") -> Capabilities:
    """What ``helm template`` of a version takes for granted where nobody says more."""
    return decoded(_DATA, _Shipped).by_helm[helm]


def scope_of(
    whole: ChartPart, values: Map, installed: Installation, granted: Granted
) -> dict[str, Map]:
    """What the templates of each chart see, by Helm's name of its folder."""
    capabilities = _capabilities(installed.capabilities or default_capabilities(), granted)
    shared = {"Release": _release(installed, granted), "Capabilities": capabilities}
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


def _release(installed: Installation, granted: Granted) -> Map:
    name, namespace = installed.name, installed.namespace
    taken = ["IsUpgrade", "IsInstall", "Revision"]
    if name is None:
        name = NAME
        taken.append("Name")
    if namespace is None:
        namespace = NAMESPACE
        taken.append("Namespace")
    return GrantedMap(
        {
            "Name": name,
            "Namespace": namespace,
            "IsUpgrade": False,
            "IsInstall": True,
            "Revision": 1,
            "Service": "Helm",
        },
        {key: f".Release.{key}" for key in taken},
        granted,
    )


def _capabilities(given: Capabilities, granted: Granted) -> TemplateObject:
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
    usual = {
        "KubeVersion": TemplateObject({**version, **numbers}, shown, given.kube_version),
        "APIVersions": _versions(given),
        "HelmVersion": TemplateObject(helm, {}, given.helm_version),
    }
    names = {key: f"{CAPABILITIES}{key}" for key in usual}
    return TemplateObject(GrantedMap(usual, names, granted), {}, "Capabilities")


def _versions(given: Capabilities) -> TemplateObject:
    names = frozenset(given.api_versions)

    def has(run: Execution, *arguments: Any) -> Any:
        if len(arguments) != 1:
            raise TemplateError(f"wrong number of args for Has: want 1 got {len(arguments)}")
        asked = arguments[0]
        if not isinstance(asked, str) or has_holes(asked):
            return run.unknown("Has", asked)
        return asked in names

    listed = {f"{number:04}": name for number, name in enumerate(given.api_versions)}
    return TemplateObject(listed, {"Has": has}, f"[{' '.join(given.api_versions)}]")
