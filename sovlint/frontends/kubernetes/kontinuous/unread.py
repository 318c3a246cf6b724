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
from sovlint.frontends.kubernetes.charts.wanted_charts import WantedChart
from sovlint.frontends.kubernetes.kontinuous.parts import Part
from sovlint.frontends.kubernetes.kontinuous.shapes import SHIPPED, ShippedChart
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Reason, Step, Unknown, UnknownKind

_IN_TEMPLATE: Final = re.compile(r"\.Values\.([\w-]+)")
_LISTS: Final = ("$claims", "$items")
_DECLARING: Final = ("labels", "annotations")


class _Asked(Struct):
    """What shapes ask of values: keys of any kind, of lists, and of lists or mappings."""

    keys: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    several: set[str] = field(default_factory=set)


def unread_part(
    chart: ShippedChart, name: str, values: Map, place: Span, wanted: WantedChart
) -> Iterator[Part]:
    """What isn't known of a part, or of one run of jobs, since keys of its values aren't read: at the first of them."""
    keys = list(_unread(chart, values))
    if not keys:
        return
    where = values.places.get(keys[0], place)
    note = Note("kubernetes.kontinuous.unread", {"keys": tuple(keys)})
    step = Step(where, Note("kubernetes.written"))
    unknown = Unknown(
        Reason.NO_EVIDENCE, keys[0], step, note=note, kind=UnknownKind.VALUES_UNTOLD
    )
    declared = {key: values[key] for key in _DECLARING if key in values}
    yield Part(
        name,
        "",
        Map(declared, values.places),
        Node({}, where),
        wanted.folder,
        wanted.variant,
        tuple(sorted(wanted.installed.held_in)),
        untold=unknown,
    )


def _unread(chart: ShippedChart, values: Map) -> Iterator[str]:
    asked = _asked_by(tuple(each.shape for each in chart.objects))
    known = asked.keys | asked.lists | asked.several | set(SHIPPED.others)
    for key, value in values.items():
        if key == GLOBAL or not _may_tell(value):
            continue
        is_odd = key in asked.lists and not isinstance(value, list)
        is_odd = is_odd or (key in asked.several and not _has_entries(value))
        if is_odd or key not in known:
            yield key


def _has_entries(value: Any) -> bool:
    """Whether it is a mapping, or a list of mappings."""
    if isinstance(value, list):
        return all(isinstance(each, Map) for each in value)
    return isinstance(value, Map)


def _may_tell(value: Any) -> bool:
    """Whether a value may tell where data goes, as no number does."""
    return value not in (None, "", [], {}) and not isinstance(value, bool | int | float)


@cache
def _asked_by(shapes: tuple[str, ...]) -> _Asked:
    asked = _Asked()
    for name in shapes:
        _gather(SHIPPED.shapes[name], asked)
    return asked


def _gather(shape: Any, asked: _Asked) -> None:
    if isinstance(shape, str):
        asked.keys.update(_IN_TEMPLATE.findall(shape))
    elif isinstance(shape, list):
        for each in shape:
            _gather(each, asked)
    elif isinstance(shape, dict):
        _gather_entries(shape, asked)


def _gather_entries(shape: Mapping[str, Any], asked: _Asked) -> None:
    if "$shape" in shape:
        _gather(SHIPPED.shapes[shape["$shape"]], asked)
    for each in shape.get("$all", ()):
        if isinstance(each, dict) and "$value" in each:
            asked.lists.add(_first(each["$value"]))
    for key, into in (
        ("$value", asked.keys),
        ("$one", asked.keys),
        ("$variables", asked.several),
    ):
        if key in shape:
            into.add(_first(shape[key]))
    asked.lists.update(_first(shape[key]) for key in _LISTS if key in shape)
    for key, inner in shape.items():
        if key not in ("$shape", "$value", "$one", "$variables", *_LISTS):
            _gather(inner, asked)


def _first(path: str) -> str:
    return path.partition(".")[0]
