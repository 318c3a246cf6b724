"""Compose files as trees in which every scalar is a ``Value``, as far as variables that it names are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sovlint.documents import Document, Path
from sovlint.documents.interpolation import WRITTEN, Lookup, interpolated
from sovlint.documents.tree import Node, is_list, is_null, items
from sovlint.model.attributes import Found
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Step, Unknown, Value
from sovlint.rules.keys import path_parts

RESET: Final = "!reset"
"""The tag of what takes away what is there."""
OVERRIDE: Final = "!override"
"""The tag of what replaces what is there, instead of being merged with it."""


def scalar(node: Node | None) -> Value | None:
    """The value of a scalar; ``None`` where there is none, or null."""
    if node is None or isinstance(node.value, (dict, list)) or is_null(node):
        return None
    found: Value = node.value
    return found


def known(node: Node | None) -> str:
    """The text of a scalar that is known; empty for anything else."""
    value = scalar(node)
    if not isinstance(value, Known):
        return ""
    return str(value.value).lower() if isinstance(value.value, bool) else str(value.value)


def listed(node: Node | None) -> list[Node]:
    """The items of a list; of anything else, itself."""
    return items(node) if node is None or is_list(node) else [node]


def made(text: str | bool, where: Span) -> Node:
    """A scalar that short syntax only implies."""
    return Node(Known(text, Step(where, Note(WRITTEN))), where)


def tree(document: Document, lookup: Lookup) -> Node:
    """The tree of a document, its variables put in (keys have none)."""
    return _tree(document, document.data, (), lookup)


def _tree(document: Document, data: Any, at: Path, lookup: Lookup) -> Node:
    where = document.span(at)
    value: Any
    if isinstance(data, dict):
        value = {key: _tree(document, item, (*at, key), lookup) for key, item in data.items()}
    elif isinstance(data, list):
        value = [
            _tree(document, item, (*at, index), lookup) for index, item in enumerate(data)
        ]
    elif isinstance(data, str):
        value = interpolated(data, where, lookup)
    else:
        value = None if data is None else Known(data, Step(where, Note(WRITTEN)))
    return Node(value, where, tag=document.tag(at))


def value_of(node: Node) -> Value:
    """A tree as one value: maps are dicts and lists tuples of values."""
    step = Step(node.where, Note(WRITTEN))
    if isinstance(node.value, dict):
        return Known({key: value_of(item) for key, item in node.value.items()}, step)
    if isinstance(node.value, list):
        return Known(tuple(value_of(item) for item in node.value), step)
    found: Value = Known(None, step) if node.value is None else node.value
    return found


class TreeAttributes:
    """What a service or a volume says in the end (implements ``model.attributes.Attributes``)."""

    __slots__ = ("_node",)

    def __init__(self, node: Node) -> None:
        self._node = node

    def read(self, path: str) -> Sequence[Found]:
        """All values at a dotted path; ``*`` stands for any index or key. Absent: empty."""
        return tuple(_read(self._node, path_parts(path)))


def _read(node: Node, parts: tuple[str, ...]) -> Iterator[Found]:
    if is_null(node):
        return  # as good as not written
    if not parts:
        yield Found(value_of(node), node.where)
    elif isinstance(node.value, dict):
        for each in node.value.values() if parts[0] == "*" else [node.value.get(parts[0])]:
            if each is not None:
                yield from _read(each, parts[1:])
    elif isinstance(node.value, list):
        for index, each in enumerate(node.value):
            if parts[0] in ("*", str(index)):
                yield from _read(each, parts[1:])
    elif isinstance(node.value, Unknown):
        yield Found(node.value.bare(), node.where)
