"""Functions that choose: ``default``, ``empty``, ``coalesce``, ``ternary``; and those that refuse."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sovlint.expressions.templates.functions.arguments import boolean, is_unknown, text
from sovlint.expressions.templates.granted import is_granted
from sovlint.expressions.templates.running import (
    Execution,
    RefusedByTemplateError,
    TemplateError,
    TemplateFunction,
)
from sovlint.expressions.templates.text import TemplateHole, is_hole
from sovlint.expressions.templates.values import TemplateObject


def may_be_empty(run: Execution, value: Any) -> bool:
    """Whether a value that isn't known may be empty: a text with anything written in it is not, and neither is what is
    only printed otherwise elsewhere."""
    if isinstance(value, TemplateHole):
        return not is_granted(value.unknown)
    return all(is_hole(each) and may_be_empty(run, run.holes.hole(each)) for each in value)


def is_empty(run: Execution, value: Any) -> bool:
    """Whether a value is zero or has nothing in it. What isn't known is decided."""
    if isinstance(value, TemplateObject):
        return not value.fields
    if is_unknown(value):
        return may_be_empty(run, value) and not run.is_true(value)
    return not run.is_true(value)


def _default(run: Execution, fallback: Any, *given: Any) -> Any:
    if not given:
        return fallback
    value = given[0]
    if is_unknown(value) and may_be_empty(run, value):
        return run.unknown("default", fallback, value)
    return fallback if is_empty(run, value) else value


def _coalesce(run: Execution, *values: Any) -> Any:
    for at, value in enumerate(values):
        if is_unknown(value) and may_be_empty(run, value):
            return run.unknown("coalesce", *values[at:])
        if not is_empty(run, value):
            return value
    return None


def _all(run: Execution, *values: Any) -> bool:
    return not any(is_empty(run, value) for value in values)


def _any(run: Execution, *values: Any) -> bool:
    return any(not is_empty(run, value) for value in values)


def _ternary(run: Execution, one: Any, other: Any, condition: Any) -> Any:
    if isinstance(condition, TemplateHole):
        return one if run.is_true(condition) else other
    return one if boolean(condition) else other


def _required(run: Execution, warning: Any, value: Any) -> Any:
    if value is None or value == "":
        raise TemplateError(run.shown(warning))
    return value


def _fail(run: Execution, message: Any) -> Any:
    raise RefusedByTemplateError(text(run.shown(message)))


FUNCTIONS: Mapping[str, TemplateFunction] = {
    "default": _default,
    "empty": is_empty,
    "coalesce": _coalesce,
    "all": _all,
    "any": _any,
    "ternary": _ternary,
    "required": _required,
    "fail": _fail,
}
