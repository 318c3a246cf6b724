"""Functions on lists, sets and maps; several say something even where an argument isn't known."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from itertools import product
from math import isfinite, prod

from sovlint.frontends.terraform.limits import MAX_ELEMENTS
from sovlint.frontends.terraform.values import (  # fmt: skip
    Failed,
    NotKnown,
    Refused,
    SetOf,
    Thing,
    because,
    changed,
    failed,
    hidden,
    identity,
    index,
    lift,
    merged,
    missing,
    number_of,
    plain,
    plainly_unknown,
    set_of,
    text_of,
    too_large,
    unique,
    whole,
    wrap,
)
from sovlint.model.value import Known, Unknown, Value, either, same


def _items(value: object) -> tuple[Value, ...]:
    if isinstance(value, Thing):
        elements = value.elements()
        if isinstance(elements, Unknown):
            raise NotKnown(elements)
        value = elements.value
    if not isinstance(value, tuple):
        raise Refused("a list expected")
    return value


def _map(value: object) -> dict[str, Value]:
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
    for item in _items(items):
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
        return Known(len(value))
    raise Refused("no length")


def _keys(value: object) -> Value:
    return wrap(sorted(_map(value)))


def _values(value: object) -> Value:
    entries = _map(value)
    return Known(tuple(entries[key] for key in sorted(entries)))


def _flatten(value: object) -> Value:
    flat: list[Value] = []
    stack = list(reversed(_items(value)))
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
    return Known(tuple(item for item in _surely_known(_items(value)) if item.value not in (None, "")))


def _element(value: object, position: object) -> Value:
    items, at = _items(value), whole(position)
    return items[at % len(items)] if items and at is not None else failed("element: an empty list")


def _one(value: object) -> Value:
    if value is None:
        return Known(None)
    items = _items(value)
    return failed("one: more than one element") if len(items) > 1 else items[0] if items else Known(None)


def _slice(value: object, start: object, end: object) -> Value:
    first, last = whole(start), whole(end)
    items = _items(value)
    if first is None or last is None or not 0 <= first <= last <= len(items):
        return failed("slice: out of range")
    return Known(tuple(items[first:last]))


def _sort(value: object) -> Value:
    return wrap(sorted(text_of(item) or "" for item in _plain_list(value)))


def _plain_list(value: object) -> list[object]:
    found = plain(value)
    if not isinstance(found, list):
        raise Refused("a list expected")
    return found


def _range(*bounds: object) -> Value:
    numbers = [float(number_of(bound)) for bound in bounds]
    start, limit = (0.0, numbers[0]) if len(numbers) == 1 else (numbers[0], numbers[1])
    step = numbers[2] if len(numbers) > 2 else (1.0 if start <= limit else -1.0)
    if step == 0 or not all(map(isfinite, (start, limit, step, (limit - start) / step))):
        return failed("range: no such numbers")
    if abs((limit - start) / step) > MAX_ELEMENTS:
        raise too_large()
    numbers = [start + step * position for position in range(int(abs((limit - start) / step)) + 1)]
    kept = [number for number in numbers if (number < limit if step > 0 else number > limit)]
    return wrap([int(number) if number.is_integer() else number for number in kept])


def _setproduct(*lists: object) -> Value:
    factors = [_items(item) for item in lists]
    if prod(map(len, factors)) > MAX_ELEMENTS:
        raise too_large()
    return Known(tuple(Known(row) for row in product(*factors)))


def _set_operation(keep: Callable[[Hashable, list[set[Hashable]]], bool]) -> Callable[..., Value]:
    def function(*sets: object) -> Value:
        lists = [_surely_known(_items(item)) for item in sets]
        held = [set(map(identity, part)) for part in lists]
        every = unique(item for part in lists for item in part)
        return Known(set_of(item for item in every if keep(identity(item), held)))

    return function


def _transpose(value: object) -> Value:
    turned: dict[str, list[str]] = {}
    for key, items in sorted(_map(value).items()):
        for item in _plain_list(items):
            turned.setdefault(text_of(item) or "", []).append(key)
    return wrap(turned)


def _zipmap(keys: object, values: object) -> Value:
    names = [text_of(name) or "" for name in _plain_list(keys)]
    items = _items(values)
    if len(names) != len(items):
        raise Refused("as many keys as values expected")
    return Known(dict(zip(names, items, strict=True)))


def _chunklist(value: object, size: object) -> Value:
    items, width = _items(value), whole(size)
    if width is None or width < 1:
        return Known((Known(items),))
    return Known(tuple(Known(tuple(items[at : at + width])) for at in range(0, len(items), width)))


def _matchkeys(values: object, keys: object, wanted: object) -> Value:
    known = set(map(identity, _surely_known(_items(wanted))))
    items, by = _items(values), _surely_known(_items(keys))
    if len(items) != len(by):
        raise Refused("as many keys as values expected")
    pairs = zip(items, by, strict=True)
    return Known(tuple(value for value, key in pairs if identity(key) in known))


def _index_of(value: object, wanted: object) -> Value:
    for position, item in enumerate(_surely_known(_items(value))):
        if isinstance(item, Known) and same(item.value, wanted):
            return Known(position)
    return failed("index: not in the list")


def _toset(value: object) -> Value:
    return Known(set_of(_items(value)))


def _tomap(value: object) -> Value:
    return Known(_map(value))


def _tolist(value: object) -> Value:
    """A set as a list is sorted: where an element isn't known, so isn't which one is where."""
    items = _items(value)
    return Known(tuple(_surely_known(items) if isinstance(items, SetOf) else items))


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
    if value not in ("true", "false"):
        raise Refused("true or false expected")
    return Known(value == "true")


def _all(value: object) -> Value:
    return _quantified(_items(value), decisive=False)


def _any(value: object) -> Value:
    return _quantified(_items(value), decisive=True)


def _quantified(items: tuple[Value, ...], decisive: bool) -> Value:
    unknown: Unknown | None = None
    for item in items:
        if isinstance(item, Unknown):
            unknown = item
        elif (item.value in (True, "true")) is decisive:
            return Known(decisive)
    if unknown is not None:
        raise NotKnown(unknown)
    return Known(not decisive)


def _sum(value: object) -> Value:
    total = sum((float(number_of(item)) for item in _plain_list(value)), 0.0)
    return Known(int(total) if total.is_integer() else total)


# --- functions that say something even where an argument isn't known


def _merge(arguments: list[Value]) -> Value:
    """Later maps win. An unknown one keeps what others say, in a map that stays open."""
    entries: dict[str, Value] = {}
    unknown: Unknown | None = None
    overridable = False
    for argument in arguments:
        if isinstance(argument, Known):
            if argument.value is None:
                continue
            found = _map_or_none(argument)
            if found is None:
                return failed("merge: a map expected")
            entries.update({key: because(value, argument.because) for key, value in found.items()})
        else:
            unknown = argument if unknown is None else unknown
            overridable = overridable or bool(entries)
            entries.update(argument.entries or {})
            overridable = overridable or (argument.entries is not None and argument.overridable)
    causes = merged(*(argument.because for argument in arguments))
    secret = any(argument.sensitive for argument in arguments)
    if unknown is None:
        return Known(entries, causes, secret)
    if len(arguments) == 1:
        return unknown
    alternatives = _merged_alternatives(arguments, unknown)
    if alternatives is not None:
        return because(alternatives, causes)
    return Unknown(
        unknown.reason, unknown.detail, causes, entries=entries, overridable=overridable, sensitive=secret
    )  # fmt: skip


def _map_or_none(argument: Known[object]) -> dict[str, Value] | None:
    try:
        return _map(argument.value)
    except (TypeError, NotKnown):
        return None


def _merged_alternatives(arguments: list[Value], unknown: Unknown) -> Value | None:
    """Where every unknown map is one of a few, the result is one of a few too."""
    if not all(isinstance(argument, Known) or argument.among for argument in arguments):
        return None
    result = lift(arguments, lambda *maps: _merge([Known(part) for part in maps]))
    return result if isinstance(result, Known) or result.among else None


def _concat(arguments: list[Value]) -> Value:
    return lift(arguments, lambda *lists: Known(tuple(item for part in lists for item in _items(part))))


def _coalesce(arguments: list[Value]) -> Value:
    """The first that isn't null (nor empty text). Up to the first sure one, any may be it."""
    possible: list[Value] = []
    unknown: Unknown | None = None
    for argument in arguments:
        if isinstance(argument, Known):
            if argument.value in (None, ""):
                continue
            possible.append(argument)
            break
        unknown = argument if unknown is None else unknown
        if not argument.among:
            return plainly_unknown(argument)
        kept = [member for member in argument.among if member.value not in (None, "")]
        possible.extend(kept)
        if len(kept) == len(argument.among):
            break
    if not possible:
        return failed("coalesce: nothing but null")
    return possible[0] if unknown is None else either(possible, unknown)


def _coalescelist(arguments: list[Value]) -> Value:
    for argument in arguments:
        if isinstance(argument, Unknown):
            return plainly_unknown(argument)
        if isinstance(argument.value, tuple) and argument.value:
            return argument
    return failed("coalescelist: nothing but empty lists")


def _lookup(arguments: list[Value]) -> Value:
    """The entry of a map, or the default; of a map that isn't known, one that nothing may override."""
    entries, key = arguments[0], arguments[1]
    found = index(entries, key)
    if len(arguments) < 3:
        return found
    default = because(arguments[2], entries.because, key.because)
    if isinstance(found, Failed):
        return default
    doubt = missing(entries, key)
    if doubt is not None:
        return either([found, default], doubt)
    if isinstance(key, Unknown) or isinstance(entries, Unknown):
        return _of_few(entries, key, default, found)
    return found


def _of_few(entries: Value, key: Value, default: Value, found: Value) -> Value:
    """``lookup`` where map or key is one of a few: each has its entry, or the default."""
    if any(isinstance(each, Unknown) and not each.among for each in (entries, key)):
        return found

    def entry(inner: object, name: object) -> Value:
        one = index(Known(inner), Known(name))
        return default if isinstance(one, Failed) else one

    return lift([entries, key], entry)


def _sensitive(arguments: list[Value]) -> Value:
    return hidden(arguments[0])


def _nonsensitive(arguments: list[Value]) -> Value:
    value = arguments[0]
    return Known(value.value, value.because) if isinstance(value, Known) else changed(value, sensitive=False)


def _element_open(arguments: list[Value]) -> Value:
    """``element`` wraps around, so that under an unknown position it is one of the elements, whichever."""
    items, position = arguments[0], arguments[1]
    if isinstance(items, Known) and isinstance(position, Unknown) and not position.among:
        return because(either(_items(items.value), position), items.because, position.because)
    return lift(arguments[:2], _element)


OPEN: Mapping[str, Callable[[list[Value]], Value]] = {
    "coalesce": _coalesce,
    "coalescelist": _coalescelist,
    "concat": _concat,
    "element": _element_open,
    "lookup": _lookup,
    "merge": _merge,
    "nonsensitive": _nonsensitive,
    "sensitive": _sensitive,
}

PLAIN: Mapping[str, Callable[..., Value]] = {
    "alltrue": _all,
    "anytrue": _any,
    "chunklist": _chunklist,
    "compact": _compact,
    "contains": _contains,
    "distinct": lambda value: Known(tuple(unique(_surely_known(_items(value))))),
    "flatten": _flatten,
    "index": _index_of,
    "keys": _keys,
    "length": _length,
    "matchkeys": _matchkeys,
    "one": _one,
    "range": _range,
    "reverse": lambda value: Known(tuple(reversed(_items(value)))),
    "setintersection": _set_operation(lambda item, sets: all(item in part for part in sets)),
    "setproduct": _setproduct,
    "setsubtract": _set_operation(lambda item, sets: item in sets[0] and not any(item in part for part in sets[1:])),
    "setunion": _set_operation(lambda item, sets: True),
    "slice": _slice,
    "sort": _sort,
    "sum": _sum,
    "tobool": _tobool,
    "tolist": _tolist,
    "tomap": _tomap,
    "tonumber": _tonumber,
    "toset": _toset,
    "tostring": _tostring,
    "transpose": _transpose,
    "values": _values,
    "zipmap": _zipmap,
}
