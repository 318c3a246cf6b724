"""Go's comparisons: ``eq`` and its kin, ``not``, and ``deepEqual``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sovlint.expressions.templates.functions.arguments import holds_unknown, is_unknown
from sovlint.expressions.templates.functions.texts.partial import may_equal
from sovlint.expressions.templates.running import Execution, TemplateError, TemplateFunction
from sovlint.expressions.templates.text import TemplateHole
from sovlint.expressions.templates.values_text import type_name

_KINDS = {bool: "bool", int: "int", float: "float"}


def _kind(value: Any) -> str:
    if isinstance(value, str):
        return "string"
    kind = _KINDS.get(type(value))
    if kind is None and isinstance(value, int):
        return "int"
    if kind is None:
        raise TemplateError("invalid type for comparison")
    return kind


def any_surely(answers: Iterable[bool | None]) -> bool | None:
    """Whether one of several answers is yes; ``None`` where none is, and one isn't known. Asks no further than it must."""
    doubt = False
    for answer in answers:
        if answer:
            return True
        doubt = doubt or answer is None
    return None if doubt else False


def _eq(run: Execution, first: Any, *others: Any) -> Any:
    if not others:
        raise TemplateError("missing argument for comparison")
    found = any_surely(_same(first, other) for other in others)
    return run.unknown("eq", first, *others) if found is None else found


def _same(one: Any, other: Any) -> bool | None:
    """Whether two values are equal; ``None`` if that isn't known."""
    if isinstance(one, TemplateHole) or isinstance(other, TemplateHole):
        alike = (
            isinstance(one, TemplateHole)
            and isinstance(other, TemplateHole)
            and one.key == other.key
        )
        return True if alike else None
    if isinstance(one, str) and isinstance(other, str):
        if one == other:
            return True
        doubtful = is_unknown(one) or is_unknown(other)
        return None if doubtful and may_equal(one, other) else False
    if one is None or other is None:
        return one is other
    return _same_kinds(one, other)


def _same_kinds(one: Any, other: Any) -> bool:
    if isinstance(one, (Mapping, list)) or isinstance(other, (Mapping, list)):
        raise TemplateError("non-comparable type: " + type_name(one))
    if _kind(one) != _kind(other):
        raise TemplateError("incompatible types for comparison")
    return bool(one == other)


def _ne(run: Execution, one: Any, other: Any) -> Any:
    same = _same(one, other)
    return run.unknown("ne", one, other) if same is None else not same


def _ordered(name: str, holds: Callable[[Any, Any], bool]) -> TemplateFunction:
    def call(run: Execution, one: Any, other: Any) -> Any:
        if is_unknown(one) or is_unknown(other):
            return run.unknown(name, one, other)
        kind = _kind(one)
        if kind != _kind(other):
            raise TemplateError("incompatible types for comparison")
        if kind == "bool":
            raise TemplateError("invalid type for comparison")
        return holds(one, other)

    return call


def _not(run: Execution, value: Any) -> bool:
    return not run.is_true(value)


def deep_equal(one: Any, other: Any) -> bool:
    """Whether two known values are alike in type and content (``reflect.DeepEqual``)."""
    return _deep_equal(one, other, set())


def _deep_equal(one: Any, other: Any, seen: set[tuple[int, int]]) -> bool:
    """The same, but for what is being compared already: what holds itself never ends, what is shared takes long."""
    if isinstance(one, str) or isinstance(other, str):
        return isinstance(one, str) and isinstance(other, str) and one == other
    if type_name(one) != type_name(other):
        return False
    if not isinstance(one, (Mapping, list)):
        return bool(one == other)
    pair = (id(one), id(other))
    if pair in seen:
        return True
    seen.add(pair)
    if isinstance(one, Mapping):
        return one.keys() == other.keys() and all(
            _deep_equal(value, other[key], seen) for key, value in one.items()
        )
    return len(one) == len(other) and all(
        _deep_equal(item, there, seen) for item, there in zip(one, other, strict=True)
    )


def may_be_equal(one: Any, other: Any) -> bool | None:
    """The same of values that may not be known; ``None`` where that isn't."""
    if not holds_unknown(one) and not holds_unknown(other):
        return deep_equal(one, other)
    if isinstance(one, str) and isinstance(other, str) and not may_equal(one, other):
        return False
    return None


def _compared(run: Execution, one: Any, other: Any) -> Any:
    same = may_be_equal(one, other)
    return run.unknown("deepEqual", one, other) if same is None else same


FUNCTIONS: Mapping[str, TemplateFunction] = {
    "eq": _eq,
    "ne": _ne,
    "lt": _ordered("lt", lambda one, other: one < other),
    "le": _ordered("le", lambda one, other: one <= other),
    "gt": _ordered("gt", lambda one, other: one > other),
    "ge": _ordered("ge", lambda one, other: one >= other),
    "not": _not,
    "deepEqual": _compared,
}
