"""Trees in which one part is of another kind than it must be."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

ODD = ("x", None, ["x"], {"x": 1})


def each_part_odd(tree: Any, odd: Any) -> Iterator[Any]:
    """The tree, as often as it has parts, each time with ``odd`` in place of one."""
    return (_put(tree, place, odd) for place in _places(tree))


def _places(node: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield above
    listed = enumerate(node) if isinstance(node, list) else ()
    for key, value in node.items() if isinstance(node, dict) else listed:
        yield from _places(value, (*above, key))


def _put(tree: Any, place: tuple[Any, ...], odd: Any) -> Any:
    if not place:
        return odd
    changed = copy.deepcopy(tree)
    holder = changed
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = odd
    return changed
