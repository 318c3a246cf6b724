"""A table of a TOML file as a ``Document``, with the lines of its keys: ``tomllib`` itself keeps no positions."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from sovlint.documents import Document, DocumentError, Path
from sovlint.model.source import Span

_NAME = r"""(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)"""
_NAMES = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_NAMES})\s*\]")
_KEY = re.compile(rf"\s*({_NAMES})\s*=")
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)\Z")


def load(text: str, path: str, table: Sequence[str]) -> Document | None:
    """The table named by ``table``, dates as ISO text; ``None`` where the file has none.

    Spans are those of keys that begin a line; what stands inside an inline table has that table's span. Raises
    ``DocumentError`` for what isn't TOML.
    """
    try:
        data: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line, column = (int(place[1]), int(place[2])) if place and place[1] else (text.count("\n") + 1, 1)
        raise DocumentError(_PLACE.sub("", str(error)), line, column) from None
    for name in table:
        data = data.get(name) if isinstance(data, dict) else None
    if data is None:
        return None
    size = len(table)
    spans = {at[size:]: span for at, span in _spans(text, path).items() if at[:size] == tuple(table)}
    spans.setdefault((), Span(path, 1, 1, 1, 1))
    return Document(_plain(data), path, spans, {})


def _spans(text: str, path: str) -> dict[Path, Span]:
    """Where headers and keys stand, by their path in the whole file."""
    spans: dict[Path, Span] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _absolute(_split(header[2]), counts)
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            _note(spans, table, Span(path, number, header.start(2) + 1, number, header.end(2) + 1))
        elif key := _KEY.match(line):
            _note(spans, (*table, *_split(key[1])), Span(path, number, key.start(1) + 1, number, key.end(1) + 1))
    return spans


def _note(spans: dict[Path, Span], at: Path, span: Span) -> None:
    """Keep the first span of a path, and of the tables above it, which dotted names need not name themselves."""
    while at and at not in spans:
        spans[at] = span
        at = at[:-1]


def _absolute(names: Sequence[str], counts: dict[Path, int]) -> Path:
    """The path of a header's names: below an array of tables they belong to its last member."""
    at: Path = ()
    for index, name in enumerate(names):
        at = (*at, name)
        if at in counts and index < len(names) - 1:
            at = (*at, counts[at])
    return at


def _split(names: str) -> list[str]:
    return [name.strip("\"'") for name in re.findall(_NAME, names)]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, (date, datetime, time)) else value
