"""One type for several values, as Terraform finds it for the elements of a list and for the arms of a condition.

Next to text, numbers and bools become text; objects of the same attributes and tuples of the same length are unified
part by part, others over all their parts
(https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion, and go-cty's ``convert.Unify``,
read 2026-11-25). No types are kept here, so what isn't known has a say only where it is surely text.
"""

from __future__ import annotations

from collections.abc import Sequence

from sovlint.expressions.kinds import SetOf, Thing
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
        inner = item.value if isinstance(item, Known) else None
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
    contents = [content for value in values for content in _contents(value)]
    if not contents or any(isinstance(content, Thing) for content in contents):
        return list(values)
    if _all_are(contents, (str, int, float)):
        return _primitives(values, contents)
    objects = _all_are(contents, dict)
    if not objects and not _all_are(contents, tuple):
        return None
    if not all(_is_written(value) for value in values):
        return list(values)
    if objects:
        return _objects(values)
    if any(isinstance(content, SetOf) for content in contents):
        return _sets(values)
    return _tuples(values)


def _contents(value: Value) -> list[object]:
    """What a value may hold, as far as it says which type it has: nothing of null."""
    if isinstance(value, Known):
        return [] if value.value is None else [value.value]
    members = [member.value for member in value.among or () if member.value is not None]
    surely_text = [""] if value.parts else []
    return [*members, *surely_text]


def _all_are(contents: Sequence[object], kinds: type | tuple[type, ...]) -> bool:
    return all(isinstance(content, kinds) for content in contents)


def _is_written(value: Value) -> bool:
    return isinstance(value, Known) and value.value is not None


def _primitives(values: Sequence[Value], known: Sequence[object]) -> list[Value] | None:
    if len({(isinstance(each, str), isinstance(each, bool)) for each in known}) == 1:
        return list(values)
    return [as_text(value) for value in values] if any(isinstance(each, str) for each in known) else None


def as_text(value: Value) -> Value:
    """A primitive as text; null, and what isn't known, as it is."""
    if isinstance(value, Unknown):
        if not value.among:
            return value
        return value.but(among=tuple(_known_text(member) for member in value.among))
    return _known_text(value)


def _known_text(value: Known[object]) -> Known[object]:
    text = text_of(value.value)
    return value if text is None or text is value.value else Known(text, value.because, value.sensitive)


def _objects(values: Sequence[Value]) -> list[Value] | None:
    inner: list[dict[str, Value]] = [value.value for value in values]  # type: ignore[union-attr, misc]
    if any(each.keys() != inner[0].keys() for each in inner):
        parts = _across(values)
        if parts is None:
            return None
        pairs = zip(inner, parts, strict=True)
        return [_like(value, dict(zip(old, new, strict=True))) for old, (value, new) in pairs]
    columns: dict[str, list[Value]] = {}
    for key in inner[0]:
        column = unified([each[key] for each in inner])
        if column is None:
            return None
        columns[key] = column
    return [_like(value, {key: columns[key][row] for key in inner[0]}) for row, value in enumerate(values)]


def _sets(values: Sequence[Value]) -> list[Value]:
    """Sets whose members have no one type stay as they are."""
    parts = _across(values)
    return list(values) if parts is None else [_like(value, set_of(members)) for value, members in parts]


def _tuples(values: Sequence[Value]) -> list[Value] | None:
    inner: list[tuple[Value, ...]] = [value.value for value in values]  # type: ignore[union-attr, misc]
    if any(len(each) != len(inner[0]) for each in inner):
        parts = _across(values)
        return None if parts is None else [_like(value, tuple(each)) for value, each in parts]
    columns = [unified(column) for column in zip(*inner, strict=True)]
    if any(column is None for column in columns):
        return None
    return [_like(value, tuple(c[row] for c in columns if c is not None)) for row, value in enumerate(values)]


def _across(values: Sequence[Value]) -> list[tuple[Value, list[Value]]] | None:
    """Each value, and its parts as all parts of all values are of one type."""
    lists: list[list[Value]] = []
    for value in values:
        inner = value.value if isinstance(value, Known) else None
        lists.append(list(inner.values() if isinstance(inner, dict) else inner if isinstance(inner, tuple) else ()))
    every = unified([part for parts in lists for part in parts])
    if every is None:
        return None
    found, at = [], 0
    for value, parts in zip(values, lists, strict=True):
        found.append((value, every[at : at + len(parts)]))
        at += len(parts)
    return found


def _like(value: Value, inner: object) -> Value:
    return part_of(Known(inner), value)
