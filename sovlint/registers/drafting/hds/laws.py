"""Which states outside of the EEA can compel a host, by which laws, and what its contract says of that (EXI 30)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sovlint.model.placement import CONTROL_SHOWN, Source
from sovlint.model.text import Note
from sovlint.model.world import Jurisdiction
from sovlint.registers.cells import NOT_APPLICABLE, Cell, Content, fact
from sovlint.registers.drafting.companies import (
    AtCompany,
    Compelled,
    asked,
    company_cell,
    compelled,
)
from sovlint.registers.drafting.gathered import told
from sovlint.registers.drafting.hds.compared import compared
from sovlint.registers.drafting.hds.sentences import Exposure, exposure
from sovlint.registers.drafting.material import Material
from sovlint.registers.forms import form
from sovlint.registers.register import RegisterRow

_CONTRACT = ("contract", "measures", "residual")


def laws(at: AtCompany, material: Material) -> RegisterRow:
    """The row of a company."""
    who = compelled(at, material)
    cells = {"host": company_cell(at, material), **_known(at, who, material)}
    for column in _CONTRACT:
        cells[column] = asked(at, f"hds-{column}", material)
    if not who.states and not who.others:
        cells.update(dict.fromkeys((*_CONTRACT, "differs"), NOT_APPLICABLE))
    else:
        says = cells["contract"]
        cells["differs"] = compared(says, _contradicts(who, says, material))
    return material.row(form("hds").sheet("laws"), at.company.key, cells)


def _known(at: AtCompany, who: Compelled, material: Material) -> dict[str, Cell]:
    """The states, whether adequacy covers them, and their laws."""
    columns = ("states", "adequate", "laws")
    if not who.states and who.others:
        return dict.fromkeys(columns, asked(at, "hds-states", material))
    if not who.states:
        none = Note("registers.no-state-outside")
        cells = {"states": _shown(at, (none,))}
        return {**cells, "adequate": NOT_APPLICABLE, "laws": NOT_APPLICABLE}
    more: tuple[Content, ...] = (Note("registers.others"),) if who.others else ()
    states = _shown(at, (*who.states, *more))
    return {
        "states": states,
        "adequate": _adequate(who, states, material),
        "laws": _laws(at, who, states, material),
    }


def _shown(at: AtCompany, contents: tuple[Content, ...]) -> Cell:
    facts = [each.control for each in at.placements]
    return told(contents, at.placements, facts, CONTROL_SHOWN)


def _adequate(who: Compelled, states: Cell, material: Material) -> Cell:
    """Whether decisions of adequacy cover the states: wholly, some organisations alone, or not."""
    found = {
        Exposure.EXPOSED: "no",
        Exposure.IN_PART: "in-part",
        Exposure.NONE: "yes",
    }[exposure(who.states, material.world)]
    decisions = (
        state.adequacy.source
        for state in _jurisdictions(who, material).values()
        if state.adequacy is not None
    )
    return fact(found, because=states.because, sources=(*states.sources, *decisions))


def _laws(at: AtCompany, who: Compelled, states: Cell, material: Material) -> Cell:
    known = [law for code in who.states for law in material.world.states[code].laws]
    if not known:
        return asked(at, "hds-laws", material)
    return fact(*known, because=states.because, sources=tuple(_texts(who, material)))


def _texts(who: Compelled, material: Material) -> Iterator[Source]:
    for state in _jurisdictions(who, material).values():
        yield from (law.source for law in state.laws if law.compels)


def _jurisdictions(who: Compelled, material: Material) -> Mapping[str, Jurisdiction]:
    found = {}
    for profile in material.profiles.values():
        found.update(
            {code: profile.states[code] for code in who.states if code in profile.states}
        )
    return found


def _contradicts(who: Compelled, says: Cell, material: Material) -> bool | None:
    """Whether the contract leaves out laws of a state that no adequacy covers; not known where one covers some
    organisations alone, or where states aren't known."""
    if says.contents == (True,):
        return False
    bound = exposure(who.states, material.world)
    if bound is Exposure.EXPOSED:
        return True
    return None if who.others or bound is Exposure.IN_PART else False
