"""Readers of blocks: those in braces of Logstash and Grafana Alloy, and Fluentd's in angle brackets.

A block is a key and its number among those of that name: ``output { http { url => "a" } }`` has ``url`` at
``output.0.http.0.url``. A label is a key too, as in ``loki.write "all" { ... }``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from sovlint.documents import DocumentError
from sovlint.model.source import SourceFile, Span
from sovlint.model.text import Note
from sovlint.model.value import Reason, Step, Unknown, Value
from sovlint.rules.configuration import Entry, Format
from sovlint.rules.keys import KeyPath
from sovlint.settings.values import WRITTEN, valued

MAX_ENTRIES: Final = 20_000
"""Of a file with more values than this, no further ones are read."""
MAX_DEPTH: Final = 50
"""Blocks are nested no deeper than this."""

_TOKEN: Final = re.compile(
    r"""(?P<skip>\s+|\#[^\n]*|//[^\n]*|/\*.*?(?:\*/|\Z)|,|[=!<>]=(?!\w))|(?P<match>[=!]~\s*/(?:\\.|[^/\\\n])*/)
    |(?P<text>"(?:\\.|[^"\\])*(?:"|\\?\Z)|'(?:\\.|[^'\\])*(?:'|\\?\Z)|`[^`]*(?:`|\Z))|(?P<sign>=>|[{}\[\]()=+])
    |(?P<word>[^\s{}\[\](),=+"'`\#]+)|(?P<other>.)""",
    re.DOTALL | re.VERBOSE,
)  # what is left open reaches to the end, so that nothing is looked at twice
_PLAIN: Final = re.compile(r"-?[0-9.]+[a-zA-Z]*|true|false|null")
_CONDITIONS: Final = ("if", "else")
_OPEN: Final = re.compile(r"<(\w+)(?:\s[^>]*)?>\s*$")
_SHUT: Final = re.compile(r"</(\w+)>\s*$")

_Token = tuple[str, str, int]
"""The kind of a token (``text``, ``sign``, ``word``), what it says, and its line."""


def braces(file: SourceFile, kind: Format) -> list[tuple[Entry, ...]]:
    """A file of blocks in braces; what only a run tells is unknown. Raises ``DocumentError``."""
    reader = _Braces(file.path, list(_tokens(file.data.decode("utf-8", "replace"))), kind.default)
    reader.block((), 0)
    return [tuple(reader.found)]


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for met in _TOKEN.finditer(text):
        if met.lastgroup not in ("skip", "other"):
            yield met.lastgroup or "", met[0], line
        line += met[0].count("\n")


class _Braces:
    """A pass over the tokens of a file."""

    def __init__(self, path: str, tokens: list[_Token], default: str) -> None:
        self.found: list[Entry] = []
        self._path = path
        self._tokens = tokens
        self._default = default
        self._at = 0

    def block(self, path: KeyPath, depth: int, counts: Counter[KeyPath] | None = None) -> None:
        """Everything up to the brace that closes a block, or the end of the file. ``counts``: blocks by name so far."""
        counts = Counter() if counts is None else counts
        head: list[_Token] = []
        self._deep(depth)
        while (token := self._next()) is not None:
            kind, text, _ = token
            if kind == "sign" and text == "}":
                return
            if kind == "sign" and text in ("=", "=>") and head:
                self._value((*path, _bare(head.pop())), text == "=>", depth)
                head = []
            elif kind == "sign" and text == "{":
                self._inner(path, head, counts, depth)
                head = []
            elif kind != "sign":
                head.append(token)

    def _inner(self, path: KeyPath, head: list[_Token], counts: Counter[KeyPath], depth: int) -> None:
        if head and head[0][1] in _CONDITIONS:  # of Logstash: what is in either may run
            self.block(path, depth + 1, counts)
            return
        named = (*path, *(_bare(each) for each in head))
        counts[named] += 1
        self.block((*named, str(counts[named] - 1)), depth + 1)

    def _value(self, path: KeyPath, literal: bool, depth: int) -> None:
        """One value; ``literal``: a bare word is a text, and not a name of something else."""
        self._deep(depth)
        token = self._next()
        if token is None:
            return
        kind, text, line = token
        if text == "{" and kind == "sign":
            self.block(path, depth + 1)
        elif text == "[" and kind == "sign":
            number = 0
            while (following := self._peek()) is not None and following[:2] != ("sign", "]"):
                self._value((*path, str(number)), literal, depth + 1)
                number += 1
            self._next()
        elif kind in ("text", "word"):
            where = Span(self._path, line, 1, line, 1)
            known = kind == "text" or literal or _PLAIN.fullmatch(text) is not None
            if self._goes_on():
                known = False
            self._add(path, valued(_bare(token), where, self._default) if known else _unknown(where), where)

    def _goes_on(self) -> bool:
        """Whether more than a text or a name follows (``env("A")``, ``"a" + b``); it is passed over."""
        went = False
        while (token := self._peek()) is not None and token[0] == "sign" and token[1] in ("(", "+"):
            went = True
            self._next()
            if token[1] == "(":
                self._skip(")")
            else:
                self._next()
        return went

    def _skip(self, close: str) -> None:
        depth = 1
        while depth and (token := self._next()) is not None:
            if token[0] == "sign":
                depth += (token[1] == "(") - (token[1] == close)

    def _add(self, path: KeyPath, value: Value, where: Span) -> None:
        if len(self.found) < MAX_ENTRIES:
            self.found.append(Entry(path, value, where))

    def _deep(self, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise DocumentError("nested too deeply", 1, 1)

    def _peek(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _next(self) -> _Token | None:
        token = self._peek()
        self._at += 1
        return token


def _bare(token: _Token) -> str:
    return re.sub(r"\\(.)", r"\1", token[1][1:-1]) if token[0] == "text" else token[1]


def _unknown(where: Span) -> Unknown:
    return Unknown(Reason.TEMPLATED, "expression", Step(where, Note(WRITTEN)), note=Note("settings.computed"))


def fluentd(file: SourceFile, kind: Format) -> list[tuple[Entry, ...]]:
    """Fluentd's configuration: ``<match **>`` and other blocks, with a name and a value on each line."""
    found: list[Entry] = []
    stack: list[KeyPath] = [()]
    counts: Counter[KeyPath] = Counter()
    for number, line in enumerate(file.data.decode("utf-8", "replace").splitlines(), start=1):
        text = line.strip()
        if not text or text.startswith("#") or len(found) >= MAX_ENTRIES:
            continue
        if _SHUT.match(text):
            stack = stack[:-1] or [()]
        elif head := _OPEN.match(text):
            named = (*stack[-1], head[1])
            stack.append((*named, str(counts[named])))
            counts[named] += 1
        else:
            name, _, rest = text.partition(" ")
            where = Span(file.path, number, 1, number, len(line) + 1)
            value = re.sub(r"\s#\s.*$", "", rest).strip().strip("\"'")
            found.append(Entry((*stack[-1], name), valued(value, where, kind.default), where))
    return [tuple(found)]
