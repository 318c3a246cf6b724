"""Charts with the values of one release: which of those that they depend on are switched on, and what these import.

Source: Helm's "Charts", "Chart Dependencies" (https://helm.sh/docs/topics/charts/#chart-dependencies), and what Helm
3.17 and 4.3 answer (tests/oracle).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct, field

from sovlint.expressions.templates.functions.versions.constraints import satisfies
from sovlint.expressions.templates.running import TemplateError
from sovlint.expressions.templates.text import TemplateHole
from sovlint.expressions.templates.values import Map
from sovlint.frontends.kubernetes.charts.rendering.coalescing import (
    Mode,
    coalesced,
    tables,
)
from sovlint.frontends.kubernetes.charts.rendering.loading import Chart
from sovlint.frontends.kubernetes.charts.rendering.metadata import ChartDependency
from sovlint.frontends.kubernetes.charts.rendering.values import (
    copied,
    open_all,
    table,
)

MAX_PARTS: Final = 400
"""A chart that is there under several names is as many parts. Of more than this the rest is missing."""


class _Bounds:
    """What one chart may still cost."""

    __slots__ = ("parts",)

    def __init__(self) -> None:
        self.parts = MAX_PARTS


class MissingChart(Struct, frozen=True):
    """A chart that another one depends on, and that isn't here. ``perhaps``: what has to be true for it to count."""

    dependency: ChartDependency
    perhaps: tuple[TemplateHole, ...] = ()


class ChartPart(Struct, eq=False):
    """A chart as a part of what one release renders.

    ``name``: its own, or its alias. ``path``: Helm's name of its folder (``a/charts/b``). ``perhaps``: what has to be
    true for it to be there at all.
    """

    chart: Chart
    name: str
    path: str
    values: Map
    dependencies: Sequence[ChartDependency]
    subcharts: list[ChartPart]
    perhaps: tuple[TemplateHole, ...] = ()
    missing: list[MissingChart] = field(default_factory=list)

    def everywhere(self) -> Iterator[ChartPart]:
        """It, and all charts in it."""
        yield self
        for each in self.subcharts:
            yield from each.everywhere()


def parts_of(chart: Chart, given: Map, keep_nulls: bool) -> ChartPart:
    """A chart with all that is switched on in it by these values."""
    bounds = _Bounds()
    whole = _part(chart, chart.metadata.name, bounds)
    _choose(whole, given, "", keep_nulls, bounds)
    _import(whole, keep_nulls)
    _rename(whole, whole.name)
    return whole


def _part(chart: Chart, name: str, bounds: _Bounds) -> ChartPart:
    inner: list[ChartPart] = []
    for each in chart.subcharts:
        if bounds.parts > 0:
            bounds.parts -= 1
            inner.append(_part(each, each.metadata.name, bounds))
    return ChartPart(chart, name, "", chart.values, chart.metadata.dependencies, inner)


def _rename(part: ChartPart, path: str) -> None:
    part.path = path
    for each in part.subcharts:
        _rename(each, f"{path}/charts/{each.name}")


# --- what is switched on


def _choose(
    part: ChartPart, given: Map, above: str, keep_nulls: bool, bounds: _Bounds
) -> None:
    """Leave those subcharts that are switched on, under the names that the dependencies give them."""
    if not part.dependencies:
        _hand_on_doubts(part)
        return
    part.subcharts = _named(part, bounds)
    values = _with_tags(part, given) if above else _all_values(part, given, keep_nulls)
    off: set[str] = set()
    perhaps: dict[str, TemplateHole] = {}
    for each in part.dependencies:
        on = _is_on(each, values, above)
        if on is False:
            off.add(each.key)
        elif isinstance(on, TemplateHole):
            perhaps[each.key] = on
    part.subcharts = [each for each in part.subcharts if each.name not in off]
    part.dependencies = [each for each in part.dependencies if each.key not in off]
    part.missing = list(_lacking(part, perhaps))
    for sub in part.subcharts:
        hole = perhaps.get(sub.name)
        sub.perhaps = part.perhaps if hole is None else (*part.perhaps, hole)
        _choose(sub, values, f"{above}{sub.name}.", keep_nulls, bounds)


def _all_values(part: ChartPart, given: Map, keep_nulls: bool) -> Map:
    """The values of a chart and, under their names, of all charts in it."""
    values = coalesced(part, given, Mode(False, keep_nulls))
    if given.rest is not None:
        open_all(values, given.rest)
    return values


def _with_tags(part: ChartPart, values: Map) -> Map:
    """The same for a chart in another one, whose values are among the other's already: only its own tags are laid beneath
    all that are given."""
    own, above = part.values.get("tags"), values.get("tags")
    if not isinstance(own, Map) or not isinstance(above, (Map, type(None))):
        return values
    made = Map(values, values.places)
    made.rest = values.rest
    made["tags"] = tables(copied(above) if above is not None else Map(), copied(own), True)
    return made


def _hand_on_doubts(part: ChartPart) -> None:
    """A chart that names no dependency brings all charts in it along: they are there if it is."""
    for each in part.subcharts:
        each.perhaps = part.perhaps
        _hand_on_doubts(each)


def _named(part: ChartPart, bounds: _Bounds) -> list[ChartPart]:
    """Those that no dependency names, then one for each dependency."""
    said = [
        each
        for each in part.subcharts
        if not any(_is_meant(dependency, each.chart) for dependency in part.dependencies)
    ]
    for dependency in part.dependencies:
        found = next(
            (each for each in part.subcharts if _is_meant(dependency, each.chart)), None
        )
        if found is not None and bounds.parts > 0:
            bounds.parts -= 1
            said.append(_part(found.chart, dependency.key, bounds))
    return said


def _is_meant(dependency: ChartDependency, chart: Chart) -> bool:
    """Whether a chart is the one that a dependency asks for, in a version that fits."""
    if dependency.name != chart.metadata.name:
        return False
    if not dependency.version:
        return True
    try:
        return satisfies(dependency.version, chart.metadata.version)
    except TemplateError:
        return False


def _lacking(part: ChartPart, perhaps: dict[str, TemplateHole]) -> Iterator[MissingChart]:
    here = {each.name for each in part.subcharts}
    for dependency in part.dependencies:
        if dependency.key not in here:
            hole = perhaps.get(dependency.key)
            why = part.perhaps if hole is None else (*part.perhaps, hole)
            yield MissingChart(dependency, why)


def _is_on(each: ChartDependency, values: Map, above: str) -> bool | TemplateHole:
    """What the first of its conditions says that is true or false, else its tags."""
    for condition in each.conditions:
        found = _value_at(values, f"{above}{condition}")
        if isinstance(found, (bool, TemplateHole)):
            return found
    said = [_value_at(values, f"tags.{tag}") for tag in each.tags]
    if any(each is True for each in said):
        return True
    open_tag = next((tag for tag in said if isinstance(tag, TemplateHole)), None)
    return open_tag if open_tag is not None else all(each is not False for each in said)


def _value_at(values: Map, path: str) -> object:
    """What stands at a path; what isn't known, where that may hold it."""
    found: object = values
    for key in path.split("."):
        if isinstance(found, TemplateHole):
            return TemplateHole(found.unknown.bare(), f"{found.key}.{key}")
        if not isinstance(found, Map):
            return None
        if key not in found and found.rest is not None:
            rest = found.rest
            found = TemplateHole(rest.unknown.bare(), f"{rest.key}.{key}")
        else:
            found = found.get(key)
    return found


# --- what is imported


def _import(part: ChartPart, keep_nulls: bool) -> None:
    """Lay what subcharts export beneath a chart's own values, from the innermost up. As in Helm, two exports of one
    table are put together in the table that the first one is."""
    for each in part.subcharts:
        _import(each, keep_nulls)
    if not part.dependencies:
        return
    values = coalesced(part, None, Mode(True, keep_nulls))
    imported = Map()
    for dependency in part.dependencies:
        for child, parent in dependency.imports:
            found = table(values, f"{dependency.key}.{child}")
            if found is not None:
                tables(imported, _put_at(parent, found), keep_nulls)
    part.values = tables(copied(values), imported, keep_nulls)


def _put_at(path: str, values: Map) -> Map:
    """Values below a path of keys; as they are below ``.``."""
    if path in ("", "."):
        return values
    for key in reversed(path.split(".")):
        outer = Map({key: values})
        outer.places = {key: next(iter(values.places.values()))} if values.places else {}
        values = outer
    return values
