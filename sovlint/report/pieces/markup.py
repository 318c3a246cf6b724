"""Text into Markdown (as GitHub and GitLab read it) without giving it a say in what the page looks like.

Whatever is passed through these functions shows as itself: no link, image, HTML, heading, list, further cell, formula,
mention or reference comes of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from sovlint.model.decoding import late_pattern
from sovlint.model.redaction.redact import printable

JOINER: Final = "&#8288;"
"""A character without width (U+2060), which keeps ``@name``, ``#12`` or ``https://`` from being recognised as such.

Both servers look for these in the finished page, where escapes of Markdown are gone already."""

_PUNCTUATION: Final = late_pattern(r"[\\`*_{}\[\]<>#!|~&$^]")
"""What may mean something anywhere, in Markdown or in what both servers add to it."""
_FIRST: Final = late_pattern(r"^(\d{0,9})([-+=.)])(?=\s|$|[-=])")
"""What may begin an item of a list, or underline a heading, where a line begins."""
_REFERENCE: Final = late_pattern(
    r"(?<=[@#!$%~&^:])(?=[^\s@#!$%~&^:])|(?<=\bwww)(?=\.)|(?<=\bgh)(?=-\d)", re.IGNORECASE
)
_TICKS: Final = late_pattern(r"`+")


def text(words: str) -> str:
    """Words as they are, on one line. A character that isn't shown as itself is written as an escape."""
    return _escaped(printable(words).strip())


def prose(words: str) -> str:
    """A sentence in which what stands between backquotes is code; all else as ``text`` has it."""
    pieces = printable(words).strip().split("`")
    if len(pieces) % 2 == 0:
        return text(words)
    return "".join(
        code(piece) if at % 2 else _escaped(piece) for at, piece in enumerate(pieces)
    )


def prose_within(words: str, longest: int) -> str:
    """``prose`` of at most ``longest`` characters: words are cut before they are written, and no code stays open."""
    ready = prose(words)
    while len(ready) > longest:
        words = short(words, len(words) * longest // len(ready))
        ready = prose(words)
    return ready


def short(words: str, most: int) -> str:
    """``words``, their end replaced by an ellipsis where they are more than ``most`` characters."""
    return words if len(words) <= most else f"{words[: max(most - 1, 0)]}…"


def code(words: str) -> str:
    """Words as code, which is copied as it stands: a path, an address, an id. Nothing where there are none."""
    inside = printable(words).strip()
    if not inside:
        return ""
    ticks = "`" * (1 + max((len(run) for run in _TICKS.findall(inside)), default=0))
    room = " " if inside[0] == "`" or inside[-1] == "`" else ""
    return f"{ticks}{room}{inside}{room}{ticks}"


def link(words: str, url: str) -> str:
    """Words that lead to an address of the web; words alone where it is none."""
    if not re.fullmatch(r"https?://[^\s<>\\]+", url) or not url.isprintable():
        return text(words)
    return f"[{text(words)}](<{url}>)"


def row(cells: Iterable[str]) -> str:
    """A row of a table, of Markdown that is ready; a bar in it is part of its cell, in code too."""
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table; ``header`` is plain text, ``rows`` are Markdown."""
    return [row(map(text, header)), row("---" for _ in header), *map(row, rows)]


def _escaped(printed: str) -> str:
    return _REFERENCE.sub(
        JOINER, _FIRST.sub(r"\1\\\2", _PUNCTUATION.sub(r"\\\g<0>", printed))
    )
