"""Functions on numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from fractions import Fraction

from sovlint.expressions.kinds import Functions, failed
from sovlint.expressions.numerals import exact, made
from sovlint.expressions.texts import number_of
from sovlint.expressions.values import plain

WHOLE = 2.0**53
"""Past this, the machine's numbers are all whole."""


def _of(function: Callable[[Fraction], Fraction | int]) -> Callable[[object], float]:
    return lambda value: made(Fraction(function(exact(number_of(value)))))


def _extreme(function: Callable[[Iterable[Fraction]], Fraction]) -> Callable[..., object]:
    def apply(*values: object) -> object:
        numbers = [exact(number_of(plain(value))) for value in values]
        return made(function(numbers)) if numbers else failed("no numbers")

    return apply


FUNCTIONS: Functions = {
    "abs": _of(abs),
    "ceil": _of(math.ceil),
    "floor": _of(math.floor),
    "max": _extreme(max),
    "min": _extreme(min),
}
