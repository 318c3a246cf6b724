"""The providers, and who holds them in the end (sheet B_05.01)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sovlint.model.lookups.profile import Company
from sovlint.registers.cells import NOT_APPLICABLE, Cell, fact
from sovlint.registers.drafting.arrangements import (
    Arrangement,
    UsedCompany,
    ask_company,
    company_of,
    company_question,
    identifier,
)
from sovlint.registers.drafting.dora.identifiers import code_type
from sovlint.registers.drafting.material import Material
from sovlint.registers.drafting.ownership import UltimateParent, ultimate_parent
from sovlint.registers.drafting.supply_chain import links
from sovlint.registers.forms import form
from sovlint.registers.register import RegisterRow


def providers(found: Iterable[Arrangement], material: Material) -> Iterator[RegisterRow]:
    """A row for each company that is party to an arrangement, or stands in a supply chain."""
    used: dict[str, UsedCompany] = {}
    for each in found:
        used.setdefault(each.company.key, each.company)
        for link in links(each, material):
            used.setdefault(link.company.key, link.company)
    parents: dict[str, UltimateParent] = {}
    for company in tuple(used.values()):
        parent = _parent_of(company, material)
        if parent is not None and not parent.itself:
            above = company_of("", parent.name, material)
            parents.setdefault(above.key, parent)
            used.setdefault(above.key, above)
    for key in sorted(used):
        yield _provider(used[key], material, parents.get(key))


def _parent_of(company: UsedCompany, material: Material) -> UltimateParent | None:
    profile = material.profiles.get(company.id)
    return ultimate_parent(profile.company) if profile is not None else None


def _provider(
    company: UsedCompany, material: Material, stands_above: UltimateParent | None
) -> RegisterRow:
    """The row of a company; one that ``stands_above`` others is its own ultimate parent, by what shows that."""
    sheet = form("dora").sheet("B_05.01")
    code = identifier(company, material)
    known = material.profiles.get(company.id)
    about = known.company if known is not None else None
    parent = _parent_of(company, material)
    if parent is None and stands_above is not None:
        parent = UltimateParent(stands_above.name, stands_above.sources, itself=True)
    parent_code = _parent_code(code, parent, company, material)
    cells = {
        "provider": _called(company, about, stands_above, material),
        "c0010": code,
        "c0020": code_type(code),
        "c0050": _legal_name(about, company, material),
        "c0060": NOT_APPLICABLE,
        "c0070": _person(about, company, material),
        "c0080": _headquarters(about, company, material),
        "c0110": parent_code,
        "c0120": code_type(parent_code),
        "parent": _parent_name(parent, company, material),
    }
    return material.row(sheet, company.key, cells)


def _called(
    company: UsedCompany,
    about: Company | None,
    stands_above: UltimateParent | None,
    material: Material,
) -> Cell:
    """What people call it, with what shows that, or the question."""
    if not company.called:
        return company_question(company, material)
    if stands_above is not None and about is None:
        return fact(company.called, sources=stands_above.sources)
    sources = (about.source,) if about is not None else company.sources
    return fact(
        company.called,
        because=company.because,
        sources=sources,
    )


def _legal_name(about: Company | None, company: UsedCompany, material: Material) -> Cell:
    if about is not None:
        return fact(about.name, sources=(about.source,))
    return ask_company(company, "legal-name", material)


def _person(about: Company | None, company: UsedCompany, material: Material) -> Cell:
    """A company that the catalogue has is a legal person."""
    if about is not None:
        return fact("legal", sources=(about.source,))
    return ask_company(company, "person", material)


def _headquarters(about: Company | None, company: UsedCompany, material: Material) -> Cell:
    if about is not None:
        return fact(about.seat, sources=(about.source,))
    return ask_company(company, "headquarters", material)


def _parent_code(
    own: Cell, parent: UltimateParent | None, company: UsedCompany, material: Material
) -> Cell:
    """The code of the ultimate parent: the provider's own where it is that itself."""
    if parent is None:
        return ask_company(company, "parent-code", material)
    if parent.itself:
        return own
    return identifier(company_of("", parent.name, material), material)


def _parent_name(
    parent: UltimateParent | None, company: UsedCompany, material: Material
) -> Cell:
    if parent is None:
        return ask_company(company, "parent", material)
    return fact(parent.name, sources=tuple(dict.fromkeys(parent.sources)))
