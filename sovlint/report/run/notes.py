"""What else bears on a result, in few lines: what wasn't read, what the run goes by, what somebody vouches for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from sovlint.model.findings.finding import Report, Verdict
from sovlint.report.messages import counted, phrase
from sovlint.report.pieces import listing
from sovlint.report.pieces.fact_words import place
from sovlint.report.pieces.style import Style, heading, shortened
from sovlint.report.pieces.violations import binds_data
from sovlint.report.run import own_rules, provenance, summary, totals

MOST: Final = 7
"""Sentences that are told of what is no rule; the rest are counted."""
ROWS: Final = 2
"""Lines of each."""
LEAST: Final = 24
"""Lines that there is always room for."""


def render(report: Report, language: str, style: Style, room: int) -> list[str]:
    """A title and the sentences, in at most ``room`` lines, or ``LEAST``. By which rules the run went, and what a change
    makes of them, is told whole and first: what asks less must not hide."""
    rules = list(dict.fromkeys(_rules(report, language)))
    others = [each for each in dict.fromkeys(_others(report, language)) if each not in rules]
    if not rules and not others:
        return []
    lines = heading(phrase("report.screen-notes", language), style)
    room = max(room, LEAST) - 2  # the title, and how many are left
    told = 0
    for number, each in enumerate((*rules, *others[:MOST])):
        rows = ROWS if number >= len(rules) else room
        said = shortened(each, style.columns, "  ", "    ", rows)
        if len(lines) + len(said) > room:
            break
        lines += said
        told += 1
    if left := len(rules) + len(others) - told:
        lines.append(f"  {counted('report.screen-more-notes', left, language)}")
    return lines


def _rules(report: Report, language: str) -> Iterator[str]:
    if report.affected:
        yield phrase("report.affected", language)
    yield from own_rules.sentences(report, language)
    yield from _of_change(report, language)


def _others(report: Report, language: str) -> Iterator[str]:
    if report.failures:
        yield from summary.not_read(report, language, full=False)
    yield from _evidence(report, language)
    yield from totals.unread(report.coverage, language)
    yield from _excused(report, language)
    yield from _vouched(report, language)
    yield from summary.not_placed(report, language)
    if report.coverage.class_unknown:
        yield counted("report.class-unknown", report.coverage.class_unknown, language)
    if report.left_out:
        yield counted("report.left-out", report.left_out, language, scope=report.hds_scope)
    yield from totals.left_out(report, language)
    yield from summary.remarks(report.remarks, language)
    yield from provenance.sentences(report, language)[1:]


def _of_change(report: Report, language: str) -> list[str]:
    """What a change moves and takes away, after what it brings, which stands first on the screen."""
    if report.difference is None:
        return []
    from sovlint.report.run import difference  # imported late: most reports have none

    return difference.lines(report, language)[1:]


def _evidence(report: Report, language: str) -> Iterator[str]:
    """What is wrong with the evidence itself: a policy each, with its number and the first place."""
    found = [
        one
        for one in listing.counting(report)
        if one.verdict is Verdict.VIOLATION and not binds_data(one, report.policies)
    ]
    numbers = Counter(one.policy for one in found)
    for one in {each.policy: each for each in reversed(found)}.values():
        yield counted(
            "report.screen-evidence",
            numbers[one.policy],
            language,
            severity=phrase(f"report.{one.severity}", language),
            policy=one.policy,
            place=place(one.span),
            said=listing.headline(one, language),
        )


def _excused(report: Report, language: str) -> list[str]:
    """What becomes of exceptions: how many are in use, and each that somebody must look after."""
    if not report.exceptions:
        return []
    from sovlint.report.run import exceptions  # imported late: most reports have none

    return exceptions.lines(report, language)


def _vouched(report: Report, language: str) -> list[str]:
    """Who vouches for what, until when; what isn't in order first."""
    if not report.attestations:
        return []
    from sovlint.report.run import attestations  # imported late: most reports have none

    return attestations.lines(report, language)
