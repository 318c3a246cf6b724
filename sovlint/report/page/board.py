"""What the board is told: where we stand, what is worst, what must be decided, and what ends soon."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from sovlint.model.findings.finding import Finding, Report, Verdict
from sovlint.report.page.companies import CompanyEntry
from sovlint.report.page.findings import Findings, class_name, title_of
from sovlint.report.page.tagging import company_id
from sovlint.report.page.words import Both, joined, left_over, noted, number, said, told
from sovlint.report.pieces import causes, lapses, listing
from sovlint.report.pieces.landings import MapLine
from sovlint.report.pieces.lapses import LapseKind
from sovlint.report.run import summary

EXPIRING: Final = frozenset({LapseKind.ATTESTATION, LapseKind.EXCEPTION})
"""What is told after its end too: somebody has to renew it, or take it out."""
SOON: Final = timedelta(days=365)
"""How far the board looks ahead."""
MOST_WORST: Final = 5
MOST_DECISIONS: Final = 5
MOST_ENDS: Final = 8
MOST_CLASSES: Final = 2
"""Classes that a decision names: the table above it has all."""


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


class BoardLapse(Struct, frozen=True):
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
    lapses: tuple[BoardLapse, ...]
    more_lapses: Both | None
    covered: Both


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
    ends = _soon(report, lines)
    return Board(
        standing=_standing(report),
        figures=_figures(lines),
        worst=tuple(each for each in companies if each.verdict in ("violation", "unproven"))[
            :MOST_WORST
        ],
        decisions=tuple(decisions),
        more_decisions=left_over(
            "page.more-decisions", len(breaking) + len(waiting) - MOST_DECISIONS
        ),
        lapses=tuple(ends[:MOST_ENDS]),
        more_lapses=left_over("page.more-lapses", len(ends) - MOST_ENDS),
        covered=number(
            "report.classified",
            report.coverage.resources,
            classified=report.coverage.classified,
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
            verdict.value,
            found[verdict],
            number(f"page.figure-{verdict.value}", found[verdict]),
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


def _about_company(
    company: CompanyEntry, ones: Sequence[Finding], report: Report
) -> Decision:
    policies = dict.fromkeys(one.policy for one in ones)
    titles = joined((title_of(report.policies.get(each), each) for each in policies), "; ")
    places = len({(one.resource.number, one.placement) for one in ones})
    classes = sorted({claim.data_class for one in ones for claim in one.claims})
    left = len(classes) - MOST_CLASSES
    named = [class_name(each, report.world) for each in classes[:MOST_CLASSES]]
    data = joined([*named, *([Both(f"+{left}", f"+{left}")] if left > 0 else [])])
    return Decision(
        f"company-{company.id}",
        company.name,
        number("page.decide", places, classes=data, states=company.states, policies=titles),
    )


def _soon(report: Report, lines: Sequence[MapLine]) -> list[BoardLapse]:
    """What ends within twelve months of the day of the run, and which exceptions and attestations have ended; first what
    ends first."""
    today = date.fromisoformat(report.as_of)
    landed = [one for line in lines for one in line.landed]
    found = [
        BoardLapse(each.day, each.day < today, noted(each.text), each.count)
        for each in lapses.lapses(report, landed)
        if each.day <= today + SOON and (each.day >= today or each.kind in EXPIRING)
    ]
    return sorted(found, key=lambda each: (each.day, each.text.en))
