"""What a change adds, removes and leaves, in the text report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sovlint.model.findings.finding import Difference, Finding, Report
from sovlint.model.text import Note
from sovlint.report.messages import counted, phrase
from sovlint.report.pieces import listing
from sovlint.report.pieces.blocks import rank, subject
from sovlint.report.pieces.fact_words import place

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
    yield phrase(
        "report.difference",
        language,
        base=found.base,
        commit=found.commit[:12],
        added=counted("report.added", len(listing.counting(report)), language),
        removed=counted("report.removed", len(found.removed), language),
        left=counted("report.left", found.left, language),
    )
    if found.excused:
        yield counted("report.excused-since", found.excused, language)
    if found.differs:
        yield phrase("report.configured-otherwise", language, base=found.base)
    if found.unread:
        yield counted("report.unread-there", found.unread, language, base=found.base)


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
