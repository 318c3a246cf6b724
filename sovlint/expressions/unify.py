"""One type for several values, as Terraform finds it for the elements of a list and for the arms of a condition.

Next to text, numbers and bools become text; objects of the same attributes and tuples of the same length are unified
part by part, others over all their parts
(https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion, and go-cty's ``convert.Unify``,
read 2026-11-25). No types are kept here, so what isn't known has a say only where it is surely text.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from sovlint.expressions.kinds import SetOf, Thing, content
from sovlint.expressions.sizes import set_of
from sovlint.expressions.texts import text_of
from sovlint.expressions.values import part_of
from sovlint.model.value import Known, Unknown, Value


def may_change(value: Value) -> bool:
    """Whether another value might turn this one into something else: numbers and bools into text, a list into a set."""
    stack: list[Value] = [value]
    if isinstance(value, Known) and isinstance(value.value, tuple) and len(value.value) > 1:
        return True
    while stack:
        item = stack.pop()
        inner = content(item)
        if isinstance(item, Unknown):
            stack.extend(item.among or ())
        elif isinstance(inner, (int, float)):  # bools too
            return True
        elif isinstance(inner, dict):
            stack.extend(inner.values())
        elif isinstance(inner, tuple):
            stack.extend(inner)
    return False


def unified(values: Sequence[Value]) -> list[Value] | None:
    """The values as all of one type; ``None`` where there is none, and Terraform refuses them."""
    contents = [each for value in values for each in _contents(value)]
    if not contents or any(isinstance(each, Thing) for each in contents):
        return list(values)
    if _all_are(contents, (str, int, float)):
        return _primitives(values, contents)
    if not _all_are(contents, dict) and not _all_are(contents, tuple):
        return None
    if any(isinstance(value, Unknown) or value.value is None for value in values):
        return list(values)
    if any(isinstance(each, SetOf) for each in contents):
        return _sets(values)
    return _part_by_part(values)


def _contents(value: Value) -> list[object]:
    """What a value may hold, as far as it says which type it has: nothing of null."""
    if isinstance(value, Known):
        return [] if value.value is None else [value.value]
    members = [member.value for member in value.among or () if member.value is not None]
    surely_text = [""] if value.parts else []
    return [*members, *surely_text]


def _all_are(contents: Sequence[object], kinds: type | tuple[type, ...]) -> bool:
    return all(isinstance(each, kinds) for each in contents)


def _primitives(values: Sequence[Value], known: Sequence[object]) -> list[Value] | None:
    if len({(isinstance(each, str), isinstance(each, bool)) for each in known}) == 1:
        return list(values)
    return (
        [as_text(value) for value in values]
        if any(isinstance(each, str) for each in known)
        else None
    )


def as_text(value: Value) -> Value:
    """A primitive as text; null, and what isn't known, as it is."""
    if isinstance(value, Unknown):
        return value.but(among=tuple(map(_known_text, value.among))) if value.among else value
    return _known_text(value)


def _known_text(value: Known[object]) -> Known[object]:
    text = text_of(value.value)
    return (
        value
        if text is None or text is value.value
        else Known(text, value.because, value.sensitive)
    )


def _part_by_part(values: Sequence[Value]) -> list[Value] | None:
    """Objects and tuples: those of the same attributes, or of one length, by each of these, others over all parts."""
    named = [_named(value) for value in values]
    if any(parts.keys() != named[0].keys() for parts in named):
        across = _across(values)
        pairs = [] if across is None else zip(named, across, strict=True)
        made = [_like(value, dict(zip(old, new, strict=True))) for old, (value, new) in pairs]
        return None if across is None else made
    columns: list[list[Value]] = []
    for name in named[0]:
        column = unified([parts[name] for parts in named])
        if column is None:
            return None
        columns.append(column)
    rows = ([column[row] for column in columns] for row in range(len(values)))
    return [
        _like(value, dict(zip(named[0], row, strict=True)))
        for value, row in zip(values, rows, strict=True)
    ]


def _named(value: Value) -> dict[Hashable, Value]:
    """The parts of an object by name, or of a tuple by place."""
    inner = content(value)
    return dict(
        inner
        if isinstance(inner, dict)
        else enumerate(inner)
        if isinstance(inner, tuple)
        else ()
    )


def _sets(values: Sequence[Value]) -> list[Value]:
    """Sets whose members have no one type stay as they are."""
    parts = _across(values)
    return (
        list(values)
        if parts is None
        else [part_of(Known(set_of(members)), value) for value, members in parts]
    )


def _across(values: Sequence[Value]) -> list[tuple[Value, list[Value]]] | None:
    """Each value, and its parts as all parts of all values are of one type."""
    lists = [list(_named(value).values()) for value in values]
    every = unified([part for parts in lists for part in parts])
    if every is None:
        return None
    found, at = [], 0
    for value, parts in zip(values, lists, strict=True):
        found.append((value, every[at : at + len(parts)]))
        at += len(parts)
    return found


def _like(value: Value, parts: dict[Hashable, Value]) -> Value:
    """Parts as an object or a tuple, as they were of ``value``."""
    return part_of(
        Known(parts if isinstance(content(value), dict) else tuple(parts.values())), value
    )
