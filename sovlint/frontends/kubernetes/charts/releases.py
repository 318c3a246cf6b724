"""Custom resources that install a chart with values of their own: what they say as one tree of values.

Sources: Flux's "Helm Releases" (https://fluxcd.io/flux/components/helm/helmreleases/), Argo CD's "Helm"
(https://argo-cd.readthedocs.io/en/stable/user-guide/helm/), K3s's "Helm" (https://docs.k3s.io/helm). Values win in the
order that these say; a chart of this repository gives its own beneath.
"""

from __future__ import annotations

import fnmatch
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from sovlint.documents import DocumentError
from sovlint.documents.attributes import Evaluated
from sovlint.documents.tree import (
    Node,
    entries,
    from_document,
    get,
    is_map,
    is_true,
    items,
    made,
    text,
    trees_in,
)
from sovlint.frontends.cluster.charts.merge import merged, set_path
from sovlint.frontends.cluster.objects import ManifestObject, of_scope
from sovlint.frontends.harvest import Harvest
from sovlint.frontends.kubernetes.charts.chart_trees import Trees, values_of
from sovlint.frontends.kubernetes.charts.files import joined
from sovlint.frontends.kubernetes.clusters.application_sets import (
    ParameterSet,
    filled_tree,
)
from sovlint.frontends.kubernetes.clusters.generator_files import GeneratorFiles
from sovlint.frontends.kubernetes.clusters.generators import GeneratorSources, parameters
from sovlint.frontends.kubernetes.clusters.registered import argo_clusters
from sovlint.model.source import SourceFile
from sovlint.model.text import Note
from sovlint.model.value import Reason, Step, Unknown

FLUX = "HelmRelease.helm.toolkit.fluxcd.io"
ARGO = "Application.argoproj.io"
ARGO_SET = "ApplicationSet.argoproj.io"
K3S = "HelmChart.helm.cattle.io"

KUSTOMIZE = "HelmChartInflationGenerator"
"""What an entry of a kustomization's ``helmCharts`` is called (``kustomize/helm_charts.py``)."""

_SOURCES = "source.toolkit.fluxcd.io"
_WITH_FOLDERS = ("GitRepository", "Bucket")
"""Sources of Flux in which a chart is a folder; in others it is known by its name."""
_DEFAULT_KEY = "values.yaml"
_ANY_OF = "*?["
"""What paths have that name several files of values."""


class ChartOfRelease(Struct, frozen=True):
    """A chart of this repository that is installed: its folder, the release's name and namespace (empty where nothing
    says it), and the values that are laid on its own. ``open``: where more values are given that aren't here."""

    folder: str
    name: str
    namespace: str
    values: Node
    open: Node | None = None
    files: frozenset[str] = frozenset()
    """The files of values that it names."""


class Release(Struct, frozen=True):
    """What one object installs: the values of each chart, the charts' names, and the namespace that they land in
    (empty: its own). ``files``: what was read for it besides its own; ``lacks``: charts that aren't here to read;
    ``charts``: the names of all charts, without those of the release."""

    values: tuple[Node, ...]
    names: tuple[str, ...]
    namespace: str
    files: frozenset[str] = frozenset()
    lacks: tuple[str, ...] = ()
    charts: tuple[str, ...] = ()
    installed: tuple[ChartOfRelease, ...] = ()
    """Those of its charts that are here."""
    folders: tuple[str | None, ...] = ()
    """Where each of its charts is, in the order of ``values``; ``None`` for one that isn't here."""


class Neighbours(Struct):
    """The other objects of a repository that a release may name, by type, namespace and name."""

    objects: Mapping[tuple[str, str, str], Sequence[ManifestObject]]
    trees: Trees
    harvest: Harvest
    unread: list[Node] = field(default_factory=list)
    """References to values that aren't here to read."""

    @staticmethod
    def of(objects: Sequence[ManifestObject], trees: Trees, harvest: Harvest) -> Neighbours:
        """From all objects."""
        found: dict[tuple[str, str, str], list[ManifestObject]] = {}
        for each in objects:
            found.setdefault((each.type, each.namespace, each.name), []).append(each)
        return Neighbours(found, trees, harvest)

    def remark_unread(self) -> None:
        """One remark for all values that aren't here to read."""
        if self.unread:
            where = min(entry.where for entry in self.unread)
            self.harvest.remark(
                where, "kubernetes.charts.values-elsewhere", count=len(self.unread)
            )

    def parameters(self, application_set: ManifestObject) -> list[ParameterSet]:
        """What the generators of an application set give."""
        secrets = (
            each
            for (kind, _, _), several in self.objects.items()
            if kind == "Secret"
            for each in several
        )
        sources = GeneratorSources(argo_clusters(secrets), GeneratorFiles(self.trees.reader))
        return parameters(application_set.get("spec"), sources)

    def find(
        self, asking: ManifestObject, kind: str, namespace: str, name: str
    ) -> ManifestObject | None:
        """The object of a name: of the same root, else one of no root, else the only one."""
        return of_scope(asking.scope, self.objects.get((kind, namespace, name), ()))


def release_of(each: ManifestObject, beside: Neighbours) -> Release | None:
    """What an object installs; ``None`` for one that installs no chart."""
    if each.type not in _READERS:
        return None
    spec = get(from_document(each.document, each.at), "spec")
    return _READERS[each.type](each, spec, beside) if is_map(spec) else Release((), (), "")


class Releases:
    """What objects install, each read once."""

    def __init__(self, beside: Neighbours) -> None:
        self._beside = beside
        self._met: dict[int, tuple[ManifestObject, Release | None]] = {}

    def of(self, each: ManifestObject) -> Release | None:
        """What an object installs; ``None`` for one that installs no chart."""
        if each.type not in _READERS:
            return None
        met = self._met.get(id(each))
        if met is None or met[0] is not each:
            met = self._met[id(each)] = (each, release_of(each, self._beside))
        return met[1]

    def installed(self, each: ManifestObject) -> Sequence[ChartOfRelease]:
        """The charts of this repository that an object installs."""
        release = self.of(each)
        return () if release is None else release.installed


class _Chart(Struct, frozen=True):
    """What is installed: values, the chart of this repository or its name and repository, and files of values that are
    named for it."""

    values: Node
    folder: str | None
    name: str
    repository: str
    files: Sequence[Node] = ()
    called: str = ""
    """The release's name."""
    open: Node | None = None
    """Where more values are given that aren't here."""
    namespace: str = ""
    """The namespace that it lands in, where that isn't the release's."""


def _release(
    beside: Neighbours, charts: Sequence[_Chart], names: Iterable[str], namespace: str
) -> Release:
    trees = beside.trees
    return Release(
        tuple(_beneath(trees, each) for each in charts),
        tuple(filter(None, names)),
        namespace,
        frozenset(path for each in charts for path in _files_of(trees, each)),
        tuple(each.name for each in charts if _lacks(trees, each)),
        tuple(each.name for each in charts),
        tuple(_installed(each, namespace) for each in charts if each.folder is not None),
        tuple(each.folder for each in charts),
    )


def _installed(chart: _Chart, namespace: str) -> ChartOfRelease:
    over = _laid(chart.values, *chart.files, chart.values)
    into = chart.namespace or namespace
    named = frozenset(each.where.path for each in chart.files)
    return ChartOfRelease(chart.folder or "", chart.called, into, over, chart.open, named)


# --- Flux


def _flux(each: ManifestObject, spec: Node, beside: Neighbours) -> Release:
    values = _laid(spec)
    unread = len(beside.unread)
    for entry in items(get(spec, "valuesFrom")):
        values = _with_reference(values, entry, each, beside)
    written, repository = _flux_chart(each, spec, beside)
    source = text(get(spec, "chart", "spec", "sourceRef", "kind"))
    is_path = source in _WITH_FOLDERS or "/" in written or written.startswith(".")
    folder = _local(beside.trees, written) if is_path else None
    files = _value_files(beside, "", get(spec, "chart", "spec"), "valuesFiles")
    name = posixpath.basename(written.rstrip("/"))
    namespace = text(get(spec, "targetNamespace"))
    called = text(get(spec, "releaseName"))
    chart = _Chart(
        _laid(spec, values, get(spec, "values")),
        folder,
        name,
        repository,
        files,
        called or "-".join(filter(None, (namespace, each.name))),
        next(iter(beside.unread[unread:]), None),
    )
    return _release(beside, [chart], (called, name), namespace)


def _flux_chart(each: ManifestObject, spec: Node, beside: Neighbours) -> tuple[str, str]:
    """Name (or path) and repository of the chart."""
    inner = get(spec, "chart", "spec")
    reference = get(inner, "sourceRef") or get(spec, "chartRef")
    kind, name = text(get(reference, "kind")), text(get(reference, "name"))
    namespace = text(get(reference, "namespace")) or each.namespace
    source = (
        beside.find(each, f"{kind}.{_SOURCES}", namespace, name) if kind and name else None
    )
    url = (
        text(get(from_document(source.document, source.at), "spec", "url")) if source else ""
    )
    chart = text(get(inner, "chart"))
    return (chart, url) if chart else (posixpath.basename(url.rstrip("/")), url)


def _with_reference(
    values: Node, entry: Node, each: ManifestObject, beside: Neighbours
) -> Node:
    """Values with those that a config map holds. What a secret holds isn't read: nothing in it is. One value of what
    isn't read isn't known; it is surely laid over what the chart says."""
    name, kind = text(get(entry, "name")), text(get(entry, "kind"))
    found = (
        beside.find(each, kind, each.namespace, name)
        if kind == "ConfigMap" and name
        else None
    )
    target = text(get(entry, "targetPath"))
    if found is None:
        beside.unread.append(entry)
        return set_path(values, target, _unread(entry), entry.where) if target else values
    key = text(get(entry, "valuesKey")) or _DEFAULT_KEY
    written = get(from_document(found.document, found.at), "data", key)
    if written is None:
        return values
    if target:
        return set_path(values, target, text(written), written.where)
    return _laid(values, values, _inner(written, found.file, beside))


# --- Argo CD


def _argo(each: ManifestObject, spec: Node | None, beside: Neighbours) -> Release:
    charts = list(_argo_charts(spec, each.name, each, beside))
    return _release(
        beside, charts, _names_of(charts, each), text(get(spec, "destination", "namespace"))
    )


def _names_of(charts: Iterable[_Chart], each: ManifestObject) -> Iterator[str]:
    """What charts and their releases are called, but for what they are called after the object."""
    for chart in charts:
        yield chart.called if chart.called != each.name else ""
        yield chart.name


def _argo_charts(
    spec: Node | None, application: str, each: ManifestObject, beside: Neighbours
) -> Iterator[_Chart]:
    """The charts of an application."""
    single = get(spec, "source")
    for source in (*items(get(spec, "sources")), *([] if single is None else [single])):
        helm, path, name = (
            get(source, "helm"),
            text(get(source, "path")),
            text(get(source, "chart")),
        )
        folder = None if name else _local(beside.trees, path)
        unread = len(beside.unread)
        files = _value_files(beside, path, helm, "valueFiles")
        values = _laid(
            source, _inner(get(helm, "values"), each.file, beside), get(helm, "valuesObject")
        )
        for entry in items(get(helm, "parameters")):
            said = get(entry, "value")
            if said is not None:
                as_text = is_true(entry, "forceString")
                values = set_path(
                    values, text(get(entry, "name")), text(said), said.where, as_text
                )
        for entry in items(get(helm, "fileParameters")):
            held = _unread(entry)
            values = set_path(values, text(get(entry, "name")), held, entry.where)
        name = name or posixpath.basename(folder or "")
        called = text(get(helm, "releaseName"))
        repository = text(get(source, "repoURL"))
        namespace = text(get(spec, "destination", "namespace"))
        yield _Chart(
            values,
            folder,
            name,
            repository,
            files,
            called or application,
            next(iter(beside.unread[unread:]), None),
            namespace,
        )


def _argo_set(each: ManifestObject, spec: Node, beside: Neighbours) -> Release:
    """The charts of each application that its generators make; each once, where several are the same."""
    template, go = get(spec, "template"), is_true(spec, "goTemplate")
    charts: dict[tuple[str, str, str | None, str, str], _Chart] = {}
    for given in beside.parameters(each):
        made = filled_tree(template, given, go)
        name = text(get(made, "metadata", "name")) or each.name
        for chart in _argo_charts(get(made, "spec"), name, each, beside):
            said = repr((chart.files, chart.values))
            key = (chart.namespace, chart.called, chart.folder, chart.name, said)
            charts.setdefault(key, chart)
    namespaces = {chart.namespace for chart in charts.values()}
    common = namespaces.pop() if len(namespaces) == 1 else ""
    found = list(charts.values())
    return _release(beside, found, _names_of(found, each), common)


# --- K3s


def _k3s(each: ManifestObject, spec: Node, beside: Neighbours) -> Release:
    values = _laid(spec, _inner(get(spec, "valuesContent"), each.file, beside))
    for path, node in entries(get(spec, "set")).items():
        values = set_path(values, path, text(node), node.where)
    written, repository = text(get(spec, "chart")), text(get(spec, "repo"))
    name = posixpath.basename(written)
    chart = _Chart(values, None, name, repository or written, (), each.name)
    return _release(beside, [chart], (name,), text(get(spec, "targetNamespace")))


# --- Kustomize


def _kustomize(each: ManifestObject, spec: Node, beside: Neighbours) -> Release:
    name, folder = text(get(spec, "chart")), _local(beside.trees, text(get(spec, "path")))
    values = get(spec, "values") or _laid(spec)
    chart = _Chart(values, folder, name, text(get(spec, "repo")), (), each.name)
    return _release(beside, [chart], (name,), "")


_READERS: Mapping[str, Callable[[ManifestObject, Node, Neighbours], Release]] = {
    FLUX: _flux,
    ARGO: _argo,
    ARGO_SET: _argo_set,
    K3S: _k3s,
    KUSTOMIZE: _kustomize,
}
"""How each type that installs charts says so."""


# --- charts


def _laid(at: Node, *layers: Node | None) -> Node:
    """Values laid on each other, written where ``at`` is; null stays, since more may lie beneath."""
    values = Node({}, at.where)
    for each in layers:
        values = merged(values, each, last=False)
    return values


def _beneath(trees: Trees, chart: _Chart) -> Node:
    """Values with what lies beneath: files that are named for them, and those of the chart itself."""
    over = _laid(chart.values, *chart.files, chart.values)
    if chart.folder is not None:
        return values_of(trees, trees.found[chart.folder], over)
    published = trees.hints.published(chart.name, chart.repository)
    return merged(made(dict(published or {}), chart.values.where), over)


def _lacks(trees: Trees, chart: _Chart) -> bool:
    """Whether a chart is neither here nor one whose values are known."""
    known = (
        chart.folder is not None
        or trees.hints.published(chart.name, chart.repository) is not None
    )
    return chart.name != "" and not known


def _local(trees: Trees, written: str) -> str | None:
    """The chart of this repository at a path from its top; ``None`` where there is none."""
    path = posixpath.normpath(written.lstrip("/")) if written else ""
    folder = "" if path == "." else path
    return folder if written and folder in trees.found else None


def _value_files(beside: Neighbours, folder: str, at: Node | None, key: str) -> list[Node]:
    """Files of values by their paths: from the chart's folder, or from the top of the repository (``$ref/``, ``/``).
    Those that aren't here are unread, unless they may be missing."""
    found = []
    may_be_missing = is_true(at, "ignoreMissingValueFiles")
    for written in items(get(at, key)):
        name = text(written)
        start = "" if name.startswith(("/", "$")) else folder
        inner = name.partition("/")[2] if name.startswith("$") else name.lstrip("/")
        path = posixpath.normpath(joined(start, inner))
        trees = [
            tree for each in _named(beside.trees, path) if (tree := beside.trees.tree(each))
        ]
        found += trees
        if not trees and (path not in beside.trees.paths) and not may_be_missing:
            beside.unread.append(written)
    return found


def _named(trees: Trees, path: str) -> list[str]:
    """The files that a path names, which may be a pattern."""
    if path in trees.paths or not any(mark in path for mark in _ANY_OF):
        return [path] if path in trees.paths else []
    return sorted(fnmatch.filter(trees.paths, path))


def _unread(where: Node) -> Evaluated:
    """A value that is kept elsewhere."""
    step = Step(where.where, Note("kubernetes.written"))
    return Evaluated.of(Unknown(Reason.FROM_ENVIRONMENT, _name_of(where), step))


def _name_of(entry: Node) -> str:
    """What people call the place that a value is kept at."""
    return "/".join(filter(None, (text(get(entry, key)) for key in ("name", "valuesKey"))))


def _files_of(trees: Trees, chart: _Chart) -> Iterator[str]:
    own = trees.found[chart.folder] if chart.folder is not None else None
    named = (own.chart, own.values, own.requirements) if own else ()
    yield from (path for path in named if path)
    yield from (node.where.path for node in chart.files)


def _inner(node: Node | None, file: SourceFile, beside: Neighbours) -> Node | None:
    """The values that a text holds; a text that is a template, or broken, holds none that can be read."""
    if node is None or is_map(node):
        return node
    try:
        read = trees_in(node, file)
    except DocumentError:
        beside.harvest.remark(node.where, "kubernetes.charts.inline-unreadable")
        return None
    return read[0] if read and is_map(read[0]) else None
