"""Java's properties (``java.util.Properties.load``) -> trees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sovlint.documents.errors import MAX_DEPTH
from sovlint.documents.tree import Node, Pairs
from sovlint.model.decoding import late_pattern
from sovlint.model.source import SourceFile, Span

_PROPERTY: Final = late_pattern(
    r"[ \t\f]*((?:\\.|[^\s:=\\])+)[ \t\f]*[=:]?[ \t\f]*(.*)", re.DOTALL
)
_ESCAPE: Final = late_pattern(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "f": "\f"}
_KEY: Final = late_pattern(r"[^.\[\]]+")
_SEPARATOR: Final = late_pattern(r"[#!]---\s*$")


def trees(file: SourceFile) -> list[Node]:
    """The documents of a file, with ``a.b[0]`` as the keys that it is made of, of too many the last ones; ``#---``
    parts documents, as Spring Boot does."""
    documents = [Pairs()]
    for number, line in _logical(file):
        if _SEPARATOR.match(line):
            documents.append(Pairs())
        elif line.strip() and line.lstrip()[0] not in "#!":
            met = _PROPERTY.match(line)
            keys = _KEY.findall(_plain(met[1])) if met is not None else ()
            if met is not None and keys:
                where = Span(file.path, number, 1, number, len(file.line(number)) + 1)
                documents[-1].add(
                    tuple(keys[-MAX_DEPTH:]), Node(_plain(met[2]).strip(), where)
                )
    return [each.tree(file.path) for each in documents]


def _logical(file: SourceFile) -> Iterator[tuple[int, str]]:
    """Lines put together where one ends with an odd number of backslashes; a comment never goes on."""
    start, whole = 0, ""
    for number, line in file.lines():
        start = start if whole else number
        whole += line.lstrip() if whole else line
        comment = whole.lstrip()[:1] in ("#", "!")
        if not comment and (len(whole) - len(whole.rstrip("\\"))) % 2:
            whole = whole[:-1]
            continue
        yield start, whole
        whole = ""
    if whole:
        yield start, whole


def _plain(text: str) -> str:
    def escaped(met: re.Match[str]) -> str:
        inner = met[1]
        return chr(int(inner[1:], 16)) if len(inner) > 1 else _ESCAPES.get(inner, inner)

    return _ESCAPE.sub(escaped, text) if "\\" in text else text
