"""The list of sources at the end of the findings, and how their dates read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sovlint.model.placement import Source
from sovlint.model.redact import printable
from sovlint.model.text import Note
from sovlint.report.messages import say
from sovlint.report.style import Style, columns_of, wrap

_UNDATED: Final = "undated"
_READ: Final = "read "
_WORDS: Final = (
    ("edition of ", "report.date-edition"),
    ("reviewed ", "report.date-reviewed"),
    ("transcribed ", "report.date-transcribed"),
)
"""How the catalogue's dates may begin, where they aren't plain ones, a version or undated."""


def render(sources: Mapping[Source, int], language: str, style: Style) -> list[str]:
    """The list that the numbers in the blocks refer to."""
    lines = [style.paint(say(Note("report.sources-title"), language), "strong")]
    for source, number in sources.items():
        head = f"  [{number}] "
        lines += wrap(source_text(source, language), style.columns, head, " " * len(head))
        url = printable(source.url)
        if url and columns_of(lines[-1]) + 1 + columns_of(url) <= style.columns:
            lines[-1] += f" {style.link(url)}"
        elif url:
            lines.append(" " * len(head) + style.link(url))
    return lines


def source_text(source: Source, language: str) -> str:
    """What a source supports, with its date; or that nobody read one."""
    if source.background:
        return say(Note("report.source-background", {"supports": source.said(language)}), language)
    params = {"supports": source.said(language), "date": date_text(source.date, language)}
    key = "report.source-medium" if source.confidence == "medium" else "report.source-dated"
    return say(Note(key, params), language)


def date_text(date: str, language: str) -> str:
    """A date as the catalogue has it, for people: ``read 2026-09-29`` is that day, other words are translated.

    What is undated says when it was read, if that is known. A remark in parentheses follows a comma.
    """
    pieces = date.replace(" (", ", ").replace(")", "").split(", ")
    if _UNDATED not in pieces:
        return ", ".join(_piece(piece.removeprefix(_READ), language) for piece in pieces)
    rest = (_piece(piece, language) for piece in pieces if piece != _UNDATED)
    return ", ".join((say(Note("report.date-undated"), language), *rest))


def _piece(piece: str, language: str) -> str:
    for opening, key in (*_WORDS, (_READ, "report.date-read")):
        if piece.startswith(opening):
            return say(Note(key, {"date": piece.removeprefix(opening)}), language)
    both = piece.split(" to ")
    return say(Note("report.date-span", {"one": both[0], "other": both[1]}), language) if len(both) == 2 else piece
