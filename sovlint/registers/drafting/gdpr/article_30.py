"""The record of processing activities (GDPR, article 30)."""

from __future__ import annotations

from collections.abc import Iterator

from sovlint.model.placement import CONTROL_SHOWN, Shows
from sovlint.model.text import Note
from sovlint.registers.cells import Cell, Question, fact
from sovlint.registers.drafting.arrangements import UsedCompany, used_by, used_company
from sovlint.registers.drafting.entity import legal_name
from sovlint.registers.drafting.gathered import told
from sovlint.registers.drafting.gdpr.companies import (
    behind_cell,
    by_company,
    company_cell,
    company_name,
)
from sovlint.registers.drafting.gdpr.personal import (
    RECORD,
    RecordedProcessing,
    data_cell,
    left_out,
    personal_claims,
    processings,
    special_cell,
    suggested_cell,
)
from sovlint.registers.drafting.gdpr.third_states import (
    countries_cell,
    is_third,
    safeguards_cell,
    states_cell,
    states_known,
    sure_states,
    transfers_cell,
)
from sovlint.registers.drafting.material import Material
from sovlint.registers.drafting.supply_chain import ChainLink, links
from sovlint.registers.forms import SheetForm, form
from sovlint.registers.register import Register, RegisterRow
from sovlint.report.pieces.landings import Landed


def draft(material: Material) -> Register:
    """The controller, its processings, their recipients, and what is processed on behalf of others."""
    found = tuple(processings(material))
    rows = {
        "controller": [_controller(material)],
        "processings": [_processing(each, material) for each in found],
        "recipients": [row for each in found for row in _recipients(each, material)],
        "on-behalf": list(_on_behalf(found, material)),
    }
    return material.register(RECORD, rows, *left_out(material))


def _controller(material: Material) -> RegisterRow:
    of = form(RECORD).sheet("controller")
    return material.row(of, "organisation", {"name": legal_name(material)})


def _processing(each: RecordedProcessing, material: Material) -> RegisterRow:
    of = form(RECORD).sheet("processings")
    claims = personal_claims(each.landed)

    def ask(column: str) -> Question:
        return material.question(of, each.name, column)

    listed, together = Note("registers.inventory-entry"), Note("registers.deployed-together")
    cells = {
        "name": fact(each.name, because=each.declared),
        "kind": fact(listed if each.entry is not None else together, because=each.declared),
        "data": data_cell(claims, ask("data"), material),
        "suggested": suggested_cell(claims, material),
        "special": special_cell(claims, ask("special"), material),
        "recipients": _companies(each, ask("recipients"), material),
        "countries": countries_cell(each.landed, ask("countries"), material),
        "transfers": transfers_cell(each.landed, ask("transfers"), material),
        "safeguards": safeguards_cell(each.landed, ask("safeguards"), material),
        "reach": _reach(each.landed, ask("reach"), material),
    }
    said = {"purposes": each.stated("purpose"), "owner": each.stated("owner")}
    known = {column: cell for column, cell in said.items() if cell is not None}
    return material.row(of, each.name, {**cells, **known})


def _companies(each: RecordedProcessing, question: Question, material: Material) -> Cell:
    """Who gets the data, where that is known of every placement."""
    found = by_company(each.landed, material)
    names = sorted(
        {name for company, _ in found if (name := company_name(company, material))}
    )
    if not all(company.called for company, _ in found):
        partly = Note("registers.partly", {"known": tuple(names)})
        note = partly if names else used_by(each.landed)
        return material.answers.cell(question, note)
    placements = [one.placement for one in each.landed]
    facts = [placement.provider for placement in placements]
    return told(names, placements, facts, (Shows.HOST, Shows.MODULE))


def _reach(found: tuple[Landed, ...], question: Question, material: Material) -> Cell:
    """The third states that can compel a recipient."""
    sure = {code for one in found for code in sure_states(one.placement)}
    third = tuple(sorted(code for code in sure if is_third(code, material)))
    placements = [one.placement for one in found]
    if not all(map(states_known, placements)):
        note = Note("registers.partly", {"known": third}) if third else None
        return material.answers.cell(question, note)
    content = third or (Note("registers.no-third-state"),)
    return told(content, placements, [each.control for each in placements], CONTROL_SHOWN)


# --- recipients


def _recipients(each: RecordedProcessing, material: Material) -> Iterator[RegisterRow]:
    of = form(RECORD).sheet("recipients")
    for company, found in by_company(each.landed, material):
        yield _recipient(each, company, found, of, material)
    behind = {
        link.company.key: link
        for arrangement in each.arrangements
        for link in links(arrangement, material)
    }
    for key in sorted(behind):
        yield _behind(each, behind[key], of, material)


def _recipient(
    each: RecordedProcessing,
    company: UsedCompany,
    found: tuple[Landed, ...],
    of: SheetForm,
    material: Material,
) -> RegisterRow:
    name = f"{each.name}.{company.key}"

    def ask(column: str) -> Question:
        return material.question(of, name, column)

    cells = {
        "processing": fact(each.name, because=each.declared),
        "company": company_cell(company, found, ask("company"), material),
        "rank": fact("direct", because=each.declared),
        "data": data_cell(personal_claims(found), ask("data"), material),
        "countries": countries_cell(found, ask("countries"), material),
        "states": states_cell(found, ask("states"), material),
        "safeguards": safeguards_cell(found, ask("safeguards"), material),
    }
    return material.row(of, name, cells)


def _behind(
    each: RecordedProcessing, link: ChainLink, of: SheetForm, material: Material
) -> RegisterRow:
    """A company to which a recipient passes data, or whose cloud it runs on."""
    name = f"{each.name}.{link.company.key}.behind"
    cells = {
        "processing": fact(each.name, because=each.declared),
        "company": behind_cell(link.company, link.because, link.sources, material),
        "rank": fact(
            "sub-processor" if link.because else "cloud",
            because=link.because,
            sources=link.sources,
        ),
    }
    found = passed_to(link, each, material)
    if found:
        claims = personal_claims(found)
        question = material.question(of, name, "data")
        cells["data"] = data_cell(claims, question, material)
        cells["countries"] = countries_cell(
            found, material.question(of, name, "countries"), material
        )
        cells["states"] = states_cell(found, material.question(of, name, "states"), material)
        cells["safeguards"] = safeguards_cell(
            found, material.question(of, name, "safeguards"), material
        )
    return material.row(of, name, cells)


def passed_to(
    link: ChainLink, each: RecordedProcessing, material: Material
) -> tuple[Landed, ...]:
    """The placements of a sub-processor that the inventory names."""
    return tuple(
        one
        for arrangement in each.arrangements
        for one in arrangement.passed_on
        if used_company(one.placement, material, one.placed.resource.address).key
        == link.company.key
    )


# --- what is processed on behalf of others


def _on_behalf(
    found: tuple[RecordedProcessing, ...], material: Material
) -> Iterator[RegisterRow]:
    """What is deployed together, where the organisation is said to be a kind of body that processes for others."""
    if material.body not in form(RECORD).mappings["on-behalf"]:
        return
    of = form(RECORD).sheet("on-behalf")
    for each in found:
        if each.entry is None:
            claims = personal_claims(each.landed)
            data = material.question(of, each.name, "data")
            transfers = material.question(of, each.name, "transfers")
            safeguards = material.question(of, each.name, "safeguards")
            cells = {
                "name": fact(each.name, because=each.declared),
                "data": data_cell(claims, data, material),
                "transfers": transfers_cell(each.landed, transfers, material),
                "safeguards": safeguards_cell(each.landed, safeguards, material),
            }
            yield material.row(of, each.name, cells)
