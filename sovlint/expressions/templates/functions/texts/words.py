"""Functions on words: their case, their initials, and lines of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Any

from sovlint.expressions.templates.functions.arguments import (
    is_unknown,
    text,
    whole,
)
from sovlint.expressions.templates.functions.texts.cutting import SPACE
from sovlint.expressions.templates.functions.texts.letters import lower, title, upper
from sovlint.expressions.templates.running import Execution, TemplateFunction

_CONNECTOR = rf"[-_{SPACE}]"
_WORDS = re.compile(rf"(?:({_CONNECTOR}*){_CONNECTOR}|(?<![^{SPACE}_-])())([^-_{SPACE}]+)")
_WORD_START = re.compile(rf"(?<![^{SPACE}])[^{SPACE}]")
_SPACES = re.compile(f"[{SPACE}]")
_MARK = "..."


def _title(value: Any) -> str:
    return title(text(value))


def _untitle(value: Any) -> str:
    return _WORD_START.sub(lambda found: lower(found.group()), text(value))


def _swapcase(value: Any) -> str:
    return "".join(
        lower(each)
        if each.isupper() or each.istitle()
        else upper(each)
        if each.islower()
        else each
        for each in text(value)
    )


def _nospace(value: Any) -> str:
    return _SPACES.sub("", text(value))


def _initials(value: Any) -> str:
    return "".join(_WORD_START.findall(text(value)))


def _plural(one: Any, many: Any, count: Any) -> str:
    return text(one) if whole(count) == 1 else text(many)


def _abbrev(width: Any, value: Any) -> str:
    return text(value) if whole(width) < 4 else _abbreviated(text(value), 0, width)


def _abbrevboth(left: Any, right: Any, value: Any) -> str:
    if whole(right) < 4 or (whole(left) > 0 and right < 7):
        return text(value)
    return _abbreviated(text(value), left, right)


def _abbreviated(value: str, offset: int, width: int) -> str:
    """A text of no more than ``width`` characters, with dots where it goes on; ``offset`` stays in sight."""
    if len(value) <= width:
        return value
    room = width - len(_MARK)
    offset = min(offset, len(value) - room)
    if offset <= 4:
        return value[:room] + _MARK
    if offset + room < len(value):
        return _MARK + _abbreviated(value[offset:], 0, room)
    return _MARK + value[len(value) - room :]


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


def _wrap(run: Execution, width: Any, value: Any) -> Any:
    if is_unknown(width) or is_unknown(value):
        return run.unknown("wrap", width, value)
    return _wrapped(run, text(value), max(1, whole(width)), "\n", long_words=False)


def _wrap_with(run: Execution, width: Any, separator: Any, value: Any) -> Any:
    if any(map(is_unknown, (width, separator, value))):
        return run.unknown("wrapWith", width, separator, value)
    return _wrapped(
        run, text(value), max(1, whole(width)), text(separator) or "\n", long_words=True
    )


def _wrapped(run: Execution, value: str, width: int, separator: str, long_words: bool) -> str:
    """Lines of no more than ``width`` characters; words that are longer are broken if ``long_words``."""
    made: list[str] = []
    at = 0
    while len(value) - at > width:
        if value[at] == " ":
            at += 1
            continue
        run.afford(len(separator) + width)
        space = value.rfind(" ", at, at + width + 1)
        if space < 0 and not long_words:
            space = value.find(" ", at + width)
            space = len(value) if space < 0 else space
        end = space if space >= 0 else at + width
        made.append(value[at:end])
        at = end + 1 if space >= 0 else end
        if at > len(value):
            return separator.join(made)
    return separator.join([*made, value[at:]])


PLAIN: Mapping[str, Callable[..., Any]] = {
    "title": _title,
    "untitle": _untitle,
    "swapcase": _swapcase,
    "nospace": _nospace,
    "initials": _initials,
    "plural": _plural,
    "abbrev": _abbrev,
    "abbrevboth": _abbrevboth,
    "camelcase": _camelcase,
    "snakecase": _snakecase,
    "kebabcase": _kebabcase,
}
FUNCTIONS: Mapping[str, TemplateFunction] = {"wrap": _wrap, "wrapWith": _wrap_with}
