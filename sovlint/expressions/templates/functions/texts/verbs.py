"""The verbs of Go's ``fmt.Sprintf``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from sovlint.expressions.templates.functions.arguments import data_of
from sovlint.expressions.templates.functions.texts.quoting import quoted
from sovlint.expressions.templates.text import TemplateHole, like
from sovlint.expressions.templates.values import TemplateObject
from sovlint.expressions.templates.values_text import (
    Character,
    digits_of,
    float_text,
    shown,
    type_name,
)


class Verb(Struct, frozen=True):
    """``%-08.3f``: the letter, the flags, the width and the precision (``None``: not said)."""

    verb: str
    flags: str
    width: int | None
    precision: int | None

    @property
    def is_plain(self) -> bool:
        """Whether a text or a value is printed as it is."""
        return (
            self.verb in "sv"
            and not self.flags
            and self.width is None
            and self.precision is None
        )

    def __str__(self) -> str:
        width = "" if self.width is None else self.width
        return f"%{self.flags}{width}{'' if self.precision is None else f'.{self.precision}'}{self.verb}"


def formatted(how: Verb, value: Any, character: Character) -> str:
    """What a verb prints of a value that is known; ``%!d(string=x)`` where it can't print such a value."""
    if how.verb == "T":
        return _padded(type_name(value), how)
    if how.verb == "v":
        if "#" in how.flags:
            return _as_source(value, character)
        how = Verb("v", how.flags.replace("+", ""), how.width, how.precision)
    if isinstance(value, Mapping):
        return _map(how, value, character)
    if isinstance(value, (list, tuple)):
        return f"[{' '.join([_inner(how, item, character) for item in value])}]"
    if isinstance(value, TemplateObject):
        made = _text(how, shown(value, character))
    else:
        made = _scalar(how, value)
    return _bad(how, value, character) if made is None else made


def _inner(how: Verb, value: Any, character: Character) -> str:
    """The same of what stands in a list or a map: nil is nil to every verb there."""
    if isinstance(value, TemplateHole):
        return character(value)
    return "<nil>" if value is None else formatted(how, value, character)


def _map(how: Verb, value: Mapping[str, Any], character: Character) -> str:
    entries = (
        f"{_inner(how, key, character)}:{_inner(how, value[key], character)}"
        for key in sorted(value)
    )
    return f"map[{' '.join(entries)}]"


def _as_source(value: Any, character: Character) -> str:
    """``%#v``: a value as Go's source has it."""
    if value is None:
        return "interface {}(nil)"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, TemplateHole):
        return character(value)
    if isinstance(value, Mapping):
        entries = (
            f"{quoted(key)}:{_as_source(value[key], character)}" for key in sorted(value)
        )
        return f"map[string]interface {{}}{{{', '.join(entries)}}}"
    if isinstance(value, (list, tuple)):
        items = (_as_source(item, character) for item in value)
        return f"[]interface {{}}{{{', '.join(items)}}}"
    return shown(value, character)


def _scalar(how: Verb, value: Any) -> str | None:
    if value is None:
        return _padded("<nil>", how) if how.verb == "v" else None
    if isinstance(value, bool):
        return _padded("true" if value else "false", how) if how.verb in "tv" else None
    if isinstance(value, str):
        return _text(how, value)
    if isinstance(value, float):
        return _float(how, value)
    return _integer(how, value) if isinstance(value, int) else None


def _bad(how: Verb, value: Any, character: Character) -> str:
    if value is None:
        return f"%!{how.verb}(<nil>)"
    return f"%!{how.verb}({type_name(value)}={shown(value, character)})"


def _padded(text: str, how: Verb, zeros: bool = False) -> str:
    missing = (how.width or 0) - len(text)
    if missing <= 0:
        return text
    if "-" in how.flags:
        return text + " " * missing
    if not zeros or "0" not in how.flags:
        return " " * missing + text
    sign = text[:1] if text[:1] in ("+", "-", " ") else ""
    return sign + "0" * missing + text[len(sign) :]


def _text(how: Verb, value: str) -> str | None:
    cut = value if how.precision is None else value[: how.precision]
    if how.verb in "sv":
        return like(_padded(cut, how, zeros=True), value)
    if how.verb == "q":
        raw = "#" in how.flags and "`" not in cut and cut.isprintable()
        return like(_padded(f"`{cut}`" if raw else quoted(cut), how), value)
    if how.verb in "xX":
        return _hexadecimal(how, value)
    return None


def _hexadecimal(how: Verb, value: str) -> str:
    data = data_of(value)
    data = data if how.precision is None else data[: how.precision]
    prefix = "0x" if "#" in how.flags else ""
    if " " in how.flags:
        digits = " ".join(f"{prefix}{byte:02x}" for byte in data)
    else:
        digits = prefix + data.hex() if data else ""
    return _padded(digits.upper() if how.verb == "X" else digits, how)


_BASES = {"d": "d", "v": "d", "b": "b", "o": "o", "O": "o", "x": "x", "X": "X"}
_PREFIXES = {"b": "0b", "o": "0", "x": "0x", "X": "0X"}


def _integer(how: Verb, value: int) -> str | None:
    number = int(value)
    base = _BASES.get(how.verb)
    if base is None:
        return _character(how, number)
    digits = format(abs(number), base)
    if how.precision is not None:
        digits = (
            "" if number == 0 and how.precision == 0 else digits.rjust(how.precision, "0")
        )
    if how.verb == "O":
        digits = "0o" + digits
    elif "#" in how.flags:
        digits = _PREFIXES.get(how.verb, "") + digits
    return _padded(_sign(how, number < 0) + digits, how, zeros=how.precision is None)


def _sign(how: Verb, negative: bool) -> str:
    if negative:
        return "-"
    if "+" in how.flags:
        return "+"
    return " " if " " in how.flags else ""


def _character(how: Verb, number: int) -> str | None:
    known = chr(number) if 0 <= number <= 0x10FFFF else "\ufffd"
    if how.verb == "c":
        return _padded(known, how)
    if how.verb == "q":
        inner = quoted(known)[1:-1].replace('\\"', '"')
        return _padded("'\\''" if known == "'" else f"'{inner}'", how)
    if how.verb == "U":
        return _padded(f"U+{number:04X}" + (f" '{known}'" if "#" in how.flags else ""), how)
    return None


def _float(how: Verb, value: float) -> str | None:
    if how.verb not in "vgGeEfF":
        return None
    if value != value or value in (float("inf"), float("-inf")):
        text = "NaN" if value != value else "Inf"
        return _padded(_sign_of(how, value, infinite=True) + text, how)
    digits = _float_digits(how, abs(value))
    return _padded(_sign_of(how, value) + digits, how, zeros=True)


def _sign_of(how: Verb, value: float, infinite: bool = False) -> str:
    negative = str(value).startswith("-")
    if infinite and value == value and not negative:
        return "+"
    return _sign(how, negative)


def _float_digits(how: Verb, value: float) -> str:
    verb = how.verb.lower()
    if verb in "vg":
        text = float_text(value) if how.precision is None else _general(value, how.precision)
    else:
        text = format(value, f".{6 if how.precision is None else how.precision}{verb}")
    return text.upper() if how.verb in "GE" else text


def _general(value: float, precision: int) -> str:
    """``%g`` with a precision: the exponent decides between both forms; zeros at the end are left out."""
    precision = max(1, precision)
    text = format(value, f".{precision}g")
    if "e" not in text:
        digits, point = digits_of(value)
        bound = len(digits) if precision > len(digits) >= point else precision
        if point - 1 >= bound:
            return format(value, f".{len(digits) - 1}e")
    return text
