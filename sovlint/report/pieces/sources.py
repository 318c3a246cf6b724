"""The list of sources at the end of the findings, and how their dates read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sovlint.model.placement import Source
from sovlint.model.redaction.redact import printable
from sovlint.model.text import Note
from sovlint.report.messages import say
from sovlint.report.pieces.style import Style, columns_of, wrap

_UNDATED: Final = "undated"
_WORDS: Final = (
    ("read ", "report.date-read"),
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
    params = {"supports": source.said(language), "date": date_text(source.date, language)}
    if source.background:  # a weak source is read, and counts no more than general knowledge does
        key = "report.source-weak" if source.url else "report.source-background"
        return say(Note(key, params), language)
    key = "report.source-medium" if source.confidence == "medium" else "report.source-dated"
    return say(Note(key, params), language)


def date_text(date: str, language: str) -> str:
    """A date as the catalogue has it, for people: its words are translated."""
    if date == _UNDATED:
        return say(Note("report.date-undated"), language)
    for opening, key in _WORDS:
        if date.startswith(opening):
            return say(Note(key, {"date": date.removeprefix(opening)}), language)
    one, between, other = date.partition(" to ")
    return say(Note("report.date-span", {"one": one, "other": other}), language) if between else date
