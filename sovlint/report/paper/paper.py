"""The report on paper, for a board, a data protection officer and an auditor: what the page makes ready, in one language.

It is bounded: findings, companies and rows past a number are counted, never listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from sovlint.model.findings.finding import Report
from sovlint.model.lookups.profile import Profile
from sovlint.report.messages import labelled, phrase
from sovlint.report.page import processings, views
from sovlint.report.page.board import board
from sovlint.report.page.companies import cites, companies
from sovlint.report.page.findings import Cited, Findings
from sovlint.report.page.words import said, told
from sovlint.report.paper import about_run, first_page, found_there, used_there
from sovlint.report.paper.parts import (
    Heading,
    PaperBlock,
    PaperLine,
    PaperList,
    Paragraph,
    Wording,
)
from sovlint.report.pieces.landings import landings
from sovlint.report.pieces.sources import Footnotes
from sovlint.report.pieces.typeset import typeset
from sovlint.report.run import totals

TEMPLATE: Final = Path(__file__).parent / "pages.typ"


def render(report: Report, language: str, profiles: Mapping[str, Profile]) -> bytes:
    """The PDF; ``profiles`` are the companies in use, by id. Raises ``SovlintError`` where typst isn't there."""
    return typeset(TEMPLATE, pages(report, language, profiles))


def pages(report: Report, language: str, profiles: Mapping[str, Profile]) -> dict[str, Any]:
    """All that the template writes."""
    word = Wording(language)
    judged = said(
        "formats.judged-by",
        policy_set=report.policy_set,
        as_of=report.as_of,
        catalogue=report.catalogue_date,
    )
    return {
        "language": language,
        "title": phrase("page.title", language),
        "judged": word(judged),
        "counts": word(told(lambda each: totals.counts(report, each))),
        "colon": labelled("", language) + " ",
        "footer": phrase("paper.footer", language, day=report.as_of),
        "blocks": [msgspec.to_builtins(each) for each in _blocks(report, word, profiles)],
    }


def _blocks(
    report: Report, word: Wording, profiles: Mapping[str, Profile]
) -> Iterator[PaperBlock]:
    """Page by page. Sources are numbered in the order in which they are first cited."""
    notes = Footnotes(word.language)
    cited = Cited(notes.numbers)
    found = Findings(report, cited)
    lines = landings(report)
    used = companies(report, lines, profiles)
    yield from first_page.blocks(board(report, lines, used, found), word)
    yield from used_there.tables(processings.processings(report, lines), used, word)
    yield from used_there.blocks(used, profiles, notes, word)
    yield from found_there.blocks(found, word)
    yield from about_run.blocks(
        views.audit(report, found), views.policies(report, cited), word
    )
    yield from _sources(cited, word)


def _sources(cited: Cited, word: Wording) -> Iterator[PaperBlock]:
    """What the numbers in brackets lead to."""
    if not cited.numbers:
        return
    yield Heading(word(said("report.sources-title")))
    yield Paragraph(word(said("paper.sources-note")), "note")
    listed = cites(cited.numbers)
    lines = tuple(PaperLine(f"{word(each.text)} {each.url}".strip()) for each in listed)
    yield PaperList(lines, "source")
