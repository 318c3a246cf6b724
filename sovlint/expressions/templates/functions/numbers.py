"""Sprig's arithmetic, in int64 and, with an ``f`` at the end of the name, in decimals."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from sovlint.expressions.templates.functions.arguments import is_unknown, whole
from sovlint.expressions.templates.functions.conversions import to_float, to_int
from sovlint.expressions.templates.running import Execution, TemplateError, TemplateFunction
from sovlint.expressions.templates.values import Int64, List

_DECIMALS = Context(prec=700, rounding=ROUND_HALF_UP)
_DIVIDED = Decimal("1e-16")
"""Quotients have sixteen digits behind the point."""


def wrapped(number: int) -> Int64:
    """A number as 64 bits hold it."""
    return Int64((number + 2**63) % 2**64 - 2**63)


def _add(*values: Any) -> Int64:
    return wrapped(sum(map(to_int, values)))


def _add1(value: Any) -> Int64:
    return wrapped(to_int(value) + 1)


def _sub(one: Any, other: Any) -> Int64:
    return wrapped(to_int(one) - to_int(other))


def _div(one: Any, other: Any) -> Int64:
    dividend, divisor = to_int(one), to_int(other)
    if divisor == 0:
        raise TemplateError("integer divide by zero")
    quotient = abs(dividend) // abs(divisor)
    return wrapped(quotient if (dividend < 0) == (divisor < 0) else -quotient)


def _mod(one: Any, other: Any) -> Int64:
    dividend, divisor = to_int(one), to_int(other)
    if divisor == 0:
        raise TemplateError("integer divide by zero")
    rest = abs(dividend) % abs(divisor)
    return Int64(-rest if dividend < 0 else rest)


def _mul(first: Any, *values: Any) -> Int64:
    product = wrapped(to_int(first))
    for value in values:
        product = wrapped(product * to_int(value))
    return product


def _max(first: Any, *values: Any) -> Int64:
    return Int64(max(map(to_int, (first, *values))))


def _min(first: Any, *values: Any) -> Int64:
    return Int64(min(map(to_int, (first, *values))))


def _maxf(first: Any, *values: Any) -> float:
    return max(map(to_float, (first, *values)))


def _minf(first: Any, *values: Any) -> float:
    return min(map(to_float, (first, *values)))


def _decimals(
    change: Callable[[Decimal, Decimal], Decimal], values: tuple[Any, ...]
) -> float:
    result = _decimal(values[0])
    for value in values[1:]:
        result = change(result, _decimal(value))
    return float(result)


def _decimal(value: Any) -> Decimal:
    number = to_float(value)
    if not math.isfinite(number):
        raise TemplateError(f"Cannot create a Decimal from {number}")
    return Decimal(repr(number))


def _divided(one: Decimal, other: Decimal) -> Decimal:
    if not other:
        raise TemplateError("decimal division by 0")
    return _DECIMALS.quantize(_DECIMALS.divide(one, other), _DIVIDED)


def _addf(*values: Any) -> float:
    return _decimals(_DECIMALS.add, (0.0, *values))


def _add1f(value: Any) -> float:
    return _decimals(_DECIMALS.add, (value, 1))


def _subf(first: Any, *values: Any) -> float:
    return _decimals(_DECIMALS.subtract, (first, *values))


def _divf(first: Any, *values: Any) -> float:
    return _decimals(_divided, (first, *values))


def _mulf(first: Any, *values: Any) -> float:
    return _decimals(_DECIMALS.multiply, (first, *values))


def _floor(value: Any) -> float:
    number = to_float(value)
    return float(math.floor(number)) if math.isfinite(number) else number


def _ceil(value: Any) -> float:
    number = to_float(value)
    return float(math.ceil(number)) if math.isfinite(number) else number


def _round(value: Any, places: Any, *rounds_from: Any) -> float:
    threshold = to_float(rounds_from[0]) if rounds_from else 0.5
    scale = math.pow(10, max(-300, min(300, whole(places))))
    digit = scale * to_float(value)
    if not math.isfinite(digit):
        return digit
    up = math.modf(digit)[0] >= threshold
    return (math.ceil(digit) if up else math.floor(digit)) / scale


def _until(run: Execution, count: Any) -> Any:
    if is_unknown(count):
        return run.unknown("until", count)
    return _steps(run, 0, whole(count), -1 if count < 0 else 1)


def _until_step(run: Execution, start: Any, stop: Any, step: Any) -> Any:
    if any(map(is_unknown, (start, stop, step))):
        return run.unknown("untilStep", start, stop, step)
    return _steps(run, whole(start), whole(stop), whole(step))


def _steps(run: Execution, start: int, stop: int, step: int) -> List:
    goes_on = step < 0 if stop < start else step > 0
    if not goes_on:
        return List()
    run.afford(abs(stop - start) // abs(step) + 1)
    return List(range(start, stop, step))


def _seq(run: Execution, *bounds: Any) -> Any:
    if any(map(is_unknown, bounds)):
        return run.unknown("seq", *bounds)
    if not 1 <= len(bounds) <= 3:
        return ""
    numbers = [whole(bound) for bound in bounds]
    start, end = (1 if len(numbers) == 1 else numbers[0]), numbers[-1]
    increment = -1 if end < start else 1
    step = numbers[1] if len(numbers) == 3 else increment
    if increment < 0 < step:
        return ""
    return " ".join(map(str, _steps(run, start, end + increment, step)))


PLAIN: Mapping[str, Callable[..., Any]] = {
    "add": _add,
    "add1": _add1,
    "sub": _sub,
    "mul": _mul,
    "div": _div,
    "mod": _mod,
    "max": _max,
    "biggest": _max,
    "min": _min,
    "addf": _addf,
    "add1f": _add1f,
    "subf": _subf,
    "mulf": _mulf,
    "divf": _divf,
    "maxf": _maxf,
    "minf": _minf,
    "floor": _floor,
    "ceil": _ceil,
    "round": _round,
}
FUNCTIONS: Mapping[str, TemplateFunction] = {
    "until": _until,
    "untilStep": _until_step,
    "seq": _seq,
}
