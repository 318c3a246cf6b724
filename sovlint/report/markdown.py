"""``sovlint scan --format markdown``: a page for a step's summary, or for a comment on a merge request.

GitHub refuses a step's summary of more than 1 MiB: rows that don't fit are left out, and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sovlint.model.exception import Audited
from sovlint.model.finding import Finding, Report, Verdict
from sovlint.model.redact import inert, mask, shown
from sovlint.model.resource import Failure
from sovlint.model.text import Note
from sovlint.report import contract, listing, summary, totals
from sovlint.report.blocks import subject
from sovlint.report.markup import code, prose, row, table, text
from sovlint.report.messages import counted, say
from sovlint.report.notes import class_words
from sovlint.report.style import Style, cut

LIMIT: Final = 1_000_000
"""Bytes of the whole page, short of GitHub's 1 048 576."""
RESERVE: Final = 300_000
"""Bytes kept for what isn't the table of findings."""
MOST_ROWS: Final = 100
"""Rows of the other tables and items of lists."""
WIDEST: Final = 240
"""Columns of a path, an address or a sentence."""

COLUMNS: Final = ("verdict", "policy", "place", "resource", "found", "data")
EXCEPTION_COLUMNS: Final = ("state", "kind", "policy", "place", "until", "why")


def render(report: Report, language: str, style: Style) -> str:
    """The page; ``style`` has no bearing on it."""
    return inert("\n\n".join("\n".join(part) for part in _parts(report, language) if part) + "\n")


def _parts(report: Report, language: str) -> Iterator[list[str]]:
    """What is worth knowing first comes first: paragraphs, lists and tables, each as its lines."""
    yield [f"## {text(_title(report, language))}"]
    yield [prose(sentence) for sentence in _opening(report, language)]
    if not summary.judged(report):
        yield ["> [!WARNING]", f"> {prose(summary.nothing_judged(report.coverage, language))}"]
    yield from _section("not-read", _failures(report.failures, language), language)
    yield from _findings(report, language)
    yield from _exceptions(listing.lapsed(report), language)
    if report.difference is not None and report.difference.removed:
        yield from _section("removed", _items(_gone(report.difference.removed), language), language)
    yield from _section("not-proved", _items(summary.not_proved(report, language), language), language)
    yield from _section("scope", _items(totals.scope(report, language), language), language)


def _title(report: Report, language: str) -> str:
    counting = any(one.counts for one in report.findings)
    if not summary.judged(report) and not counting:
        return say(Note("formats.title-nothing"), language)
    return say(Note("formats.title", {"counts": totals.counts(report, language)}), language)


def _opening(report: Report, language: str) -> Iterator[str]:
    by = {"policy_set": report.policy_set, "as_of": report.as_of, "catalogue": report.catalogue_date}
    yield say(Note("formats.judged-by", by), language)
    yield from totals.by_severity(report, language)
    if report.difference is not None:
        yield from totals.changed(report, report.difference, language)
    if report.failures:
        yield counted("report.incomplete", len({failure.path for failure in report.failures}), language)


def _section(name: str, lines: Sequence[str], language: str) -> Iterator[list[str]]:
    """A heading and what stands below it; nothing where nothing does."""
    if lines:
        yield [f"### {text(_heading(name, language))}"]
        yield list(lines)


def _heading(name: str, language: str) -> str:
    own = {"not-read": "report.not-read-title", "not-proved": "report.not-proved-title", "scope": "report.scope-title"}
    return say(Note(own.get(name, f"formats.{name}")), language)


def _items(sentences: Iterable[str], language: str) -> list[str]:
    """A list, cut where it is too long."""
    listed = [f"- {prose(cut(sentence, WIDEST * 4))}" for sentence in sentences]
    return listed[:MOST_ROWS] + _left_out(len(listed) - MOST_ROWS, language)


def _left_out(number: int, language: str) -> list[str]:
    return ["", prose(counted("formats.rows-left-out", number, language))] if number > 0 else []


def _failures(failures: Iterable[Failure], language: str) -> list[str]:
    ordered = sorted(failures, key=summary.failure_order)
    return _items((summary.failure_line(failure, language) for failure in ordered), language)


def _findings(report: Report, language: str) -> Iterator[list[str]]:
    """The table of findings, worst first, as many rows as there is room for."""
    found = [one for one in listing.listed(report) if one.suppressed is None]
    room, rows = LIMIT - RESERVE, []
    for finding in found:
        cells = _finding(finding, language)
        room -= len(row(cells).encode()) + 1
        if room < 0:
            break
        rows.append(cells)
    lines = [*table(_header(COLUMNS, language), rows), *_left_out(len(found) - len(rows), language)]
    yield from _section("findings", lines if found else [], language)


def _header(columns: Iterable[str], language: str) -> list[str]:
    return [say(Note(f"formats.column-{column}"), language) for column in columns]


def _finding(finding: Finding, language: str) -> list[str]:
    span = finding.resource.where.span()
    ways = contract.strongest(finding.claims)
    return [
        text(_verdict(finding, language)),
        code(shown(finding.policy)),
        _place(span.path, span.line),
        code(cut(subject(finding.resource, language), WIDEST)),
        prose(cut(listing.sentence(say(finding.headline, language)), WIDEST * 2)),
        text(cut(", ".join(class_words(ways, language)), WIDEST)),
    ]


def _verdict(finding: Finding, language: str) -> str:
    """``error (unproven)``; what is compliant has no severity."""
    if finding.verdict is Verdict.COMPLIANT:
        return say(Note("report.compliant"), language)
    unproven = finding.verdict is Verdict.UNPROVEN
    verdict, severity = Note("report.unproven" if unproven else "formats.violation"), finding.severity
    return say(Note("formats.verdict", {"severity": Note(f"report.{severity.value}"), "verdict": verdict}), language)


def _place(path: str, line: int) -> str:
    return code(f"{cut(shown(path), WIDEST)}:{line}")


def _exceptions(found: Sequence[Audited], language: str) -> Iterator[list[str]]:
    """The table of exceptions that somebody must look after."""
    rows = [_exception(one, language) for one in found[:MOST_ROWS]]
    lines = [*table(_header(EXCEPTION_COLUMNS, language), rows), *_left_out(len(found) - MOST_ROWS, language)]
    yield from _section("exceptions", lines if found else [], language)


def _exception(one: Audited, language: str) -> list[str]:
    why = [say(one.why, language)] if one.why else []
    return [
        text(say(Note(f"formats.state-{one.state.value}"), language)),
        text(say(Note(f"formats.kind-{one.kind.value}"), language)),
        code(cut(shown(", ".join(one.policies)), WIDEST)),
        _place(one.where.path, one.where.line),
        text(one.until.isoformat() if one.until else ""),
        prose(cut(". ".join((*why, shown(one.reason))).strip(), WIDEST)),
    ]


def _gone(removed: Iterable[Finding]) -> Iterator[str]:
    """Each of what stands no more, by policy and address."""
    for one in dict.fromkeys((one.policy, mask(one.resource.address)) for one in removed):
        yield " ".join(f"`{shown(word)}`" for word in one)
