"""Custom resources that install a chart with values of their own: what they say as one tree of values.

Sources: Flux's "Helm Releases" (https://fluxcd.io/flux/components/helm/helmreleases/), Argo CD's "Helm"
(https://argo-cd.readthedocs.io/en/stable/user-guide/helm/), K3s's "Helm" (https://docs.k3s.io/helm). Values win in the
order that these say; a chart of this repository gives its own beneath.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from sovlint.documents import DocumentError
from sovlint.documents.tree import Node, children, from_document, get, is_map, made, text, trees_in
from sovlint.frontends.cluster.charts.merge import merged, set_path
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.harvest import Harvest
from sovlint.frontends.kubernetes.charts.files import joined
from sovlint.frontends.kubernetes.charts.read import Trees, values_of
from sovlint.model.source import SourceFile

FLUX = "HelmRelease.helm.toolkit.fluxcd.io"
ARGO = "Application.argoproj.io"
ARGO_SET = "ApplicationSet.argoproj.io"
K3S = "HelmChart.helm.cattle.io"

KUSTOMIZE = "HelmChartInflationGenerator"
"""What an entry of a kustomization's ``helmCharts`` is called (``kustomize/helm_charts.py``)."""

RELEASES = (FLUX, ARGO, ARGO_SET, K3S, KUSTOMIZE)
"""Types that install charts."""

_SOURCES = "source.toolkit.fluxcd.io"
_DEFAULT_KEY = "values.yaml"


class Release(Struct, frozen=True):
    """What one object installs: the values of each chart, the charts' names, and the namespace that they land in
    (empty: its own). ``files``: what was read for it besides its own; ``lacks``: charts that aren't here to read."""

    values: tuple[Node, ...]
    names: tuple[str, ...]
    namespace: str
    files: frozenset[str] = frozenset()
    lacks: tuple[str, ...] = ()


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
            self.harvest.remark(where, "kubernetes.charts.values-elsewhere", count=len(self.unread))

    def find(self, asking: ManifestObject, kind: str, namespace: str, name: str) -> ManifestObject | None:
        """The object of a name: of the same root, else one of no root, else the only one."""
        found = self.objects.get((kind, namespace, name), ())
        for root in (asking.root, None):
            same = [each for each in found if each.root == root]
            if same:
                return same[-1]
        return found[0] if len(found) == 1 else None


def release_of(each: ManifestObject, beside: Neighbours) -> Release | None:
    """What an object installs; ``None`` for one that installs no chart."""
    if each.type not in RELEASES:
        return None
    spec = get(from_document(each.document, each.at), "spec")
    if spec is None or not is_map(spec):
        return Release((), (), "")
    if each.type == FLUX:
        return _flux(each, spec, beside)
    if each.type == K3S:
        return _k3s(each, spec, beside)
    if each.type == KUSTOMIZE:
        return _kustomize(spec, beside)
    return _argo(each, spec if each.type == ARGO else get(spec, "template", "spec"), beside)


# --- Flux


def _flux(each: ManifestObject, spec: Node, beside: Neighbours) -> Release:
    values = _empty(spec)
    for entry in _items(spec, "valuesFrom"):
        values = _with_reference(values, entry, each, beside)
    values = merged(values, get(spec, "values"), last=False)
    chart, repository = _flux_chart(each, spec, beside)
    folder = _local(beside.trees, chart) if chart.startswith((".", "/")) or "/" in chart else None
    files = _value_files(beside, "", (text(node) for node in _items(get(spec, "chart", "spec"), "valuesFiles")))
    name = posixpath.basename(chart.rstrip("/"))
    return Release(
        (_beneath(beside.trees, values, folder, name, repository, files),),
        tuple(filter(None, (text(get(spec, "releaseName")), name))),
        text(get(spec, "targetNamespace")),
        _read(beside.trees, folder, files),
        _lacking(beside.trees, folder, name, repository),
    )


def _flux_chart(each: ManifestObject, spec: Node, beside: Neighbours) -> tuple[str, str]:
    """Name (or path) and repository of the chart."""
    inner = get(spec, "chart", "spec")
    reference = get(inner, "sourceRef") or get(spec, "chartRef")
    kind, name = text(get(reference, "kind")), text(get(reference, "name"))
    namespace = text(get(reference, "namespace")) or each.namespace
    source = beside.find(each, f"{kind}.{_SOURCES}", namespace, name) if kind and name else None
    url = text(get(from_document(source.document, source.at), "spec", "url")) if source else ""
    chart = text(get(inner, "chart"))
    return (chart, url) if chart else (posixpath.basename(url.rstrip("/")), url)


def _with_reference(values: Node, entry: Node, each: ManifestObject, beside: Neighbours) -> Node:
    """Values with those that a config map holds. What a secret holds isn't read: nothing in it is."""
    name, kind = text(get(entry, "name")), text(get(entry, "kind"))
    found = beside.find(each, kind, each.namespace, name) if kind == "ConfigMap" and name else None
    if found is None:
        beside.unread.append(entry)
        return values
    key = text(get(entry, "valuesKey")) or _DEFAULT_KEY
    written = get(from_document(found.document, found.at), "data", key)
    if written is None:
        return values
    target = text(get(entry, "targetPath"))
    if target:
        return set_path(values, target, text(written), written.where)
    return merged(values, _inner(written, found.file, beside), last=False)


# --- Argo CD


def _argo(each: ManifestObject, spec: Node | None, beside: Neighbours) -> Release:
    sources = [*_items(spec, "sources"), *([source] if (source := get(spec, "source")) is not None else [])]
    trees: list[Node] = []
    names: list[str] = []
    lacks: list[str] = []
    read: set[str] = set()
    for source in sources:
        helm, path, chart = get(source, "helm"), text(get(source, "path")), text(get(source, "chart"))
        folder = None if chart else _local(beside.trees, path)
        files = _value_files(beside, path, (text(node) for node in _items(helm, "valueFiles")))
        values = _empty(source)
        written = get(helm, "values")
        if written is not None:
            values = merged(values, _inner(written, each.file, beside), last=False)
        values = merged(values, get(helm, "valuesObject"), last=False)
        for entry in _items(helm, "parameters"):
            said, forced = get(entry, "value"), get(entry, "forceString")
            if said is not None:
                as_text = forced is not None and forced.value is True
                values = set_path(values, text(get(entry, "name")), text(said), said.where, as_text)
        name = chart or (posixpath.basename(folder) if folder else "")
        trees.append(_beneath(beside.trees, values, folder, name, text(get(source, "repoURL")), files))
        names += [name for name in (text(get(helm, "releaseName")), name) if name]
        read |= _read(beside.trees, folder, files)
        lacks += _lacking(beside.trees, folder, chart, text(get(source, "repoURL")))
    namespace = text(get(spec, "destination", "namespace"))
    return Release(tuple(trees), tuple(names), namespace, frozenset(read), tuple(lacks))


# --- K3s


def _k3s(each: ManifestObject, spec: Node, beside: Neighbours) -> Release:
    values = _empty(spec)
    setting = get(spec, "set")
    written = get(spec, "valuesContent")
    if written is not None:
        values = merged(values, _inner(written, each.file, beside), last=False)
    for path, node in setting.value.items() if is_map(setting) else ():
        values = set_path(values, path, text(node), node.where)
    chart, repository = text(get(spec, "chart")), text(get(spec, "repo"))
    name = posixpath.basename(chart)
    whole = _beneath(beside.trees, values, None, name, repository or chart, ())
    lacks = _lacking(beside.trees, None, name, repository or chart)
    return Release((whole,), (name,) if name else (), text(get(spec, "targetNamespace")), lacks=lacks)


# --- Kustomize


def _kustomize(spec: Node, beside: Neighbours) -> Release:
    values, name = get(spec, "values") or _empty(spec), text(get(spec, "chart"))
    folder = _local(beside.trees, text(get(spec, "path")))
    repository = text(get(spec, "repo"))
    whole = _beneath(beside.trees, values, folder, name, repository, ())
    lacks = _lacking(beside.trees, folder, name, repository)
    return Release((whole,), (name,), "", _read(beside.trees, folder, ()), lacks)


# --- charts


def _beneath(trees: Trees, values: Node, folder: str | None, name: str, repository: str, files: Sequence[Node]) -> Node:
    """Values with what lies beneath: files that are named for them, and those of the chart itself."""
    over = _empty(values)
    for each in files:
        over = merged(over, each, last=False)
    over = merged(over, values, last=False)
    if folder is not None:
        return values_of(trees, trees.found[folder], over)
    published = trees.hints.published(name, repository)
    return merged(made(dict(published or {}), values.where), over)


def _lacking(trees: Trees, folder: str | None, name: str, repository: str) -> tuple[str, ...]:
    """The name of a chart that is neither here nor one whose values are known."""
    known = folder is not None or trees.hints.published(name, repository) is not None
    return () if known or not name else (name,)


def _local(trees: Trees, written: str) -> str | None:
    """The chart of this repository at a path from its top; ``None`` where there is none."""
    path = posixpath.normpath(written.lstrip("/")) if written else ""
    folder = "" if path == "." else path
    return folder if written and folder in trees.found else None


def _value_files(beside: Neighbours, folder: str, named: Iterator[str]) -> list[Node]:
    """Files of values by their paths: from the chart's folder, or from the top of the repository (``$ref/``, ``/``)."""
    found = []
    for written in named:
        start = "" if written.startswith(("/", "$")) else folder
        inner = written.partition("/")[2] if written.startswith("$") else written.lstrip("/")
        path = posixpath.normpath(joined(start, inner))
        tree = beside.trees.tree(path) if path in beside.trees.paths else None
        if tree is not None:
            found.append(tree)
    return found


def _read(trees: Trees, folder: str | None, files: Sequence[Node]) -> frozenset[str]:
    own = trees.found[folder] if folder is not None else None
    named = [own.chart, own.values, own.requirements] if own else []
    return frozenset([*(path for path in named if path), *(node.where.path for node in files)])


def _inner(node: Node, file: SourceFile, beside: Neighbours) -> Node | None:
    """The values that a text holds; a text that is a template, or broken, holds none that can be read."""
    if is_map(node):
        return node
    try:
        read = trees_in(node, file)
    except DocumentError:
        beside.harvest.remark(node.where, "kubernetes.charts.inline-unreadable")
        return None
    return read[0] if read and is_map(read[0]) else None


def _items(node: Node | None, key: str) -> Iterator[Node]:
    listed = get(node, key)
    if listed is not None and isinstance(listed.value, list):
        yield from children(listed)


def _empty(node: Node) -> Node:
    return Node({}, node.where)
