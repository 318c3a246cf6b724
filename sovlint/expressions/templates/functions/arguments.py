"""What functions ask of their arguments: whether they are known, and of the type that Go demands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sovlint.expressions.templates.running import Execution, TemplateError
from sovlint.expressions.templates.text import TemplateHole, has_holes
from sovlint.expressions.templates.values import Map, TemplateObject, TextObject
from sovlint.expressions.templates.values_text import type_name

MAX_TEXT = 4_000_000
"""Longer texts are not made."""


def is_unknown(value: Any) -> bool:
    """Whether a value isn't known, or is a text of which a part isn't."""
    return isinstance(value, TemplateHole) or (isinstance(value, str) and has_holes(value))


def holds_unknown(value: Any) -> bool:
    """Whether anything in a value isn't known."""
    if isinstance(value, str):
        return has_holes(value)
    if isinstance(value, (Mapping, list)):
        return _holds_unknown(value, set())
    return isinstance(value, TemplateHole)


def _holds_unknown(value: Any, seen: set[int]) -> bool:
    """The same of a collection, which may hold itself."""
    if isinstance(value, str):
        return has_holes(value)
    if not isinstance(value, (Mapping, list)):
        return isinstance(value, TemplateHole)
    if id(value) in seen:
        return False
    seen.add(id(value))
    if isinstance(value, Mapping):
        if is_open(value) or any(map(has_holes, value)):
            return True
        value = list(value.values())
    return any(_holds_unknown(item, seen) for item in value)


def is_open(value: Any) -> bool:
    """Whether a mapping may have more keys than are known."""
    return isinstance(value, Map) and value.rest is not None


def text(value: Any) -> str:
    """A text; nothing else is taken for one."""
    if isinstance(value, str):
        return value
    raise _wrong("string", value)


def data_of(value: Any) -> bytes:
    """The bytes of a text. Some of a text that isn't UTF-8 stand there one by one."""
    return text(value).encode("utf-8", "surrogateescape")


def text_of(data: bytes) -> str:
    """The text that bytes are; what isn't UTF-8 is kept byte by byte."""
    return data.decode("utf-8", "surrogateescape")


def whole(value: Any) -> int:
    """An int. An int64, a float64 or a text of digits is none: whoever writes a chart converts them."""
    if type(value) is int:
        return value
    raise _wrong("int", value)


def mapping(value: Any) -> Mapping[str, Any]:
    """A map; nil reads as an empty one."""
    if value is None:
        return {}
    if isinstance(value, Mapping):
        return value
    raise _wrong("map[string]interface {}", value)


def sequence(value: Any, doing: str) -> Sequence[Any]:
    """A list. ``doing``: what isn't done with anything else (``find first on``)."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return value
    if isinstance(value, TemplateObject) and not isinstance(value, TextObject):
        return list(value.fields)
    raise TemplateError(f"Cannot {doing} type {type_name(value)}")


def boolean(value: Any) -> bool:
    """A bool."""
    if isinstance(value, bool):
        return value
    raise _wrong("bool", value)


def rest_of(value: Any, key: str) -> TemplateHole:
    """What stands under a key that an open mapping may have."""
    rest: TemplateHole = value.rest
    return TemplateHole(rest.unknown.bare(), f"{rest.key}.{key}")


def afford_text(run: Execution, length: int) -> None:
    """Pay for a text that is going to be made. Raises ``TooCostlyError``."""
    run.afford(length)
    if length > MAX_TEXT:
        raise TemplateError("a text of more characters than are read")


def _wrong(expected: str, value: Any) -> TemplateError:
    if value is None:
        return TemplateError(f"invalid value; expected {expected}")
    return TemplateError(f"wrong type for value; expected {expected}; got {type_name(value)}")
