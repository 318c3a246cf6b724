"""``sovlint scan`` as it is told unasked: the map, violations, what isn't proved, counts, and what to do next.

It is one screen to read: ``TALLEST`` lines at most, whatever was found. ``--full`` tells all of it (``text.py``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sovlint.model.findings.finding import Report
from sovlint.model.redaction.redact import inert, safe_text
from sovlint.model.text import Note
from sovlint.report.messages import counted, phrase, say, written_number
from sovlint.report.pieces import map_table, open_questions, violations
from sovlint.report.pieces.landings import landings
from sovlint.report.pieces.style import Style, heading, wrap
from sovlint.report.pieces.violations import Violations
from sovlint.report.run import notes, summary, totals

TALLEST: Final = 100
"""Lines of the whole, unless more violations are asked for."""

MOST_LINES: Final = 10
"""Lines of the map, its head apart."""

LEAST: Final = violations.TALLEST + 5
"""Lines that violations need: one group, with a title and how many are left."""

MOST_GROUPS: Final = 5
"""Groups of violations that are told unasked, where there is room."""

_Part = list[str]


def render(report: Report, language: str, style: Style) -> str:
    """The whole screen. Where there isn't room for all violations, how many are left stands below them."""
    lines = landings(report)
    before = [
        change(report, language, style),
        map_table.render(lines, report, language, style, MOST_LINES) if lines else [],
    ]
    groups = violations.violations(lines, report)
    questions = open_questions.open_questions(report, language)
    first = [
        open_questions.render(questions, report, language, style),
        supposed(report, language, style),
    ]
    last = [_counts(report, language, style), next_steps(report, language, style)]
    room = TALLEST - sum(len(part) + 1 for part in (*before, *first, *last) if part)
    noted = notes.render(report, language, style, room - (LEAST if groups else 0))
    room -= len(noted) + (1 if noted else 0)
    told = _violations(groups, report, language, style, room)
    after = [*first, noted, *last]
    parts = [part for part in (*before, *told, *after) if part]
    return inert("\n\n".join("\n".join(part) for part in parts) + "\n")


def change(report: Report, language: str, style: Style) -> _Part:
    """Of a change, what it brings: that is what its author wants to know. Nothing of anything else."""
    if report.difference is None:
        return []
    from sovlint.report.run import difference  # imported late: most reports have none

    return wrap(difference.first(report, report.difference, language), style.columns)


def supposed(report: Report, language: str, style: Style) -> _Part:
    """What would be otherwise, where somebody supposes something."""
    if not report.supposed:
        return []
    from sovlint.report.run import supposed  # imported late: few ask

    return supposed.render(report, language, style)


def _violations(
    groups: Sequence[Violations], report: Report, language: str, style: Style, room: int
) -> Iterator[_Part]:
    """The worst, as many as there is room for and one at least, under a title; then how many are left."""
    if not groups:
        return
    title = heading(counted("report.screen-violations", _placements(groups), language), style)
    most = MOST_GROUPS if style.limit is None else style.limit
    room -= 4  # the title, and what is left
    shown = 0
    for group in groups[:most]:
        part = violations.render(group, report, language, style)
        room -= len(part) + 1
        if shown and room < 0 and style.limit is None:
            break
        yield [*title, *part] if not shown and len(groups) > 1 else part
        shown += 1
    left = groups[shown:]
    if left:
        count = _placements(left)
        more = counted(
            "report.screen-more-violations", count, language, limit=max(shown, 1) * 5
        )
        yield style.paragraphs([more])


def _placements(groups: Sequence[Violations]) -> int:
    return sum(len(group.landed) for group in groups)


def _counts(report: Report, language: str, style: Style) -> _Part:
    """Verdicts and severities, what was read, what the run went by, and what compliant means."""
    lines: _Part = []
    if summary.judged(report) or report.affected:
        counts = totals.counts(report, language)
        severities = tuple(totals.severities(report, language))
        told = phrase("report.screen-counts", language, counts=counts, severities=severities)
        told = told if severities else f"{counts}."
        lines += [style.paint(row, "strong") for row in wrap(told, style.columns, "", "  ")]
    elif style.warns:
        warning = wrap(
            phrase("report.screen-nothing-judged", language), style.columns, "", "  "
        )
        lines += [style.paint(row, "warning") for row in warning]
    said = [_read(report, language), _by(report, language)]
    return [*lines, *style.paragraphs(said)]


def _read(report: Report, language: str) -> str:
    """How much was read, placed and carries a class; and whether that is less than was asked for."""
    coverage = report.coverage
    assumed = written_number(coverage.assumed, language)
    said = phrase(
        "report.screen-read",
        language,
        files=counted("report.files", coverage.files, language),
        resources=counted("report.resources", coverage.resources, language),
        placed=written_number(coverage.placed, language),
        unplaced=written_number(coverage.unplaced, language),
        classified=written_number(coverage.classified, language),
        supposed=Note("report.screen-read-supposed", {"count": assumed})
        if coverage.assumed
        else "",
    )
    if report.min_classified is None or not coverage.falls_short(report.min_classified):
        return said
    short = phrase("report.min-classified", language, percent=report.min_classified)
    return f"{said} {short}"


def _by(report: Report, language: str) -> str:
    """The policy set, the day and the catalogue; and what compliant means, once."""
    about = {
        "policy_set": report.policy_set,
        "as_of": report.as_of,
    }
    return phrase("report.screen-meaning", language, **about)


def next_steps(report: Report, language: str, style: Style) -> _Part:
    """Commands that work here, each after what it settles. One is copied: it stays on one line."""
    if not report.next_steps:
        return []
    lines = heading(phrase("report.screen-next", language), style)
    for each in report.next_steps:
        from shlex import join  # imported late: nothing else needs it

        lines += style.paragraphs([say(each.why, language)], "  ", "    ")
        lines.append(f"    {join(map(safe_text, each.command))}")
    return lines
