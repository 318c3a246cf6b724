"""The exit code of a run. Pure: scripts rely on it to the letter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sovlint.model.findings.finding import Finding, Report, Severity
from sovlint.model.findings.own_rules import RuleKind
from sovlint.model.findings.rests import Rests

CLEAN, FINDINGS, FAILED, NOTHING = 0, 1, 2, 3

FAILING: Final[Mapping[str, frozenset[Severity]]] = {
    "error": frozenset({Severity.ERROR}),
    "warning": frozenset({Severity.ERROR, Severity.WARNING}),
    "never": frozenset(),
}
"""``--fail-on`` -> the severities that fail a run; a note never does."""


def scan_code(
    report: Report,
    fail_on: str,
    *,
    min_classified: int | None,
    allow_failures: bool,
    exit_zero: bool,
    allow_empty: bool,
    proof: bool = False,
) -> int:
    """What ``sovlint scan`` exits with.

    A failure counts before everything else, since what wasn't read can't be clean; then an empty scan, of which nothing
    was found; then findings, and too few resources with a class (``min_classified``, in percent, or a smaller share than at
    the revision compared with, where that was asked for), and where ``proof`` is asked for, what complies without it.
    ``exit_zero`` forgives the last two alone, ``allow_empty`` an
    empty scan. Where infrastructure was met in files that nobody reads, and nothing else, there was nothing to scan
    either; a change that edits such files passes.
    """
    code = facts_code(report, allow_failures=allow_failures)
    if code == NOTHING and allow_empty and not _is_unread(report):
        code = CLEAN
    found = any(finding.counts for finding in report.findings)
    if code == FAILED or (code == NOTHING and not found):
        return code
    short = _is_short(report, min_classified) or (proof and bool(without_proof(report)))
    failed = short or any(counts(finding, fail_on) for finding in report.findings)
    if failed and not exit_zero:
        return FINDINGS
    return NOTHING if _is_unread(report) else CLEAN


def _is_short(report: Report, min_classified: int | None) -> bool:
    """Whether too few resources carry a class, or a smaller share than before."""
    if min_classified is not None and report.coverage.falls_short(min_classified):
        return True
    return any(rule.kind is RuleKind.LABELS_FELL for rule in report.rules)


def without_proof(report: Report) -> list[Finding]:
    """What complies by somebody's word or by a weak fact."""
    return [one for one in report.findings if one.rests not in (None, Rests.PROOF)]


def facts_code(report: Report, *, allow_failures: bool) -> int:
    """What ``sovlint facts`` exits with: it judges nothing. A change that affects nothing is clean, not empty."""
    if report.failures and not allow_failures:
        return FAILED
    coverage = report.coverage
    empty = coverage.files == 0 and not report.affected
    return NOTHING if empty or (coverage.resources == 0 and _is_unread(report)) else CLEAN


def _is_unread(report: Report) -> bool:
    return bool(report.coverage.unread_alone) and not report.affected


def counts(finding: Finding, fail_on: str) -> bool:
    """Whether a finding fails the run; one that is suppressed never does."""
    return finding.counts and finding.severity in FAILING[fail_on]
