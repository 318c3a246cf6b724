"""Sprig's lists. None of these changes the list that it gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sovlint.expressions.templates.functions.arguments import (
    data_of,
    holds_unknown,
    is_unknown,
    sequence,
)
from sovlint.expressions.templates.functions.comparing import any_surely, may_be_equal
from sovlint.expressions.templates.functions.defaults import is_empty
from sovlint.expressions.templates.functions.texts.common import strings_of
from sovlint.expressions.templates.running import Execution, TemplateFunction
from sovlint.expressions.templates.values import List, NilList


def _list(run: Execution, *values: Any) -> List:
    run.afford(len(values))
    return List(values)


def _of_list(name: str, doing: str, change: Callable[[Any], Any]) -> TemplateFunction:
    """A function of a list, which may have holes in it."""

    def call(run: Execution, value: Any) -> Any:
        if is_unknown(value):
            return run.unknown(name, value)
        items = sequence(value, doing)
        run.afford(len(items))
        return change(items)

    return call


def _rest(items: Any) -> List:
    return List(items[1:]) if items else NilList()


def _initial(items: Any) -> List:
    return List(items[:-1]) if items else NilList()


def _append(run: Execution, value: Any, item: Any) -> Any:
    if is_unknown(value):
        return run.unknown("append", value, item)
    items = sequence(value, "push on")
    run.afford(len(items))
    return List([*items, item])


def _prepend(run: Execution, value: Any, item: Any) -> Any:
    if is_unknown(value):
        return run.unknown("prepend", value, item)
    items = sequence(value, "prepend on")
    run.afford(len(items))
    return List([item, *items])


def _concat(run: Execution, *values: Any) -> Any:
    if any(map(is_unknown, values)):
        return run.unknown("concat", *values)
    made: list[Any] = []
    for value in values:
        made.extend(sequence(value, "concat"))
        run.afford(len(made))
    return List(made) if made else NilList()


def _uniq(run: Execution, value: Any) -> Any:
    if is_unknown(value):
        return run.unknown("uniq", value)
    kept: list[Any] = []
    for item in sequence(value, "find uniq on"):
        among = _among(run, kept, item)
        if among is None:
            return run.unknown("uniq", value)
        if not among:
            kept.append(item)
    return List(kept)


def _among(run: Execution, items: Any, sought: Any) -> bool | None:
    """Whether an item is in a list; ``None`` where that isn't known."""
    run.afford(len(items) + 1)
    return any_surely(may_be_equal(item, sought) for item in items)


def _without(run: Execution, value: Any, *left_out: Any) -> Any:
    if is_unknown(value):
        return run.unknown("without", value, *left_out)
    kept = []
    for item in sequence(value, "find without on"):
        among = _among(run, left_out, item)
        if among is None:
            return run.unknown("without", value, *left_out)
        if not among:
            kept.append(item)
    return List(kept)


def _has(run: Execution, sought: Any, value: Any) -> Any:
    if value is None:
        return False
    if is_unknown(value):
        return run.unknown("has", sought, value)
    among = _among(run, sequence(value, "find has on"), sought)
    return run.unknown("has", sought, value) if among is None else among


def _compact(run: Execution, value: Any) -> Any:
    if is_unknown(value):
        return run.unknown("compact", value)
    items = sequence(value, "compact")
    run.afford(len(items))
    return List(item for item in items if not is_empty(run, item))


def _sort_alpha(run: Execution, value: Any) -> Any:
    if holds_unknown(value):
        return run.unknown("sortAlpha", value)
    texts = strings_of(run, value)
    run.afford(len(texts))
    return List(sorted(texts, key=data_of))


def _first(items: Any) -> Any:
    return items[0] if items else None


def _last(items: Any) -> Any:
    return items[-1] if items else None


_FIRST = _of_list("first", "find first on", _first)
_LAST = _of_list("last", "find last on", _last)
_REST = _of_list("rest", "find rest on", _rest)
_INITIAL = _of_list("initial", "find initial on", _initial)
_REVERSE = _of_list("reverse", "find reverse on", lambda items: List(reversed(items)))

FUNCTIONS: Mapping[str, TemplateFunction] = {
    "list": _list,
    "tuple": _list,
    "first": _FIRST,
    "mustFirst": _FIRST,
    "last": _LAST,
    "mustLast": _LAST,
    "rest": _REST,
    "mustRest": _REST,
    "initial": _INITIAL,
    "mustInitial": _INITIAL,
    "reverse": _REVERSE,
    "mustReverse": _REVERSE,
    "append": _append,
    "mustAppend": _append,
    "push": _append,
    "mustPush": _append,
    "prepend": _prepend,
    "mustPrepend": _prepend,
    "concat": _concat,
    "uniq": _uniq,
    "mustUniq": _uniq,
    "without": _without,
    "mustWithout": _without,
    "has": _has,
    "mustHas": _has,
    "compact": _compact,
    "mustCompact": _compact,
    "sortAlpha": _sort_alpha,
}
