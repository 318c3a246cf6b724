"""What the board, the data protection officer and the auditor are told: tables of plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from sovlint.model.exception import Audited, State
from sovlint.model.findings.finding import Finding, Report, Verdict
from sovlint.model.redaction.redact import mask, printable, safe_text
from sovlint.model.source import Span
from sovlint.model.value import Known
from sovlint.report.page.companies import (
    CompanyEntry,
    classes_in_words,
    state_name,
    states_in_words,
    states_of,
)
from sovlint.report.page.findings import Findings, class_name, title_of
from sovlint.report.page.tagging import (
    Tags,
    company_id,
    company_name,
    root_id,
    root_name,
    tags_of,
    worst_of,
)
from sovlint.report.page.words import Both, joined, noted, number, said, told
from sovlint.report.pieces import causes, fact_words, listing
from sovlint.report.pieces.landings import Landed, MapLine
from sovlint.report.run import attestations, own_rules, provenance, summary, totals

SOON: Final = timedelta(days=365)
"""How far the board looks ahead."""

MOST_WORST: Final = 5
MOST_DECISIONS: Final = 5
MOST_ENDS: Final = 8
MOST_CLASSES: Final = 2
"""Classes that a decision names: the table above it has all."""

MOST_ROWS: Final = 300
"""Rows of a table; what is left is counted."""


class Figure(Struct, frozen=True):
    """A number of the board, and what it counts."""

    verdict: str
    count: int
    text: Both


class Decision(Struct, frozen=True):
    """What somebody must decide: about whom or what, and what is found. ``target`` is an anchor."""

    target: str
    title: Both
    text: Both


class Lapse(Struct, frozen=True):
    """What ends within the year, or has ended: the day, and how many placements or findings rest on it."""

    day: date
    is_past: bool
    text: Both
    count: int


class Board(Struct, frozen=True):
    """Where we stand, what is worst, what must be decided, and what lapses in the next twelve months."""

    standing: Both
    figures: tuple[Figure, ...]
    worst: tuple[CompanyEntry, ...]
    decisions: tuple[Decision, ...]
    more_decisions: Both | None
    lapses: tuple[Lapse, ...]
    more_lapses: Both | None
    covered: Both


class Supplier(Struct, frozen=True):
    """One company in one processing."""

    id: str
    name: Both
    states: Both
    countries: Both
    verdict: str


class Processing(Struct, frozen=True):
    """What is deployed together: which data, and at whom."""

    name: Both
    tags: Tags
    classes: Both
    count: int
    suppliers: tuple[Supplier, ...]
    verdict: str


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


def board(
    report: Report,
    lines: Sequence[MapLine],
    companies: Sequence[CompanyEntry],
    found: Findings,
) -> Board:
    """One page: nothing in it that isn't told elsewhere too."""
    breaking, waiting = _breaking(report, companies), _waiting(found)
    decisions = [
        *(_about_company(*each, report) for each in breaking[:MOST_DECISIONS]),
        *map(_about_cause, waiting[: max(MOST_DECISIONS - len(breaking), 0)]),
    ]
    ends = sorted(lapses(report, lines), key=lambda each: (each.day, each.text.en))
    return Board(
        standing=_standing(report),
        figures=_figures(lines),
        worst=tuple(each for each in companies if each.verdict in ("violation", "unproven"))[
            :MOST_WORST
        ],
        decisions=tuple(decisions),
        more_decisions=_more("page.more-decisions", len(breaking) + len(waiting) - MOST_DECISIONS),
        lapses=tuple(ends[:MOST_ENDS]),
        more_lapses=_more("page.more-lapses", len(ends) - MOST_ENDS),
        covered=number(
            "report.classified", report.coverage.resources, classified=report.coverage.classified
        ),
    )


def _standing(report: Report) -> Both:
    if not summary.judged(report) and not any(one.counts for one in report.findings):
        return told(lambda language: summary.nothing_judged(report, language))
    counting = Counter(one.verdict for one in report.findings if one.counts)
    if counting[Verdict.VIOLATION]:
        return said("page.stand-violation")
    return said("page.stand-unproven" if counting[Verdict.UNPROVEN] else "page.stand-clean")


def _figures(lines: Sequence[MapLine]) -> tuple[Figure, ...]:
    """Placements by their worst verdict; each counts once."""
    landed = [one for line in lines for one in line.landed]
    excused = sum(1 for one in landed if one.is_excused)
    found = Counter(one.verdict for one in landed if one.verdict and not one.is_excused)
    figures = [
        Figure(
            verdict.value, found[verdict], number(f"page.figure-{verdict.value}", found[verdict])
        )
        for verdict in (Verdict.VIOLATION, Verdict.UNPROVEN, Verdict.COMPLIANT)
    ]
    free = sum(1 for one in landed if one.verdict is None)
    if excused:
        figures.append(Figure("excused", excused, number("page.figure-excused", excused)))
    return (*figures, Figure("free", free, number("page.figure-free", free)))


def _breaking(
    report: Report, companies: Sequence[CompanyEntry]
) -> list[tuple[CompanyEntry, list[Finding]]]:
    """The companies with violations that nothing excuses, and these; those with most first."""
    names = {each.id: each for each in companies}
    violations: dict[str, list[Finding]] = {}
    for one in report.findings:
        if one.counts and one.verdict is Verdict.VIOLATION and one.placement is not None:
            violations.setdefault(company_id(one.placement), []).append(one)
    ordered = sorted(violations.items(), key=lambda item: (-len(item[1]), item[0]))
    return [(names[company], ones) for company, ones in ordered if company in names]


def _waiting(found: Findings) -> list[causes.CauseGroup]:
    """What isn't proved for one cause; what settles most first."""
    groups = [each for each in found.together if isinstance(each, causes.CauseGroup)]
    return sorted(groups, key=lambda each: (-each.count, each.cause.id))


def _about_cause(group: causes.CauseGroup) -> Decision:
    return Decision(
        f"c-{group.fingerprint}",
        said("page.prove"),
        told(lambda language: listing.sentence(causes.headline(group, language))),
    )


def _about_company(company: CompanyEntry, ones: Sequence[Finding], report: Report) -> Decision:
    policies = dict.fromkeys(one.policy for one in ones)
    titles = joined((title_of(report.policies.get(each), each) for each in policies), "; ")
    places = len({(one.resource.number, id(one.placement)) for one in ones})
    classes = sorted({claim.data_class for one in ones for claim in one.claims})
    left = len(classes) - MOST_CLASSES
    named = [class_name(each, report.world) for each in classes[:MOST_CLASSES]]
    data = joined([*named, *([Both(f"+{left}", f"+{left}")] if left > 0 else [])])
    return Decision(
        f"company-{company.id}",
        company.name,
        number("page.decide", places, classes=data, states=company.states, policies=titles),
    )


def lapses(report: Report, lines: Sequence[MapLine]) -> Iterator[Lapse]:
    """What ends within twelve months of the day of the run: qualifications in use, attestations, exceptions; and which
    of the latter have ended."""
    today = date.fromisoformat(report.as_of)
    landed = [one for line in lines for one in line.landed]
    for (text, until), count in _holdings(landed, report).items():
        if today <= until <= today + SOON:
            yield Lapse(until, False, text, count)
    for vouched in report.attestations:
        if vouched.until <= today + SOON:
            text = said("page.lapse-attestation", claim=vouched.claim, owner=vouched.owner)
            yield Lapse(vouched.until, vouched.until < today, text, len(vouched.turned))
    for each in report.exceptions:
        if (
            each.until is not None
            and each.until <= today + SOON
            and each.state is not State.INVALID
        ):
            text = said(
                "page.lapse-exception",
                kind=said(f"formats.kind-{each.kind.value}"),
                policies=each.policies,
                place=f"{each.where.path}:{each.where.line}",
            )
            yield Lapse(each.until, each.until < today, text, len(each.absorbed))


def _holdings(landed: Iterable[Landed], report: Report) -> Mapping[tuple[Both, date], int]:
    """Qualifications that placements with a class rest on, with their last day."""
    found: Counter[tuple[Both, date]] = Counter()
    for one in landed:
        for holding in one.placement.holdings:
            held = isinstance(holding.held, Known) and holding.held.value
            if held and holding.until is not None and one.placed.classes.claims:
                title = report.world.qualifications.get(holding.name, holding.name)
                text = said(
                    "page.lapse-qualification",
                    title=title,
                    company=company_name(one.placement),
                    offer=holding.offer or "",
                )
                found[(text, holding.until)] += 1
    return found


def processings(report: Report, lines: Sequence[MapLine]) -> tuple[Processing, ...]:
    """What is deployed together, with its suppliers; what carries no class isn't told."""
    roots: dict[str, list[tuple[MapLine, Landed]]] = {}
    for line in lines:
        for one in line.landed:
            if one.placed.classes.claims:
                roots.setdefault(root_id(one.placed.resource), []).append((line, one))
    return tuple(_processing(roots[name], report) for name in sorted(roots))


def _processing(found: Sequence[tuple[MapLine, Landed]], report: Report) -> Processing:
    landed = [one for _, one in found]
    suppliers: dict[str, list[MapLine]] = {}
    for line, one in found:
        lines = suppliers.setdefault(company_id(one.placement), [])
        if not any(each is line for each in lines):
            lines.append(line)
    return Processing(
        name=root_name(landed[0].placed.resource),
        tags=tags_of(landed),
        classes=classes_in_words(landed, report.world),
        count=len(landed),
        suppliers=tuple(
            _supplier(
                name, of, [one for one in landed if company_id(one.placement) == name], report
            )
            for name, of in suppliers.items()
        ),
        verdict=worst_of(one.verdict for one in landed if one.verdict),
    )


def _supplier(
    name: str, lines: Sequence[MapLine], landed: Sequence[Landed], report: Report
) -> Supplier:
    states = states_of(lines, report.world)
    countries = dict.fromkeys(line.country or "" for line in lines)
    return Supplier(
        id=name,
        name=company_name(landed[0].placement),
        states=states_in_words(states, any(line.others for line in lines), report.world),
        countries=joined(
            state_name(code, report.world) if code else said("page.place-unknown")
            for code in countries
        ),
        verdict=worst_of(one.verdict for one in landed if one.verdict),
    )


def excused(report: Report, found: Findings) -> tuple[tuple[Excused, ...], Both | None]:
    """Findings that something excuses; by whom, until when and why."""
    listed = [one for one in listing.listed(report) if one.suppressed is not None]
    people = {each.where: each for each in report.exceptions}
    rows = tuple(_excused(one, people, found) for one in listed[:MOST_ROWS])
    return rows, _more("page.rows-left", len(listed) - MOST_ROWS)


def _excused(finding: Finding, people: Mapping[Span, Audited], found: Findings) -> Excused:
    by = finding.suppressed
    assert by is not None
    row = found.row(finding)
    audited = people.get(by.where)
    reason = by.reason
    text = (
        told(lambda language: safe_text(mask(reason))) if isinstance(reason, str) else noted(reason)
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
        dict.fromkeys(_remark(each.path, each.line, noted(each.note)) for each in report.remarks)
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
        more_remarks=_more("page.rows-left", len(remarks) - MOST_ROWS),
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
        "page.exception", exception=line, until=until, reason=each.reason, count=len(each.absorbed)
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


def _more(key: str, left: int) -> Both | None:
    return number(key, left) if left > 0 else None
