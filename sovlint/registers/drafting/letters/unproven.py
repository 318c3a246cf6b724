"""What isn't proven of a supplier: the demands of its letter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct

from sovlint.model.placement import NOBODY_KNOWS
from sovlint.model.value import Known, Unknown
from sovlint.registers.drafting.arrangements import AGREEMENT, INVENTORY, PASSED_ON
from sovlint.registers.drafting.companies import AtCompany, carries, holding_of
from sovlint.registers.drafting.material import Material
from sovlint.registers.forms import form
from sovlint.report.pieces.landings import Landed

ID: Final = "letters"
_HEALTH: Final = "health"


class Demand(StrEnum):
    """What a supplier may be asked for."""

    OWNERS = "owners"
    """Who holds it, up to the end."""
    PLACE = "place"
    """In which countries the data is."""
    HDS = "hds"
    SECNUMCLOUD = "secnumcloud"
    AGREEMENT = "agreement"
    """What binds it as a processor."""
    PROCESSORS = "processors"
    """Whom it passes data to."""
    ACCESS = "access"
    """Who reaches the data from where, who holds its keys, and how it comes back."""


class Unproven(Struct, frozen=True):
    """A demand, and the placements that wait for its answer."""

    demand: Demand
    landed: tuple[Landed, ...]


def unproven(at: AtCompany, material: Material) -> list[Unproven]:
    """The demands to a company, in the order of a letter; none where all is proven that anything here waits for.

    What no code shows of anybody is asked of those alone who are written to anyhow: whom they pass data to, and who
    reaches it.
    """
    found = [
        Unproven(demand, waiting)
        for demand, waits in _WAITS.items()
        if (waiting := tuple(one for one in at.landed if waits(one, material)))
    ]
    if found and not _names_processors(at, material):
        found.append(Unproven(Demand.PROCESSORS, at.landed))
    if found:
        found.append(Unproven(Demand.ACCESS, at.landed))
    return found


def is_written_about(one: Landed) -> bool:
    """Whether a placement carries personal data, at a company that is dealt with directly."""
    resource = one.placed.resource
    passed_on = resource.front_end == INVENTORY and resource.type == PASSED_ON
    others = form(ID).mappings["not-personal"]
    personal = any(each.data_class not in others for each in one.placed.classes.claims)
    return personal and not passed_on


def _owners(one: Landed, material: Material) -> bool:
    control = one.placement.control
    return not isinstance(control, Known) or NOBODY_KNOWS in control.value


def _place(one: Landed, material: Material) -> bool:
    return not isinstance(one.placement.country, Known)


def _hds(one: Landed, material: Material) -> bool:
    return carries(one, _HEALTH, material) and _is_open(one, "hds")


def _secnumcloud(one: Landed, material: Material) -> bool:
    return carries(one, _HEALTH, material) and _is_open(one, "secnumcloud")


def _is_open(one: Landed, name: str) -> bool:
    holding = holding_of(one.placement, name)
    return holding is not None and isinstance(holding.held, Unknown)


def _agreement(one: Landed, material: Material) -> bool:
    """Whether nothing names an agreement on processing: neither its entry of an inventory nor, of code, any entry of the
    same company."""
    resource, company = one.placed.resource, one.placement.provider_name
    if resource.front_end == INVENTORY:
        return not resource.attributes.read(AGREEMENT)
    return not any(
        each.placement.provider_name == company
        and each.placed.resource.front_end == INVENTORY
        and each.placed.resource.attributes.read(AGREEMENT)
        for each in material.landed
    )


def _names_processors(at: AtCompany, material: Material) -> bool:
    """Whether an entry of an inventory names companies that it passes data to."""
    entries = {one.placed.resource.address for one in at.landed}
    return any(
        one.placed.resource.address.rpartition("/")[0] in entries
        for one in material.landed
        if one.placed.resource.type == PASSED_ON
    )


_WAITS: Final[Mapping[Demand, Callable[[Landed, Material], bool]]] = {
    Demand.OWNERS: _owners,
    Demand.PLACE: _place,
    Demand.HDS: _hds,
    Demand.SECNUMCLOUD: _secnumcloud,
    Demand.AGREEMENT: _agreement,
}


def policies_of(found: list[Unproven]) -> Iterator[str]:
    """The policies that say that something of it is unproven, each once."""
    listed = (
        finding.policy
        for each in found
        for one in each.landed
        for finding in one.findings
        if finding.verdict == "unproven"
    )
    yield from dict.fromkeys(listed)
