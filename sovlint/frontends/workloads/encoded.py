"""What a text holds that is JSON or YAML, with holes where something isn't known -> a tree, each hole in its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from sovlint.documents import Document, DocumentError, load
from sovlint.documents.attributes import Evaluated
from sovlint.documents.tree import Node, from_document, is_map
from sovlint.expressions.kinds import known_text
from sovlint.expressions.lifting import plainly_unknown
from sovlint.expressions.texts import joined
from sovlint.expressions.values import part_of
from sovlint.model.decoding import late_pattern
from sovlint.model.partial.holes import parts_between
from sovlint.model.source import Located, Span
from sovlint.model.value import Known, Unknown, Value

MAX_TEXT: Final = 1_000_000
MAX_NODES: Final = 20_000
"""Longer texts aren't read, and neither are those that hold more."""

STACK: Final = "Resources"
"""The section that makes a text a template of a stack."""

_STRUCTURED: Final = late_pattern(r"\A\s*[{\[<]|\n|\S\s.*(?:://|\w\.\w)")
"""A text that holds JSON, XML, lines, or a command with an address."""
_ENDS: Final = ("}", "]", '"')
_STARTS: Final = ("{", "[", '"')
_MARK: Final = "\ue0ff"
"""What stands for a hole: a character for private use, so that no text of a configuration has it."""


def is_structured(text: object) -> bool:
    """Whether a text may be JSON, YAML, XML or a script, by a look at it."""
    return isinstance(text, str) and _STRUCTURED.search(text) is not None


def head(where: Located) -> Span:
    """The first line of what is written."""
    span = where.span()
    return (
        span
        if span.line == span.end_line
        else Span(span.path, span.line, span.column, span.line, span.column + 1)
    )


def held(value: Value, where: Located) -> Node | None:
    """The tree that a text holds; ``None`` where it holds none, or that can't be told."""
    text, holes = _marked(value)
    document = _loaded(text, where.span()) if text else None
    if document is None:
        return None
    node = _without_functions(from_document(document))
    if sum(each.count(_MARK) for each in _texts(node)) != len(holes) and isinstance(
        value, Unknown
    ):
        holes = [plainly_unknown(value)] * text.count(
            _MARK
        )  # some stand where nothing is read, in a comment perhaps
    return _Filling(value, holes[::-1], where).node(node)


def _without_functions(node: Node) -> Node:
    """A template of a stack with what its functions give in their place."""
    if not is_map(node) or STACK not in node.value:
        return node
    from sovlint.settings.stacks.fill import filled

    return _evaluated(filled(node))


def _evaluated(node: Node) -> Node:
    inner = node.value
    if isinstance(inner, dict):
        entries = {key: _evaluated(item) for key, item in inner.items()}
        return Node(entries, node.where, node.end)
    if isinstance(inner, list):
        return Node([_evaluated(item) for item in inner], node.where, node.end)
    if isinstance(inner, (Known, Unknown)):
        return Node(Evaluated.of(inner), node.where, node.end)
    return node


def _marked(value: Value) -> tuple[str, list[Unknown]]:
    """A text with a mark for each hole, in quotes where it stands in none, and what stands at each."""
    if isinstance(value, Known):
        known = known_text(value) or ""
        return known if len(known) <= MAX_TEXT else "", []
    parts = value.parts or ()
    if sum(len(part or "") for part in parts) > MAX_TEXT or not any(parts):
        return "", []
    count = parts.count(None)
    holes = (
        list(value.holes) if len(value.holes) == count else [plainly_unknown(value)] * count
    )
    is_json = (parts[0] or "").lstrip()[:1] in ("{", "[")
    text, quoted = "", False
    for part, after in zip(parts, (*parts[1:], ""), strict=True):
        if part is None:
            text += _MARK if quoted or not is_json else _item(text, after or "")
        else:
            text += part
            quoted ^= part.replace("\\\\", "").replace('\\"', "").count('"') % 2 == 1
    return text, holes


def _item(before: str, after: str) -> str:
    """A hole where JSON has a value: with the comma that it brings along where none stands beside it
    (``[{...} ${is_traced ? ", {...}" : ""}]``)."""
    opened = ", " if before.rstrip()[-1:] in _ENDS else ""
    return f'{opened}"{_MARK}"{", " if after.lstrip()[:1] in _STARTS else ""}'


def _loaded(text: str, where: Span) -> Document | None:
    """The document in a text; one that has lines of its own begins below the line of its name."""
    above = where.line if where.end_line > where.line else where.line - 1
    try:
        found = [
            each
            for each in load(text, where.path, MAX_NODES, above=above)
            if each.data is not None
        ]
    except DocumentError:
        return None
    return found[0] if len(found) == 1 and isinstance(found[0].data, (dict, list)) else None


def _texts(node: Node) -> Iterator[str]:
    """All texts of a tree, keys too, in the order in which they stand."""
    inner = node.value
    if isinstance(inner, dict):
        for key, item in inner.items():
            yield key
            yield from _texts(item)
    elif isinstance(inner, list):
        for item in inner:
            yield from _texts(item)
    elif isinstance(inner, str):
        yield inner


class _Filling(Struct, eq=False):
    """Puts what is known of each text into a tree; places stay within what is written.

    ``_holes``: what stands at those that are still to be filled, the next one last.
    """

    _value: Value
    _holes: list[Unknown]
    _where: Located

    def node(self, node: Node) -> Node:
        inner = node.value
        made: object = inner
        if isinstance(inner, dict):
            made = {self._key(key): self.node(item) for key, item in inner.items()}
        elif isinstance(inner, list):
            made = [self.node(item) for item in inner]
        elif isinstance(inner, str):
            made = Evaluated.of(self._text(inner))
        return Node(made, self._at(node.where), self._at(node.end))

    def _at(self, span: Span) -> Span:
        whole = self._where.span()
        within = span.path == whole.path and whole.line < span.line <= whole.end_line
        return span if within else head(whole)

    def _key(self, key: str) -> str:
        if _MARK not in key:
            return key
        self._text(key)
        return key.replace(_MARK, "${}")

    def _text(self, text: str) -> Value:
        """A text as a value; what stands at its holes, in order."""
        if _MARK not in text:
            return Known(text, self._value.because, self._value.sensitive)
        parts = parts_between(text.split(_MARK))
        pieces = [self._hole() if part is None else Known(part) for part in parts]
        return part_of(pieces[0] if len(pieces) == 1 else joined(pieces), self._value)

    def _hole(self) -> Unknown:
        if self._holes:
            return self._holes.pop()
        assert isinstance(self._value, Unknown)
        return plainly_unknown(self._value)
