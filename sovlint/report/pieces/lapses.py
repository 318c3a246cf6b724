"""What ends: qualifications in use, attestations, exceptions, contracts, and sources that age."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

from msgspec import Struct

from sovlint.model.exception import State
from sovlint.model.findings.finding import Report
from sovlint.model.redaction.redact import mask, safe_text
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Known
from sovlint.report.pieces.landings import Landed


class LapseKind(StrEnum):
    """What it is that ends."""

    QUALIFICATION = "qualification"
    ATTESTATION = "attestation"
    EXCEPTION = "exception"
    CONTRACT = "contract"
    SOURCE = "source"
    """What shows who holds a company counts no more once it is too old."""


class Lapse(Struct, frozen=True):
    """What ends on a day, its last: what it is, and how many placements or findings rest on it. ``where`` is the place
    that says so, where the repository does."""

    kind: LapseKind
    day: date
    text: Note
    count: int
    where: Span | None = None


def lapses(report: Report, landed: Iterable[Landed]) -> Iterator[Lapse]:
    """Everything that has an end, in no order; what has ended too."""
    placed = tuple(landed)
    yield from _qualifications(report, placed)
    yield from _contracts(placed)
    for vouched in report.attestations:
        text = Note(
            "page.lapse-attestation", {"claim": vouched.claim, "owner": vouched.owner}
        )
        yield Lapse(
            LapseKind.ATTESTATION, vouched.until, text, len(vouched.turned), vouched.where
        )
    for each in report.exceptions:
        if each.until is not None and each.state is not State.INVALID:
            params = {
                "kind": Note(f"formats.kind-{each.kind.value}"),
                "policies": each.policies,
                "place": f"{each.where.path}:{each.where.line}",
            }
            text = Note("page.lapse-exception", params)
            yield Lapse(LapseKind.EXCEPTION, each.until, text, len(each.absorbed), each.where)
    yield from _sources(report, placed)


def _qualifications(report: Report, placed: Iterable[Landed]) -> Iterator[Lapse]:
    """Qualifications that placements with a class rest on, with their last day."""
    found: Counter[tuple[date, str, str | Note, str]] = Counter()
    for one in placed:
        if not one.placed.classes.claims:
            continue
        for holding in one.placement.holdings:
            held = isinstance(holding.held, Known) and holding.held.value
            if held and holding.until is not None:
                company = _called(one)
                found[holding.until, holding.name, company, holding.offer or ""] += 1
    for (day, name, company, offer), count in found.items():
        title = report.world.qualifications.get(name, name)
        params = {"title": title, "company": company, "offer": offer}
        text = Note("page.lapse-qualification", params)
        yield Lapse(LapseKind.QUALIFICATION, day, text, count)


def _contracts(placed: Iterable[Landed]) -> Iterator[Lapse]:
    """Services whose last day an inventory says; each once."""
    seen: set[str] = set()
    for one in placed:
        resource = one.placed.resource
        day = resource.term.end if resource.term is not None else None
        if day is None or resource.address in seen:
            continue
        seen.add(resource.address)
        params = {"entry": resource.address, "company": _called(one)}
        text = Note("page.lapse-contract", params)
        yield Lapse(LapseKind.CONTRACT, day, text, 1, resource.span)


def _sources(report: Report, placed: Iterable[Landed]) -> Iterator[Lapse]:
    """Companies of which what proves who holds them counts no longer after a day."""
    ages = report.provenance.dates.ages if report.provenance is not None else {}
    at = Counter(
        str(one.placement.provider.value)
        for one in placed
        if isinstance(one.placement.provider, Known)
    )
    for company, day in ages.items():
        name = report.world.providers.get(company, company)
        text = Note("page.lapse-source", {"company": name})
        yield Lapse(LapseKind.SOURCE, day, text, at[company])


def _called(one: Landed) -> str | Note:
    provider = one.placement.provider
    known = (
        str(provider.value) if isinstance(provider, Known) and not provider.sensitive else ""
    )
    name = one.placement.provider_name or known
    return safe_text(mask(name)) if name else Note("page.no-company")
