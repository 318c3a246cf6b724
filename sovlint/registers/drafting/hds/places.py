"""Where health data is kept (EXI 28), and from where it may be reached (EXI 29)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sovlint.model.placement import KEEPING
from sovlint.model.text import Note
from sovlint.model.value import Known
from sovlint.registers.cells import NOT_APPLICABLE, Cell
from sovlint.registers.drafting.companies import (
    AtCompany,
    asked,
    at_companies,
    company_cell,
    country_cell,
    country_of,
    within_cell,
)
from sovlint.registers.drafting.gathered import declared
from sovlint.registers.drafting.hds.compared import compared
from sovlint.registers.drafting.material import Material
from sovlint.registers.forms import form
from sovlint.registers.register import RegisterRow
from sovlint.report.pieces.landings import Landed


def places(found: Iterable[Landed], material: Material) -> Iterator[RegisterRow]:
    """A row for each company and country."""
    sheet = form("hds").sheet("places")
    for at in at_companies(found, material, lambda one: (country_of(one),)):
        country = str(at.part[0])
        name = f"{at.company.key}.{country or 'unknown'}"
        where = country_cell(at, f"places.{name}.country", material)
        said = asked(at, "hds-told-country", material)
        remote = remote_access(at, material)
        cells = {
            "host": company_cell(at, material),
            "country": where,
            "keeps": _keeps(at, name, material),
            "within": within_cell(at, where, material),
            "told": said,
            "differs": compared(said, _is_other(where, said)),
            "remote": remote,
            "basis": _basis(at, remote, material),
        }
        yield material.row(sheet, name, cells)


def _keeps(at: AtCompany, name: str, material: Material) -> Cell:
    """Whether data is kept there: by the role of something that does."""
    keeping = [
        one
        for one in at.landed
        if isinstance(one.placement.role, Known) and one.placement.role.value in KEEPING
    ]
    if keeping:
        return declared(keeping, True)
    text = Note("registers.ask-storage", {"company": at.named})
    return material.answers.ask(f"places.{name}.keeps", text)


def remote_access(at: AtCompany, material: Material) -> Cell:
    """Whether the data can be reached from outside of the EEA: no code shows who supports and administers."""
    return asked(at, "hds-remote", material)


def _basis(at: AtCompany, remote: Cell, material: Material) -> Cell:
    """What allows that access: asked of access that there is."""
    if remote.is_blank:
        return remote
    if remote.contents == (False,):
        return NOT_APPLICABLE
    return asked(at, "hds-basis", material)


def _is_other(where: Cell, said: Cell) -> bool | None:
    if where.is_blank:
        return None
    return not set(where.contents) <= set(said.contents)
