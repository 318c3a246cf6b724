"""What a run says on stderr besides its report, so that nobody takes an empty report for a clean one."""

from __future__ import annotations

from collections.abc import Iterator

from sovlint.model.finding import Report
from sovlint.model.text import Note
from sovlint.report.messages import counted, say


def notices(report: Report, language: str, min_classified: int | None, allow_failures: bool) -> Iterator[str]:
    """The sentences to say, most serious first."""
    coverage = report.coverage
    if report.failures:
        key = "commands.failures-allowed" if allow_failures else "commands.failures"
        yield say(Note(key, {"failures": len(report.failures)}), language)
    if (nothing := _nothing(report)) is not None:
        yield say(nothing, language)
    if min_classified is not None and coverage.falls_short(min_classified):
        share = counted("report.classified", coverage.resources, language, classified=coverage.classified)
        yield f"{share} {say(Note('report.min-classified', {'percent': min_classified}), language)}"


def _nothing(report: Report) -> Note | None:
    """That nothing was scanned, found or judged, where that is so."""
    coverage = report.coverage
    if report.affected and coverage.resources == 0:
        return None
    if coverage.files == 0:
        return Note("commands.nothing-to-scan")
    if coverage.resources == 0:
        return Note("commands.no-resource" if report.facts_only else "report.no-resources")
    return Note("report.nothing-judged") if coverage.classified == 0 and not report.facts_only else None
