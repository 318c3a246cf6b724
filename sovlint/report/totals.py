"""The sentences that summaries for servers share: counts, what changed, what must be looked after, and the scope."""

from __future__ import annotations

from collections.abc import Iterator

from sovlint.model.finding import Difference, Report
from sovlint.model.text import Note
from sovlint.report import contract, listing, summary
from sovlint.report.messages import counted, say


def counts(report: Report, language: str) -> str:
    """``3 violations, 2 unproven, 7 compliant``, and how many are suppressed where some are."""
    numbers = contract.counts(report.findings)
    said = [counted(f"report.{verdict}", number, language) for verdict, number in numbers.items()]
    if suppressed := sum(1 for one in report.findings if one.suppressed is not None):
        said.append(counted("formats.suppressed", suppressed, language))
    return ", ".join(said)


def by_severity(report: Report, language: str) -> Iterator[str]:
    """How many of those that count have each severity; nothing where none counts."""
    listed = tuple(
        counted(f"report.severity-{severity.value}", number, language)
        for severity, number in listing.severities(listing.counting(report)).items()
    )
    if listed:
        yield say(Note("formats.by-severity", {"severities": listed}), language)


def changed(report: Report, found: Difference, language: str) -> Iterator[str]:
    """What is new, what stood there already and what stands no more."""
    numbers = {"added": len(listing.counting(report)), "left": found.left, "removed": len(found.removed)}
    yield say(Note("formats.changed", {"base": found.base, "commit": found.commit[:12], **numbers}), language)
    if found.unread:
        yield counted("formats.unread-there", found.unread, language)


def scope(report: Report, language: str) -> Iterator[str]:
    """How much was read and carries a class, and what compliant means."""
    yield summary.read_line(report.coverage, language)
    if report.coverage.resources:
        classified, resources = report.coverage.classified, report.coverage.resources
        yield counted("report.classified", resources, language, classified=classified)
    yield say(Note("report.meaning"), language)
