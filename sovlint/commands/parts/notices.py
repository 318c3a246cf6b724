"""What a run says on stderr besides its report, so that nobody takes an empty report for a clean one."""

from __future__ import annotations

from collections.abc import Iterator

from sovlint.commands.parts import output
from sovlint.commands.parts.output import Voice
from sovlint.model.findings.finding import Report
from sovlint.model.findings.own_rules import RuleKind
from sovlint.model.request import Request
from sovlint.model.text import Note
from sovlint.report.messages import phrase


def say_notices(report: Report, voice: Voice, request: Request, warned: bool = False) -> None:
    """Say on stderr what a run has to say, unless nothing but errors is to be said.

    ``warned``: whether a report that was just read on the terminal says that nothing was judged.
    """
    if voice.quiet:
        return
    asked = report.min_classified, request.allow_failures
    for sentence in notices(report, voice.language, *asked, warned):
        output.say(sentence)


def notices(
    report: Report,
    language: str,
    min_classified: int | None,
    allow_failures: bool,
    warned: bool = False,
) -> Iterator[str]:
    """The sentences to say, most serious first."""
    coverage = report.coverage
    if report.failures:
        key = "commands.failures-allowed" if allow_failures else "commands.failures"
        yield phrase(key, language, failures=len(report.failures))
    if not warned and (nothing := _nothing(report, language)):
        yield nothing
    if coverage.unread_alone and (coverage.resources == 0 or not report.facts_only):
        yield _unread_alone(report, language)
    if min_classified is not None and coverage.falls_short(min_classified):
        from sovlint.report.run import totals  # imported late: few runs ask for it

        share = totals.classified(coverage, language)
        yield f"{share} {phrase('report.min-classified', language, percent=min_classified)}"
    yield from _ratchet(report, language)


def _ratchet(report: Report, language: str) -> Iterator[str]:
    """That the share of labelled resources fell, and where; or that nothing could be compared."""
    told = [
        rule
        for rule in report.rules
        if rule.kind in (RuleKind.LABELS_FELL, RuleKind.LABELS_NO_BASE)
    ]
    if told:
        from sovlint.report.run import own_rules  # imported late: few runs ask for it

        for rule in told:
            yield f"{own_rules.sentence(rule, language, full=True)}."


def _unread_alone(report: Report, language: str) -> str:
    """Why that isn't clean, where nothing but files that nobody reads declares infrastructure, and what to do."""
    alone = report.coverage.unread_alone
    kinds = tuple(
        Note("commands.unread-kind", {"kind": kind.title, "count": len(paths)})
        for kind, paths in report.coverage.unread
        if kind in alone
    )
    key = "commands.unread-affected" if report.affected else "commands.unread-alone"
    return phrase(key, language, kinds=kinds)


def _nothing(report: Report, language: str) -> str:
    """That nothing was scanned, found or judged, where that is so, and what isn't read; else an empty text."""
    coverage = report.coverage
    something = coverage.resources if report.facts_only else coverage.classified
    if something or (report.affected and coverage.resources == 0):
        return ""
    from sovlint.report.run import summary, totals  # imported late: most runs find something

    if coverage.files and not report.facts_only:
        return summary.nothing_judged(report, language)
    there = coverage.files or report.failures
    key = "commands.no-resource" if there else "commands.nothing-to-scan"
    return " ".join((phrase(key, language), *totals.unread(coverage, language)))
