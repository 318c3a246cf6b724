"""What a change adds, removes and leaves: a report against the same scan at another revision."""

from __future__ import annotations

from collections import Counter

from msgspec.structs import replace

from sovlint.exceptions.record import excused, excusing, match, recorded
from sovlint.model.findings.finding import Difference, Finding, Report
from sovlint.model.text import Note


def compared(
    report: Report, before: Report | None, base: str, commit: str, differs: bool
) -> Report:
    """``report`` with what stood in ``before`` already suppressed, and what stands no more told.

    ``base`` is the revision as it was asked for, ``commit`` what it means. ``before`` is ``None`` where nothing of what
    is scanned was there; ``differs`` says whether it was configured otherwise.
    """
    stood = [each for each in before.findings if each.counts] if before else []
    records = recorded(stood, lambda each: each.resource.span)
    met = match(records, report.findings)
    taken = excusing(records, met)
    reason = Note("exceptions.stood-there", {"base": base})
    findings = tuple(excused(report.findings, taken, reason))
    removed, covered = _apart(stood, report)
    unread = len({failure.path for failure in before.failures}) if before else 0
    found = Difference(base, commit, tuple(removed), len(taken), covered, unread, differs)
    return replace(report, findings=findings, difference=found)


def _apart(stood: list[Finding], report: Report) -> tuple[list[Finding], int]:
    """Of the findings that stood: those that stand no more, and how many of the others an exception covers since.

    What became worse still stands, and counts as new.
    """
    counting = Counter(each.identity for each in report.findings if each.counts)
    hidden = Counter(each.identity for each in report.findings if each.suppressed)
    removed, excused = [], 0
    for finding in stood:
        if counting[finding.identity]:
            counting[finding.identity] -= 1
        elif hidden[finding.identity]:
            hidden[finding.identity] -= 1
            excused += 1
        else:
            removed.append(finding)
    return removed, excused
