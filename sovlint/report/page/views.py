"""What the auditor is told: exceptions, attestations, rules of the run, coverage and limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from sovlint.model.exception import Audited
from sovlint.model.findings.finding import Finding, Report
from sovlint.model.redaction.redact import mask, printable, safe_text
from sovlint.model.source import Span
from sovlint.report.page.findings import Cited, Findings
from sovlint.report.page.words import Both, joined, left_over, named, noted, said, told
from sovlint.report.pieces import fact_words, listing
from sovlint.report.run import attestations, own_rules, provenance, summary, totals

MOST_ROWS: Final = 300
"""Rows of a table; what is left is counted."""


class Excused(Struct, frozen=True):
    """A finding that somebody excused: by whom, until when, and why."""

    id: str
    policy: str
    place: str
    name: Both
    kind: str
    where: str
    until: str
    reason: Both


def excused(report: Report, found: Findings) -> tuple[tuple[Excused, ...], Both | None]:
    """Findings that something excuses; by whom, until when and why."""
    listed = [one for one in listing.listed(report) if one.suppressed is not None]
    people = {each.where: each for each in report.exceptions}
    rows = tuple(_excused(one, people, found) for one in listed[:MOST_ROWS])
    return rows, left_over("page.rows-left", len(listed) - MOST_ROWS)


def _excused(finding: Finding, people: Mapping[Span, Audited], found: Findings) -> Excused:
    by = finding.suppressed
    assert by is not None
    row = found.row(finding)
    audited = people.get(by.where)
    reason = by.reason
    text = (
        told(lambda language: safe_text(mask(reason)))
        if isinstance(reason, str)
        else noted(reason)
    )
    if audited is not None and audited.owner:
        people_named = said(
            "page.by",
            owner=audited.owner,
            approver=audited.approver or "",
            ticket=audited.ticket or "",
        )
        text = joined((text, people_named), " ")
    return Excused(
        row.id,
        printable(finding.policy),
        row.place,
        row.name,
        f"formats.kind-{by.kind.value}",
        fact_words.place(by.where),
        by.until.isoformat() if by.until else "",
        text,
    )


class RunPolicy(Struct, frozen=True):
    """A policy of the run: what it asks, why, what it rests on, and the numbers of its sources."""

    id: str
    title: Both
    why: Both
    rests_on: Both
    sources: tuple[int, ...]


def policies(report: Report, cited: Cited) -> tuple[RunPolicy, ...]:
    """The policies that findings were judged by."""
    return tuple(
        RunPolicy(
            policy.id,
            named(policy.title),
            named(policy.why),
            told(lambda language, kinds=policy.rests_on: _rests_on(kinds, language)),  # type: ignore[misc]
            cited.cite(policy.cites),
        )
        for policy in report.policies.values()
    )


def _rests_on(kinds: Sequence[str], language: str) -> str:
    return ", ".join(fact_words.term("rests-on", kind, language) for kind in kinds)


class Audit(Struct, frozen=True):
    """What an auditor asks for, in sentences."""

    run: tuple[tuple[Both, Both], ...]
    rules: tuple[Both, ...]
    attested: tuple[Both, ...]
    exceptions: tuple[Both, ...]
    excused: tuple[Excused, ...]
    more_excused: Both | None
    covered: tuple[Both, ...]
    unread: tuple[Both, ...]
    unproved: tuple[Both, ...]
    remarks: tuple[Both, ...]
    more_remarks: Both | None


def audit(report: Report, found: Findings) -> Audit:
    """Attestations, waivers, rules of the run, coverage and limits."""
    rows, more = excused(report, found)
    remarks = list(
        dict.fromkeys(
            _remark(each.path, each.line, noted(each.note)) for each in report.remarks
        )
    )
    failures = sorted(report.failures, key=summary.failure_order)
    return Audit(
        run=tuple(_run(report)),
        rules=_paired(lambda language: own_rules.told(report, language)),
        attested=tuple(
            told(lambda language, each=each: attestations.line(each, language))  # type: ignore[misc]
            for each in attestations.ordered(report)[:MOST_ROWS]
        ),
        exceptions=tuple(map(_exception, report.exceptions[:MOST_ROWS])),
        excused=rows,
        more_excused=more,
        covered=_paired(lambda language: list(totals.scope(report, language))),
        unread=tuple(
            told(lambda language, each=each: summary.failure_line(each, language))  # type: ignore[misc]
            for each in failures[:MOST_ROWS]
        ),
        unproved=_paired(lambda language: summary.not_proved(report, language)),
        remarks=tuple(remarks[:MOST_ROWS]),
        more_remarks=left_over("page.rows-left", len(remarks) - MOST_ROWS),
    )


def _run(report: Report) -> Iterator[tuple[Both, Both]]:
    """What the run went by: the day, the policies, the catalogue, what was assumed."""
    plain: list[tuple[str, str | None]] = [
        ("page.as-of", report.as_of),
        ("page.policy-set", report.policy_set),
        ("page.hds-scope", report.hds_scope),
        ("page.assumed", report.assumed),
    ]
    for key, value in plain:
        if value:
            yield said(key), Both(safe_text(value), safe_text(value))
    yield said("page.counts"), told(lambda language: totals.counts(report, language))
    pairs = zip(provenance.rows(report, "en"), provenance.rows(report, "fr"), strict=True)
    for (name, text), (nom, texte) in pairs:
        yield Both(name, nom), Both(printable(text), printable(texte))


def _exception(each: Audited) -> Both:
    """An exception: where it stands, what became of it, whom to ask, until when, and why."""
    from sovlint.report.run import exceptions

    line = told(lambda language: exceptions.line(each, language))
    until = each.until.isoformat() if each.until else said("page.no-end")
    return said(
        "page.exception",
        exception=line,
        until=until,
        reason=each.reason,
        count=len(each.absorbed),
    )


def _remark(path: str | None, line: int | None, note: Both) -> Both:
    if not path:
        return note
    place = fact_words.place_text(path, line)
    return Both(f"{place}: {note.en}", f"{place} : {note.fr}")


def _paired(write: object) -> tuple[Both, ...]:
    """Sentences that a function lists in each language, in the same order."""
    english, french = write("en"), write("fr")  # type: ignore[operator]
    return tuple(Both(one, une) for one, une in zip(english, french, strict=True))
