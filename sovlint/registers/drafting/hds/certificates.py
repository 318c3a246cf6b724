"""Which certificate covers what is used, until when, and for which activities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from sovlint.model.placement import Holding
from sovlint.model.value import Known
from sovlint.registers.cells import NOT_APPLICABLE, Cell, Content, attested
from sovlint.registers.drafting.arrangements import slug
from sovlint.registers.drafting.companies import (
    AtCompany,
    asked,
    at_companies,
    classes_cell,
    company_cell,
    holding_of,
    services_cell,
)
from sovlint.registers.drafting.gathered import declared
from sovlint.registers.drafting.material import Material
from sovlint.registers.forms import form
from sovlint.registers.register import RegisterRow
from sovlint.report.pieces.landings import Landed

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
