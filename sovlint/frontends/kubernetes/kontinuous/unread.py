"""Keys of values that nothing here reads: a chart may know more of them than it did when its shapes were written, and a
value may be of another kind than they ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from msgspec import Struct, field

from sovlint.documents.tree import Node
from sovlint.expressions.templates.values import Map
from sovlint.frontends.cluster.charts.merge import GLOBAL
from sovlint.frontends.kubernetes.charts.rendering.values import at, laid
from sovlint.frontends.kubernetes.charts.wanted_charts import WantedChart
from sovlint.frontends.kubernetes.kontinuous.parts import Part
from sovlint.frontends.kubernetes.kontinuous.shapes import SHIPPED, ShippedChart
from sovlint.frontends.kubernetes.kontinuous.values import TEMPLATE
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Reason, Step, Unknown, UnknownKind

_IN_TEMPLATE: Final = re.compile(r"\.Values\.([\w-]+)")
_TELLS_NOTHING: Final = re.compile(
    r"[-+]?\d+(?:\.\d+)?(?:[a-z]{1,2}|%)?|true|false|yes|no|on|off", re.I
)
"""Texts that are numbers, sizes, durations, or answers."""
_LISTS: Final = ("$claims", "$items")
_PATHS: Final = ("$value", "$one", "$if", "$variables", *_LISTS)
_DECLARING: Final = ("labels", "annotations")
_ANY: Final = "*"


class _Asked(Struct):
    """What is asked of what stands at a key: all of it, or what is below. ``lists``, ``several``: it has to be a list; a
    mapping, or a list of such. ``is_set``: the chart sets it by a template, which a value that is none doesn't change."""

    below: dict[str, _Asked] = field(default_factory=dict)
    whole: bool = False
    lists: bool = False
    several: bool = False
    is_set: bool = False

    def at(self, path: str) -> _Asked:
        """What is asked at a path, which has to be asked from now on."""
        found = self
        for key in path.split("."):
            found = found.below.setdefault(key, _Asked())
        found.whole = True
        return found

    def is_met(self, key: str, values: Map) -> bool:
        """Whether what stands at a key is what is asked for, as far as one knows."""
        return (
            (not self.lists or isinstance(values[key], list))
            and (not self.several or _has_entries(values[key]))
            and (not self.is_set or f"{TEMPLATE}~{key}" in values.places)
        )


class _Shapes(Struct):
    """What the shapes of a chart ask, and the paths from which they take labels and annotations."""

    asked: _Asked = field(default_factory=_Asked)
    declaring: dict[str, list[str]] = field(
        default_factory=lambda: {each: [each] for each in _DECLARING}
    )


def unread_part(
    chart: ShippedChart, name: str, values: Map, place: Span, wanted: WantedChart
) -> Iterator[Part]:
    """What isn't known of a part, or of one run of jobs, since keys of its values aren't read: at the first of them."""
    shapes = _of_chart(
        tuple(each.shape for each in chart.objects),
        (*chart.others, *(path for each in chart.objects for path in each.asks)),
        tuple(chart.charts),
        chart.sets,
    )
    unread = list(_unread(shapes.asked, values, place))
    if not unread:
        return
    first, where = unread[0]
    keys = tuple(key for key, _ in unread)
    unknown = Unknown(
        Reason.NO_EVIDENCE,
        first,
        Step(where, Note("kubernetes.written")),
        note=Note("kubernetes.kontinuous.unread", {"keys": keys}),
        kind=UnknownKind.VALUES_UNTOLD,
    )
    yield Part(
        name,
        "",
        _declared(shapes, values),
        Node({}, where),
        wanted.folder,
        wanted.variant,
        tuple(sorted(wanted.installed.held_in)),
        untold=unknown,
    )


def _declared(shapes: _Shapes, values: Map) -> Map:
    """The labels and annotations of a part, of all places from which the chart takes some."""
    made = Map({}, values.places)
    for name, paths in shapes.declaring.items():
        for path in paths:
            found = at(values, path)
            there = made.get(name)
            if isinstance(found, Map) and isinstance(there, Map):
                found = laid(there, found)
            if found is not None:
                made[name] = found
    return made


def _unread(
    asked: _Asked, values: Map, place: Span, above: str = ""
) -> Iterator[tuple[str, Span]]:
    for key, value in values.items():
        if (key == GLOBAL and not above) or not _may_tell(value):
            continue
        found = asked.below.get(key) or asked.below.get(_ANY)
        where = values.places.get(key, place)
        if found is not None and not found.whole and isinstance(value, Map):
            yield from _unread(found, value, where, f"{above}{key}.")
        elif found is None or not found.whole or not found.is_met(key, values):
            yield f"{above}{key}", where


def _has_entries(value: Any) -> bool:
    """Whether it is a mapping, or a list of mappings."""
    if isinstance(value, list):
        return all(isinstance(each, Map) for each in value)
    return isinstance(value, Map)


def _may_tell(value: Any) -> bool:
    """Whether a value may tell where data goes, as no number does."""
    if isinstance(value, Map):
        return value.rest is not None or any(map(_may_tell, value.values()))
    if isinstance(value, list):
        return any(map(_may_tell, value))
    if isinstance(value, str):
        return bool(value) and _TELLS_NOTHING.fullmatch(value) is None
    return value is not None and not isinstance(value, bool | int | float)


@cache
def _of_chart(
    names: tuple[str, ...],
    others: tuple[str, ...],
    charts: tuple[str, ...],
    sets: tuple[str, ...],
) -> _Shapes:
    shapes = _Shapes()
    for path in (*SHIPPED.others, *others):
        shapes.asked.at(path)
    for key in charts:
        shapes.asked.at(key).several = True
    for path in sets:
        shapes.asked.at(path).is_set = True
    for name in names:
        _gather(SHIPPED.shapes[name], shapes)
    return shapes


def _gather(shape: Any, shapes: _Shapes, within: str = "") -> None:
    """``within``: the labels or annotations that the shape is part of."""
    if isinstance(shape, str):
        for key in _IN_TEMPLATE.findall(shape):
            shapes.asked.at(key)
    elif isinstance(shape, list):
        for each in shape:
            _gather(each, shapes, within)
    elif isinstance(shape, dict):
        _gather_entries(shape, shapes, within)


def _gather_entries(shape: Mapping[str, Any], shapes: _Shapes, within: str) -> None:
    if "$shape" in shape:
        _gather(SHIPPED.shapes[shape["$shape"]], shapes, within)
    for key in _PATHS:
        if key in shape:
            found = shapes.asked.at(shape[key])
            found.lists = found.lists or key in _LISTS
            found.several = found.several or key == "$variables"
            if within and key == "$value":
                shapes.declaring[within].append(shape[key])
    for each in shape.get("$all", ()):
        if isinstance(each, dict) and "$value" in each:
            shapes.asked.at(each["$value"]).lists = True
    for key, inner in shape.items():
        if key not in ("$shape", "lift", *_PATHS):
            _gather(inner, shapes, key if key in _DECLARING else within)
