"""The contracts of processors (GDPR, article 28): which papers there are, what they must say, and who stands behind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sovlint.model.text import Note
from sovlint.model.value import Step
from sovlint.registers.cells import Cell, fact
from sovlint.registers.drafting.arrangements import (
    AGREEMENT,
    REFERENCE,
    Arrangement,
    end,
    reference,
    shared_references,
    start,
    used_company,
)
from sovlint.registers.drafting.gdpr.companies import behind_cell, company_cell
from sovlint.registers.drafting.gdpr.personal import (
    data_cell,
    left_out,
    personal,
    personal_claims,
    stated,
    used,
)
from sovlint.registers.drafting.gdpr.third_states import countries_cell
from sovlint.registers.drafting.material import Material
from sovlint.registers.drafting.supply_chain import ChainLink, links
from sovlint.registers.forms import form
from sovlint.registers.register import Register, RegisterRow

ID: Final = "article-28"
STATED: Final = {
    "contract-date": "contract.date",
    "dpa": AGREEMENT,
    "dpa-date": "dpa.date",
    "purpose": "purpose",
}
"""What the inventory's entry may say of each column."""


def draft(material: Material) -> Register:
    """Every company that has personal data, and those behind it."""
    found = used(material)
    rows = {
        "processors": [_processor(each, material) for each in found],
        "sub-processors": [row for each in found for row in _behind(each, material)],
    }
    return material.register(ID, rows, *left_out(material), *shared_references(found))


def _processor(each: Arrangement, material: Material) -> RegisterRow:
    of = form(ID).sheet("processors")
    landed = personal(each.landed)
    cells = {
        "company": company_cell(
            each.company, landed, material.question(of, each.name, "company"), material
        ),
        "entry": entry_cell(each),
        "papers": _papers(each),
        "contract": reference(each, material),
        "start": start(each, material),
        "end": end(each, material),
        "data": data_cell(
            personal_claims(landed), material.question(of, each.name, "data"), material
        ),
    }
    for column, path in STATED.items():
        cell = stated(each.entry, path) if each.entry is not None else None
        if cell is not None:
            cells[column] = cell
    return material.row(of, each.name, cells)


def entry_cell(each: Arrangement) -> Cell:
    """The entry of the inventory, or that none has the company, with what places data there."""
    if each.entry is None:
        here = Note("registers.declared-here")
        places = dict.fromkeys(one.placed.resource.where for one in each.landed)
        chain = tuple(Step(place, here) for place in places)
        return fact(Note("registers.no-entry"), because=chain)
    step = Step(each.entry.where, Note("registers.stated-here"))
    return fact(each.entry.address, because=(step,))


def _papers(each: Arrangement) -> Cell:
    """Which of the two papers the inventory names."""
    where = entry_cell(each).because
    if each.entry is None:
        return fact("unlisted", because=where)
    contract, agreement = each.stated(REFERENCE), each.stated(AGREEMENT)
    chain = tuple(paper[1] for paper in (contract, agreement) if paper is not None)
    match contract is not None, agreement is not None:
        case True, True:
            return fact("both", because=chain)
        case True, False:
            return fact("contract", because=chain)
        case False, True:
            return fact("dpa", because=chain)
    return fact("none", because=where)


def _behind(each: Arrangement, material: Material) -> Iterator[RegisterRow]:
    for link in links(each, material):
        yield _sub_processor(each, link, material)


def _sub_processor(each: Arrangement, link: ChainLink, material: Material) -> RegisterRow:
    of = form(ID).sheet("sub-processors")
    name = f"{each.name}.{link.company.key}"
    question = material.question(of, name, "processor")
    shown = "inventory" if link.because else "cloud"
    cells = {
        "processor": company_cell(each.company, each.landed, question, material),
        "entry": entry_cell(each),
        "company": behind_cell(link.company, link.because, link.sources, material),
        "shown": fact(shown, because=link.because, sources=link.sources),
    }
    passed = [
        one
        for one in each.passed_on
        if used_company(one.placement, material, one.placed.resource.address).key
        == link.company.key
    ]
    if passed:
        asked = material.question(of, name, "country")
        cells["country"] = countries_cell(passed, asked, material)
        purpose = stated(passed[0].placed.resource, "purpose")
        cells |= {"purpose": purpose} if purpose is not None else {}
    return material.row(of, name, cells)
