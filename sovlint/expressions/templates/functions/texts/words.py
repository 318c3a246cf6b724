"""Functions on words: their case, their initials, and lines of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Any

from sovlint.expressions.templates.functions.arguments import (
    text,
)
from sovlint.expressions.templates.functions.texts.cutting import SPACE
from sovlint.expressions.templates.functions.texts.letters import lower, title, upper

_CONNECTOR = rf"[-_{SPACE}]"
_WORDS = re.compile(rf"(?:({_CONNECTOR}*){_CONNECTOR}|(?<![^{SPACE}_-])())([^-_{SPACE}]+)")
_WORD_START = re.compile(rf"(?<![^{SPACE}])[^{SPACE}]")
_SPACES = re.compile(f"[{SPACE}]")
_MARK = "..."


def _title(value: Any) -> str:
    return title(text(value))


def _camelcase(value: Any) -> str:
    """Words run together, each with a capital; connectors at both ends stay."""
    written = text(value)
    core = written.strip(f"-_{SPACE}")
    if not core:
        return written + written[-1:]
    start = written.index(core)
    made = _WORDS.sub(lambda found: (found[1] or "") + _capitalized(found[3]), core)
    return written[:start] + made + written[start + len(core) :]


def _capitalized(word: str) -> str:
    """A word with a capital; of several capitals at its beginning the first one stays."""
    capitals = 0
    while capitals < len(word) and word[capitals].isupper():
        capitals += 1
    size = max(1, capitals)
    return upper(word[0]) + lower(word[1:size]) + word[size:]


_NUMBER, _UPPER, _LOWER, _JOIN, _MARKS, _OTHER, _END = (
    "number", "upper", "lower", "join", "marks", "other", "end",
)  # fmt: skip


def _kind(character: str) -> str:
    if character in "-_" or character in SPACE:
        return _JOIN
    category = unicodedata.category(character)
    if category == "Lu":
        return _UPPER
    if category[0] == "L":
        return _LOWER
    return {"N": _NUMBER, "P": _MARKS}.get(category[0], _OTHER)


def _cut(written: str) -> list[tuple[str, str]]:
    """The words of a text. Small letters belong to the capital before them."""
    found: list[tuple[str, str]] = []
    for kind, characters in groupby(written, _kind):
        word = "".join(characters)
        if kind == _LOWER and found and found[-1][0] == _UPPER:
            capitals = found.pop()[1]
            if len(capitals) > 1:
                found.append((_UPPER, capitals[:-1]))
            kind, word = _UPPER, capitals[-1] + word
        found.append((kind, word))
    return found


class _Words:
    """The words of a text that is written in one case or another, taken one after the other."""

    def __init__(self, written: str) -> None:
        self.left = _cut(written)
        self.left.reverse()
        self.kind, self.word = _OTHER, ""
        self.move()

    def move(self) -> None:
        """Go to the next word."""
        self.kind, self.word = self.left.pop() if self.left else (_END, "")


def _lowered(value: Any, connector: str) -> str:
    """Words in small letters with a connector between them; a number belongs to a neighbour."""
    words = _Words(text(value))
    made: list[str] = []

    def put() -> None:
        if words.kind == _JOIN:
            made.append(connector * len(words.word))
        else:
            made.append(lower(words.word) if words.kind == _UPPER else words.word)
        words.move()

    def put_attached() -> None:
        while words.kind in (_LOWER, _NUMBER):
            put()

    def connect() -> None:
        if words.kind not in (_END, _JOIN, _MARKS):
            made.append(connector)

    while words.kind != _END:
        before = words.kind
        put()
        if before == _NUMBER:
            put_attached()
            connect()
        elif before not in (_JOIN, _MARKS):
            _behind_word(words, made, connector, put, put_attached, connect)
    return "".join(made)


def _behind_word(
    words: _Words,
    made: list[str],
    connector: str,
    put: Callable[[], None],
    put_attached: Callable[[], None],
    connect: Callable[[], None],
) -> None:
    """A number behind a word belongs to it, unless small letters follow: then it begins the next one."""
    if words.kind != _NUMBER:
        connect()
        return
    if not words.left:
        return
    if words.left[-1][0] == _LOWER:
        made.append(connector)
        put()
        put_attached()
    else:
        put()
    connect()


def _snakecase(value: Any) -> str:
    return _lowered(value, "_")


def _kebabcase(value: Any) -> str:
    return _lowered(value, "-")


PLAIN: Mapping[str, Callable[..., Any]] = {
    "title": _title,
    "camelcase": _camelcase,
    "snakecase": _snakecase,
    "kebabcase": _kebabcase,
}
