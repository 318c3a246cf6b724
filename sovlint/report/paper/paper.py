"""The report on paper, for a board, a data protection officer and an auditor: what the page makes ready, in one language.

It is bounded: findings, companies and rows past a number are counted, never listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
from sovlint.report.page.views import Audit, Excused, RunPolicy
from sovlint.report.page.words import Both, left_over, said, told
from sovlint.report.paper import first_page, found_there, used_there
from sovlint.report.paper.parts import (
    Heading,
    PaperBlock,
    PaperCell,
    PaperLine,
    PaperList,
    Paragraph,
    Table,
    Wording,
)
from sovlint.report.pieces.landings import landings
from sovlint.report.pieces.sources import Footnotes
from sovlint.report.pieces.typeset import typeset
from sovlint.report.run import totals

# --- What the run went by, what people vouch for or excused, what was read, and what it can't say.

MOST_ROWS: Final = 60
"""Lines of a list, and rows of a table."""
LIMITS: Final = ("page.limit-repository", "page.limit-code", "page.limit-law")


def blocks(told: Audit, policies: Sequence[RunPolicy], word: Wording) -> Iterator[PaperBlock]:
    """The auditor's view, as the page has it."""
    yield Heading(word(said("paper.run")), page=True)
    yield word.terms(told.run)
    yield from _listed("page.own-rules", told.rules, word)
    yield from _listed("report.attestations-title", told.attested, word)
    yield from _listed("page.exceptions", told.exceptions, word)
    yield from _excused(told.excused, told.more_excused, word)
    yield Heading(word(said("page.policies")), 3)
    yield PaperList(tuple(_policy(each, word) for each in policies[:MOST_ROWS]))
    yield from _more(len(policies), word)
    yield Heading(word(said("paper.coverage")))
    yield from _listed("page.coverage", told.covered, word)
    yield from _listed("report.not-read-title", told.unread, word)
    yield from _listed("report.not-proved-title", told.unproved, word)
    yield from _listed("report.remarks-title", told.remarks, word)
    yield from _listed("page.limits", [said(each) for each in LIMITS], word)


def _listed(title: str, texts: Sequence[Both | str], word: Wording) -> Iterator[PaperBlock]:
    """Sentences under a title; that there is none, where there is none; how many there is no room for."""
    yield Heading(word(said(title)), 3)
    if not texts:
        yield Paragraph(word(said("page.none")), "note")
        return
    yield word.lines(texts[:MOST_ROWS])
    yield from _more(len(texts), word)


def _more(count: int, word: Wording) -> Iterator[PaperBlock]:
    left = left_over("page.rows-left", count - MOST_ROWS)
    if left:
        yield Paragraph(word(left), "note")


def _policy(each: RunPolicy, word: Wording) -> PaperLine:
    rests = said("page.rests-on-kinds", kinds=each.rests_on) if each.rests_on else ""
    numbers = " ".join(f"[{number}]" for number in each.sources)
    parts = (f"(`{each.id}`)", word(each.why), word(rests), numbers)
    return PaperLine(" ".join(filter(None, parts)), word(each.title))


def _excused(
    listed: Sequence[Excused], more: Both | None, word: Wording
) -> Iterator[PaperBlock]:
    yield Heading(word(said("page.excused")), 3)
    if not listed:
        yield Paragraph(word(said("page.none")), "note")
        return
    columns = (
        "formats.column-policy",
        "formats.column-resource",
        "page.column-by",
        "formats.column-until",
        "formats.column-why",
    )
    yield Table(
        tuple(word(said(each)) for each in columns),
        (3, 4, 3, 2, 4),
        tuple(_row(each, word) for each in listed[:MOST_ROWS]),
    )
    if more:
        yield Paragraph(word(more), "note")
    else:
        yield from _more(len(listed), word)


def _row(each: Excused, word: Wording) -> tuple[PaperCell, ...]:
    return (
        PaperCell(word(each.policy)),
        PaperCell(f"{word(each.name)} ({word(each.place)})"),
        PaperCell(f"{word(said(each.kind))} ({word(each.where)})"),
        PaperCell(each.until or word(said("page.no-end"))),
        PaperCell(word(each.reason)),
    )


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
    yield from blocks(views.audit(report, found), views.policies(report, cited), word)
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
