"""Text inside quotes and heredocs: escapes, white space and indentation.

By HCL's native syntax specification and, where that is silent, by what HashiCorp's parser does (``tests/oracle``): in a
heredoc each line is a piece of text of its own, so that a strip marker takes white space up to the end of its line, and
indentation counts where a line begins with text or a mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from sovlint.model.decoding import late_pattern

_ESCAPE = late_pattern(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))|([$%])\4\{", re.DOTALL)
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_DOUBLED = late_pattern(r"([$%])\1\{")


class Between(Struct, frozen=True):
    """The bytes between two marks (or ends), and whether the marks take white space there."""

    start: int
    strip_start: bool
    end: int
    strip_end: bool


def quoted_text(raw: str) -> str:
    """Text between quotes with its escapes resolved; ``$${`` and ``%%{`` are literal ``${`` and ``%{``."""
    return _ESCAPE.sub(_unescape, raw) if "\\" in raw or "{" in raw else raw


class Quoted(Struct, frozen=True):
    """Literal text of a quoted template."""

    data: bytes

    def read(self, gap: Between) -> str:
        """What stands in a gap."""
        text = quoted_text(self.data[gap.start : gap.end].decode("utf-8", "replace"))
        text = text.lstrip() if gap.strip_start else text
        return text.rstrip() if gap.strip_end else text


class Heredoc(Struct, frozen=True):
    """Literal text of a heredoc: no backslash escapes, plain line ends, ``width`` characters of indentation dropped
    where a line begins at one of the offsets ``cut``."""

    data: bytes
    width: int
    cut: frozenset[int]

    def read(self, gap: Between) -> str:
        """What stands in a gap."""
        found = "".join(
            line[self.width :] if at in self.cut else line
            for at, line in _lines(self.data, gap)
        )
        return _DOUBLED.sub(r"\1{", found.replace("\r\n", "\n"))


def indentation(data: bytes, gaps: Sequence[Between]) -> tuple[int, frozenset[int]]:
    """What a ``<<-`` heredoc drops, given the gaps between its marks in order: how much, and at which offsets."""
    indents: list[int] = []
    cut: list[int] = []
    begins = True
    for number, gap in enumerate(gaps):
        if number and begins:  # a mark at the beginning of a line
            indents.append(0)
            begins = False
        for at, line in _lines(data, gap):
            blank = not line.strip() and line.endswith("\n")
            if begins and not blank:
                indents.append(len(line) - len(line.lstrip()))
                cut.append(at)
            begins = line.endswith("\n")
    return min(indents, default=0), frozenset(cut)


def _lines(data: bytes, gap: Between) -> Iterator[tuple[int, str]]:
    """The pieces of text in a gap, a line each, with their offsets; what a mark takes is gone."""
    raw = data[gap.start : gap.end].splitlines(keepends=True)
    at = gap.start
    for number, piece in enumerate(raw):
        line = piece.decode("utf-8", "replace")
        line = line.lstrip() if gap.strip_start and number == 0 else line
        yield at, line.rstrip() if gap.strip_end and number == len(raw) - 1 else line
        at += len(piece)


def _unescape(match: re.Match[str]) -> str:
    short, long, simple, doubled = match.groups()
    if short or long:
        number = int(short or long, 16)
        return (
            chr(number) if number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else "\ufffd"
        )
    if doubled:
        return doubled + "{"
    return _SIMPLE.get(simple, "\\" + simple)
