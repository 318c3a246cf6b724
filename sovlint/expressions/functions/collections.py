"""Functions on lists, sets and maps; several say something even where an argument isn't known."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate, pairwise, product
from math import ceil, floor, prod

from sovlint.expressions import beyond_limits
from sovlint.expressions.functions.characters import alone
from sovlint.expressions.kinds import NotKnown, Refused, SetOf, Thing, failed, unsupported
from sovlint.expressions.limits import MAX_ELEMENTS
from sovlint.expressions.numerals import EXACTLY_WHOLE, exact, made
from sovlint.expressions.operators import truth_of
from sovlint.expressions.sizes import identity, set_of, unique
from sovlint.expressions.texts import number_of, text_of, whole
from sovlint.expressions.unify import as_text, unified
from sovlint.expressions.values import plain, wrap
from sovlint.model.value import Known, Unknown, Value, same


def items_of(value: object) -> tuple[Value, ...]:
    """The elements of a list or set. Raises ``Refused`` for anything else, ``NotKnown`` where they aren't known."""
    if isinstance(value, Thing):
        elements = value.elements()
        if isinstance(elements, Unknown):
            raise NotKnown(elements)
        value = elements.value
    if not isinstance(value, tuple):
        raise Refused("a list expected")
    return value


def map_of(value: object) -> dict[str, Value]:
    """The entries of a map. Raises ``Refused`` for anything else, ``NotKnown`` where they aren't known."""
    if isinstance(value, Thing):
        elements = value.elements()
        if isinstance(elements, Unknown):
            raise NotKnown(elements)
        value = elements.value
    if not isinstance(value, dict):
        raise Refused("a map expected")
    return value


def _surely_known(items: Iterable[Value]) -> list[Known[object]]:
    """The same items; raises ``NotKnown`` at one that isn't known, since membership then isn't either."""
    found: list[Known[object]] = []
    for item in items:
        if isinstance(item, Unknown):
            raise NotKnown(item)
        found.append(item)
    return found


def _contains(items: object, wanted: object) -> Value:
    unknown: Unknown | None = None
    for item in items_of(items):
        if isinstance(item, Unknown):
            unknown = item
        elif same(item.value, wanted):
            return Known(True)
    if unknown is not None:
        raise NotKnown(unknown)
    return Known(False)


def _length(value: object) -> Value:
    if isinstance(value, Thing):
        elements = value.elements()
        if isinstance(elements, Unknown):
            raise NotKnown(elements)
        value = elements.value
    if isinstance(value, (str, dict, tuple)):
        return Known(len(alone(value) if isinstance(value, str) else value))
    raise Refused("no length")


def _keys(value: object) -> Value:
    return wrap(sorted(map_of(value)))


def _values(value: object) -> Value:
    entries = map_of(value)
    return Known(tuple(entries[key] for key in sorted(entries)))


def flatten(value: object) -> Value:
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
    return Known(tuple(flat))


def _compact(value: object) -> Value:
    return Known(tuple(as_text(item) for item in _surely_known(items_of(value)) if item.value not in (None, "")))


def element(value: object, position: object) -> Value:
    """The element at a position that wraps around."""
    items, at = items_of(value), whole(position)
    return items[at % len(items)] if items and at is not None else failed("element: an empty list")


def one(value: object) -> Value:
    """The only element, or null."""
    if value is None:
        return Known(None)
    items = items_of(value)
    return failed("one: more than one element") if len(items) > 1 else items[0] if items else Known(None)


def _slice(value: object, start: object, end: object) -> Value:
    first, last = whole(start), whole(end)
    items = items_of(value)
    if first is None or last is None or not 0 <= first <= last <= len(items):
        return failed("slice: out of range")
    return Known(tuple(items[first:last]))


def _text(item: object) -> str:
    text = text_of(item)
    if text is None:
        raise Refused("text expected")
    return text


def _sort(value: object) -> Value:
    return wrap(sorted(_text(item) for item in _plain_list(value)))


def _plain_list(value: object) -> list[object]:
    found = plain(value)
    if not isinstance(found, list):
        raise Refused("a list expected")
    return found


def _range(*bounds: object) -> Value:
    numbers = [exact(number_of(bound)) for bound in bounds]
    start, limit = (Fraction(0), numbers[0]) if len(numbers) == 1 else (numbers[0], numbers[1])
    step = numbers[2] if len(numbers) > 2 else Fraction(1 if start <= limit else -1)
    if step == 0 or (limit - start) * step < 0:
        return failed("range: no such numbers")
    if (limit - start) / step > MAX_ELEMENTS:
        raise beyond_limits.raised(beyond_limits.elements(int((limit - start) / step)))
    if start.denominator == step.denominator == 1 and max(abs(start), abs(limit)) < EXACTLY_WHOLE:
        return wrap(list(range(start.numerator, ceil(limit) if step > 0 else floor(limit), step.numerator)))
    kept = []
    while start < limit if step > 0 else start > limit:
        kept.append(made(start))
        start = exact(made(start + step))
    return wrap(kept)


def _setproduct(*lists: object) -> Value:
    factors = [item if isinstance(item, SetOf) else one_type(items_of(item)) for item in lists]
    if prod(map(len, factors)) > MAX_ELEMENTS:
        raise beyond_limits.raised(beyond_limits.elements(prod(map(len, factors))))
    return Known(tuple(Known(row) for row in product(*factors)))


def _set_operation(keep: Callable[[Hashable, list[set[Hashable]]], bool]) -> Callable[..., Value]:
    def function(*sets: object) -> Value:
        lists = _one_type_across([_surely_known(items_of(item)) for item in sets])
        held = [set(map(identity, part)) for part in lists]
        every = unique(item for part in lists for item in part)
        return Known(set_of(item for item in every if keep(identity(item), held)))

    return function


def _transpose(value: object) -> Value:
    turned: dict[str, list[str]] = {}
    for key, items in sorted(map_of(value).items()):
        for item in _plain_list(items):
            turned.setdefault(_text(item), []).append(key)
    return wrap(turned)


def _zipmap(keys: object, values: object) -> Value:
    names = [_text(name) for name in _plain_list(keys)]
    items = items_of(values)
    if len(names) != len(items):
        raise Refused("as many keys as values expected")
    return Known(dict(zip(names, items, strict=True)))


def _chunklist(value: object, size: object) -> Value:
    items, width = one_type(items_of(value)), whole(size)
    if width is None or width < 0:
        raise Refused("a size expected")
    if not width or not items:
        return Known((Known(items),) if items else ())
    return Known(tuple(Known(tuple(items[at : at + width])) for at in range(0, len(items), width)))


def _matchkeys(values: object, keys: object, wanted: object) -> Value:
    by, among = _one_type_across([_surely_known(items_of(keys)), _surely_known(items_of(wanted))])
    known, items = set(map(identity, among)), one_type(items_of(values))
    if len(items) != len(by):
        raise Refused("as many keys as values expected")
    pairs = zip(items, by, strict=True)
    return Known(tuple(value for value, key in pairs if identity(key) in known))


def _index_of(value: object, wanted: object) -> Value:
    for position, item in enumerate(_surely_known(items_of(value))):
        if isinstance(item, Known) and same(item.value, wanted):
            return Known(position)
    return failed("index: not in the list")


def one_type(items: Sequence[Value]) -> tuple[Value, ...]:
    """The elements of a list, which are all of one type. Raises ``Refused`` where they can't be."""
    found = unified(items)
    if found is None:
        raise Refused("elements of one type expected")
    return tuple(found)


def _one_type_across(lists: Sequence[Sequence[Value]]) -> list[tuple[Value, ...]]:
    """Several lists, all of whose elements are of one type."""
    every = one_type([item for items in lists for item in items])
    ends = list(accumulate(map(len, lists), initial=0))
    return [every[start:end] for start, end in pairwise(ends)]


def _toset(value: object) -> Value:
    if value is None:
        return Known(None)
    return Known(set_of(one_type(items_of(value))))


def _tomap(value: object) -> Value:
    if value is None:
        return Known(None)
    entries = map_of(value)
    return Known(dict(zip(entries, one_type(list(entries.values())), strict=True)))


def _tolist(value: object) -> Value:
    """A set as a list is sorted: where an element isn't known, so isn't which one is where."""
    if value is None:
        return Known(None)
    items = items_of(value)
    return Known(tuple(_surely_known(items) if isinstance(items, SetOf) else one_type(items)))


def _tostring(value: object) -> Value:
    if value is None:
        return Known(None)
    text = text_of(value)
    return failed("tostring") if text is None else Known(text)


def _tonumber(value: object) -> Value:
    if value is None:
        return Known(None)
    return Known(number_of(value))


def _tobool(value: object) -> Value:
    if value is None or isinstance(value, bool):
        return Known(value)
    truth = truth_of(value)
    if truth is None:
        raise Refused("true or false expected")
    return Known(truth)


def _concat(*lists: object) -> Value:
    if any(isinstance(part, SetOf) for part in lists):
        raise Refused("concat: lists expected, not a set")
    parts = [items_of(part) for part in lists]
    alike = [unified(part) == list(part) for part in parts if part]
    every = [item for part in parts for item in part]
    if len(alike) > 1 and all(alike):  # lists, or tuples: the elements of lists would be of one type
        every = [_if_the_same(item, other) for item, other in zip(every, unified(every) or every, strict=True)]
    return Known(tuple(every))


def _if_the_same(item: Value, converted: Value) -> Value:
    if isinstance(item, Known) and isinstance(converted, Known) and not same(item, converted):
        return unsupported("an element that may have become text")
    return item


def _all(value: object) -> Value:
    return _quantified(items_of(value), decisive=False)


def _any(value: object) -> Value:
    return _quantified(items_of(value), decisive=True)


def _quantified(items: tuple[Value, ...], decisive: bool) -> Value:
    unknown: Unknown | None = None
    for item in items:
        if isinstance(item, Unknown):
            unknown = item
        elif item.value is not None and truth_of(item.value) is None:
            raise Refused("true or false expected")
        elif (truth_of(item.value) is True) is decisive:
            return Known(decisive)
    if unknown is not None:
        raise NotKnown(unknown)
    return Known(not decisive)


def _sum(value: object) -> Value:
    numbers = _plain_list(value)
    if not numbers:
        return failed("sum: an empty list")
    total = Fraction(0)
    for number in numbers:
        total = exact(made(total + exact(number_of(number))))
    return Known(made(total))


ELEMENTS: Mapping[str, Callable[..., Value]] = {
    "concat": _concat,
    "compact": _compact,
    "distinct": lambda value: Known(tuple(unique(one_type(_surely_known(items_of(value)))))),
    "reverse": lambda value: Known(tuple(reversed(items_of(value)))),
    "setunion": _set_operation(lambda item, sets: True),
    "sort": _sort,
    "tolist": _tolist,
    "toset": _toset,
    "values": _values,
}
"""Functions that give the elements of their arguments, or some of them."""

PLAIN: Mapping[str, Callable[..., Value]] = {
    "alltrue": _all,
    "anytrue": _any,
    "chunklist": _chunklist,
    "contains": _contains,
    "index": _index_of,
    "keys": _keys,
    "length": _length,
    "matchkeys": _matchkeys,
    "range": _range,
    "setintersection": _set_operation(lambda item, sets: all(item in part for part in sets)),
    "setproduct": _setproduct,
    "setsubtract": _set_operation(lambda item, sets: item in sets[0] and not any(item in part for part in sets[1:])),
    "slice": _slice,
    "sum": _sum,
    "tobool": _tobool,
    "tomap": _tomap,
    "tonumber": _tonumber,
    "tostring": _tostring,
    "transpose": _transpose,
    "zipmap": _zipmap,
}
