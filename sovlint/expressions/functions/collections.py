"""Functions on lists, sets and maps; several say something even where an argument isn't known."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from fractions import Fraction
from itertools import product
from math import ceil, floor, prod

from sovlint.expressions import beyond_limits
from sovlint.expressions.functions.characters import alone
from sovlint.expressions.functions.contents import (
    items_of,
    known_items,
    map_of,
    one_type,
    one_type_across,
    plain_list,
)
from sovlint.expressions.kinds import (
    Functions,
    NotKnown,
    Refused,
    SetOf,
    failed,
    instances_of,
    unsupported,
)
from sovlint.expressions.limits import MAX_ELEMENTS
from sovlint.expressions.numerals import EXACTLY_WHOLE, exact, made
from sovlint.expressions.operators import truth_of
from sovlint.expressions.sizes import identity, set_of, unique
from sovlint.expressions.texts import needed_text, number_of, text_of, whole
from sovlint.expressions.unify import as_text, unified
from sovlint.expressions.values import wrap
from sovlint.model.value import Known, Unknown, Value, same


def _contains(items: object, wanted: object) -> bool:
    unknown: Unknown | None = None
    for item in items_of(items):
        if isinstance(item, Unknown):
            unknown = item
        elif same(item.value, wanted):
            return True
    if unknown is not None:
        raise NotKnown(unknown)
    return False


def _length(value: object) -> int:
    inner = instances_of(value)
    if isinstance(inner, (str, dict, tuple)):
        return len(alone(inner) if isinstance(inner, str) else inner)
    raise Refused("no length")


def _values(value: object) -> tuple[Value, ...]:
    entries = map_of(value)
    return tuple(entries[key] for key in sorted(entries))


def flatten(value: object) -> tuple[Value, ...]:
    """The elements of lists within lists."""
    flat: list[Value] = []
    stack = list(reversed(items_of(value)))
    while stack:
        item = stack.pop()
        if isinstance(item, Unknown):
            raise NotKnown(item)
        if isinstance(item.value, tuple):
            stack.extend(reversed(item.value))
        else:
            flat.append(item)
    return tuple(flat)


def element(value: object, position: object) -> Value:
    """The element at a position that wraps around."""
    items, at = items_of(value), whole(position)
    return (
        items[at % len(items)]
        if items and at is not None
        else failed("element: an empty list")
    )


def one(value: object) -> Value | None:
    """The only element, or null."""
    items = () if value is None else items_of(value)
    return (
        failed("one: more than one element")
        if len(items) > 1
        else items[0]
        if items
        else None
    )


def _slice(value: object, start: object, end: object) -> object:
    first, last = whole(start), whole(end)
    items = items_of(value)
    if first is None or last is None or not 0 <= first <= last <= len(items):
        return failed("slice: out of range")
    return items[first:last]


def _range(*bounds: object) -> Value:
    numbers = [exact(number_of(bound)) for bound in bounds]
    start, limit = (
        (Fraction(0), numbers[0]) if len(numbers) == 1 else (numbers[0], numbers[1])
    )
    step = numbers[2] if len(numbers) > 2 else Fraction(1 if start <= limit else -1)
    if step == 0 or (limit - start) * step < 0:
        return failed("range: no such numbers")
    if (limit - start) / step > MAX_ELEMENTS:
        raise NotKnown(beyond_limits.elements(int((limit - start) / step)))
    if (
        start.denominator == step.denominator == 1
        and max(abs(start), abs(limit)) < EXACTLY_WHOLE
    ):
        return wrap(
            list(
                range(
                    start.numerator, ceil(limit) if step > 0 else floor(limit), step.numerator
                )
            )
        )
    kept = []
    while start < limit if step > 0 else start > limit:
        kept.append(made(start))
        start = exact(made(start + step))
    return wrap(kept)


def _setproduct(*lists: object) -> tuple[Value, ...]:
    factors = [
        item if isinstance(item, SetOf) else one_type(items_of(item)) for item in lists
    ]
    number = prod(map(len, factors))
    if number > MAX_ELEMENTS:
        raise NotKnown(beyond_limits.elements(number))
    return tuple(map(Known, product(*factors)))


def _set_operation(
    keep: Callable[[Hashable, list[set[Hashable]]], bool],
) -> Callable[..., SetOf]:
    def function(*sets: object) -> SetOf:
        lists = one_type_across(list(map(known_items, sets)))
        held = [set(map(identity, part)) for part in lists]
        every = unique(item for part in lists for item in part)
        return set_of(item for item in every if keep(identity(item), held))

    return function


def _zipmap(keys: object, values: object) -> dict[str, Value]:
    names = list(map(needed_text, plain_list(keys)))
    items = items_of(values)
    if len(names) != len(items):
        raise Refused("as many keys as values expected")
    return dict(zip(names, items, strict=True))


def _index_of(value: object, wanted: object) -> int | Unknown:
    for position, item in enumerate(known_items(value)):
        if same(item.value, wanted):
            return position
    return failed("index: not in the list")


def _concat(*lists: object) -> tuple[Value, ...]:
    if any(isinstance(part, SetOf) for part in lists):
        raise Refused("concat: lists expected, not a set")
    parts = [items_of(part) for part in lists]
    alike = [unified(part) == list(part) for part in parts if part]
    every = [item for part in parts for item in part]
    if len(alike) > 1 and all(
        alike
    ):  # lists, or tuples: the elements of lists would be of one type
        every = [
            _if_the_same(item, other)
            for item, other in zip(every, unified(every) or every, strict=True)
        ]
    return tuple(every)


def _if_the_same(item: Value, converted: Value) -> Value:
    if isinstance(item, Known) and isinstance(converted, Known) and not same(item, converted):
        return unsupported("an element that may have become text")
    return item


def _quantified(decisive: bool) -> Callable[[object], bool]:
    """``anytrue`` and ``alltrue``: one element decides, whatever else isn't known."""

    def function(value: object) -> bool:
        unknown: Unknown | None = None
        for item in items_of(value):
            if isinstance(item, Unknown):
                unknown = item
            elif item.value is not None and truth_of(item.value) is None:
                raise Refused("true or false expected")
            elif (truth_of(item.value) is True) is decisive:
                return decisive
        if unknown is not None:
            raise NotKnown(unknown)
        return not decisive

    return function


def _sum(value: object) -> object:
    numbers = plain_list(value)
    if not numbers:
        return failed("sum: an empty list")
    total = Fraction(0)
    for number in numbers:
        total = exact(made(total + exact(number_of(number))))
    return made(total)


# --- conversions


def _unless_null(function: Callable[[object], object]) -> Callable[[object], object]:
    return lambda value: None if value is None else function(value)


def _tomap(value: object) -> dict[str, Value]:
    entries = map_of(value)
    return dict(zip(entries, one_type(entries.values()), strict=True))


def _tolist(value: object) -> tuple[Value, ...]:
    """A set as a list is sorted: where an element isn't known, so isn't which one is where."""
    items = items_of(value)
    return tuple(known_items(items)) if isinstance(items, SetOf) else one_type(items)


def _tostring(value: object) -> str | Unknown:
    text = text_of(value)
    return failed("tostring") if text is None else text


def _tobool(value: object) -> bool:
    truth = truth_of(value)
    if truth is None:
        raise Refused("true or false expected")
    return truth


def _compact(value: object) -> tuple[Value, ...]:
    kept = [each for each in known_items(value) if each.value not in (None, "")]
    for each in kept:
        needed_text(each.value)
    return tuple(map(as_text, kept))


ELEMENTS: Functions = {
    "concat": _concat,
    "compact": _compact,
    "distinct": lambda value: tuple(unique(one_type(known_items(value)))),
    "reverse": lambda value: items_of(value)[::-1],
    "setunion": _set_operation(lambda item, sets: True),
    "sort": lambda value: wrap(sorted(map(needed_text, plain_list(value)))),
    "tolist": _unless_null(_tolist),
    "toset": _unless_null(lambda value: set_of(one_type(items_of(value)))),
    "values": _values,
}
"""Functions that give the elements of their arguments, or some of them."""

PLAIN: Functions = {
    "alltrue": _quantified(decisive=False),
    "anytrue": _quantified(decisive=True),
    "contains": _contains,
    "index": _index_of,
    "keys": lambda value: wrap(sorted(map_of(value))),
    "length": _length,
    "range": _range,
    "setintersection": _set_operation(lambda item, sets: all(item in part for part in sets)),
    "setproduct": _setproduct,
    "setsubtract": _set_operation(
        lambda item, sets: item in sets[0] and not any(item in part for part in sets[1:])
    ),
    "slice": _slice,
    "sum": _sum,
    "tobool": _unless_null(_tobool),
    "tomap": _unless_null(_tomap),
    "tonumber": _unless_null(number_of),
    "tostring": _unless_null(_tostring),
    "zipmap": _zipmap,
}
