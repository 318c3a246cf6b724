"""Values as Go's ``fmt`` prints them without more being said (``%v``), and what Go calls their types."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sovlint.expressions.templates.text import TemplateHole
from sovlint.expressions.templates.values import (
    Int64,
    TemplateObject,
    TextObject,
)

Character = Callable[[TemplateHole], str]
"""What stands in a text for what isn't known (``TemplateHoles.character``)."""


def shown(value: Any, character: Character) -> str:
    """A value as ``%v`` prints it. A text is given back as it is, with its origins."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        entries = (f"{key}:{shown(value[key], character)}" for key in sorted(value))
        return f"map[{' '.join(entries)}]"
    if isinstance(value, Sequence):
        return f"[{' '.join(shown(item, character) for item in value)}]"
    if isinstance(value, TemplateHole):
        return character(value)
    return scalar_text(value)


def scalar_text(value: Any) -> str:
    """The same of a value that is no text, no collection and no hole."""
    if value is None:
        return "<nil>"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return float_text(value)
    if isinstance(value, TemplateObject):
        return value.printed
    return str(int(value))


def digits_of(number: float) -> tuple[str, int]:
    """The fewest digits that tell a finite number, not below zero, from its neighbours, and how many of these stand
    before the point: ``("15", 1)`` for 1.5."""
    mantissa, _, exponent = repr(number).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    return (digits, point) if digits else ("0", 1)


def float_text(number: float, upper_exponent: int = 6, lower_exponent: int = -5) -> str:
    """A float64 as ``%v`` prints it: with an exponent from 1e+06 on, and below 1e-4. Other bounds: as JSON has it."""
    if number != number:
        return "NaN"
    if number in (float("inf"), float("-inf")):
        return "+Inf" if number > 0 else "-Inf"
    sign = "-" if str(number).startswith("-") else ""
    digits, point = digits_of(abs(number))
    if lower_exponent < point - 1 < upper_exponent:
        return sign + _plain(digits, point)
    exponent = point - 1
    fraction = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{fraction}e{'-' if exponent < 0 else '+'}{abs(exponent):02}"


def _plain(digits: str, point: int) -> str:
    if point <= 0:
        return "0." + "0" * -point + digits
    if len(digits) <= point:
        return digits + "0" * (point - len(digits))
    return f"{digits[:point]}.{digits[point:]}"


def type_name(value: Any) -> str:
    """What Go's ``%T`` says of a value."""
    if value is None:
        return "<nil>"
    if isinstance(value, str):
        return "string"
    if isinstance(value, Mapping):
        return "map[string]interface {}"
    if isinstance(value, Sequence):
        return "[]interface {}"
    return _scalar_type(value)


def _scalar_type(value: Any) -> str:
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, float):
        return "float64"
    if isinstance(value, Int64):
        return "int64"
    if isinstance(value, TextObject):
        return value.go_type
    return "int" if isinstance(value, int) else "struct"


_KINDS = {
    "<nil>": "invalid", "map[string]interface {}": "map", "[]interface {}": "slice",
}  # fmt: skip


def kind_name(value: Any) -> str:
    """What ``reflect`` calls the kind of a value."""
    if isinstance(value, TextObject):
        return value.go_kind
    name = type_name(value)
    return _KINDS.get(name, name)
