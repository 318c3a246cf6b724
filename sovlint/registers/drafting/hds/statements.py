"""Which sentence a host may publish of what is used (EXI 31), beside the one that it publishes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from msgspec import Struct

from sovlint.model.placement import Source
from sovlint.model.text import Note
from sovlint.model.value import Known
from sovlint.registers.cells import Cell, fact
from sovlint.registers.drafting.companies import (
    AtCompany,
    asked,
    at_companies,
    company_cell,
    compelled,
    country_of,
    holding_of,
    is_inside,
    services_cell,
)
from sovlint.registers.drafting.gathered import declared
from sovlint.registers.drafting.hds.compared import compared
from sovlint.registers.drafting.hds.places import remote_access
from sovlint.registers.drafting.hds.sentences import HostFacts, exposure, sentences
from sovlint.registers.drafting.material import Material
from sovlint.registers.forms import form
from sovlint.registers.register import RegisterRow
from sovlint.report.pieces.landings import Landed

SECNUMCLOUD: Final = "secnumcloud"
VERSION: Final = "3.2"
"""The version of SecNumCloud that EXI 31 names."""


class Qualified(Struct, frozen=True):
    """Whether placements are qualified by SecNumCloud 3.2 (``None``: not known), until when, and by which sources."""

    held: bool | None
    until: date | None
    sources: tuple[Source, ...] = ()


def statements(found: Iterable[Landed], material: Material) -> Iterator[RegisterRow]:
    """A row for each company, country and standing under SecNumCloud."""
    sheet = form("hds").sheet("statements")
    for at in at_companies(found, material, _part):
        country, held = map(str, at.part)
        name = ".".join((at.company.key, country or "unknown", held))
        yield material.row(sheet, name, _cells(at, country, material))


def _part(one: Landed) -> tuple[str, str]:
    held = _qualified(one).held
    standing = {True: "qualified", False: "not-qualified", None: "open"}[held]
    return country_of(one), standing


def _qualified(one: Landed) -> Qualified:
    holding = holding_of(one.placement, SECNUMCLOUD)
    if holding is None or not isinstance(holding.held, Known):
        return Qualified(None, None)
    if not holding.held.value:
        return Qualified(False, None, holding.sources)
    held = True if holding.version == VERSION else None
    return Qualified(held, holding.until, holding.sources)


def _cells(at: AtCompany, country: str, material: Material) -> dict[str, Cell]:
    qualified = _qualified(at.landed[0])
    remote = remote_access(at, material)
    states = compelled(at, material)
    facts = HostFacts(
        qualified=qualified.held,
        inside=is_inside(at),
        remote=_answer(remote),
        exposure=exposure(states.states, material.world),
        others=states.others,
    )
    left = sentences(facts)
    published = asked(at, "hds-published", material)
    said = [str(each) for each in published.contents]
    differs = not set(said) <= set(map(str, left.sentences))
    settled = len(left.sentences) == 1 and not left.conditions
    evidence = tuple(
        each.source for placement in at.placements for each in placement.evidence
    )
    sources = dict.fromkeys((*qualified.sources, *evidence, *remote.sources))
    hangs = [
        Note(f"registers.hds-if-{each.value}", {"company": at.named})
        for each in left.conditions
    ]
    if qualified.held and qualified.until:
        hangs.append(Note("registers.hds-until", {"day": qualified.until}))
    return {
        "host": company_cell(at, material),
        "services": services_cell(at),
        "country": declared(at.landed, country or Note("registers.unknown")),
        "qualified": _standing(at, qualified),
        "possible": declared(at.landed, *map(str, left.sentences), sources=sources),
        "hangs": declared(at.landed, *(hangs or (Note("registers.hds-settled"),))),
        "published": published,
        "differs": compared(published, True if differs else (False if settled else None)),
        "address": _address(at, material),
    }


def _answer(cell: Cell) -> bool | None:
    return bool(cell.contents[0]) if cell.contents else None


def _standing(at: AtCompany, qualified: Qualified) -> Cell:
    word = {True: "qualified", False: "not-qualified", None: "open"}[qualified.held]
    return declared(at.landed, word, sources=qualified.sources)


def _address(at: AtCompany, material: Material) -> Cell:
    """Where the host publishes it: what the catalogue found, else a question."""
    profile = material.profiles.get(at.company.id)
    for each in profile.standings if profile is not None else ():
        if each.transfer_table:
            return fact(each.transfer_table, sources=(each.source,))
    return asked(at, "hds-address", material)
