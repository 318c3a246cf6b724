"""What a change adds, removes and leaves, in the text report."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from sovlint.model.findings.change import Move, revision_words
from sovlint.model.findings.finding import Difference, Finding, Report
from sovlint.model.placement import Placement
from sovlint.model.text import Note
from sovlint.model.value import Known
from sovlint.report.messages import counted, phrase
from sovlint.report.pieces import listing
from sovlint.report.pieces.blocks import rank, subject
from sovlint.report.pieces.fact_words import fact_text, place, state_name
from sovlint.report.pieces.landings import Corner, corner

MOST: Final = 10
"""Findings that are gone and are named; JSON has them all."""


def lines(report: Report, language: str) -> list[str]:
    """The counts, then what is gone by name; nothing where no revision was compared with."""
    found = report.difference
    if found is None:
        return []
    said = [*told(report, found, language)]
    gone = sorted(
        found.removed, key=lambda one: (*rank(one), one.resource.span, one.resource.identity)
    )
    said += [_removed(one, language) for one in gone[:MOST]]
    if len(gone) > MOST:
        said.append(counted("report.more-removed", len(gone) - MOST, language))
    return said


def told(report: Report, found: Difference, language: str) -> Iterator[str]:
    """How many findings are new since the revision, gone, still there and excused since; what wasn't read there."""
    yield first(report, found, language)
    if found.elsewhere:
        yield counted("report.elsewhere", found.elsewhere, language)
    yield from _moves(report, found, language)
    if found.excused:
        yield counted("report.excused-since", found.excused, language)
    if found.differs:
        yield phrase("report.configured-otherwise", language, base=found.base)
    if found.unread:
        yield counted("report.unread-there", found.unread, language, base=found.base)


def first(report: Report, found: Difference, language: str) -> str:
    """What the change brings, in a sentence: what is new, gone, still there and moved."""
    said = phrase(
        "report.difference",
        language,
        revision=revision_words(found.base, found.commit),
        added=counted("report.added", len(listing.counting(report)), language),
        removed=counted("report.removed", len(found.removed), language),
        left=counted("report.left", found.left, language),
    )
    if not found.moves:
        return said
    moves = len({each.resource.identity for each in found.moves})
    return f"{said} {counted('report.moves', moves, language)}"


def _removed(one: Finding, language: str) -> str:
    where = one.resource.span
    return phrase(
        "report.gone",
        language,
        kind=Note(f"report.{one.severity.value}"),
        policy=one.policy,
        subject=subject(one.resource, language),
        place=place(where),
    )


def _moves(report: Report, found: Difference, language: str) -> Iterator[str]:
    """What is elsewhere than it was, where to, and whose law that brings and takes away."""
    yield from islice(moved(report, found, language), MOST)
    if len(found.moves) > MOST:
        yield counted("report.more-moved", len(found.moves) - MOST, language)


def moved(report: Report, found: Difference, language: str) -> Iterator[str]:
    """A sentence for each that is elsewhere than it was."""
    return (_moved(each, report, language) for each in found.moves)


def _moved(move: Move, report: Report, language: str) -> str:
    before, after = corner(move.before, report), corner(move.after, report)
    said = phrase(
        "report.moved",
        language,
        subject=subject(move.resource, language),
        before=_at(move.before, before, before.company != after.company, report, language),
        after=_at(move.after, after, before.company != after.company, report, language),
    )
    for key, codes in (
        ("comes-in", _laws(after, before)),
        ("falls-away", _laws(before, after)),
    ):
        if codes:
            states = tuple(state_name(code, report.world, language) for code in codes)
            said = phrase(f"report.law-{key}", language, move=said, states=states)
    return said


def _laws(here: Corner, there: Corner) -> list[str]:
    """The states whose law reaches one and not the other, as far as that is known."""
    if there.others:
        return []
    return sorted(set(here.compelled_by) - set(there.compelled_by))


def _at(place: Placement, where: Corner, named: bool, report: Report, language: str) -> str:
    """A country, or else a region; with the company where that changes too."""
    code = where.country
    said = state_name(code, report.world, language) if code else ""
    said = said or fact_text(place.region, language, phrase("report.unknown-place", language))
    if isinstance(place.region, Known) and code:
        said = f"{said} ({fact_text(place.region, language)})"
    if not named:
        return said
    company = where.company or phrase("report.unknown-provider", language)
    return phrase("report.moved-at", language, company=company, place=said)
