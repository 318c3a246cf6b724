"""How much a value is made of, and which values are the same: what keeps collections bounded and sets sets."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator
from functools import partial
from typing import Any

from sovlint.expressions.kinds import SetOf, Thing
from sovlint.expressions.limits import MAX_NESTING, MAX_SIZE
from sovlint.model.value import Known, Unknown, Value

TEXT_PART = 32
"""So many characters of text count as one part."""


def measure(value: Value, limit: int = MAX_SIZE) -> int | None:
    """How many parts a value has, each counted as often as it is met; ``None``: more than ``limit``, or too deep."""
    if isinstance(value, Known) and not isinstance(value.value, (dict, tuple)):  # as most are
        alone = 1 + (len(value.value) // TEXT_PART if isinstance(value.value, str) else 0)
        return alone if alone <= limit else None
    count = depth = 0
    level: list[Value] = [value]
    while level:
        count += len(level)
        depth += 1
        below: list[Value] = []
        for item in level:
            if isinstance(item, Unknown):
                count += _add_parts(item, below)
                inner: object = item.entries
            else:
                inner = item.value
                if isinstance(inner, str):  # as most are
                    count += len(inner) // TEXT_PART
                    continue
            if isinstance(inner, dict):
                below.extend(inner.values())
                count += sum(map(len, inner)) // TEXT_PART
            elif isinstance(inner, tuple):
                below.extend(inner)
            if count + len(below) > limit:
                return None
        if count + len(below) > limit or depth > MAX_NESTING:
            return None
        level = below
    return count


def _add_parts(item: Unknown, below: list[Value]) -> int:
    """Add what is known of an unknown to what is measured; how much its text counts."""
    below.extend(item.among or ())
    below.extend(() if item.each is None else (item.each,))
    below.extend(each.value for each in item.holds or ())
    parts = item.parts or ()
    return len(parts) + sum(len(part or "") for part in parts) // TEXT_PART


def has_secret(value: Value) -> bool:
    """Whether a value, or a part of it, is sensitive. The value must have a ``measure``."""
    stack: list[Value] = [value]
    while stack:
        item = stack.pop()
        if item.sensitive:
            return True
        stack.extend(_inside(item))
    return False


def _inside(value: Value) -> Iterator[Value]:
    """The values that one is made of, as far as they are known."""
    inner = value.value if isinstance(value, Known) else value.entries
    if isinstance(inner, dict):
        yield from inner.values()
    elif isinstance(inner, tuple):
        yield from inner
    if isinstance(value, Unknown):
        yield from value.among or ()
        yield from () if value.each is None else (value.each,)
        yield from (each.value for each in value.holds or ())


def unique(items: Iterable[Value]) -> list[Value]:
    """The items without those that are the same as one before."""
    found: dict[Hashable, Value] = {}
    for item in items:
        found.setdefault(identity(item), item)
    return list(found.values())


def set_of(items: Iterable[Value]) -> SetOf:
    """The items as a set: each once, sorted as Terraform goes through sets of text or numbers."""
    found = unique(items)
    if any(isinstance(item, Unknown) or isinstance(item.value, Thing) for item in found):
        return SetOf(found)
    plains = [
        item.value for item in found if isinstance(item, Known) and item.value is not None
    ]
    for kind, least in ((str, ""), ((int, float), 0)):  # bools are numbers here
        if all(isinstance(each, kind) for each in plains):
            return SetOf(sorted(found, key=partial(_by_value, least)))
    return SetOf(sorted(found, key=_order))


def _by_value(least: str | int, item: Value) -> tuple[bool, Any]:
    """What plain values of one type are sorted by: a null comes last."""
    value = item.value if isinstance(item, Known) else None
    return value is None, value or least


def _order(value: Value) -> str:
    """What sets of anything but text, numbers and bools are sorted by. Terraform promises no order there, and has this
    one (go-cty, ``appendSetHashBytes``)."""
    inner = value.value if isinstance(value, Known) else None
    if inner is None:
        return "~"
    if isinstance(inner, bool):
        return "T" if inner else "F"
    if isinstance(inner, str):
        return json.dumps(inner)
    if isinstance(inner, dict):
        return "<" + "".join(f"{_order(inner[key])};" for key in sorted(inner)) + ">"
    return (
        "[" + "".join(f"{_order(item)};" for item in inner) + "]"
        if isinstance(inner, tuple)
        else f"{inner}"
    )


def identity(value: Value) -> Hashable:
    """Two values are the same (``model.value.same``) where their identities are equal."""
    if isinstance(value, Unknown):
        return ("unknown", value)
    inner = value.value
    if isinstance(inner, dict):
        return ("map", frozenset((key, identity(item)) for key, item in inner.items()))
    if isinstance(inner, tuple):
        return ("list", tuple(map(identity, inner)))
    if isinstance(inner, Thing):
        return ("thing", inner)
    return (isinstance(inner, bool), inner)
