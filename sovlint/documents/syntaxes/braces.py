"""Files of blocks in braces, as Logstash and Grafana Alloy have them -> trees.

A block is a key and its number among those of that name: ``output { http { url => "a" } }`` has ``url`` at
``output.0.http.0.url``. A label is a key too, as in ``loki.write "all" { ... }``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sovlint.documents.errors import DocumentError
from sovlint.documents.interpolation import computed
from sovlint.documents.tree import Node, Pairs
from sovlint.model.decoding import late_pattern
from sovlint.model.source import SourceFile, Span

MAX_DEPTH: Final = 50
"""Blocks are nested no deeper than this."""

_TOKEN: Final = late_pattern(
    r"""(?P<skip>\s+|\#[^\n]*|//[^\n]*|/\*.*?(?:\*/|\Z)|,|[=!<>]=(?!\w))|(?P<match>[=!]~\s*/(?:\\.|[^/\\\n])*/)
    |(?P<text>"(?:\\.|[^"\\])*(?:"|\\?\Z)|'(?:\\.|[^'\\])*(?:'|\\?\Z)|`[^`]*(?:`|\Z))|(?P<sign>=>|[{}\[\]()=+])
    |(?P<word>[^\s{}\[\](),=+"'`\#]+)|(?P<other>.)""",
    re.DOTALL | re.VERBOSE,
)  # what is left open reaches to the end, so that nothing is looked at twice
_PLAIN: Final = late_pattern(r"-?[0-9.]+[a-zA-Z]*|true|false|null")
_CONDITIONS: Final = ("if", "else")

_Token = tuple[str, str, int]
"""The kind of a token (``text``, ``sign``, ``word``), what it says, and its line."""


def trees(file: SourceFile) -> list[Node]:
    """What a file says; what only a run tells is unknown. Raises ``DocumentError``."""
    whole = Pairs()
    _Reader(file.path, list(_tokens(file.data.decode("utf-8", "replace")))).block(whole, 0)
    return [whole.tree(file.path)]


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for met in _TOKEN.finditer(text):
        if met.lastgroup not in ("skip", "other"):
            yield met.lastgroup or "", met[0], line
        line += met[0].count("\n")


class _Reader:
    """A pass over the tokens of a file."""

    def __init__(self, path: str, tokens: list[_Token]) -> None:
        self._path = path
        self._tokens = tokens
        self._at = 0

    def block(self, into: Pairs, depth: int) -> None:
        """Everything up to the brace that closes a block, or the end of the file."""
        head: list[_Token] = []
        _refuse_depth(depth)
        while (token := self._next()) is not None:
            kind, text, _ = token
            if kind == "sign" and text == "}":
                return
            if kind == "sign" and text in ("=", "=>") and head:
                name = _bare(head.pop())
                into.add((name,), self._value(text == "=>", depth))
                head = []
            elif kind == "sign" and text == "{":
                # What is in a condition of Logstash, or in its other branch, may run.
                is_condition = bool(head) and head[0][1] in _CONDITIONS
                names = tuple(_bare(each) for each in head)
                self.block(
                    into if is_condition else into.block(names, self._where(token)), depth + 1
                )
                head = []
            elif kind != "sign":
                head.append(token)

    def _value(self, literal: bool, depth: int) -> Node:
        """One value; ``literal``: a bare word is a text, and not a name of something else."""
        _refuse_depth(depth)
        token = self._next() or ("end", "", 1)
        kind, text, _ = token
        where = self._where(token)
        if kind in ("text", "word"):
            known = kind == "text" or literal or _PLAIN.fullmatch(text) is not None
            goes_on = self._goes_on()
            return Node(_bare(token) if known and not goes_on else computed(where), where)
        if text == "{":
            inner = Pairs()
            self.block(inner, depth + 1)
            return Node(inner, where)
        return Node(self._list(literal, depth) if text == "[" else None, where)

    def _list(self, literal: bool, depth: int) -> list[Node]:
        items = []
        while (following := self._peek()) is not None and following[:2] != ("sign", "]"):
            items.append(self._value(literal, depth + 1))
        self._next()
        return items

    def _goes_on(self) -> bool:
        """Whether more than a text or a name follows (``env("A")``, ``"a" + b``); it is passed over."""
        went = False
        while (
            (token := self._peek()) is not None
            and token[0] == "sign"
            and token[1] in ("(", "+")
        ):
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

    def _where(self, token: _Token) -> Span:
        return Span(self._path, token[2], 1, token[2], 1)

    def _peek(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _next(self) -> _Token | None:
        token = self._peek()
        self._at += 1
        return token


def _refuse_depth(depth: int) -> None:
    if depth > MAX_DEPTH:
        raise DocumentError("nested too deeply", 1, 1)


def _bare(token: _Token) -> str:
    return re.sub(r"\\(.)", r"\1", token[1][1:-1]) if token[0] == "text" else token[1]
