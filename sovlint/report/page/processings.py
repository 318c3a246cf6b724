"""What the data protection officer is told: what is deployed together, which data, and at whom."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from sovlint.model.findings.finding import Report
from sovlint.report.page.companies import (
    classes_in_words,
    state_name,
    states_in_words,
    states_of,
)
from sovlint.report.page.tagging import (
    Tags,
    company_id,
    company_name,
    root_id,
    root_name,
    tags_of,
    worst_of,
)
from sovlint.report.page.words import Both, joined, said
from sovlint.report.pieces.landings import Landed, MapLine


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
