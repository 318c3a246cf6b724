"""What the HDS referential asks of each host of health data on sovereignty, and what it publishes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from sovlint.model.placement import CONTROL_SHOWN, Holding, Source
from sovlint.model.text import Note
from sovlint.model.value import Known
from sovlint.model.world import Jurisdiction
from sovlint.registers.cells import NOT_APPLICABLE, Cell, Content, attested, fact
from sovlint.registers.drafting.arrangements import slug
from sovlint.registers.drafting.companies import (
    AtCompany,
    Compelled,
    asked,
    at_companies,
    carries,
    classes_cell,
    company_cell,
    compelled,
    holding_of,
    services_cell,
)
from sovlint.registers.drafting.gathered import declared, told
from sovlint.registers.drafting.hds.compared import compared
from sovlint.registers.drafting.hds.places import places
from sovlint.registers.drafting.hds.sentences import Exposure, exposure
from sovlint.registers.drafting.hds.statements import statements
from sovlint.registers.drafting.material import Material
from sovlint.registers.forms import form
from sovlint.registers.register import Register, RegisterRow
from sovlint.report.pieces.landings import Landed

# --- Which states outside of the EEA can compel a host, by which laws, and what its contract says of that (EXI 30).

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


# --- Which certificate covers what is used, until when, and for which activities.

HDS: Final = "hds"


def certificates(found: Iterable[Landed], material: Material) -> Iterator[RegisterRow]:
    """A row for each company, offer and standing of it: what one service holds, another of the company may not."""
    for at in at_companies(found, material, _standing):
        offer, held, _ = at.part
        state = {True: "held", False: "not-held"}.get(held, "open")  # type: ignore[call-overload]
        name = ".".join((at.company.key, slug(str(offer or "none")), state))
        yield material.row(form("hds").sheet("certificates"), name, _cells(at, material))


def _standing(one: Landed) -> tuple[str | None, bool | None, str | None]:
    """The offer, whether it is held, and who vouches for that."""
    holding = holding_of(one.placement, HDS)
    if holding is None:
        return None, None, None
    held = holding.held.value if isinstance(holding.held, Known) else None
    return holding.offer, held, holding.attested


def _cells(at: AtCompany, material: Material) -> dict[str, Cell]:
    holding = holding_of(at.placements[0], HDS)
    cells = {
        "host": company_cell(at, material),
        "services": services_cell(at),
        "classes": classes_cell(at, material),
    }
    if holding is None:
        return cells
    if isinstance(holding.held, Known) and not holding.held.value:
        nothing = dict.fromkeys(("offer", "version", "until", "activities"), NOT_APPLICABLE)
        return {**cells, **nothing, "held": _found(at, holding, False)}
    known: dict[str, tuple[Content, ...]] = {
        "offer": (holding.offer,) if holding.offer else (),
        "version": (holding.version,) if holding.version else (),
        "until": (holding.until,) if holding.until else (),
        "activities": tuple(map(str, holding.activities)),
    }
    for column, contents in known.items():
        if contents:
            cells[column] = _found(at, holding, *contents)
        else:
            cells[column] = asked(at, f"hds-{column}", material)
    if holding.attested and holding.until:
        cells["until"] = _vouched(holding, holding.attested, holding.until)
    cells["held"] = _held(at, holding, material)
    return cells


def _held(at: AtCompany, holding: Holding, material: Material) -> Cell:
    if not isinstance(holding.held, Known):
        return asked(at, "hds-held", material, holding.note)
    if holding.attested:
        return _vouched(holding, holding.attested, True)
    return _found(at, holding, True)


def _vouched(holding: Holding, by: str, content: Content) -> Cell:
    """What an attestation of the configuration says."""
    step = holding.held.because if isinstance(holding.held, Known) else None
    because = (step,) if step is not None else ()
    return attested(content, by=by, because=because, sources=holding.sources)


def _found(at: AtCompany, holding: Holding, *contents: Content) -> Cell:
    return declared(at.landed, *contents, sources=holding.sources)


HEALTH = "health"


def draft(material: Material) -> Register:
    """All sheets, of whatever carries health data."""
    found = [one for one in material.landed if carries(one, HEALTH, material)]
    rows = {
        "certificates": list(certificates(found, material)),
        "places": list(places(found, material)),
        "laws": [laws(each, material) for each in at_companies(found, material)],
        "statements": list(statements(found, material)),
    }
    return material.register("hds", rows)
