"""Functions that say something even where an argument is not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sovlint.expressions.functions.collections import ELEMENTS, PLAIN, element, flatten, one
from sovlint.expressions.functions.contents import items_of, map_of
from sovlint.expressions.kinds import (
    Failed,
    NotKnown,
    Refused,
    content,
    failed,
    first_unknown,
    members_of,
    pairs_of,
)
from sovlint.expressions.lifting import because, hidden, lift, merged, one_of, plainly_unknown
from sovlint.expressions.unify import unified
from sovlint.expressions.values import element_of, index, missing, of_each
from sovlint.model.value import Known, MayHold, Unknown, Value


def _merge(arguments: list[Value]) -> Value:
    """Later maps win. An unknown one keeps what others say, in a map that stays open."""
    entries: dict[str, Value] = {}
    unknown = first_unknown(arguments)
    overridable = False
    for argument in arguments:
        if isinstance(argument, Known):
            if argument.value is None:
                continue
            try:
                found = map_of(argument.value)
            except (Refused, NotKnown):
                return failed("merge: a map expected")
            entries.update(
                {key: because(value, argument.because) for key, value in found.items()}
            )
        else:
            overridable = overridable or bool(entries)
            entries.update(argument.entries or {})
            overridable = overridable or (
                argument.entries is not None and argument.overridable
            )
    causes = merged(*(argument.because for argument in arguments))
    secret = any(argument.sensitive for argument in arguments)
    if unknown is None:
        return Known(entries, causes, secret)
    if len(arguments) == 1:
        return unknown
    alternatives = _merged_alternatives(arguments)
    if alternatives is not None:
        return because(alternatives, causes)
    holds = _merged_holds(arguments, unknown)
    if holds is not None:
        entries = {str(content(each.key)): each.value for each in holds if each.sure}
        overridable = False
    return Unknown(
        unknown.reason,
        unknown.detail,
        causes,
        entries=entries,
        overridable=overridable,
        sensitive=secret,
        holds=holds,
    )


def _merged_holds(arguments: list[Value], doubt: Unknown) -> tuple[MayHold, ...] | None:
    """All that may be in maps laid over each other; ``None`` where that isn't known of one of them."""
    found: dict[str, MayHold] = {}
    for argument in arguments:
        holds = _holds(argument)
        if holds is None:
            return None
        for each in holds:
            name = str(content(each.key))
            before = found.get(name)
            if before is not None and not each.sure:
                either = one_of([before.value, each.value], doubt)
                each = MayHold(each.key, either, before.sure)
            found[name] = each
    return tuple(found.values())


def _concat(arguments: list[Value]) -> Value:
    """Lists one after the other: of what may not be there too."""
    result = _of_elements(ELEMENTS["concat"])(arguments)
    holds = [_holds(argument) for argument in arguments]
    if isinstance(result, (Known, Failed)) or result.among or None in holds:
        return result
    listed = [each for part in holds for each in part or ()]
    return result.but(
        holds=tuple(
            MayHold(Known(place), each.value, each.sure) for place, each in enumerate(listed)
        )
    )


def _toset(arguments: list[Value]) -> Value:
    """A list as a set, whose elements are their own keys."""
    result = _of_elements(ELEMENTS["toset"])(arguments)
    holds = _holds(arguments[0]) if len(arguments) == 1 else None
    if isinstance(result, (Known, Failed)) or result.among or holds is None:
        return result
    return result.but(
        holds=tuple(MayHold(each.value, each.value, each.sure) for each in holds)
    )


def _holds(collection: Value) -> tuple[MayHold, ...] | None:
    """All that may be in a collection; ``None`` where nobody knows that."""
    if isinstance(collection, Unknown):
        return collection.holds
    inner = collection.value
    pairs = pairs_of(dict(sorted(inner.items())) if isinstance(inner, dict) else inner)
    return tuple(MayHold(key, because(value, collection.because)) for key, value in pairs)


def _merged_alternatives(arguments: list[Value]) -> Value | None:
    """Where every unknown map is one of a few, the result is one of a few too."""
    if not all(isinstance(argument, Known) or argument.among for argument in arguments):
        return None
    result = lift(arguments, lambda *maps: _merge([Known(part) for part in maps]))
    return result if isinstance(result, Known) or result.among else None


def _of_elements(
    function: Callable[..., object], lists: int | None = None
) -> Callable[[list[Value]], Value]:
    """A function that gives elements of its collections, in whatever order, as far as they are known.

    ``lists``: how many of its arguments, the first ones, are those collections; ``None``: all.
    """

    def apply(arguments: list[Value]) -> Value:
        result = lift(arguments, function)
        if isinstance(result, (Known, Failed)) or result.among:
            return result
        return _some_of(
            [each for argument in arguments[:lists] for each in _elements(argument, result)],
            result,
        )

    return apply


def _some_of(elements: list[Value], result: Unknown) -> Unknown:
    """A collection that isn't known, of some of these elements."""
    each = one_of(elements, result) if elements else result
    told = isinstance(each, Known) or each.among or each.parts or each.each or each.entries
    return of_each(result, each) if elements and told else result


def _elements(collection: Value, doubt: Unknown) -> list[Value]:
    """What is an element, or the elements of one; one that isn't known at all where that isn't known."""
    if isinstance(collection, Unknown):
        return [element_of(collection)]
    inner = collection.value
    if not isinstance(inner, (tuple, dict)):
        return [plainly_unknown(doubt)]
    return list(inner if isinstance(inner, tuple) else inner.values())


def _flatten(arguments: list[Value]) -> Value:
    """Lists within lists: of one that isn't known, whatever each of its elements is."""
    result = lift(arguments, flatten)
    if isinstance(result, (Known, Failed)) or result.among or len(arguments) != 1:
        return result
    found: list[Value] = []
    stack = _elements(arguments[0], result)
    while stack:
        item = stack.pop()
        if isinstance(item, Unknown) and not item.among:
            if item.each is None:
                return result  # a list of whatever it may be
            stack.append(element_of(item))
        for member in members_of(item):
            if isinstance(member.value, tuple):
                stack.extend(member.value)
            else:
                found.append(member)
    return of_each(result, one_of(found, result)) if found else result


def _one(arguments: list[Value]) -> Value:
    """The only element, or null."""
    items = arguments[0] if len(arguments) == 1 else None
    if isinstance(items, Unknown) and not items.among and items.each is not None:
        return one_of([Known(None), element_of(items)], items)
    return lift(arguments, one)


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
            if not any(argument.parts or ()):
                return plainly_unknown(argument)
            possible.append(argument)  # neither null nor empty
            break
        kept = [member for member in argument.among if member.value not in (None, "")]
        possible.extend(kept)
        if len(kept) == len(argument.among):
            break
    if not possible:
        return failed("coalesce: nothing but null")
    alike = unified([*possible, *arguments])
    if alike is None:
        return failed("coalesce: arguments without a type in common")
    possible = alike[: len(possible)]
    return possible[0] if unknown is None else one_of(possible, unknown)


def _coalescelist(arguments: list[Value]) -> Value:
    """The first list that isn't empty. Up to the first sure one, any may be it."""
    possible: list[Value] = []
    unknown: Unknown | None = None
    for argument in arguments:
        members = members_of(argument)
        if isinstance(argument, Unknown):
            if not members:
                return plainly_unknown(argument)
            unknown = argument if unknown is None else unknown
        full = [each for each in members if isinstance(each.value, tuple) and each.value]
        possible.extend(full)
        if full and len(full) == len(members):
            break
    if not possible:
        return failed("coalescelist: nothing but empty lists")
    return possible[0] if unknown is None else one_of(possible, unknown)


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
        return one_of([found, default], doubt)
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


def _nonsensitive(arguments: list[Value]) -> Value:
    value = arguments[0]
    return (
        Known(value.value, value.because)
        if isinstance(value, Known)
        else value.but(sensitive=False)
    )


def _element_open(arguments: list[Value]) -> Value:
    """``element`` wraps around, so that under an unknown position it is one of the elements, whichever."""
    items, position = arguments[0], arguments[1]
    if isinstance(items, Known) and isinstance(position, Unknown) and not position.among:
        return because(
            one_of(items_of(items.value), position), items.because, position.because
        )
    if isinstance(items, Unknown) and not items.among:
        return because(index(items, position), position.because)
    return lift(arguments[:2], element)


OPEN: Mapping[str, Callable[[list[Value]], Value]] = {
    "coalesce": _coalesce,
    "coalescelist": _coalescelist,
    "element": _element_open,
    "flatten": _flatten,
    "one": _one,
    **{name: _of_elements(function) for name, function in ELEMENTS.items()},
    "concat": _concat,
    "toset": _toset,
    **{
        name: _of_elements(PLAIN[name], 1)
        for name in ("setintersection", "setsubtract", "slice")
    },
    "lookup": _lookup,
    "merge": _merge,
    "nonsensitive": _nonsensitive,
    "sensitive": lambda arguments: hidden(arguments[0]),
}
