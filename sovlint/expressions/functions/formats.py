"""``format`` and ``formatlist`` (go-cty's ``FormatFunc``, read 2026-11-25): what they refuse is refused here."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from sovlint.expressions import beyond_limits
from sovlint.expressions.functions.characters import alone
from sovlint.expressions.kinds import NotKnown, Refused, unsupported
from sovlint.expressions.limits import MAX_TEXT
from sovlint.expressions.numerals import exact, magnitude, written
from sovlint.expressions.operators import truth_of
from sovlint.expressions.texts import composed, encoded, needed_text, number_of
from sovlint.expressions.values import plain
from sovlint.model.decoding import late_pattern
from sovlint.model.value import Known, Value

_VERB = late_pattern(
    r"%(?:%|([-+# 0]*)([1-9]\d*)?(?:\.(\d+))?(?:\[([1-9]\d*)\])?(.)|.?)", re.DOTALL
)
_INTEGERS = "bdoxX"
_EXPONENT_FROM = 6


def formatted(pattern: object, *arguments: object) -> str:
    """What ``format`` makes. Raises ``Refused`` for verbs that it doesn't have, and arguments too few or too many."""
    text = needed_text(pattern)
    position = used = length = 0

    def verb(match: re.Match[str]) -> str:
        nonlocal position, used, length
        flags, width, precision, explicit, kind = match.groups()
        if match.group() == "%%":
            return "%"
        at = int(explicit) - 1 if explicit and len(explicit) < 5 else position
        if kind is None or not 0 <= at < len(arguments):
            raise Refused("a verb without an argument")
        if len(width or "") > 4 or len(precision or "") > 4:
            raise NotKnown(beyond_limits.text())
        position, used = at + 1, max(used, at + 1)
        shown = _verb(
            plain(arguments[at]),
            flags,
            int(width or 0),
            None if precision is None else int(precision),
            kind,
        )
        length += len(shown)
        if length > MAX_TEXT:
            raise NotKnown(beyond_limits.text())
        return shown

    made = _VERB.sub(verb, text)
    if used < len(arguments):
        raise Refused("more arguments than verbs")
    return composed(made)


def _verb(value: object, flags: str, width: int, precision: int | None, kind: str) -> str:
    if kind not in "vtsqeEfgG" + _INTEGERS:
        raise Refused("a verb that format doesn't have")
    if value is None and kind != "v":
        raise Refused("null can't be formatted")
    if kind == "v":
        return _padded(_as_it_is(value, "#" in flags), flags, width)
    if kind == "t":
        truth = truth_of(value)
        if truth is None:
            raise Refused("true or false expected")
        return encoded(truth)
    if kind in "sq":
        text = needed_text(value)
        text = alone(text)[:precision] if precision else text
        return _padded(encoded(text) if kind == "q" else text, flags, width)
    return _number(number_of(value), flags, width, precision, kind)


def _as_it_is(value: object, as_json: bool) -> str:
    if isinstance(value, str) and not as_json:
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float)) or as_json:
        return encoded(value)
    return _general(value)


def _general(value: float) -> str:
    """Go's ``%g``: an exponent from a million on, and for small numbers, in as many digits as tell the number."""
    power = Decimal(written(value)).adjusted() if value else 0
    if -4 <= power < _EXPONENT_FROM:
        return written(value)
    digits = written(value).removeprefix("-").replace(".", "").strip("0")
    point = "." if len(digits) > 1 else ""
    return f"{'-' if value < 0 else ''}{digits[0]}{point}{digits[1:]}e{power:+03}"


def _padded(text: str, flags: str, width: int) -> str:
    if not width:
        return text
    missing = (width - len(alone(text))) * ("0" if "0" in flags else " ")
    return text + missing if "-" in flags else missing + text


def _number(value: float, flags: str, width: int, precision: int | None, kind: str) -> str:
    if (
        "#" in flags
        or (precision is not None and kind not in "eEf")
        or ("-" in flags and "0" in flags)
    ):
        raise NotKnown(unsupported("a number in a format of that kind"))
    number = exact(value)
    if kind in _INTEGERS:
        if number.denominator != 1:
            raise Refused("a whole number expected")
        shown = format(abs(number.numerator), kind)
    elif kind == "f":
        shown = _fixed(abs(number), 6 if precision is None else precision)
    elif kind in "gG":
        shown = _general(value).removeprefix("-")
        shown = shown.upper() if kind == "G" else shown
    else:
        shown = _scientific(abs(number), 6 if precision is None else precision)
        shown = shown.upper() if kind == "E" else shown
    sign = "-" if number < 0 else "+" if "+" in flags else " " if " " in flags else ""
    if "0" in flags and "-" not in flags:
        return sign + shown.rjust(width - len(sign), "0")
    return (sign + shown).ljust(width) if "-" in flags else (sign + shown).rjust(width)


def _fixed(number: Fraction, places: int) -> str:
    digits = str(round(number * 10**places)).zfill(places + 1)
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def _scientific(number: Fraction, places: int) -> str:
    power = magnitude(number) if number else 0
    digits = round(number / Fraction(10) ** (power - places))
    if digits == 10 ** (places + 1):
        digits, power = digits // 10, power + 1
    text = str(digits).zfill(places + 1)
    return f"{text[0]}{'.' if places else ''}{text[1:]}e{power:+03}"


def formatlist(pattern: object, *arguments: object) -> tuple[Value, ...]:
    """``formatlist``: lists, all of the same length, are gone through together; what else is given stays."""
    lists = [plain(argument) for argument in arguments]
    lengths = {len(each) for each in lists if isinstance(each, list)}
    if len(lengths) > 1:
        raise Refused("lists of the same length expected")
    rows: list[Value] = []
    total = 0
    for row in range(lengths.pop() if lengths else 1):
        made = formatted(
            pattern, *(each[row] if isinstance(each, list) else each for each in lists)
        )
        total += len(made)
        if total > MAX_TEXT:
            raise NotKnown(beyond_limits.text())
        rows.append(Known(made))
    return tuple(rows)
