"""What a change adds, removes and leaves: a report against the same scan at another revision."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from sovlint.exceptions.record import Record, excusing, match
from sovlint.model.exception import Kind, Suppression
from sovlint.model.finding import Difference, Finding, Report
from sovlint.model.identity import Identity
from sovlint.model.text import Note


def compared(report: Report, before: Report | None, base: str, commit: str) -> Report:
    """``report`` with what stood in ``before`` already suppressed, and what stands no more told.

    ``base`` is the revision as it was asked for, ``commit`` what it means. ``before`` is ``None`` where nothing of what
    is scanned was there.
    """
    stood = [each for each in before.findings if each.counts] if before else []
    records = [_record(each) for each in stood]
    met = match(records, report.findings)
    taken = excusing(records, met)
    reason = Note("exceptions.stood-there", {"base": base})
    findings = tuple(
        replace(each, suppressed=Suppression(Kind.BASELINE, reason, None, taken[id(each)].where))
        if id(each) in taken
        else each
        for each in report.findings
    )
    gone = [finding for finding, still in zip(stood, met, strict=True) if not still]
    removed, excused = _apart(gone, Counter(each.identity for each in stood), report)
    unread = len({failure.path for failure in before.failures}) if before else 0
    found = Difference(base, commit, tuple(removed), len(taken), excused, unread)
    return replace(report, findings=findings, difference=found)


def _record(finding: Finding) -> Record:
    where = finding.resource.where.span()
    return Record(finding.identity, finding.verdict, finding.severity, 1, where.path, where)


def _apart(gone: list[Finding], stood: Counter[Identity], report: Report) -> tuple[list[Finding], int]:
    """Of the findings that count no more: those that are gone, and how many of the others are excused since.

    What became worse is neither: it still stands, and counts as new.
    """
    still = [each for each in report.findings if each.counts or each.suppressed]
    left = Counter(each.identity for each in still)
    hidden = {each.identity for each in still if each.suppressed}
    removed, excused = [], 0
    for finding in gone:
        if stood[finding.identity] > left[finding.identity]:
            stood[finding.identity] -= 1
            removed.append(finding)
        elif finding.identity in hidden:
            excused += 1
    return removed, excused
