"""What a report on paper is made of: few kinds of blocks, as texts in one language. The template knows no more."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from sovlint.report.page.words import Both, cut

LONGEST = 700
"""Characters of a text on paper; what a scanned file makes longer is cut."""


class PaperBlock(Struct, frozen=True, tag_field="kind"):
    """A block of a page."""


class Heading(PaperBlock, frozen=True, tag="heading"):
    """A title, of level 1 to 3; ``page``: it begins a new page."""

    text: str
    level: int = 2
    page: bool = False


class Paragraph(PaperBlock, frozen=True, tag="paragraph"):
    """Sentences. ``look`` is ``plain``, ``lead`` (what matters most) or ``note`` (what explains)."""

    text: str
    look: str = "plain"


class PaperLine(Struct, frozen=True):
    """A line of a list: its text, what is told first and stands out, and how deep it stands."""

    text: str
    lead: str = ""
    depth: int = 1


class PaperList(PaperBlock, frozen=True, tag="list"):
    """Lines. ``marks``: what stands before each, a ``bullet``, its ``number``, or its number as a ``source``."""

    lines: tuple[PaperLine, ...]
    marks: str = "bullet"


class PaperCell(Struct, frozen=True):
    """A cell of a table; ``mark`` is a verdict, told by colour besides."""

    text: str
    mark: str = ""


class Table(PaperBlock, frozen=True, tag="table"):
    """Rows of cells under heads, which each page repeats; ``widths`` are shares."""

    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[PaperCell, ...], ...]


class Terms(PaperBlock, frozen=True, tag="terms"):
    """Names, each with all that there is to say."""

    pairs: tuple[tuple[str, tuple[str, ...]], ...]


class CountedFigure(Struct, frozen=True):
    """A number that is shown large, what it counts, and the verdict that it is of."""

    count: str
    text: str
    mark: str


class Figures(PaperBlock, frozen=True, tag="figures"):
    """Numbers in a row."""

    listed: tuple[CountedFigure, ...]


class PaperEntry(PaperBlock, frozen=True, tag="entry"):
    """A finding, or a company: its title with a verdict, and blocks about it."""

    mark: str
    verdict: str
    title: str
    below: str
    blocks: tuple[PaperBlock, ...]


class Wording:
    """Texts of the page in the one language that paper has."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, text: Both | str) -> str:
        """The text, cut where it is far too long."""
        return cut(text if isinstance(text, str) else text[self.language], LONGEST)

    def lines(self, texts: Iterable[Both | str]) -> PaperList:
        """Texts as a list."""
        return PaperList(tuple(PaperLine(self(each)) for each in texts))

    def terms(self, pairs: Iterable[tuple[Both | str, Both | str]]) -> Terms:
        """Names and texts; what is said under one name stands together."""
        found: dict[str, list[str]] = {}
        for name, text in pairs:
            written = self(name)
            found.setdefault(written[:1].upper() + written[1:], []).append(self(text))
        return Terms(tuple((name, tuple(texts)) for name, texts in found.items()))
