"""Finding things in a tree by the paths of the catalogue. A list stands for each thing in it, wherever it is met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from sovlint.documents.attributes import Evaluated, text_value
from sovlint.documents.tree import Node, text_of
from sovlint.model.attributes import Found
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Step, Unknown, Value
from sovlint.rules.files.configuration import Entry
from sovlint.rules.files.declares import humped
from sovlint.rules.keys import ANY, KeyPath, ReadAt, path_parts

NOTE: Final = "settings.written"


def leading(node: Node, path: KeyPath) -> Iterator[Node]:
    """Everything at a path. Keys may be written with humps (``logDriver``) where a path has ``log_driver``."""
    if isinstance(node.value, list):
        for item in node.value:
            yield from leading(item, path)
    elif not path:
        yield node
    elif isinstance(node.value, dict):
        for key, item in node.value.items():
            if path[0] in (ANY, key, humped(key)):
                yield from leading(item, path[1:])
    elif isinstance(node.value, str):
        inside = held_in(node)
        if inside is not None:
            yield from leading(inside, path)


def held_in(node: Node) -> Node | None:
    """What a text holds that is JSON, or YAML of several lines; ``None`` where it holds nothing."""
    text = node.value
    given = text.given if isinstance(text, Evaluated) else None
    if isinstance(given, Unknown) and given.encodes is not None:
        return _made_of(given.encodes, node.where)
    if "{" not in text and "\n" not in text:
        return None
    from sovlint.frontends.workloads.encoded import held

    found = held(text_value(text, node.where, NOTE), node.where)
    return found if found is not None and isinstance(found.value, (dict, list)) else None


def _made_of(value: Value, where: Span) -> Node:
    """The tree of a value, all of it where it is used."""
    inner = value.value if isinstance(value, Known) else value.entries
    if isinstance(inner, Mapping):
        entries = {key: _made_of(item, where) for key, item in inner.items()}
        return Node(entries, where)
    if isinstance(inner, tuple):
        return Node([_made_of(item, where) for item in inner], where)
    return Node(
        Evaluated.of(value) if inner is None or isinstance(inner, str) else inner, where
    )


def listed(node: Node, path: KeyPath) -> Iterator[Node]:
    """The same, with lists as they are."""
    if not path:
        yield node
        return
    for above in leading(node, path[:-1]):
        if isinstance(above.value, dict):
            yield from (
                item
                for key, item in above.value.items()
                if path[-1] in (ANY, key, humped(key))
            )


def value_of(node: Node) -> Value | None:
    """A scalar as a value, numbers as text; ``None`` for null, and for what isn't one."""
    inner = node.value
    if inner is None or isinstance(inner, (dict, list)):
        return None
    if isinstance(inner, str):
        return text_value(inner, node.where, NOTE)
    return Known(text_of(inner), Step(node.where, Note(NOTE)))


def first(node: Node, path: KeyPath) -> Value | None:
    """The first value at a path."""
    return next(
        (value for each in leading(node, path) if (value := value_of(each)) is not None), None
    )


def reader(node: Node) -> ReadAt:
    """What conditions read of a node: the first value at a path."""

    def read(path: str) -> Iterator[Value]:
        value = first(node, path_parts(path))
        if value is not None:
            yield value

    return read


class Options:
    """Settings that stand beside each other (implements ``model.attributes.Attributes``), whatever the case of names."""

    __slots__ = ("_node",)

    def __init__(self, node: Node) -> None:
        self._node = node

    def read(self, path: str) -> Sequence[Found]:
        """The value under a name, if it is there."""
        entries = self._node.value.items() if isinstance(self._node.value, dict) else ()
        met = [
            (item, value_of(item))
            for key, item in entries
            if key.casefold() == path.casefold()
        ]
        return tuple(Found(value, item.where) for item, value in met if value is not None)


def of_entries(entries: Iterable[Entry]) -> Node | None:
    """The tree of entries; ``None`` where there are none. Indices of lists are keys like others."""
    root: Node | None = None
    for entry in entries:
        where = entry.where.span()
        root = root or Node({}, where)
        above = root
        for key in entry.path[:-1]:
            above = above.value.setdefault(key, Node({}, where))
            if not isinstance(above.value, dict):
                break
        else:
            if entry.path:
                above.value[entry.path[-1]] = Node(_scalar(entry.value), where)
    return None if root is None else _with_lists(root)


def _scalar(value: Value) -> object:
    plain = isinstance(value, Known) and not isinstance(value.value, str)
    return value.value if plain and isinstance(value, Known) else Evaluated.of(value)


def _with_lists(node: Node) -> Node:
    """The same, with lists where all keys are indices."""
    if not isinstance(node.value, dict):
        return node
    entries = {key: _with_lists(item) for key, item in node.value.items()}
    if entries and all(key.isdecimal() for key in entries):
        return Node(list(entries.values()), node.where)
    return Node(entries, node.where)
