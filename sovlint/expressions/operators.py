"""Operators on plain values: truth, equality that one difference decides, arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from operator import add, ge, gt, le, lt, mul, sub

from sovlint.expressions.kinds import (
    Functions,
    NotKnown,
    SetOf,
    Thing,
    failed,
    first_unknown,
    unsupported,
)
from sovlint.expressions.numerals import exact, made
from sovlint.expressions.texts import number_or_none
from sovlint.expressions.values import plain
from sovlint.model.value import Known, Unknown, Value, same

EQUALITY = ("==", "!=")
BOOLS = {"true": True, "false": False, "1": True, "0": False}
"""Text that converts to a bool."""
_COMPOUND = (Thing, dict, tuple)


def truth_of(value: object) -> bool | None:
    """A bool, also one given as text; ``None`` for anything else."""
    if isinstance(value, bool):
        return value
    return BOOLS.get(value) if isinstance(value, str) else None


def equality(operator: str, written_out: bool) -> Callable[[object, object], bool]:
    """``==`` or ``!=``. ``written_out``: both operands are constants of the same syntax, so that their types compare.

    Values of different types are never equal (https://developer.hashicorp.com/terraform/language/expressions/operators),
    so that ``tolist([]) == []`` is false: of other collections whose elements agree nothing is known, as no types are
    kept.
    """

    def apply(left: object, right: object) -> bool:
        answer = _alike(left, right)
        if (
            answer is True
            and not written_out
            and isinstance(left, (dict, tuple))
            and not isinstance(left, SetOf)
        ):
            answer = unsupported("collections are equal only if their types are")
        if isinstance(answer, Unknown):
            raise NotKnown(answer)
        return answer is (operator == "==")

    return apply


def _alike(one: object, other: object) -> bool | Unknown:
    """Whether two values are equal. One difference decides, whatever else isn't known; so does null."""
    if isinstance(one, dict) and isinstance(other, dict):
        if one.keys() != other.keys():
            return False
        return _all_alike((one[key], other[key]) for key in one)
    if isinstance(one, SetOf) or isinstance(other, SetOf):
        return _alike_sets(one, other)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and _all_alike(zip(one, other, strict=True))
    for thing in (one, other):
        if isinstance(thing, Thing):
            doubt = thing.doubtful()
            if (
                doubt is None
                and one is not other
                and isinstance(one, _COMPOUND)
                and isinstance(other, _COMPOUND)
            ):
                doubt = unsupported("whether what is known once applied is equal")
            return one is other if doubt is None else doubt
    return same(one, other)


def _all_alike(pairs: Iterable[tuple[Value, Value]]) -> bool | Unknown:
    doubt: Unknown | None = None
    for one, other in pairs:
        unknown = first_unknown((one, other))
        if unknown is not None:
            doubt = unknown
            continue
        assert isinstance(one, Known)
        assert isinstance(other, Known)
        answer = _alike(one.value, other.value)
        if answer is False:
            return False
        doubt = answer if isinstance(answer, Unknown) else doubt
    return True if doubt is None else doubt


def _alike_sets(one: object, other: object) -> bool | Unknown:
    """Sets don't mind the order of their elements."""
    if not (isinstance(one, tuple) and isinstance(other, tuple)):
        return False
    unknown = first_unknown((*one, *other))
    if unknown is not None:
        return unknown
    return sorted(map(repr, map(plain, one))) == sorted(map(repr, map(plain, other)))


def _arithmetic(
    function: Callable[[Fraction, Fraction], Fraction],
) -> Callable[[object, object], object]:
    def count(one: Fraction, other: Fraction) -> object:
        result = function(one, other)
        if not result and (one < 0 or other < 0) and function not in (sub, add):
            raise NotKnown(unsupported("a negative zero"))
        return made(result)

    return _of_numbers(count)


def _of_numbers(
    function: Callable[[Fraction, Fraction], object],
) -> Callable[[object, object], object]:
    def apply(left: object, right: object) -> object:
        one, other = number_or_none(left), number_or_none(right)
        if one is None or other is None:
            return failed("arithmetic needs numbers")
        return function(exact(one), exact(other))

    return apply


def _quotient(one: Fraction, other: Fraction) -> Fraction:
    if not other:  # what isn't zero gives infinity
        raise NotKnown(unsupported("a division by zero"))
    return one / other


def _remainder(one: Fraction, other: Fraction) -> Fraction:
    return one - exact(made(other * int(exact(made(_quotient(one, other))))))


ARITHMETIC: Functions = {
    "+": _arithmetic(add),
    "-": _arithmetic(sub),
    "*": _arithmetic(mul),
    "/": _arithmetic(_quotient),
    "%": _arithmetic(_remainder),
    "<": _of_numbers(lt),
    ">": _of_numbers(gt),
    "<=": _of_numbers(le),
    ">=": _of_numbers(ge),
}
