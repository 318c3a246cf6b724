"""What charts send once somebody switches it on: defaults are there to be overridden, where nothing here installs a chart,
or a release takes values that aren't here.

Templates are executed with each switch that is off by default as something that nobody knows: the first way in which one
comes out has all of them on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from msgspec.structs import replace

from sovlint.documents.attributes import DocumentAttributes
from sovlint.documents.tree import Node, get, to_document
from sovlint.expressions.templates.template_set import RenderedTemplate
from sovlint.expressions.templates.text import TemplateHole
from sovlint.expressions.templates.values import Map
from sovlint.frontends.cluster.charts.rendered_text import RenderedText
from sovlint.frontends.cluster.charts.values import switched_off
from sovlint.frontends.cluster.labels import KEY, labels_of
from sovlint.frontends.cluster.object_index import Objects
from sovlint.frontends.cluster.objects import WRITTEN, ManifestObject, with_pods
from sovlint.frontends.cluster.outward import outward
from sovlint.frontends.kubernetes.charts.chart_variants import ChartVariant
from sovlint.frontends.kubernetes.charts.files import CHART, joined
from sovlint.frontends.kubernetes.charts.rendered_charts import (
    KeptForReleases,
    RenderedCharts,
    given_values,
    placed_object,
)
from sovlint.frontends.kubernetes.charts.rendered_objects import (
    TemplateOutcome,
    rendered_objects,
)
from sovlint.frontends.kubernetes.charts.rendering.loading import Chart, nowhere
from sovlint.frontends.kubernetes.charts.rendering.render import RenderedFile, rendered_chart
from sovlint.frontends.kubernetes.charts.rendering.scope import Installation
from sovlint.frontends.kubernetes.charts.resources import TYPE, Placing
from sovlint.frontends.kubernetes.charts.wanted_charts import WantedChart
from sovlint.frontends.kubernetes.claims import FRONT_END
from sovlint.model.inputs import ReadOptions
from sovlint.model.placement import CONFIG_ROLE
from sovlint.model.resources.resource import TRUE, Binding, Resource
from sovlint.model.resources.sent import SHOWN_BY, Sent, SentBy
from sovlint.model.source import Span
from sovlint.rules.hints import Hints

MOST: Final = 200
"""Switches of a chart that are looked at."""
_NOTHING: Final = SHOWN_BY | {SentBy.UNTOLD, SentBy.CALLBACK}
"""What shows no destination."""


class SwitchedOff:
    """What charts switch off by their own values alone, by what is known of all ``resources``."""

    def __init__(
        self,
        rendered: RenderedCharts,
        kept: KeptForReleases,
        resources: Iterable[Resource],
        options: ReadOptions,
        hints: Hints,
    ) -> None:
        self._rendered = rendered
        self._kept = kept
        self._hints = hints
        self._options = options
        self._own: dict[str | None, list[Resource]] = {}
        for each in resources:
            self._own.setdefault(each.root, []).append(each)

    def resources(
        self, variants: Iterable[ChartVariant], placed: Placing
    ) -> Iterator[Resource]:
        """For each chart that declares a class, and that nothing here installs or that may get values which aren't here,
        one resource, which is what it would send."""
        trees: dict[str, ChartVariant] = {}
        said: dict[str, list[Node]] = {}
        for each in variants:
            trees.setdefault(each.files.folder, each)
            if each.over is not None:
                said.setdefault(each.files.folder, []).append(each.over)
        met: dict[str, set[object]] = {}
        for wanted, chart in self._rendered.overridable:
            folder, values = wanted.folder, wanted.values
            is_free = wanted.release is None and folder in self._rendered.installed
            is_whole = (folder, wanted.shared) in self._rendered.whole
            own = self._own.get(folder, [])
            if (
                folder not in trees
                or is_free
                or not is_whole
                or not self._declares(chart, own)
            ):
                continue
            told = met.setdefault(folder, {sent.told for each in own for sent in each.sends})
            answers = (
                said.get(folder, ()) if wanted.release is None else filter(None, (values,))
            )
            found = list(
                self._sends(wanted, chart, dict(_unanswered(chart, [*answers])), told)
            )
            if found:
                tree, name = trees[folder].chart, chart.metadata.name
                objects = [label for each, _ in found for label in labels_of(each, {})]
                labels = (*(label for each in own for label in each.labels), *objects)
                yield Resource(
                    address=f"helm:{name}",
                    type=TYPE,
                    front_end=FRONT_END,
                    root=folder,
                    variant=wanted.variant,
                    library=False,
                    exists=TRUE,
                    where=tree.where,
                    headless=True,
                    attributes=DocumentAttributes(to_document(tree), (), WRITTEN),
                    binding=Binding("kubernetes/helm"),
                    named=placed((joined(folder, CHART),)),
                    labels=(
                        *wanted.installed.labels,
                        *dict.fromkeys(labels),
                    ),
                    names=(name,),
                    role=CONFIG_ROLE,
                    sends=tuple(sent for _, sent in found),
                )

    def _declares(self, chart: Chart, own: Sequence[Resource]) -> bool:
        """Whether a class may be declared of a chart: by a label in it, or by a glob that names it."""
        by_path, by_address = self._options.declared_paths, self._options.declared_addresses
        addresses = (f"helm:{chart.metadata.name}", *(each.address for each in own))
        return (
            any(each.labels for each in own)
            or any(matches(each) for matches in by_address for each in addresses)
            or any(
                any(matches(file.path) for matches in by_path) or KEY.encode() in file.bytes()
                for each in _with_subcharts(chart)
                for file in each.files.values()
            )
        )

    def _sends(
        self, wanted: WantedChart, chart: Chart, off: Mapping[str, Span], met: set[object]
    ) -> Iterator[tuple[ManifestObject, Sent]]:
        """What is sent, and by what, where all that is ``off`` is on; ``met``: what is told already."""
        if not off:
            return
        holes = {path: TemplateHole(switched_off(path, at), path) for path, at in off.items()}
        given = replace(given_values(wanted), holes=holes)
        kept = self._kept.templates
        rendered = rendered_chart(chart, given, Installation(), forgiving=True, kept=kept)
        for file in rendered.files:
            first = next(file.worlds, None)
            new = {
                sent.told: (found, sent)
                for found, sent in self._sent(file, wanted, first)
                if sent.told not in met
            }
            if first is None or not new:
                continue
            met.update(new)
            others = [
                ({hole.key for hole, is_on in world.assumed if not is_on},
                 {sent.told for _, sent in self._sent(file, wanted, world)})
                for world in file.worlds
            ]  # fmt: skip
            for told, (found, sent) in new.items():
                needless = {key for keys, sends in others if told in sends for key in keys}
                without = (hole for hole, _ in first.assumed if hole.key not in needless)
                governing = next(iter((*file.perhaps, *without)), None)
                if governing is not None:
                    yield found, replace(sent, off=governing.unknown)

    def _sent(
        self, file: RenderedFile, wanted: WantedChart, world: RenderedTemplate | None
    ) -> Iterator[tuple[ManifestObject, Sent]]:
        """What the objects of a file send, if certain things hold."""
        if world is None or world.error is not None:
            return
        text = RenderedText(world.text, world.holes, nowhere(file.chart))
        source = self._kept.file(file.path)
        read = rendered_objects(source, [TemplateOutcome(text)], set(), self._kept.documents)
        objects = [
            with_pods(placed_object(each, wanted), self._hints) for each in read.objects
        ]
        index = Objects.of(objects)
        for each in objects:
            for sent in outward(each, index, self._hints).sends:
                if sent.by not in _NOTHING:
                    yield each, sent


def _unanswered(chart: Chart, said: Sequence[Node]) -> Iterator[tuple[str, Span]]:
    """The switches of a chart that are off by default, but for what all of its environments say themselves."""
    for path, where in islice(_off(chart, ""), MOST):
        answers = [get(each, *path.split(".")) for each in said]
        if not answers or None in answers:
            yield path, where


def _off(chart: Chart, above: str) -> Iterator[tuple[str, Span]]:
    """The switches that a chart has off by default, and those of the charts in it, with where they stand."""
    yield from _false(chart.values, above)
    for each in chart.subcharts:
        yield from _off(each, f"{above}{each.metadata.name}.")


def _false(values: Mapping[str, Any], above: str) -> Iterator[tuple[str, Span]]:
    places = values.places if isinstance(values, Map) else {}
    for key, value in values.items():
        if "." in key:
            continue
        if value is False and key in places:
            yield f"{above}{key}", places[key]
        elif isinstance(value, Map):
            yield from _false(value, f"{above}{key}.")


def _with_subcharts(chart: Chart) -> Iterator[Chart]:
    yield chart
    for each in chart.subcharts:
        yield from _with_subcharts(each)
