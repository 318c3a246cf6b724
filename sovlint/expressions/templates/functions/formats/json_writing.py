"""JSON as Go's ``encoding/json`` writes it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from sovlint.expressions.templates.limits import WRITTEN
from sovlint.expressions.templates.running import Execution
from sovlint.expressions.templates.text import (
    PlacedText,
    TemplateHole,
    is_hole,
    joined,
    like,
)
from sovlint.expressions.templates.values import (
    List,
    Map,
    NilList,
    TemplateObject,
    TextObject,
)
from sovlint.expressions.templates.values_text import float_text, scalar_text
from sovlint.model.source import Span

MAX_DEPTH = 100
_SHORT = {
    '"': '\\"',
    "\\": "\\\\",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
}
_RAW = re.compile(r'["\\\x00-\x1f\u2028\u2029\ud800-\udfff]')
_WITH_HTML = re.compile(r'["\\\x00-\x1f\u2028\u2029\ud800-\udfff<>&]')


class NoJsonError(Exception):
    """A value that JSON can't say: not a number, or nested without end."""


class JsonStyle(Struct, frozen=True):
    """``html``: ``<``, ``>`` and ``&`` are escaped. ``indent``: entries stand on lines of their own, so far in."""

    html: bool = True
    indent: str = ""


PLAIN = JsonStyle()


def json_text(run: Execution, value: Any, style: JsonStyle = PLAIN) -> str:
    """A value as JSON. Raises ``NoJsonError``."""
    made = joined(_pieces(run, value, None, style, ""))
    run.afford(len(made))
    return made


def _pieces(
    run: Execution, value: Any, place: Span | None, style: JsonStyle, pad: str
) -> list[str]:
    run.afford(WRITTEN)
    if len(pad) > MAX_DEPTH * 2:
        raise NoJsonError
    if isinstance(value, TemplateObject):
        value = value.as_text if isinstance(value, TextObject) else value.fields
    if isinstance(value, str):
        return [_string(value, style, place)]
    if isinstance(value, Mapping):
        return _object(run, value, style, pad)
    if isinstance(value, list) and not isinstance(value, NilList):
        return _array(run, value, style, pad)
    if isinstance(value, TemplateHole):
        return [run.holes.character(value)]
    text = _number(value)
    return [text if place is None else PlacedText.written(text, place)]


def _string(value: str, style: JsonStyle, place: Span | None) -> str:
    if len(value) == 1 and is_hole(value):
        return value
    pattern = _WITH_HTML if style.html else _RAW
    made = '"' + pattern.sub(lambda found: _escaped(found.group()), value) + '"'
    if place is not None and not isinstance(value, PlacedText):
        return PlacedText.written(made, place)
    return like(made, value)


def _escaped(character: str) -> str:
    if "\ud800" <= character <= "\udfff":  # a byte that isn't UTF-8
        return "\ufffd"
    return _SHORT.get(character) or f"\\u{ord(character):04x}"


def _object(
    run: Execution, value: Mapping[str, Any], style: JsonStyle, pad: str
) -> list[str]:
    places = value.places if isinstance(value, Map) else {}
    colon = ": " if style.indent else ":"
    entries = [
        [
            _string(key, style, None),
            colon,
            *_pieces(run, value[key], places.get(key), style, pad + "  "),
        ]
        for key in sorted(value)
    ]
    if isinstance(value, Map) and value.rest is not None:
        entries.append([run.holes.character(value.rest)])
    return _enclosed("{", entries, "}", style, pad)


def _array(run: Execution, value: list[Any], style: JsonStyle, pad: str) -> list[str]:
    places = value.places if isinstance(value, List) else []
    entries = [
        _pieces(run, item, places[at] if at < len(places) else None, style, pad + "  ")
        for at, item in enumerate(value)
    ]
    return _enclosed("[", entries, "]", style, pad)


def _enclosed(
    opening: str, entries: list[list[str]], closing: str, style: JsonStyle, pad: str
) -> list[str]:
    if not entries:
        return [opening + closing]
    inner, outer = (f"\n{pad}  ", f"\n{pad}") if style.indent else ("", "")
    made = [opening]
    for at, entry in enumerate(entries):
        made.append(("," if at else "") + inner)
        made.extend(entry)
    made.append(outer + closing)
    return made


def _number(value: Any) -> str:
    if value is None or isinstance(value, NilList):
        return "null"
    if isinstance(value, float):
        return json_float(value)
    return scalar_text(value)


def json_float(value: float) -> str:
    """A float64 in JSON: with an exponent only below 1e-6 and from 1e21 on."""
    if value != value or value in (float("inf"), float("-inf")):
        raise NoJsonError
    text = float_text(value, 21, -7)
    return text.replace("e-0", "e-")
