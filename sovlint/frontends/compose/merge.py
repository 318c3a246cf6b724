"""How one file overrides another, and a service the one that it extends (compose-spec, "Merge").

Mappings are merged, scalars replaced, sequences appended; some sequences have one item for each key. ``!reset`` takes
away what is there, ``!override`` replaces it. Files are in their canonical form by then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sovlint.documents.tree import (
    Node,
    copied,
    entries,
    get,
    is_list,
    is_map,
    is_null,
    merged_entries,
)
from sovlint.frontends.compose.tree import OVERRIDE, RESET, known, scalar, value_of
from sovlint.model.classrules import BEFORE
from sovlint.model.value import Known
from sovlint.rules.keys import KeyPath

Complain = Callable[[Node, KeyPath], None]
"""Told of what can't be merged: the node that doesn't fit, and where in the file it stands."""

_REPLACED: Final = (
    "services.*.command", "services.*.entrypoint", "services.*.healthcheck.test", "services.*.ulimits.*",
)  # fmt: skip
"""What replaces what was there, whatever its form."""

_KEYED: Final[Mapping[str, str]] = {
    "services.*.volumes": "target",
    "services.*.devices": "target",
    "services.*.secrets": "source",
    "services.*.configs": "source",
    "services.*.env_file": "path",
    "services.*.label_file": "path",
}
"""Sequences that hold one item for each value of a key; of two, the later stands in the place of the earlier."""

_DISTINCT: Final = (
    "services.*.cap_add", "services.*.cap_drop", "services.*.dns", "services.*.dns_opt", "services.*.dns_search",
    "services.*.expose", "services.*.links", "services.*.ports", "services.*.profiles", "services.*.tmpfs",
    "services.*.build.tags", "services.*.extra_hosts",
)  # fmt: skip
"""Sequences in which nothing stands twice."""


def merged(base: Node, other: Node, complain: Complain, at: KeyPath = ()) -> Node:
    """``base`` with what ``other`` says on top; neither is changed."""
    if any(_matches(at, pattern) for pattern in _REPLACED):
        return copied(other)
    if is_null(other):
        return base
    if is_map(base) and is_map(other):
        if at[-1:] == ("logging",) and _other_driver(base, other):
            return copied(other)
        return _mappings(base, other, complain, at)
    if is_list(base) and is_list(other):
        return Node(_unique([*base.value, *other.value], at), base.where)
    if is_null(base):
        return copied(other)
    if isinstance(base.value, (dict, list)) or isinstance(other.value, (dict, list)):
        complain(other, at)
        return base
    return copied(other)


def without_resets(node: Node) -> Node:
    """A tree without what is tagged ``!reset``: where there is nothing to take away, nothing is left."""
    if is_map(node):
        kept = {
            key: without_resets(item) for key, item in node.value.items() if item.tag != RESET
        }
        return Node(kept, node.where, tag=node.tag)
    if is_list(node):
        left = [without_resets(item) for item in node.value if item.tag != RESET]
        return Node(left, node.where, tag=node.tag)
    return node


def _mappings(base: Node, other: Node, complain: Complain, at: KeyPath) -> Node:
    pairs = at[-1:] in (("environment",), ("labels",), ("annotations",), ("args",))

    def merge(key: str, there: Node | None, item: Node) -> Node | None:
        if item.tag == RESET:
            return None
        if there is None or item.tag == OVERRIDE or pairs:
            return copied(item)
        return merged(there, item, complain, (*at, key))

    found = merged_entries(base, other, merge)
    if at[-1:] in (("labels",), ("annotations",)):
        _keep(base, other, found)
    return found


def _keep(base: Node, other: Node, found: Node) -> None:
    """What labels said stays beside what takes their place: a class that was declared isn't hidden so."""
    for key, item in other.value.items():
        before = base.value.get(key)
        if key.endswith(BEFORE) or is_null(before) or scalar(before) == scalar(item):
            continue
        earlier = get(base, f"{key}{BEFORE}")
        said = [before, *(earlier.value if is_list(earlier) else ())]
        found.value[f"{key}{BEFORE}"] = Node(said, before.where)


def _other_driver(base: Node, other: Node) -> bool:
    """Whether both name a driver, and not the same: options of one mean nothing to another."""
    one, two = get(base, "driver"), get(other, "driver")
    if scalar(one) is None or scalar(two) is None:
        return False
    return not (known(one) and known(one) == known(two))


def _unique(items: list[Node], at: KeyPath) -> list[Node]:
    key = next((key for pattern, key in _KEYED.items() if _matches(at, pattern)), None)
    if key is None and not any(_matches(at, pattern) for pattern in _DISTINCT):
        return items
    found: dict[object, Node] = {}
    for item in items:
        found[_identity(item, key)] = item
    return list(found.values())


def _identity(item: Node, key: str | None) -> object:
    """By what an item is told from others; by itself where that isn't known."""
    if key is None:
        value = value_of(item)
        return (
            str(value.value)
            if isinstance(value, Known) and not isinstance(value.value, (dict, tuple))
            else item
        )
    wanted = known(entries(item).get("target")) or known(entries(item).get(key))
    return wanted or item


def _matches(at: KeyPath, pattern: str) -> bool:
    parts = pattern.split(".")
    return len(parts) == len(at) and all(
        part in ("*", key) for part, key in zip(parts, at, strict=True)
    )
