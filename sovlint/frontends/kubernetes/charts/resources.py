"""Charts -> resources: one for each chart with its own values, and one for each environment's.

A chart that is unpacked in another one is part of that. A library chart runs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from posixpath import basename
from typing import Final

from msgspec.structs import replace

from sovlint.documents.attributes import DocumentAttributes
from sovlint.documents.tree import Node, get, text, to_document
from sovlint.frontends.cluster.charts.sends import KeptSends, sends_of
from sovlint.frontends.cluster.charts.shown import ChartEvidence, show
from sovlint.frontends.cluster.charts.values import is_open
from sovlint.frontends.cluster.objects import WRITTEN
from sovlint.frontends.images import short_image
from sovlint.frontends.kubernetes.charts.chart_labels import chart_labels, labels_in_template
from sovlint.frontends.kubernetes.charts.chart_trees import (
    Trees,
    dependencies,
    is_enabled,
    lacking,
    values_of,
)
from sovlint.frontends.kubernetes.charts.chart_variants import Charts, ChartVariant
from sovlint.frontends.kubernetes.charts.files import SUBCHARTS, ChartFiles
from sovlint.frontends.kubernetes.charts.known_by_rendering import (
    ChartsRendered,
    of_lacking,
    untold_templates,
)
from sovlint.frontends.kubernetes.charts.releases import Release
from sovlint.frontends.kubernetes.charts.volumes import with_volumes
from sovlint.frontends.kubernetes.claims import FRONT_END
from sovlint.model.attributes import Attributes, Found
from sovlint.model.placement import CONFIG_ROLE
from sovlint.model.resources.resource import TRUE, Binding, Labels, Named, Resource
from sovlint.model.source import SourceFile, Span
from sovlint.model.value import Known
from sovlint.rules.hints import Hints

# --- Charts that make nothing, by what is in their folders.

_TEMPLATES: Final = "templates"
_HELPER: Final = "_"
_NOTES: Final = "NOTES.txt"
"""A template that is called so, or begins with the former, makes no object (Helm, "Template Functions and Pipelines")."""


def is_empty(trees: Trees, files: ChartFiles, chart: Node, values: Node) -> bool:
    """Whether a chart surely makes nothing: it has no values, depends on none, and neither templates nor charts are in
    it."""
    if values.value or not _says_nothing(trees, files):
        return False
    if any(dependencies(trees, files, chart)) or trees.reader.unlisted(files.folder):
        return False
    listed = trees.reader.listing(files.folder)
    return not any(_makes_objects(path[len(files.folder) :].lstrip("/")) for path in listed)


def _says_nothing(trees: Trees, files: ChartFiles) -> bool:
    """Whether the file of values, if there is one, holds comments alone: one that is broken has no tree either."""
    if files.values is None:
        return True
    file = trees.reader.read(files.values)
    if not isinstance(file, SourceFile):
        return False
    return all(
        line.lstrip().startswith(("#", "---", "{}")) or not line.strip()
        for _, line in file.lines()
    )


def _makes_objects(path: str) -> bool:
    """Whether a file of a chart may make objects: a template that is neither a helper nor the notes, or another chart."""
    folder, _, below = path.partition("/")
    name = basename(path)
    is_helper = name.startswith(_HELPER) or name == _NOTES
    return bool(below) and (folder == SUBCHARTS or (folder == _TEMPLATES and not is_helper))


TYPE = "Chart"
"""The type of a chart, which the catalogue's plug-in for charts has."""

KEPT, CLASSES = "volume", "volumeClass"
"""The paths at which attributes tell of volumes that are asked for, and of the storage classes that these name."""

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
        labels = [each for path in untold for each in labels_in_template(trees.reader, path)]
        unsaid = untold_templates([variant.key], rendered)
        made = replace(made, unsaid=unsaid, labels=(*made.labels, *labels))
        yield from with_volumes(made, (values,), hints.clusters)


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
        lacks=tuple(dict.fromkeys(lacking(trees, files, chart, over))),
    )


def installs(
    resource: Resource,
    release: Release,
    hints: Hints,
    namespace: Sequence[Labels],
    sends: KeptSends,
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
            *(each for values in release.values for each in sends.of(values)),
        ),
        lacks=release.lacks,
        unsaid=release.unsaid,
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


def _start(values: Node) -> Span:
    """The first key of a file of values."""
    first = next(iter(values.value.values()), None)
    return first.where if first is not None else values.where
