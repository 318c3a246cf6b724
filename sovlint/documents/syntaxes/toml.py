"""A TOML text, or a table of it, as a ``Document``: ``tomllib`` says what it means, ``_Places`` where that stands."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from sovlint.documents import MAX_DEPTH, Document, DocumentError, TooLargeError
from sovlint.documents.places import BITS, COLUMN, NodePlace, Spans, shift_of, spans_of
from sovlint.documents.tree import Node, from_document
from sovlint.model.decoding import late_pattern
from sovlint.model.source import SourceFile

_NAME = r"""(?:"(?:\\.|[^"\\\n])*+"|'[^'\n]*+'|[A-Za-z0-9_-]++)"""
_NAMES = late_pattern(rf"{_NAME}(?:[ \t]*+\.[ \t]*+{_NAME})*+")
_ONE_NAME = late_pattern(_NAME)
_BLANK = late_pattern(r"(?:[\s,]++|#[^\n]*+)*+")
"""What stands between keys, values and tables."""
_HEADER = late_pattern(r"(\[\[?)[ \t]*+")
_HEADER_END = late_pattern(r"[ \t]*+\]\]?")
_EQUALS = late_pattern(r"[ \t]*+=[ \t]*+")
_SCALAR = late_pattern(
    r'"""(?:[^"\\]|\\.|"(?!""))*+"""(?:"{0,2})'
    r"|'''(?:[^']|'(?!''))*+'''(?:'{0,2})"
    r'|"(?:\\.|[^"\\\n])*+"'
    r"|'[^'\n]*+'"
    r"|[^\s,\[\]{}#]++(?:[ ]\d\d:[^\s,\[\]{}#]++)?",  # a date and a time may have a blank between them
    re.DOTALL,
)
_AT = late_pattern(r" \(at (?:line (\d+), column (\d+)|end of document)\)\Z")
_MANY_DOTS = late_pattern(
    r"""(?<![\w."'-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){64}"""
)
"""A key for which the library would take the square of its length."""


def load(text: str, path: str, above: int = 0, left: int = 0) -> Document:
    """A TOML text as plain data, dates as ISO text. ``above`` and ``left``: how many lines and columns of the file
    stand before the text.

    A value stands where its key does, an item of an array where it begins, and a table where it is first named.
    Raises ``DocumentError``.
    """
    try:
        data = _plain(_parsed(text))
        root = _Places(text, shift_of(above, left)).whole()
    except RecursionError:
        raise TooLargeError("nested too deeply", above + 1, 1) from None
    except DocumentError as error:
        error.line += above
        raise
    return _document(data, path, root)


def trees(file: SourceFile) -> list[Node]:
    """What a file says. Raises ``DocumentError``."""
    return [from_document(load(file.data.decode("utf-8", "replace"), file.path))]


def load_table(text: str, path: str, names: Sequence[str]) -> Document | None:
    """The table that ``names`` lead to in a TOML text, by paths from there; ``None`` where it has none."""
    document = load(text, path)
    data = document.data
    for name in names:
        data = data.get(name) if isinstance(data, dict) else None
    place = document.spans.place(tuple(names)) if isinstance(document.spans, Spans) else None
    return None if data is None or place is None else _document(data, path, place)


def _document(data: Any, path: str, place: NodePlace) -> Document:
    return Document(data, path, *spans_of(place, path))


def _parsed(text: str) -> dict[str, Any]:
    if _MANY_DOTS.search(text):
        raise DocumentError("a key has too many dots", 1, 1)
    try:
        return tomllib.loads(text)
    except (
        ValueError
    ) as error:  # of this kind are the library's own, and those of numbers that are too long
        at = _AT.search(str(error))
        line, column = (int(at[1]), int(at[2])) if at and at[1] else (text.count("\n") + 1, 1)
        raise DocumentError(_AT.sub("", str(error)), line, column) from None


def _plain(value: Any, depth: int = 0) -> Any:
    if depth > MAX_DEPTH:
        raise TooLargeError(f"nested deeper than {MAX_DEPTH} levels", 1, 1)
    if isinstance(value, dict):
        return {key: _plain(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner, depth + 1) for inner in value]
    return value.isoformat() if isinstance(value, (date, datetime, time)) else value


class _Places:
    """Where the parts of a TOML text stand, which is known to be valid."""

    def __init__(self, text: str, shift: int) -> None:
        self._text = text
        self._shift = shift
        self._lines = [0, *(met.end() for met in re.finditer("\n", text))]
        self._at = 0

    def whole(self) -> NodePlace:
        """The place of the whole, with those of all that is in it."""
        root = table = self._place(0, len(self._text))
        root.inner = {}
        while following := self._next():
            if following == "[":
                table = self._header(root)
            else:
                self._pair(table)
        return root

    def _header(self, root: NodePlace) -> NodePlace:
        """The table that a header begins: a further one, where the header is of an array of tables."""
        brackets = self._take(_HEADER).rstrip()
        start = self._at
        names = self._names()
        place = self._named(root, names, start)
        if brackets == "[[":
            items = place.inner if isinstance(place.inner, list) else []
            items.append(self._place(start, self._at))
            place.inner = items
            place = items[-1]
        self._take(_HEADER_END)
        return place

    def _pair(self, table: NodePlace) -> None:
        start = self._at
        place = self._named(table, self._names(), start)
        self._take(_EQUALS)
        self._value(place)

    def _value(self, place: NodePlace) -> None:
        """Read a value, and note in its place what is in it and where it ends."""
        place.start = self._mark(self._at)
        opened = self._text[self._at : self._at + 1]
        if opened == "[":
            self._at += 1
            place.inner = items = []
            while self._next() != "]":
                item = self._place(self._at, self._at)
                items.append(item)
                self._value(item)
                item.key_end = item.end
            self._at += 1
        elif opened == "{":
            self._at += 1
            place.inner = {}
            while self._next() != "}":
                self._pair(place)
            self._at += 1
        else:
            self._take(_SCALAR)
        place.end = self._mark(self._at)

    def _named(self, table: NodePlace, names: list[str], start: int) -> NodePlace:
        """What names lead to from a table, made where nothing is; in an array of tables they mean its last one."""
        place = table
        for name in names:
            if isinstance(place.inner, list):
                place = place.inner[-1]
            inner = place.inner if isinstance(place.inner, dict) else {}
            place.inner = inner
            if name not in inner:
                inner[name] = self._place(start, self._at)
            place = inner[name]
        return place

    def _names(self) -> list[str]:
        return [_unquoted(name) for name in _ONE_NAME.findall(self._take(_NAMES))]

    def _next(self) -> str:
        """The first character of what follows; empty at the end."""
        self._take(_BLANK)
        return self._text[self._at : self._at + 1]

    def _take(self, pattern: re.Pattern[str]) -> str:
        met = pattern.match(self._text, self._at)
        if met is None:
            mark = self._mark(self._at) - self._shift
            raise DocumentError(
                "what stands here isn't known", (mark >> BITS) + 1, (mark & COLUMN) + 1
            )
        self._at = met.end()
        return met[0]

    def _place(self, start: int, end: int) -> NodePlace:
        return NodePlace(self._mark(start), self._mark(end))

    def _mark(self, at: int) -> int:
        line = bisect_right(self._lines, at) - 1
        return (line << BITS) + at - self._lines[line] + self._shift


def _unquoted(name: str) -> str:
    if "\\" in name and name.startswith('"'):
        return str(next(iter(tomllib.loads(f"{name}=0"))))
    return name[1:-1] if name[0] in "\"'" else name
