"""How text is laid out for a terminal: colours, links, display widths and wrapping."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from sovlint.model.redaction.redact import inert

ANSI: Final[Mapping[str, str]] = {
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "law": "1;31",
    "doctrine": "1;35",
    "choice": "1;33",
    "unproven": "1;36",
    "good": "1;32",
    "strong": "1",
    "frame": "1;34",
    "primary": "31",
    "secondary": "34",
    "dim": "2",
}
"""What each sort of text looks like, as SGR codes."""

NARROWEST: Final = 40
"""Below this width nothing is wrapped tighter: the text is wider than the terminal then."""

_GLUED: Final = frozenset({":", ";", "!", "?", "»", "%"})
"""Words that never begin a line: French sets them apart by a space."""

_LONGEST_COMMAND: Final = 30
"""A command between backquotes is kept on one line, unless it goes on past this many characters."""


class Style(Struct, frozen=True):
    """``color``: use ANSI colours; ``width``: columns to wrap at; ``links``: make addresses clickable (OSC 8).

    ``limit``: how many groups of violations a screen tells (``None``: as many as there is room for); ``full``: all that
    there is to tell. ``warns``: whether a text says that nothing was judged; nobody else says it then. ``config``: what
    carries no payload too.
    """

    color: bool
    width: int
    links: bool = False
    limit: int | None = None
    full: bool = False
    warns: bool = True
    config: bool = False

    def paint(self, text: str, sort: str) -> str:
        """``text`` in the colour of ``sort``, a key of ``ANSI``; unchanged where there are no colours."""
        return f"\x1b[{ANSI[sort]}m{text}\x1b[0m" if self.color and text else text

    def link(self, url: str) -> str:
        """An address, clickable where the terminal can."""
        return f"\x1b]8;;{url}\x1b\\{url}\x1b]8;;\x1b\\" if self.links else url

    @property
    def columns(self) -> int:
        """The width that is laid out for."""
        return max(self.width, NARROWEST)

    def paragraphs(
        self, texts: Iterable[str], first: str = "", rest: str = "  "
    ) -> list[str]:
        """The lines of several texts, each wrapped by itself; ``first`` and ``rest`` as for ``wrap``."""
        return [line for text in texts for line in wrap(text, self.columns, first, rest)]


def whole(lines: Iterable[str]) -> str:
    """Lines as the whole output, in which nothing is a command to a server that shows it."""
    return inert("\n".join(lines) + "\n")


def columns_of(text: str) -> int:
    """How many terminal columns ``text`` takes: wide characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(map(_columns_of_char, text))


def wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """``text`` in lines of at most ``width`` columns; the first begins with ``first``, the others with ``rest``.

    Words are never broken, so that addresses can be copied; one that is too long makes a line too long.
    """
    lines: list[str] = []
    line, filled, empty = first, columns_of(first), True
    for word in _words(text):
        size = columns_of(word)
        if not empty and filled + 1 + size > width:
            lines.append(line)
            line, filled, empty = rest, columns_of(rest), True
        line += word if empty else f" {word}"
        filled += size + (0 if empty else 1)
        empty = False
    lines.append(line.rstrip() if empty else line)
    return lines


def heading(text: str, style: Style) -> list[str]:
    """The lines of a title."""
    return [style.paint(row, "strong") for row in wrap(text, style.columns, "", "  ")]


def shortened(
    text: str, width: int, first: str, rest: str, rows: int, tail: str = ""
) -> list[str]:
    """``text`` in at most ``rows`` lines, as ``wrap`` has them, where an ellipsis says where it is cut; and ``tail`` where
    there is room for it behind."""
    lines = wrap(text, width, first, rest)
    words = text.split(" ")
    while len(lines) > rows and len(words) > 1:
        words.pop()
        lines = wrap(f"{' '.join(words)}…", width, first, rest)
    whole = f"{lines[-1]} {tail}"
    return [*lines[:-1], whole] if tail and columns_of(whole) <= width else lines


def pad(text: str, width: int) -> str:
    """``text`` followed by spaces up to ``width`` columns."""
    return text + " " * max(0, width - columns_of(text))


def cut(text: str, width: int) -> str:
    """``text``, its end replaced by an ellipsis where it takes more than ``width`` columns."""
    if columns_of(text) <= width:
        return text
    kept, filled = [], 0
    for char in text:
        filled += _columns_of_char(char)
        if filled > width - 1:
            break
        kept.append(char)
    return "".join(kept) + "…"


def _columns_of_char(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _words(text: str) -> list[str]:
    """What a line may be broken between: words, punctuation that French sets apart, and `commands` kept whole."""
    words: list[str] = []
    for word in text.split(" "):
        if words and (word in _GLUED or words[-1] == "«"):
            words[-1] += f"\u00a0{word}"
        elif words and words[-1].count("`") % 2 and len(words[-1]) < _LONGEST_COMMAND:
            words[-1] += f" {word}"
        elif word:
            words.append(word)
    return words
