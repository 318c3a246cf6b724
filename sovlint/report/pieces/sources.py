"""Sources as numbered footnotes, the list of them at the end, and how their dates read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sovlint.model.placement import Source
from sovlint.model.redaction.redact import printable
from sovlint.report.messages import phrase, written_month
from sovlint.report.pieces.style import Style, columns_of, wrap

_UNDATED: Final = "undated"
_WORDS: Final = (
    ("read ", "report.date-read"),
    ("edition of ", "report.date-edition"),
    ("reviewed ", "report.date-reviewed"),
    ("transcribed ", "report.date-transcribed"),
)
"""How the catalogue's dates may begin, where they aren't plain ones, a version or undated."""


class Footnotes:
    """Sources numbered in the order in which they are first cited. Background knowledge is called that, never cited."""

    def __init__(self, language: str) -> None:
        self.numbers: dict[Source, int] = {}
        self._language = language

    def cite(self, source: Source, background: bool = False) -> str:
        """``[3]``, or that it is background knowledge; both where only what leads there is."""
        if source.background:
            return phrase("catalog.background", self._language)
        mark = f"[{self.numbers.setdefault(source, len(self.numbers) + 1)}]"
        return (
            phrase("catalog.background-partly", self._language, cited=mark)
            if background
            else mark
        )

    def listed(self, style: Style) -> list[str]:
        """The list of what was cited, below an empty line; nothing where nothing was."""
        return ["", *render(self.numbers, self._language, style)] if self.numbers else []


def render(sources: Mapping[Source, int], language: str, style: Style) -> list[str]:
    """The list that the numbers in the blocks refer to."""
    lines = [style.paint(phrase("report.sources-title", language), "strong")]
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
    if source.overlay:
        params["supports"] = phrase(
            "report.source-of-overlay",
            language,
            supports=params["supports"],
            overlay=source.overlay,
        )
    if (
        source.background
    ):  # a weak source is read, and counts no more than general knowledge does
        key = "report.source-weak" if source.url else "report.source-background"
        return phrase(key, language, **params)
    key = "report.source-medium" if source.confidence == "medium" else "report.source-dated"
    return phrase(key, language, **params)


def date_text(date: str, language: str) -> str:
    """A date as the catalogue has it, for people: its words are translated."""
    if date == _UNDATED:
        return phrase("report.date-undated", language)
    for opening, key in _WORDS:
        if date.startswith(opening):
            return phrase(key, language, date=date.removeprefix(opening))
    one, between, other = date.partition(" to ")
    if between:
        return phrase(
            "report.date-span",
            language,
            one=written_month(one, language),
            other=written_month(other, language),
        )
    return written_month(date, language)
