"""Sprig's arithmetic, in int64."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sovlint.expressions.templates.functions.arguments import is_unknown, whole
from sovlint.expressions.templates.functions.conversions import to_int
from sovlint.expressions.templates.running import Execution, TemplateError, TemplateFunction
from sovlint.expressions.templates.values import Int64, List


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


PLAIN: Mapping[str, Callable[..., Any]] = {
    "add": _add,
    "add1": _add1,
    "sub": _sub,
    "mul": _mul,
    "div": _div,
    "mod": _mod,
    "max": _max,
    "min": _min,
}
FUNCTIONS: Mapping[str, TemplateFunction] = {
    "until": _until,
    "untilStep": _until_step,
}
