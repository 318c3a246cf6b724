"""YAML as ruamel.yaml composes it, for edits: where keys and values stand in the text. Offsets are in characters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sovlint.edit.splice import EditError

if TYPE_CHECKING:
    from ruamel.yaml.nodes import MappingNode, Node

MOST_NODES = 500_000
"""Documents that grow past this many nodes, aliases written out, aren't edited: comparing them might never end."""
MOST_BYTES = 1_000_000
"""Larger files aren't edited: ruamel.yaml reads about half a megabyte a second."""


def composed(text: str) -> list[Node]:
    """The root node of each document. Raises ``EditError`` where the text can't be read."""
    from ruamel.yaml import YAML

    if len(text) > MOST_BYTES:
        raise EditError("edit.too-large", limit=MOST_BYTES // 1000)
    found: list[Node] = []
    try:
        constructor, _ = YAML(typ="rt", pure=True).get_constructor_parser(text)
        composer = constructor.composer
        while composer.check_node():
            found.append(composer.get_node())
        small = sum(_size(root, {}) for root in found) <= MOST_NODES
    except Exception as error:  # whatever a parser that somebody else wrote may raise: of `%YAML`, an IndexError
        raise EditError("edit.not-understood") from error
    if not small:
        raise EditError("edit.not-understood")
    return found


def _size(node: Node, known: dict[Node, int]) -> int:
    """How many nodes there are below one, those behind aliases each time; past all bounds where it holds itself."""
    if node not in known:
        known[node] = MOST_NODES + 1
        inner = node.value if isinstance(node.value, list) else ()
        parts = (
            part
            for child in inner
            for part in (child if isinstance(child, tuple) else (child,))
        )
        known[node] = 1 + sum(_size(part, known) for part in parts)
    return known[node]


def plain(text: str) -> list[Any]:
    """The documents as plain data: what says that nothing but the edit changed. Raises ``EditError``."""
    from ruamel.yaml import YAML

    try:
        return list(YAML(typ="safe", pure=True).load_all(text))
    except Exception as error:  # as above
        raise EditError("edit.second-reader") from error


def entry(mapping: MappingNode, key: str) -> tuple[Node, Node] | None:
    """The key and the value of an entry, where it is written in the mapping itself."""
    return next(((name, value) for name, value in mapping.value if name.value == key), None)


def nodes(root: Node) -> Iterator[Node]:
    """Every node of a document, each once."""
    seen: set[Node] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if node in seen:
            continue
        seen.add(node)
        yield node
        for child in node.value if isinstance(node.value, list) else ():
            stack.extend(child if isinstance(child, tuple) else (child,))
