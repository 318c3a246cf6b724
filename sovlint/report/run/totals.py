"""The sentences that all summaries share: counts, and how much was read and carries a data class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sovlint.model.findings.finding import Coverage, Report, UnjudgedAddress, Verdict
from sovlint.model.findings.rests import Rests
from sovlint.model.redaction.redact import safe_text
from sovlint.model.text import Note
from sovlint.report.messages import counted, phrase, written_number
from sovlint.report.pieces import contract, listing
from sovlint.report.pieces.fact_words import place_text
from sovlint.report.run import own_rules

MOST_PATHS: Final = 3
"""Files of a kind that are named; the JSON has them all."""


_MOST_LANGUAGES: Final = 4
"""Languages of application code that are named; JSON has all."""


_VERDICTS: Final = (Verdict.VIOLATION, Verdict.UNPROVEN, Verdict.COMPLIANT)


def counts(report: Report, language: str) -> str:
    """``3 violations, 2 unproven, 7 compliant (2 on somebody's word)``, and how many are suppressed where some are."""
    numbers = contract.summary(report.findings)
    said = {
        name: counted(f"report.{name}", numbers[name], language)
        for name in (*_VERDICTS, contract.SUPPRESSED)
        if numbers[name] or name != contract.SUPPRESSED
    }
    greens = tuple(
        phrase(f"report.rests-{kind}", language, count=written_number(number, language))
        for kind, number in contract.greens(report.findings).items()
        if number and kind is not Rests.PROOF
    )
    if greens:
        about = {"compliant": said[Verdict.COMPLIANT], "greens": greens}
        said[Verdict.COMPLIANT] = phrase("report.greens", language, **about)
    return ", ".join(said.values())


def by_severity(report: Report, language: str) -> Iterator[str]:
    """How many of those that count have each severity; nothing where none counts."""
    if listed := severities(report, language):
        yield phrase("report.by-severity", language, severities=listed)


def severities(report: Report, language: str) -> tuple[str, ...]:
    """``55 errors``, ``12 warnings``: of those that count."""
    return tuple(
        counted(f"report.severity-{severity.value}", number, language)
        for severity, number in listing.severities(listing.counting(report)).items()
    )


def read_line(coverage: Coverage, language: str) -> str:
    """How many files and resources were read, and how many of these are placed."""
    return phrase(
        "report.read",
        language,
        files=counted("report.files", coverage.files, language),
        resources=counted("report.resources", coverage.resources, language),
        placed=counted("report.read-placed", coverage.placed, language),
        config=written_number(coverage.config, language),
        unplaced=counted("report.read-unplaced", coverage.unplaced, language),
    )


def scope(report: Report, language: str) -> Iterator[str]:
    """How much was read and carries a class, and what compliant means."""
    yield read_line(report.coverage, language)
    if report.coverage.resources:
        yield classified(report.coverage, language)
    yield from left_out(report, language)
    yield phrase("report.meaning", language)


def _first(paths: Sequence[str]) -> tuple[str, ...]:
    more = ("...",) if len(paths) > MOST_PATHS else ()
    return (*map(safe_text, paths[:MOST_PATHS]), *more)


def classified(coverage: Coverage, language: str) -> str:
    """How many resources carry a data class, and of how many of these it is only assumed."""
    carried = written_number(coverage.classified, language)
    said = counted("report.classified", coverage.resources, language, classified=carried)
    if not coverage.assumed:
        return said
    return f"{said} {counted('report.classified-assumed', coverage.assumed, language)}"


def left_out(report: Report, language: str, full: bool = False) -> Iterator[str]:
    """What was there and wasn't read, and what was read though it needn't have been; nothing where all is plain.

    ``full``: with each address that is only shown or fetched."""
    coverage = report.coverage
    yield from unread(coverage, language)
    if coverage.shown:
        yield counted("report.shown", len(coverage.shown), language)
        yield from (_unjudged(each, language) for each in (coverage.shown if full else ()))
    if coverage.doubtful:
        yield counted("report.doubtful", len(coverage.doubtful), language)
        yield from (_unjudged(each, language) for each in (coverage.doubtful if full else ()))
    if coverage.ignored:
        yield counted("report.ignored", coverage.ignored, language)
    if coverage.left_out:
        yield counted("report.left-out-local", coverage.left_out, language)
    yield from (
        listing.sentence(own_rules.sentence(each, language)) for each in report.by_default
    )


def _unjudged(each: UnjudgedAddress, language: str) -> str:
    """Where an address stands that isn't judged, and its host (``*`` where nothing of it is known)."""
    place = place_text(each.path, each.line)
    name, host = safe_text(each.name), safe_text(each.address) or "*"
    return phrase("report.shown-at", language, place=place, name=name, host=host)


def unread(coverage: Coverage, language: str) -> list[str]:
    """Which kinds of files were recognised and aren't read, in a sentence; nothing where there are none."""
    kinds = tuple(
        Note(
            "report.unread-kind",
            {
                "kind": kind.title,
                "files": counted("report.files", len(paths), language),
                "paths": _first(paths),
            },
        )
        for kind, paths in coverage.unread
    )
    said = [phrase("report.unread", language, kinds=kinds)] if kinds else []
    return [*said, *_unread_code(coverage, language)]


def _unread_code(coverage: Coverage, language: str) -> Iterator[str]:
    """Of which languages there is application code, which isn't read, in a sentence; nothing where there is none."""
    languages = tuple(
        Note(
            "report.unread-language",
            {"kind": kind.title, "files": counted("report.files", files, language)},
        )
        for kind, files in coverage.code[:_MOST_LANGUAGES]
    )
    if languages:
        yield phrase("report.unread-code", language, languages=languages)
