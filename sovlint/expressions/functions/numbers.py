"""Functions on numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from fractions import Fraction
from string import ascii_letters
from string import digits as decimal_digits

from sovlint.expressions.kinds import Functions, NotKnown, Refused, failed, unsupported
from sovlint.expressions.numerals import MAX_DIGITS, exact, made
from sovlint.expressions.texts import number_of, whole
from sovlint.expressions.values import plain

WHOLE = 2.0**53
"""Past this, the machine's numbers are all whole."""
_DIGITS = decimal_digits + ascii_letters


def _of(function: Callable[[Fraction], Fraction | int]) -> Callable[[object], float]:
    return lambda value: made(Fraction(function(exact(number_of(value)))))


def _float(number: float) -> float:
    """What Terraform works out with the machine's numbers. A whole one past their digits is written otherwise."""
    if not math.isfinite(number) or (abs(number) >= WHOLE and number.is_integer()):
        raise NotKnown(unsupported("a number past what is counted with"))
    return made(exact(number))


def _pow(value: object, power: object) -> float:
    """Where the answer isn't exact, the machine's last digit differs from Go's."""
    base, times = exact(number_of(value)), whole(power)
    if times is None or abs(times) > MAX_DIGITS * 4 or (not base and times < 0):
        raise NotKnown(unsupported("a power that isn't exact"))
    answer = base**times
    if Fraction(float(answer)) != answer or Fraction(float(base)) != base:
        raise NotKnown(unsupported("a power that isn't exact"))
    return _float(float(answer))


def _signum(value: object) -> int:
    number = whole(value)
    if number is None:
        raise Refused("a whole number expected")
    return (number > 0) - (number < 0)


def _parseint(value: object, base: object) -> float:
    """Digits, and nothing else, in a base of 2 to 62: past 36, capitals are digits of their own."""
    to = whole(base)
    if not isinstance(value, str) or to is None or not 2 <= to <= 62:
        raise Refused("text and a base of 2 to 62 expected")
    digits = value.removeprefix(value[:1] if value[:1] in "+-" else "")
    if to <= 36:
        digits = digits.lower()
    known = _DIGITS[:to]
    if not digits or len(digits) > MAX_DIGITS or not all(digit in known for digit in digits):
        raise Refused("not a number in that base")
    number = 0
    for digit in digits:
        number = number * to + known.index(digit)
    return made(Fraction(-number if value.startswith("-") else number))


def _extreme(function: Callable[[Iterable[Fraction]], Fraction]) -> Callable[..., object]:
    def apply(*values: object) -> object:
        numbers = [exact(number_of(plain(value))) for value in values]
        return made(function(numbers)) if numbers else failed("no numbers")

    return apply


FUNCTIONS: Functions = {
    "abs": _of(abs),
    "ceil": _of(math.ceil),
    "floor": _of(math.floor),
    "log": lambda value, base: _float(
        math.log(float(number_of(value))) / math.log(float(number_of(base)))
    ),
    "max": _extreme(max),
    "min": _extreme(min),
    "parseint": _parseint,
    "pow": _pow,
    "signum": _signum,
}
