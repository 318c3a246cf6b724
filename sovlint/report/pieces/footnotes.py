"""Sources as numbered footnotes, for pages about entries of the catalogue."""

from __future__ import annotations

from sovlint.model.placement import Source
from sovlint.model.text import Note
from sovlint.report.messages import say


class Footnotes:
    """Sources numbered in the order in which they are first cited. Background knowledge is called that, never cited."""

    def __init__(self, language: str) -> None:
        self.numbers: dict[Source, int] = {}
        self._language = language

    def cite(self, source: Source, background: bool = False) -> str:
        """``[3]``, or that it is background knowledge; both where only what leads there is."""
        if source.background:
            return say(Note("catalog.background"), self._language)
        mark = f"[{self.numbers.setdefault(source, len(self.numbers) + 1)}]"
        return say(Note("catalog.background-partly", {"cited": mark}), self._language) if background else mark
