"""Charts -> resources: one for each chart with its own values, and one for each environment's.

A chart that is unpacked in another one is part of that. A library chart runs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from posixpath import basename
from typing import Final, Protocol

from msgspec import Struct
from msgspec.structs import replace

from sovlint.documents.attributes import DocumentAttributes
from sovlint.documents.tree import Node, get, is_map, text, to_document
from sovlint.frontends.base import FilesUnit
from sovlint.frontends.cluster.charts.merge import GLOBAL
from sovlint.frontends.cluster.charts.sends import sends_of
from sovlint.frontends.cluster.charts.shown import ChartEvidence, show
from sovlint.frontends.cluster.charts.values import is_open, walk
from sovlint.frontends.cluster.labels import (
    DECLARER,
    KEY,
    declared,
    metadata_of,
    strange_keys,
    undeclaring,
)
from sovlint.frontends.cluster.objects import WRITTEN, ManifestObject
from sovlint.frontends.images import short_image
from sovlint.frontends.kubernetes.charts.chart_trees import (
    LIBRARY,
    Trees,
    dependencies,
    is_enabled,
    lacking,
    values_of,
)
from sovlint.frontends.kubernetes.charts.empty_charts import is_empty
from sovlint.frontends.kubernetes.charts.files import (
    CHART_OF,
    ChartFiles,
    charts,
    is_without_chart,
)
from sovlint.frontends.kubernetes.charts.releases import Release
from sovlint.frontends.kubernetes.charts.volumes import with_volumes
from sovlint.frontends.kubernetes.claims import FRONT_END
from sovlint.model.attributes import Attributes, Found
from sovlint.model.inputs import Reader
from sovlint.model.placement import CONFIG_ROLE
from sovlint.model.resources.resource import TRUE, Binding, Labels, Named, Resource
from sovlint.model.source import SourceFile, Span
from sovlint.model.value import Known
from sovlint.rules.hints import Hints

TYPE = "Chart"
"""The type of a chart, which the catalogue's plug-in for charts has."""

KEPT, CLASSES = "volume", "volumeClass"
"""The paths at which attributes tell of volumes that are asked for, and of the storage classes that these name."""

_WRITTEN_CLASS: Final = re.compile(re.escape(KEY) + r"[\"']?\s*:\s*[\"']?([\w,;+ -]+)")

Placing = Callable[[Iterable[str]], Named]
"""Where what is written in files runs: the nearest file first."""


class ChartAttributes:
    """What is written, and what values show besides (``volume``, ``volumeClass``)."""

    __slots__ = ("_shown", "_written")

    def __init__(self, written: Attributes, shown: Sequence[ChartEvidence]) -> None:
        self._written = written
        self._shown = {
            KEPT: tuple(found for each in shown for found in each.kept),
            CLASSES: tuple(found for each in shown for found in each.classes),
        }

    def read(self, path: str) -> Sequence[Found]:
        """All values at a dotted path, in source order; absent: empty."""
        return self._shown[path] if path in self._shown else self._written.read(path)


class ChartVariant(Struct, frozen=True):
    """A chart with one set of values. ``name``: that of the environment, whose values are ``over`` the chart's own;
    ``path``: the file that they stand in."""

    files: ChartFiles
    chart: Node
    name: str | None = None
    over: Node | None = None

    @property
    def key(self) -> tuple[str, str | None]:
        """Its folder and its name."""
        return self.files.folder, self.name

    @property
    def path(self) -> str | None:
        """The file of its values, where those aren't the chart's own alone."""
        paths = (path for name, path in self.files.variants if name == self.name)
        return next(paths, None)


class Charts(Struct, frozen=True):
    """What was read of all charts. ``claimed``: every file that is one of a chart's, read or not."""

    variants: tuple[ChartVariant, ...]
    trees: Trees
    claimed: frozenset[str]


class ChartsRendered(Protocol):
    """What is known of charts by what they render to."""

    @property
    def whole(self) -> Collection[tuple[str, str | None]]:
        """The charts, by folder and variant, of which what they render to is all."""
        ...

    @property
    def lacking(self) -> Mapping[tuple[str, str | None], Collection[str]]:
        """The names in values of what each of them depends on and isn't here."""
        ...

    @property
    def unjudged(self) -> Mapping[tuple[str, str | None], tuple[str, ...]]:
        """The templates of each of whose objects nothing is known."""
        ...

    @property
    def named(self) -> Collection[str]:
        """The files of values that releases name: each of those is rendered with them."""
        ...

    @property
    def installed(self) -> Collection[str]:
        """The folders of charts that releases install."""
        ...


class NoneRendered(Struct, frozen=True):
    """Where there are no templates."""

    objects: tuple[ManifestObject, ...] = ()
    whole: frozenset[tuple[str, str | None]] = frozenset()
    lacking: Mapping[tuple[str, str | None], Collection[str]] = {}
    installed: frozenset[str] = frozenset()
    changed: frozenset[int] = frozenset()
    unjudged: Mapping[tuple[str, str | None], tuple[str, ...]] = {}
    named: frozenset[str] = frozenset()


def read_charts(reader: Reader, hints: Hints) -> Charts:
    """Every chart of the repository."""
    found = charts(reader.paths)
    trees = Trees(
        reader=reader, found=found, hints=hints.charts, paths=frozenset(reader.paths)
    )
    inside = {folder for each in found.values() for folder in each.inside}
    variants: list[ChartVariant] = []
    for folder, files in found.items():
        if folder in inside:
            continue
        chart = trees.tree(files.chart)
        if chart is None or text(get(chart, "type")) == LIBRARY:
            continue
        for name, over in _variants(trees, files):
            variants.append(ChartVariant(files, chart, name, over))
            trees.units.append(FilesUnit(folder, name, _files(found, files, name)))
    claimed = {path for files in found.values() for path in _files(found, files, None)}
    claimed |= {
        path
        for files in found.values()
        for _, path in files.variants
        if path in trees.sources
    }
    trees.files.sort()
    return Charts(tuple(variants), trees, frozenset(claimed))


def chart_resources(
    charts: Charts, rendered: ChartsRendered, placed: Placing, hints: Hints
) -> Iterator[Resource]:
    """The charts as resources, with their volumes: for what their values alone show, where what they render to isn't
    all that is known of them."""
    trees = charts.trees
    for variant in charts.variants:
        if variant.name is None and variant.files.folder in rendered.installed:
            continue
        if variant.path in rendered.named:
            continue
        lacking = rendered.lacking.get(variant.key, ())
        is_whole = variant.key in rendered.whole
        if is_whole and not lacking:
            continue
        values = values_of(trees, variant.files, variant.over)
        if is_whole:
            values = of_lacking(values, lacking)
        made = _resource(variant, values, trees, placed, hints)
        if is_empty(trees, variant.files, variant.chart, values) and not made.labels:
            continue
        untold = rendered.unjudged.get(variant.key, ())
        labels = [each for path in untold for each in _written_labels(trees.reader, path)]
        made = replace(made, lacks=(*made.lacks, *untold), labels=(*made.labels, *labels))
        yield from with_volumes(made, (values,), hints.clusters)


def _written_labels(reader: Reader, path: str) -> Iterator[Labels]:
    """The classes that stand in a template which can't be rendered: what it makes is lost, and they mustn't be."""
    file = reader.read(path)
    for number, line in file.lines() if isinstance(file, SourceFile) else ():
        met = _WRITTEN_CLASS.search(line)
        if met is not None:
            where = Span(path, number, met.start() + 1, number, met.end() + 1)
            yield declared(f"{DECLARER}.template.{number}", met[1].strip(), where)


def not_rendered(
    release: Release, by: ManifestObject, rendered: ChartsRendered
) -> Release | None:
    """A release without the charts that are rendered as a whole; ``None`` where nothing of it is left. Of one that
    depends on charts that aren't here the values for these are left."""
    values: list[Node] = []
    lacks = list(release.lacks)
    for inner, folder in zip(release.values, release.folders, strict=True):
        keys = [
            (folder, f"{each.namespace or by.namespace or '-'}/{each.name}")
            for each in release.installed
            if each.folder == folder
        ]
        lacks.extend(each for key in keys for each in rendered.unjudged.get(key, ()))
        if not keys or not all(key in rendered.whole for key in keys):
            values.append(inner)
            continue
        if lacking := rendered.lacking.get(keys[0]):
            values.append(of_lacking(inner, lacking))
    nothing_left = bool(release.values) and not values and not release.lacks
    if nothing_left:
        return None
    return replace(release, values=tuple(values), lacks=tuple(dict.fromkeys(lacks)))


def inherited_labels(by: ManifestObject, chart: Node | None) -> tuple[Labels, ...]:
    """What a chart, and the object that installs it, declare of all that it renders to."""
    own = metadata_of(by.get(), f"{DECLARER}.release")
    declared = tuple(chart_labels(chart)) if chart is not None else ()
    return declared if own is None else (*declared, own)


def of_lacking(values: Node, lacking: Collection[str]) -> Node:
    """Values for the charts that aren't here alone."""
    kept = {
        key: node for key, node in values.value.items() if key in lacking or key == GLOBAL
    }
    return Node(kept, values.where, values.end)


def _variants(trees: Trees, files: ChartFiles) -> Iterator[tuple[str | None, Node | None]]:
    """The chart's own values, then those of each environment. What SOPS has encrypted holds nothing but secrets."""
    yield None, None
    for name, path in files.variants:
        over = trees.tree(path)
        if over is not None and get(over, "sops") is None:
            yield name, over


def _files(
    found: Mapping[str, ChartFiles], files: ChartFiles, variant: str | None
) -> list[str]:
    paths = [
        files.chart,
        files.values,
        files.requirements,
        *(path for name, path in files.variants if name == variant),
    ]
    inner = [path for folder in files.inside for path in _files(found, found[folder], None)]
    return [path for path in (*paths, *inner) if path is not None]


def _resource(
    variant: ChartVariant, values: Node, trees: Trees, placed: Placing, hints: Hints
) -> Resource:
    files, chart, over = variant.files, variant.chart, variant.over
    shown = show(values, trees.hints)
    named_here = get(chart, "name")
    written = text(named_here)
    name = (written if not is_open(written) else "") or basename(files.folder) or "-"
    own = [path for label, path in files.variants if label == variant.name]
    return Resource(
        address=f"helm:{name}",
        type=TYPE,
        front_end=FRONT_END,
        root=files.folder,
        variant=variant.name,
        library=False,
        exists=TRUE,
        where=(named_here or chart).where if over is None else _start(over),
        headless=True,
        drawn_from=frozenset(path for path in (*own, files.values) if path is not None),
        attributes=ChartAttributes(_attributes(values), [shown]),
        binding=Binding("kubernetes/helm"),
        named=placed((*own, files.chart)),
        labels=(*chart_labels(chart), *shown.labels),
        names=_names((name, *_parts(trees, files, chart, values)), shown),
        images=tuple(shown.images),
        sends=tuple(sends_of(values, hints)),
        lacks=tuple(
            dict.fromkeys((*lacking(trees, files, chart, over), *_elsewhere(files, values)))
        ),
    )


def _elsewhere(files: ChartFiles, values: Node) -> Iterator[str]:
    """The charts that values name which have none of their own."""
    if is_without_chart(files.folder):
        for each in walk(values):
            if name := text(get(each.node, CHART_OF)):
                yield name


def installs(
    resource: Resource, release: Release, hints: Hints, namespace: Sequence[Labels]
) -> Iterator[Resource]:
    """A custom resource that installs charts, with what their values show; then the volumes that these describe.

    ``namespace`` is what the labels of the namespace declare that the charts land in, where that isn't its own. Charts
    that bring definitions of custom resources alone run nothing, and keep nothing.
    """
    if hints.brings_definitions_alone(release.charts):
        yield replace(resource, role=CONFIG_ROLE)
        return
    shown = [show(values, hints.charts) for values in release.values]
    whole = replace(
        resource,
        attributes=ChartAttributes(resource.attributes, shown),
        labels=(
            *resource.labels,
            *(label for each in shown for label in each.labels),
            *namespace,
        ),
        names=tuple(
            dict.fromkeys(
                (*resource.names, *(n for each in shown for n in _names(release.names, each)))
            )
        ),
        images=(*resource.images, *(image for each in shown for image in each.images)),
        sends=(
            *resource.sends,
            *(each for values in release.values for each in sends_of(values, hints)),
        ),
        lacks=release.lacks,
    )
    yield from with_volumes(whole, release.values, hints.clusters)


def _attributes(values: Node) -> Attributes:
    return DocumentAttributes(
        to_document(Node({"values": values}, values.where)), (), WRITTEN
    )


def _names(called: Iterable[str], shown: ChartEvidence) -> tuple[str, ...]:
    """What a chart and its parts are called, and the short names of its images; each once."""
    short = [
        short_image(each.value)
        for each in shown.images
        if isinstance(each, Known) and isinstance(each.value, str)
    ]
    return tuple(dict.fromkeys(each for each in (*called, *short) if each))


def _parts(trees: Trees, files: ChartFiles, chart: Node, values: Node) -> list[str]:
    found = [
        each
        for each in dependencies(trees, files, chart)
        if is_enabled(each, values) is not False
    ]
    return [name for each in found for name in (each.key, each.name)]


def chart_labels(chart: Node) -> Iterator[Labels]:
    """The class that ``Chart.yaml`` itself declares."""
    written = get(chart, "annotations", KEY)
    if written is not None and text(written):
        yield declared(f"{DECLARER}.chart", text(written), written.where)
    said = get(chart, "annotations")
    if is_map(said) and (strange := strange_keys(said.value)):
        yield undeclaring(
            f"{DECLARER}.chart", {key: said.value[key].where for key in strange}
        )


def _start(values: Node) -> Span:
    """The first key of a file of values."""
    first = next(iter(values.value.values()), None)
    return first.where if first is not None else values.where
