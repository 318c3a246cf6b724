"""Numbers as Terraform keeps them: 512 binary digits, read from decimal and written as the shortest decimal that is
the same number (math/big, which it counts with; https://pkg.go.dev/math/big#Float, read 2026-11-25).

A whole number is an ``int`` here. A ``float`` stands for the decimal that it is written as, so that ``0.1 + 0.2`` is
``0.3``; what no such decimal is (``1 / 3``) is an ``Exact``.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from sovlint.expressions.kinds import NotKnown, unsupported
from sovlint.model.decoding import late_pattern

PRECISION = 512
"""Binary digits of a number."""
LARGEST = 10**150
"""Numbers past this, or as close to nothing, aren't counted with."""
EXACTLY_WHOLE = 2**64
"""Whole numbers below this, and the sums of two, are what they are: nothing is rounded."""
MAX_DIGITS = 64
"""Text longer than this isn't read as a number."""

_NUMBER = late_pattern(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")


class Exact(float):
    """A number that isn't the decimal of any float: as a float it is the nearest one."""

    __slots__ = ("exact",)
    exact: Fraction

    def __new__(cls, value: Fraction | float) -> Exact:
        """``value``, which has no more than ``PRECISION`` digits."""
        made = super().__new__(cls, value)
        made.exact = Fraction(value)
        return made

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (int, float)) and self.exact == exact(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.exact)

    def __repr__(self) -> str:
        return written(self)


def exact(value: float) -> Fraction:
    """The number that a value stands for."""
    if isinstance(value, Exact):
        return value.exact
    return Fraction(value) if isinstance(value, int) else _of_decimal(repr(float(value)))


@lru_cache(maxsize=4096)
def _of_decimal(text: str) -> Fraction:
    return _rounded(Fraction(text))


def made(number: Fraction) -> int | float:
    """The value for a number. Raises ``NotKnown`` past what is counted with."""
    if number.denominator == 1 and -EXACTLY_WHOLE < number.numerator < EXACTLY_WHOLE:
        return number.numerator
    number = _rounded(number)
    if abs(number) >= LARGEST or (number and abs(number) * LARGEST < 1):
        raise NotKnown(unsupported("a number past what is counted with"))
    if number.denominator == 1:
        return number.numerator
    nearest = float(number)
    return nearest if exact(nearest) == number else Exact(number)


def read(text: str) -> int | float | None:
    """A number given as text, ``None`` where that isn't one. Raises ``NotKnown`` past what is counted with."""
    if len(text) >= MAX_DIGITS or not _NUMBER.fullmatch(text):
        return None
    number = Fraction(text)
    if not number and text.startswith("-"):
        raise NotKnown(unsupported("a negative zero"))
    return made(number)


def written(value: float) -> str:
    """A number as text: no exponent, no more digits than tell it from every other number."""
    if isinstance(value, Exact):
        return _shortest(value.exact)
    return (
        str(value)
        if isinstance(value, int)
        else format(Decimal(repr(value)), "f").removesuffix(".0")
    )


@lru_cache(maxsize=1024)
def _shortest(number: Fraction) -> str:
    few, many = 1, PRECISION // 3
    while few < many:
        digits = (few + many) // 2
        if _rounded(_decimal(number, digits)) == number:
            many = digits
        else:
            few = digits + 1
    found = _decimal(number, few)
    places = 0
    while found.denominator != 1:
        found, places = found * 10, places + 1
    digits_text = str(abs(found.numerator)).zfill(places + 1)
    whole, part = (
        digits_text[: len(digits_text) - places],
        digits_text[len(digits_text) - places :],
    )
    return ("-" if number < 0 else "") + whole + (f".{part}" if part else "")


def _decimal(number: Fraction, digits: int) -> Fraction:
    """The nearest decimal of so many digits."""
    unit = Fraction(10) ** (magnitude(number) + 1 - digits)
    return round(number / unit) * unit


def magnitude(number: Fraction) -> int:
    """Which power of ten a number, other than zero, has as many or more of."""
    size = len(str(abs(number.numerator))) - len(str(number.denominator))
    return size if abs(number) >= Fraction(10) ** size else size - 1


def _rounded(number: Fraction) -> Fraction:
    """The nearest number of ``PRECISION`` binary digits, the even one of two."""
    top, bottom = abs(number.numerator), number.denominator
    if bottom == 1 and top.bit_length() <= PRECISION:
        return number
    shift = top.bit_length() - bottom.bit_length() - PRECISION
    if (top if shift < 0 else top >> shift) << max(-shift, 0) >= bottom << PRECISION:
        shift += 1
    scaled = Fraction(top, bottom) / (Fraction(2) ** shift)
    return (-1 if number < 0 else 1) * round(scaled) * Fraction(2) ** shift
