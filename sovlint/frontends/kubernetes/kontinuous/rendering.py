"""One environment of a project -> objects: of its templates, and of the parts whose charts ship with Kontinuous.

A part is rendered as a chart in memory whose only template is the shape of an object, on the line of its values: so each
text in it may be a template, and each value keeps its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.documents.attributes import Evaluated
from sovlint.documents.tree import Node, made
from sovlint.expressions.templates.values import Map
from sovlint.frontends.cluster.charts.merge import GLOBAL
from sovlint.frontends.cluster.made_secrets import made_names
from sovlint.frontends.cluster.objects import ChartOrigin, ManifestObject
from sovlint.frontends.kubernetes.charts.rendered_charts import (
    KeptForReleases,
    RenderedCharts,
    objects_of_chart,
)
from sovlint.frontends.kubernetes.charts.rendering.loading import (
    Chart,
    ChartFile,
    ListedFile,
)
from sovlint.frontends.kubernetes.charts.rendering.metadata import metadata_of
from sovlint.frontends.kubernetes.charts.rendering.render import ReleaseValues
from sovlint.frontends.kubernetes.charts.rendering.values import laid
from sovlint.frontends.kubernetes.charts.wanted_charts import WantedChart
from sovlint.frontends.kubernetes.kontinuous.parts import (
    Part,
    charts_of,
    held_in,
    runs_of,
    used,
)
from sovlint.frontends.kubernetes.kontinuous.projects import (
    DEFAULT,
    Environment,
    KontinuousProject,
)
from sovlint.frontends.kubernetes.kontinuous.shapes import (
    OBJECT,
    SHIPPED,
    ShippedChart,
    label_path,
    shaped,
)
from sovlint.frontends.kubernetes.kontinuous.unread import unread_part
from sovlint.frontends.kubernetes.kontinuous.values import (
    CHART,
    given,
    parts_of,
    written_globals,
)
from sovlint.model.inputs import Reader
from sovlint.model.resources.resource import LabelPlace
from sovlint.model.source import SourceFile, Span
from sovlint.model.value import Unknown

# --- The objects of one environment, settled: whose secrets they are, and in which namespace.


def forget_made(objects: list[ManifestObject], before: int) -> None:
    """Take away secrets that a chart makes where templates say what is in them: the chart leaves those as they are."""
    there = {
        name
        for each in objects[:before]
        for name in ((each.name,) if each.type == "Secret" else made_names(each))
    }
    made_here = objects[before:]
    objects[before:] = [
        each for each in made_here if each.type != "Secret" or each.name not in there
    ]


def in_namespace(objects: list[ManifestObject]) -> list[ManifestObject]:
    """Objects in the environment's namespace where they name none: that which the others name, if it is one."""
    named = {each.namespace for each in objects if _is_known(each)} - {""}
    if len(named) != 1:
        return [each if _is_known(each) else replace(each, namespace="") for each in objects]
    (namespace,) = named
    return [
        each if each.namespace and _is_known(each) else replace(each, namespace=namespace)
        for each in objects
    ]


def _is_known(found: ManifestObject) -> bool:
    """Whether all of the namespace is known that an object names."""
    written = found.get("metadata", "namespace").data
    return not (isinstance(written, Evaluated) and isinstance(written.given, Unknown))


_TEMPLATE: Final = '{{ and (tpl (.Values.if | default "true" | toString) .) (tpl (toYaml .Values.object) .) }}'
"""An object, unless what it is made under says nothing."""


class RenderedEnvironment(Struct):
    """What one environment comes to: objects, charts of the repository to render, and parts of which nothing but the
    values is here."""

    objects: list[ManifestObject] = field(default_factory=list)
    wanted: list[WantedChart] = field(default_factory=list)
    elsewhere: list[Part] = field(default_factory=list)


class _Written(Struct, frozen=True):
    """A template that stands nowhere but on the line of the values that it is for (implements ``ChartFile``)."""

    path: str
    line: int

    def text(self) -> SourceFile:
        """The template, as many lines down."""
        return SourceFile(self.path, self.bytes())

    def bytes(self) -> bytes:
        """The same."""
        return b"\n" * (self.line - 1) + _TEMPLATE.encode()


class EnvironmentRendering:
    """Renders environments of projects; what isn't known of them is told to ``result``."""

    def __init__(self, reader: Reader, result: RenderedCharts) -> None:
        self._reader = reader
        self._result = result
        self._kept = KeptForReleases(reader)

    def of(
        self, project: KontinuousProject, environment: Environment, values: Map
    ) -> RenderedEnvironment:
        """What an environment comes to, with its values."""
        held = frozenset(held_in(project, environment))
        origin = ChartOrigin(None, (), held, project.files)
        found = RenderedEnvironment()
        wanted = WantedChart(project.folder, environment.variant, installed=origin)
        found.objects.extend(self._templates(project, environment, values, wanted))
        for name, said in parts_of(values):
            self._part(project, environment, name, said, values, wanted, found)
        found.objects = in_namespace(found.objects)
        return found

    def _templates(
        self,
        project: KontinuousProject,
        environment: Environment,
        values: Map,
        wanted: WantedChart,
    ) -> Iterator[ManifestObject]:
        """The objects of templates, which are told what is global, and what is said of the project's own chart."""
        files: dict[str, ChartFile] = {
            f"templates/{name}": ListedFile(self._reader, path)
            for name, path in environment.templates
        }
        for path in self._reader.listing(f"{project.folder}/files"):
            inner = path.removeprefix(f"{project.folder}/")
            files[inner] = ListedFile(self._reader, path)
        own = values.get("project")
        seen = laid(own, Map()) if isinstance(own, Map) else Map()
        seen[GLOBAL] = values[GLOBAL]
        seen.rest = values.rest
        self._result.templates.update(path for _, path in environment.templates)
        yield from self._rendered("project", files, seen, project.folder, wanted)

    def _part(
        self,
        project: KontinuousProject,
        environment: Environment,
        name: str,
        said: Map,
        values: Map,
        wanted: WantedChart,
        found: RenderedEnvironment,
    ) -> None:
        """What one part makes."""
        named = said.get(CHART)
        chart = str(named).rpartition(".")[2] if isinstance(named, str) else name
        place = values.places.get(name) or Span(project.values or "", 1, 1, 1, 1)
        whole = given(said)
        whole[GLOBAL] = values[GLOBAL]
        whole.places[CHART] = said.places.get(CHART, place)
        folder = dict(project.charts).get(chart)
        shipped = SHIPPED.charts.get(chart)
        if folder is not None:
            release = ReleaseValues(whole)
            variant = f"{environment.variant or DEFAULT}/{name}"
            found.wanted.append(
                replace(wanted, folder=folder, variant=variant, given=release)
            )
        elif shipped is not None:
            before = len(found.objects)
            for key, each, inner, where in charts_of(name, shipped, whole, place):
                self._shipped(key, each, inner, environment, where, wanted, found)
            forget_made(found.objects, before)
        else:
            found.elsewhere.append(self._elsewhere(name, chart, whole, place, wanted))

    def _shipped(
        self,
        name: str,
        shipped: ShippedChart,
        said: Map,
        environment: Environment,
        place: Span,
        wanted: WantedChart,
        found: RenderedEnvironment,
    ) -> None:
        """What a chart that ships makes of the values of a part."""
        runs = [(name, said, place)]
        if shipped.runs:
            runs = list(runs_of(said, shipped.runs, place))
            of_all = Map(said, said.places)
            if runs:
                of_all.pop(shipped.runs)
            found.elsewhere.extend(unread_part(shipped, name, of_all, place, wanted))
        for key, run, where in runs:
            if run.get("enabled") is False:
                continue
            use = run.get("use")
            job = None if use is None else SHIPPED.uses.get(used(use))
            if shipped.objects:
                found.elsewhere.extend(unread_part(shipped, key, run, where, wanted))
            own = Map({**shipped.values, "key": key})
            if job is not None:
                own["image"] = job.image
            elif use is not None:
                found.elsewhere.append(self._elsewhere(key, str(use), run, where, wanted))
            values = laid(own, run)
            values[GLOBAL] = said[GLOBAL]
            for number, each in enumerate(shipped.objects):
                if not each.is_made(values, environment.name or DEFAULT):
                    continue
                values.places[OBJECT] = where
                values[OBJECT] = shaped(each.shape, values)
                files = {
                    f"templates/{number}.yaml": _Written(where.path, where.line),
                }
                path = label_path(each.shape)
                at = LabelPlace(run.places.get(CHART, where), path) if path else None
                found.objects.extend(
                    replace(made, labelled_at=at)
                    for made in self._rendered(name, files, values, wanted.folder, wanted)
                )

    def _elsewhere(
        self, name: str, chart: str, said: Map, place: Span, wanted: WantedChart
    ) -> Part:
        """A part whose chart isn't here, with what files say: what else templates are told says nothing of it."""
        held = tuple(sorted(wanted.installed.held_in))
        own = Map(said, said.places)
        own[GLOBAL] = written_globals(said[GLOBAL])
        return Part(name, chart, own, Node({}, place), wanted.folder, wanted.variant, held)

    def _rendered(
        self,
        name: str,
        files: dict[str, Any],
        values: Map,
        folder: str,
        wanted: WantedChart,
    ) -> Iterator[ManifestObject]:
        where = Span(folder, 1, 1, 1, 1)
        metadata = metadata_of(
            made({"apiVersion": "v2", "name": name, "version": "0.0.0"}, where), None
        )
        chart = Chart(folder, metadata, Map(), files, [])
        wanted = replace(wanted, given=ReleaseValues(values))
        yield from objects_of_chart(chart, wanted, self._result, self._kept)
