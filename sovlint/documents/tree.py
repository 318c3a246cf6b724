"""Objects as trees that can be changed, in which every node remembers where it was written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as MappingOf
from typing import Any, TypeAlias, TypeGuard

from sovlint.documents import Document, Path, load, scalar
from sovlint.model.source import SourceFile, Span
from sovlint.model.value import Unknown
from sovlint.rules.keys import KeyPath

Mapping: TypeAlias = "dict[str, Node]"
Sequence: TypeAlias = "list[Node]"


class Node:
    """A mapping, a sequence or a scalar: ``value`` is a dict (or ``Pairs``) or a list of nodes, or what a scalar is.

    A scalar is a plain value, or a ``Value`` where texts may have holes; null is always ``None``. ``where`` is the span
    of the key (of a mapping entry) or of the item; ``end`` goes on to the end of the value. ``tag`` is a local tag
    (``!reset``).
    """

    __slots__ = ("end", "tag", "value", "where")

    def __init__(
        self, value: Any, where: Span, end: Span | None = None, tag: str = ""
    ) -> None:
        self.value = value
        self.where = where
        self.end = end if end is not None else where
        self.tag = tag

    def __repr__(self) -> str:
        return f"Node({plain(self)!r})"


class Pairs:
    """A mapping in which a key may stand more than once, as in XML, in INI and in blocks: its entries in order."""

    __slots__ = ("_numbers", "_pairs")

    def __init__(self) -> None:
        self._pairs: list[tuple[str, Node]] = []
        self._numbers: dict[KeyPath, int] = {}

    def items(self) -> list[tuple[str, Node]]:
        """Keys, and what stands at each."""
        return self._pairs

    def add(self, keys: KeyPath, node: Node) -> None:
        """Something more, at keys that lead to it."""
        into = self
        for key in keys[:-1]:
            into = into._last(key, node.where)
        into._pairs.append((keys[-1], node))

    def _last(self, key: str, where: Span) -> Pairs:
        """What the last entry holds, if it is of that key; else a new one, so that all stays in order."""
        if (
            self._pairs
            and self._pairs[-1][0] == key
            and isinstance(self._pairs[-1][1].value, Pairs)
        ):
            return self._pairs[-1][1].value
        inner = Pairs()
        self._pairs.append((key, Node(inner, where)))
        return inner

    def block(self, names: KeyPath, where: Span) -> Pairs:
        """A further block of these names, empty so far: its last key is its number among them."""
        number = self._numbers.get(names, 0)
        self._numbers[names] = number + 1
        inner = Pairs()
        self.add((*names, str(number)), Node(inner, where))
        return inner

    def tree(self, path: str) -> Node:
        """These as all that a file says."""
        return Node(self, Span(path, 1, 1, 1, 1))


def is_map(node: Node | None) -> TypeGuard[Node]:
    """Whether there is a mapping."""
    return node is not None and isinstance(node.value, dict)


def is_list(node: Node | None) -> TypeGuard[Node]:
    """Whether there is a sequence."""
    return node is not None and isinstance(node.value, list)


def is_null(node: Node | None) -> bool:
    """Whether there is nothing, or an explicit null."""
    return node is None or node.value is None


def from_document(document: Document, at: Path = ()) -> Node:
    """The tree of what stands at ``at`` in a document."""
    if not isinstance(document.spans, _Places) or document.tags:
        return document.fold(Node, at)
    above = document.spans.root
    node: Node | None = above
    data = document.data
    for part in at:
        data = data[part]
        above = node or above
        node = None if node is None else _at(node, (part,))
    return _again(data, node, above)


def _again(data: Any, node: Node | None, above: Node) -> Node:
    """A tree of data that was made of one: each part is where it was, or where what is around it is."""
    placed = above if node is None else node
    within = node.value if node is not None else None
    value = data
    if isinstance(data, dict):
        known = within if isinstance(within, dict) else {}
        value = {key: _again(item, known.get(key), placed) for key, item in data.items()}
    elif isinstance(data, list):
        items = within if isinstance(within, list) else ()
        value = [
            _again(item, items[number] if number < len(items) else None, placed)
            for number, item in enumerate(data)
        ]
    start, end = placed.where, placed.end if node is not None else placed.where
    if end is not start:
        end = Span(start.path, start.line, start.column, end.end_line, end.end_column)
    return Node(value, start, end)


def to_document(node: Node) -> Document:
    """The tree, which nobody changes any more, as a document again, whose spans may lie in several files."""
    return Document(
        plain(node), node.where.path, _Places(node, ends=False), _Places(node, ends=True)
    )


class _Places(MappingOf[Path, Span]):
    """The spans of a tree by path, looked up when asked for: most never are."""

    __slots__ = ("_ends", "root")

    def __init__(self, root: Node, ends: bool) -> None:
        self.root = root
        self._ends = ends

    def __getitem__(self, path: Path) -> Span:
        node = _at(self.root, path)
        if node is None:
            raise KeyError(path)
        return node.end if self._ends else node.where

    def __contains__(self, path: object) -> bool:
        return isinstance(path, tuple) and _at(self.root, path) is not None

    def __iter__(self) -> Iterator[Path]:
        return _paths(self.root, ())

    def __len__(self) -> int:
        return size(self.root)


def _at(node: Node, path: Path) -> Node | None:
    for part in path:
        value = node.value
        if isinstance(value, dict):
            found = value.get(part)
        elif isinstance(value, list) and isinstance(part, int) and 0 <= part < len(value):
            found = value[part]
        else:
            return None
        if found is None:
            return None
        node = found
    return node


def _paths(node: Node, above: Path) -> Iterator[Path]:
    yield above
    for part, child in parts(node):
        yield from _paths(child, (*above, part))


def plain(node: Node | None) -> Any:
    """What a tree says, without places; ``None`` where there is none."""
    if node is None:
        return None
    if isinstance(node.value, dict):
        return {key: plain(item) for key, item in node.value.items()}
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    return node.value


def made(value: Any, where: Span) -> Node:
    """A tree of plain data that is all written at one place."""
    if isinstance(value, dict):
        value = {str(key): made(item, where) for key, item in value.items()}
    elif isinstance(value, list):
        value = [made(item, where) for item in value]
    return Node(value, where)


def copied(node: Node) -> Node:
    """The same tree, which can be changed without changing this one."""
    value = node.value
    if isinstance(value, dict):
        value = {key: copied(item) for key, item in value.items()}
    elif isinstance(value, list):
        value = [copied(item) for item in value]
    return Node(value, node.where, node.end, node.tag)


def size(node: Node) -> int:
    """How many nodes a tree has."""
    count = 0
    waiting = [node]
    while waiting:
        value = waiting.pop().value
        count += 1
        if isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return count


def deeper(node: Node, levels: int) -> bool:
    """Whether a tree has more levels than that."""
    level = [node]
    while level and levels >= 0:
        level = [child for each in level for child in children(each)]
        levels -= 1
    return bool(level)


def children(node: Node | None) -> Iterator[Node]:
    """What stands directly in a mapping or a sequence; nothing in anything else."""
    if is_map(node):
        yield from node.value.values()
    elif is_list(node):
        yield from node.value


def parts(node: Node) -> Iterable[tuple[str | int, Node]]:
    """What stands directly in a mapping or a sequence, with its keys or indices."""
    return node.value.items() if is_map(node) else enumerate(items(node))


def entries(node: Node | None) -> Mapping:
    """The entries of a mapping; none where there is no mapping."""
    return node.value if is_map(node) else {}


def items(node: Node | None) -> Sequence:
    """The items of a sequence; none where there is no sequence."""
    return node.value if is_list(node) else []


def get(node: Node | None, *path: str) -> Node | None:
    """What stands at a path of keys; ``None`` where there is nothing."""
    for key in path:
        if not is_map(node):
            return None
        node = node.value.get(key)
    return node


def is_true(node: Node | None, *path: str) -> bool:
    """Whether ``true`` stands at a path of keys."""
    found = get(node, *path)
    return found is not None and found.value is True


def merged_entries(
    under: Node, over: Node, merge: Callable[[str, Node | None, Node], Node | None]
) -> Node:
    """A mapping with the entries of another on top; neither changes.

    ``merge`` gets the key of each of those, what is there so far and what comes on top; of its ``None`` nothing stays.
    """
    value = dict(under.value)
    for key, item in over.value.items():
        result = merge(key, value.get(key), item)
        if result is None:
            value.pop(key, None)
        else:
            value[key] = result
    return Node(value, under.where, under.end, under.tag)


def text(node: Node | None) -> str:
    """A scalar as it is written in YAML; empty for null, for collections and where there is none."""
    return "" if node is None else text_of(node.value)


def text_of(value: object) -> str:
    """A plain value as text: ``true``, ``8080``; empty for null and for collections."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, (dict, list)):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def like(node: Node, value: str) -> Any:
    """A text as a value of the type that a scalar has: what is written over a number is a number if it reads as one."""
    return value if isinstance(node.value, str) else scalar(value)


def ensured(parent: Node, key: str, where: Span) -> Node:
    """The mapping at a key of a mapping, made where there is none (or null)."""
    found = parent.value.get(key)
    if is_null(found):
        found = parent.value[key] = Node({}, where)
    return found  # type: ignore[no-any-return]


class OpenNode(Node):
    """A mapping that may have more entries, or others, than are known: ``open`` is why."""

    __slots__ = ("open",)

    def __init__(self, value: Any, where: Span, open: Unknown | None) -> None:
        super().__init__(value, where)
        self.open = open


class PerhapsNode(OpenNode):
    """A mapping that may not be there at all: ``perhaps`` is why; ``open`` is none where all its entries are known."""

    __slots__ = ("perhaps",)

    def __init__(self, node: Node, perhaps: Unknown) -> None:
        super().__init__(
            node.value, node.where, node.open if isinstance(node, OpenNode) else None
        )
        self.end = node.end
        self.perhaps = perhaps


def trees_in(node: Node, file: SourceFile) -> list[Node]:
    """The documents that a text in a file holds, placed where they stand in it. Raises ``DocumentError``."""
    written = text(node)
    before = _lines_and_columns_before(node, written, file)
    above, left = before or (0, 0)
    documents = (
        each
        for each in load(written, file.path, above=above, left=left)
        if each.data is not None
    )
    return [
        from_document(each) if before is not None else made(each.data, node.where)
        for each in documents
    ]


def _lines_and_columns_before(
    node: Node, written: str, file: SourceFile
) -> tuple[int, int] | None:
    """How far a block of text is from the beginning of its file; ``None`` where it isn't written as a block."""
    lines = written.split("\n")
    first = next((index for index, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return None
    for number in range(node.where.line + 1, node.where.line + 20):
        here = file.line(number)
        if here.strip():
            if here.strip() != lines[first].strip():
                return None
            indent = (
                len(here)
                - len(here.lstrip())
                - (len(lines[first]) - len(lines[first].lstrip()))
            )
            return number - 1 - first, max(0, indent)
    return None
