"""Values put together as Helm does: a chart's own beneath what is given, those of its subcharts beneath both.

A null that is given takes a default away. Nulls of defaults themselves are dropped by Helm 4, and kept by Helm 3. Where
values are merged only for the time being (``merge``), all nulls stay.

Source: Helm's documentation, "Subcharts and Global Values" (https://helm.sh/docs/chart_template_guide/), and what Helm
3.17 and 4.3 answer (tests/oracle).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Protocol

from sovlint.expressions.templates.text import TemplateHole
from sovlint.expressions.templates.values import Map
from sovlint.frontends.cluster.charts.merge import GLOBAL
from sovlint.frontends.kubernetes.charts.rendering.values import (
    copied,
    drop,
    put,
    without_nulls,
)


class Layered(Protocol):
    """A chart, as far as its values go."""

    @property
    def name(self) -> str:
        """The name that its parent's values know it by."""
        ...

    @property
    def values(self) -> Map:
        """Its own values."""
        ...

    @property
    def subcharts(self) -> Iterable[Layered]:
        """The charts in it."""
        ...


class Mode:
    """How nulls are taken. ``merge``: values are put together for the time being; ``keep_nulls``: those of defaults
    stay, as in Helm 3."""

    __slots__ = ("keep_nulls", "merge")

    def __init__(self, merge: bool, keep_nulls: bool) -> None:
        self.merge = merge
        self.keep_nulls = keep_nulls

    def merging(self) -> Mode:
        """The same for the time being."""
        return self if self.merge else Mode(True, self.keep_nulls)

    def default(self, value: Any) -> Any:
        """A default that nothing was said about."""
        return value if self.merge or self.keep_nulls else without_nulls(value)

    def drops(self, value: Any) -> bool:
        """Whether a default isn't there to be copied."""
        return value is None and not self.merge and not self.keep_nulls


def coalesced(chart: Layered, given: Map | None, mode: Mode) -> Map:
    """The values that a chart's templates see, with ``given`` ones on top of its own; neither changes."""
    dest: Map = copied(given) if given is not None else Map()
    _coalesce(chart, dest, mode)
    return dest


def _coalesce(chart: Layered, dest: Map, mode: Mode) -> None:
    _own(chart, dest, mode)
    for sub in chart.subcharts:
        if sub.name not in dest:
            dest[sub.name] = Map()
        inner = dest[sub.name]
        if isinstance(inner, Map):
            _globals(inner, dest)
            _coalesce(sub, inner, mode)


def _globals(dest: Map, source: Map) -> None:
    """Lay the globals of a chart over those of its subchart."""
    below, above = dest.get(GLOBAL, _NONE), source.get(GLOBAL, _NONE)
    if isinstance(above, TemplateHole):
        put(dest, GLOBAL, above, source)
    if not isinstance(below, dict) or not isinstance(above, dict):
        return
    found = below if isinstance(below, Map) else Map()
    for key, value in above.items():
        there = found.get(key)
        if isinstance(value, Map):
            laid = _copied_top(value)
            if key not in found:
                put(found, key, laid, above if isinstance(above, Map) else found)
            elif isinstance(there, Map):
                _tables(laid, there, Mode(True, True))
                found[key] = laid
        elif not isinstance(there, Map) or isinstance(value, TemplateHole):
            put(found, key, value, above if isinstance(above, Map) else found)
    dest[GLOBAL] = found


_NONE: dict[str, Any] = {}


def _copied_top(values: Map) -> Map:
    made = Map(values, values.places)
    made.rest = values.rest
    return made


def _own(chart: Layered, dest: Map, mode: Mode) -> None:
    """Lay a chart's own values beneath. Nulls for its subcharts stay until the values of these are laid beneath."""
    _tables(dest, copied(chart.values), mode, {sub.name for sub in chart.subcharts})


def tables(dest: Map, source: Map, keep_nulls: bool) -> Map:
    """``source`` laid beneath ``dest``, which changes; nulls stay. What ``dest`` hasn't stands in both from there on."""
    _tables(dest, source, Mode(True, keep_nulls))
    return dest


def _tables(dest: Map, source: Map, mode: Mode, merged: Collection[str] = ()) -> None:
    """``source`` laid beneath ``dest``, which changes; at the keys ``merged`` only for the time being."""
    for key, value in source.items():
        if key not in dest:
            if not mode.drops(value):
                put(dest, key, mode.default(value), source)
            continue
        there = dest[key]
        if there is None and not mode.merge:
            drop(dest, key)
        elif isinstance(value, Map) and isinstance(there, Map):
            _tables(there, value, mode.merging() if key in merged else mode)
