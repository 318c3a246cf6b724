"""What collections hold, for functions: refused where it isn't such a collection, unknown where it isn't known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from sovlint.expressions.kinds import NotKnown, Refused, instances_of
from sovlint.expressions.unify import unified
from sovlint.expressions.values import plain
from sovlint.model.value import Known, Unknown, Value


def items_of(value: object) -> tuple[Value, ...]:
    """The elements of a list or set. Raises ``Refused`` for anything else, ``NotKnown`` where they aren't known."""
    inner = instances_of(value)
    if not isinstance(inner, tuple):
        raise Refused("a list expected")
    return inner


def map_of(value: object) -> dict[str, Value]:
    """The entries of a map. Raises ``Refused`` for anything else, ``NotKnown`` where they aren't known."""
    inner = instances_of(value)
    if not isinstance(inner, dict):
        raise Refused("a map expected")
    return inner


def known_items(value: object) -> list[Known[object]]:
    """The elements of a list or set. Raises ``NotKnown`` at one that isn't known: neither is membership then."""
    found: list[Known[object]] = []
    for item in items_of(value):
        if isinstance(item, Unknown):
            raise NotKnown(item)
        found.append(item)
    return found


def plain_list(value: object) -> list[object]:
    """A list as plain data."""
    found = plain(value)
    if not isinstance(found, list):
        raise Refused("a list expected")
    return found


def one_type(items: Iterable[Value]) -> tuple[Value, ...]:
    """The elements of a list, which are all of one type. Raises ``Refused`` where they can't be."""
    found = unified(list(items))
    if found is None:
        raise Refused("elements of one type expected")
    return tuple(found)


def one_type_across(lists: Sequence[Sequence[Value]]) -> list[tuple[Value, ...]]:
    """Several lists, all of whose elements are of one type."""
    every = one_type(item for items in lists for item in items)
    ends = list(accumulate(map(len, lists), initial=0))
    return [every[start:end] for start, end in pairwise(ends)]
