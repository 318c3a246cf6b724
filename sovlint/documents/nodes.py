"""Nodes as PyYAML composes them -> plain data with places; what is nested too deeply is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from sys import intern
from typing import TYPE_CHECKING, Any

import yaml
from msgspec import Struct, field

from sovlint.documents.document import Document
from sovlint.documents.errors import (
    LONG,
    MAX_DEPTH,
    MAX_DOCUMENTS,
    DocumentError,
    TooLargeError,
)
from sovlint.documents.places import BITS, NodePlace, spans_of
from sovlint.documents.scalars import ELSEWHERE_TOO
from sovlint.model.source import Span

if TYPE_CHECKING:
    from yaml.nodes import Node

MAX_SHOWN = 60
"""Characters of what a text says that an error repeats."""

_OBJECTS = "tag:yaml.org,2002:python"
_TEXT = "tag:yaml.org,2002:str"
_TOO_DEEP = "exceeded maximum nesting depth"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_PLAIN = "tag:yaml.org,2002:plain"
"""The tag of a plain scalar that has none: what it is, ``read`` says."""


class _Loader(_LOADER):  # type: ignore[misc,valid-type]
    """Composes nodes, and doesn't ask what plain scalars are under YAML 1.1."""

    def resolve(self, kind: type[Node], _value: str | None, implicit: Any) -> str:
        """The tag of a node that has none."""
        if kind is yaml.ScalarNode:
            return _PLAIN if implicit[0] else _TEXT
        return _KINDS[kind]


_KINDS: dict[type[Node], str] = {
    yaml.SequenceNode: _LOADER.DEFAULT_SEQUENCE_TAG,
    yaml.MappingNode: _LOADER.DEFAULT_MAPPING_TAG,
}

_USUAL = frozenset({_PLAIN, _TEXT, *_KINDS.values()})
"""The tags of what has none."""


class Builder(Struct):
    """Makes what the nodes of one text say. ``read``: what plain scalars are; ``shift``: the lines and columns of its
    file that stand before it, as a ``NodePlace`` has them."""

    path: str
    read: Callable[[str], object]
    shift: int
    duplicates: list[tuple[str, Span, int]] = field(default_factory=list)
    tags: dict[tuple[int, int], str] = field(default_factory=dict)

    def document(self, node: Node) -> Document:
        """A node that is the whole of a document. Raises ``DocumentError``."""
        self.duplicates, self.tags = [], {}
        data, root = self.build(node)
        return Document(
            data, self.path, *spans_of(root, self.path), tuple(self.duplicates), self.tags
        )

    def build(self, node: Node, depth: int = 0) -> tuple[Any, NodePlace]:
        """What a node says, and where. Raises ``DocumentError``."""
        if depth > MAX_DEPTH:
            raise TooLargeError(f"nested deeper than {MAX_DEPTH} levels", *start_of(node))
        is_tagged = node.tag not in _USUAL
        if is_tagged and node.tag.startswith(_OBJECTS):
            raise DocumentError(
                f"a tag that names an object of Python ({node.tag[:MAX_SHOWN]})",
                *start_of(node),
            )
        start, end = node.start_mark, node.end_mark
        shift = self.shift
        place = NodePlace(
            (start.line << BITS) + start.column + shift,
            (end.line << BITS) + end.column + shift,
        )
        if is_tagged and node.tag.startswith("!"):
            self.tags[place.begins] = node.tag
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node), place
        if isinstance(node, yaml.SequenceNode):
            pairs = [self.build(child, depth + 1) for child in node.value]
            place.inner = [inner for _, inner in pairs]
            return [item for item, _ in pairs], place
        built, place.inner = self._mapping(node, depth)
        return built, place

    def _scalar(self, node: yaml.ScalarNode) -> object:
        if node.style or not _plain(node):
            return node.value
        value = self.read(node.value)
        # Resolved as text although it reads like a number or a word: somebody wrote that it is text (``!!str 5``).
        written = (
            node.tag == _TEXT
            and not isinstance(value, str)
            and ELSEWHERE_TOO.match(node.value)
        )
        return node.value if written else value

    def _mapping(self, node: Node, depth: int) -> tuple[dict[str, Any], dict[str, NodePlace]]:
        built: dict[str, Any] = {}
        places: dict[str, NodePlace] = {}
        merges: list[Node] = []
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise DocumentError("a key must be a plain value", *start_of(key_node))
            key = intern(str(key_node.value))  # all objects have the same ones
            if key == "<<" and not key_node.style:
                merges.append(value_node)
                continue
            start, end = key_node.start_mark, key_node.end_mark
            begins = (start.line << BITS) + start.column + self.shift
            ends = (end.line << BITS) + end.column + self.shift
            if key in built:
                span = NodePlace(begins, ends).spans(self.path)[0]
                first = places[key].spans(self.path)[0].line
                self.duplicates.append((key, span, first))
            built[key], place = self.build(value_node, depth + 1)
            place.key, place.key_end = begins, ends
            places[key] = place
        for merge in merges:
            for source in merge.value if isinstance(merge, yaml.SequenceNode) else [merge]:
                if not isinstance(source, yaml.MappingNode):
                    raise DocumentError("a merge key (<<) needs a mapping", *start_of(source))
                self._merge(source, depth, built, places)
        return built, places

    def _merge(
        self, source: Node, depth: int, built: dict[str, Any], places: dict[str, NodePlace]
    ) -> None:
        """Add what ``source`` says and ``built`` doesn't; each entry keeps its own place."""
        if depth >= MAX_DEPTH:
            raise TooLargeError(f"nested deeper than {MAX_DEPTH} levels", *start_of(source))
        duplicates = len(self.duplicates)
        merged, standing = self._mapping(source, depth + 1)
        del self.duplicates[duplicates:]  # told where the source itself stands
        for key, value in merged.items():
            if key not in built:
                built[key] = value
                places[key] = standing[key]


def expanded(node: Node, sizes: dict[Node, int], depth: int = 0) -> int:
    """How many nodes a document has once aliases are expanded; each node is counted once, so a bomb costs nothing."""
    known = sizes.get(node)
    if known is not None:
        return known
    if depth > MAX_DEPTH:
        raise TooLargeError(f"nested deeper than {MAX_DEPTH} levels", *start_of(node))
    sizes[node] = (
        1  # an alias to a parent would never end; the depth of what is built refuses it
    )
    children: list[Node] = []
    if isinstance(node, yaml.SequenceNode):
        children = node.value
    elif isinstance(node, yaml.MappingNode):
        children = [each for pair in node.value for each in pair]
    size = 1 + sum([expanded(child, sizes, depth + 1) for child in children])
    sizes[node] = size
    return size


def _plain(node: Node) -> bool:
    return bool(node.tag.startswith("tag:yaml.org,2002:"))


def start_of(node: Node) -> tuple[int, int]:
    """Line and column at which a node begins, from 1."""
    return node.start_mark.line + 1, node.start_mark.column + 1


# Where PyYAML parses in C it composes there too: the composer in Python has to stand before it.
_COMPOSER: Any = (
    type("_Composer", (yaml.composer.Composer, _LOADER), {})
    if _LOADER is not yaml.SafeLoader
    else _LOADER
)


class _Reusing(_COMPOSER):  # type: ignore[misc]
    """Loads texts in which an anchor is set again: an alias means the nearest one above it (YAML 1.2.2, 7.1).

    PyYAML refuses them, although whatever else reads manifests (Go) doesn't. A third as fast, so only where needed.
    """

    def __init__(self, text: str) -> None:
        _LOADER.__init__(self, text)
        yaml.composer.Composer.__init__(self)

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:
        event: Any = self.peek_event()
        if isinstance(event, yaml.NodeEvent) and not isinstance(event, yaml.AliasEvent):
            self.anchors.pop(event.anchor, None)
        composed: Node | None = super().compose_node(parent, index)
        return composed


def composed(
    text: str, most: int, reuses_anchors: bool, builder: Builder
) -> Iterator[Document]:
    """The documents of a YAML text, of no more than ``most`` nodes each. Raises ``DocumentError``."""
    loader = (_Reusing if reuses_anchors else _Loader)(text)
    try:
        if len(text) > LONG:
            _count(text, most)
        count = 0
        while loader.check_node():
            node: Any = loader.get_node()
            count += 1
            if count > MAX_DOCUMENTS:
                raise TooLargeError(f"more than {MAX_DOCUMENTS:,} documents", *start_of(node))
            may_be_large = ("*" in text and "&" in text) or len(
                text
            ) > most  # every node has a character
            if may_be_large and expanded(node, {}) > most:
                raise TooLargeError(
                    f"more than {most:,} nodes once aliases are expanded", *start_of(node)
                )
            yield builder.document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        kind = TooLargeError if error.problem == _TOO_DEEP else DocumentError
        raise kind(error.problem or "not valid YAML", line, column) from None
    except yaml.YAMLError as error:
        raise DocumentError(str(error).splitlines()[0], 1, 1) from None
    except RecursionError:
        raise TooLargeError("nested too deeply", 1, 1) from None
    finally:
        loader.dispose()


def _count(text: str, most: int) -> None:
    """Raise ``DocumentError`` where a document has more than ``most`` nodes, without making any."""
    found = 0
    for event in yaml.parse(text, Loader=_LOADER):
        found = (
            0
            if isinstance(event, yaml.DocumentStartEvent)
            else found + isinstance(event, yaml.NodeEvent)
        )
        if found > most:
            line, column = (
                (event.start_mark.line, event.start_mark.column)
                if event.start_mark
                else (0, 0)
            )
            raise TooLargeError(f"more than {most:,} nodes", line + 1, column + 1)


def has_tags(text: str) -> bool:
    """Whether a YAML text has explicit tags (``!x``), as far as it can be read."""
    try:
        return any(
            isinstance(token, yaml.TagToken) for token in yaml.scan(text, Loader=_LOADER)
        )
    except yaml.YAMLError:
        return False
