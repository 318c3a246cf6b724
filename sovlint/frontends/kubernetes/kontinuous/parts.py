"""Parts of a project: those whose charts aren't here, and the runs of jobs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from sovlint.documents.tree import Node
from sovlint.expressions.templates.values import Map
from sovlint.frontends.cluster.charts.merge import GLOBAL
from sovlint.frontends.kubernetes.charts.rendered_charts import RenderedCharts
from sovlint.frontends.kubernetes.kontinuous.projects import Environment, KontinuousProject
from sovlint.frontends.kubernetes.kontinuous.shapes import SHIPPED, ShippedChart
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Reason, Unknown


class Part(Struct, frozen=True):
    """A part of a project whose chart doesn't ship with Kontinuous, in one environment."""

    name: str
    chart: str
    values: Map
    where: Node
    root: str
    variant: str | None
    held_in: Sequence[str]
    repository: str = ""
    namespace: str = ""
    perhaps: Unknown | None = None
    untold: Unknown | None = None
    """Why nothing is known of what it makes."""
    context: str = ""


def unjudged(result: RenderedCharts, found: Sequence[KontinuousProject]) -> Iterator[Part]:
    """What of each environment isn't known, each as a part that isn't here: templates and parts of whose objects nothing
    is, and code that changes values or objects."""
    for project in found:
        for each in project.environments:
            untold = result.unjudged.get((project.folder, each.variant), ())
            for path in (*untold, *project.code):
                where = Node({}, Span(path, 1, 1, 1, 1))
                unknown = Unknown(
                    Reason.TEMPLATED,
                    path,
                    note=Note("kubernetes.charts.templates-untold", {"paths": (path,)}),
                )
                yield Part(
                    path,
                    "",
                    Map(),
                    where,
                    project.folder,
                    each.variant,
                    held_in(project, each),
                    untold=unknown,
                )


def held_in(project: KontinuousProject, environment: Environment) -> tuple[str, ...]:
    """The files that say where an environment is deployed."""
    return environment.paths or tuple(filter(None, (project.values, project.config)))


def charts_of(
    name: str, chart: ShippedChart, said: Map, place: Span
) -> Iterator[tuple[str, ShippedChart, Map, Span]]:
    """A chart that ships and those in it, each with what is said of it, and what is global."""
    yield name, chart, said, place
    for key, inner in chart.charts.items():
        found = said.get(key)
        if isinstance(found, Map) and found.get("enabled") is not False:
            whole = Map({**found, GLOBAL: said[GLOBAL]}, found.places)
            where = said.places.get(key, place)
            yield from charts_of(key, SHIPPED.charts[inner], whole, where)


def runs_of(said: Map, path: str, place: Span) -> Iterator[tuple[str, Map, Span]]:
    """The runs of jobs by name, each with what all of them share."""
    runs = said.get(path)
    if isinstance(runs, Map):
        for key, run in runs.items():
            if isinstance(run, Map):
                yield key, run, runs.places.get(key, place)
    elif isinstance(runs, list):
        places = dict(enumerate(getattr(runs, "places", ())))
        for number, run in enumerate(runs):
            if isinstance(run, Map):
                yield str(run.get("name", number)), run, places.get(number, place)


def used(use: object) -> str:
    """The name of a job that others use: a path of any length leads to it, and a version may follow."""
    return str(use).replace("@", "#").partition("#")[0].rstrip("/").rpartition("/")[2]
