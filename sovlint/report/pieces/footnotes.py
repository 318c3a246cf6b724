"""Sources as numbered footnotes, for pages about entries of the catalogue."""

from __future__ import annotations

from sovlint.model.placement import Source
from sovlint.report.messages import phrase
from sovlint.report.pieces import sources
from sovlint.report.pieces.style import Style


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
        return phrase("catalog.background-partly", self._language, cited=mark) if background else mark

    def listed(self, style: Style) -> list[str]:
        """The list of what was cited, below an empty line; nothing where nothing was."""
        return ["", *sources.render(self.numbers, self._language, style)] if self.numbers else []
