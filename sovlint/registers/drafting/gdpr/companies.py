"""Companies that have personal data, by the names that contracts have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sovlint.model.placement import Shows, Source
from sovlint.model.value import Because
from sovlint.registers.cells import Cell, Question, fact
from sovlint.registers.drafting.arrangements import (
    Arrangement,
    UsedCompany,
    used_by,
    used_company,
)
from sovlint.registers.drafting.gathered import told
from sovlint.registers.drafting.gdpr.personal import personal
from sovlint.registers.drafting.material import Material
from sovlint.report.pieces.landings import Landed


def company_name(company: UsedCompany, material: Material) -> str:
    """What a company is called, with its legal name where that is another; empty where nobody knows who it is."""
    profile = material.profiles.get(company.id)
    legal = profile.company.name if profile is not None else ""
    if not legal or legal == company.called:
        return company.called
    return legal if company.called in legal else f"{company.called} ({legal})"


def by_company(
    found: Iterable[Landed], material: Material
) -> list[tuple[UsedCompany, tuple[Landed, ...]]]:
    """Placements by the company that they are at, those that nobody knows each by itself."""
    used: dict[str, UsedCompany] = {}
    by_key: dict[str, list[Landed]] = {}
    for one in found:
        company = used_company(one.placement, material, one.placed.resource.address)
        used.setdefault(company.key, company)
        by_key.setdefault(company.key, []).append(one)
    return [(used[key], tuple(by_key[key])) for key in sorted(by_key)]


def with_passed_on(found: Iterable[Arrangement], material: Material) -> Iterator[Arrangement]:
    """Arrangements, each with one more for every sub-processor of it that the inventory names and that gets personal
    data."""
    for each in found:
        yield each
        for company, landed in by_company(personal(each.passed_on), material):
            name = f"{each.name}.{company.key}"
            yield Arrangement(name, company, landed, landed[0].placed.resource)


def company_cell(
    company: UsedCompany, found: Sequence[Landed], question: Question, material: Material
) -> Cell:
    """A company by name, with what shows that placements are at it."""
    name = company_name(company, material)
    if not name:
        return material.answers.cell(question, used_by(found))
    placements = [one.placement for one in found]
    facts = [placement.provider for placement in placements]
    return told((name,), placements, facts, (Shows.HOST, Shows.MODULE))


def behind_cell(
    company: UsedCompany,
    because: tuple[Because, ...],
    sources: tuple[Source, ...],
    material: Material,
) -> Cell:
    """A company behind another by name."""
    return fact(company_name(company, material), because=because, sources=sources)
