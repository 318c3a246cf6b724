"""Who stands behind a provider: its sub-processors, and the clouds that it runs on."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from sovlint.model.placement import Source
from sovlint.model.text import Note
from sovlint.model.value import Because, Step
from sovlint.registers.drafting.arrangements import (
    Arrangement,
    UsedCompany,
    company_of,
    used_company,
)
from sovlint.registers.drafting.material import Material


class ChainLink(Struct, frozen=True):
    """A company behind a provider, and what shows that it is there."""

    company: UsedCompany
    because: tuple[Because, ...] = ()
    sources: tuple[Source, ...] = ()


def links(of: Arrangement, material: Material) -> list[ChainLink]:
    """The companies of rank 2: sub-processors that the inventory names, then clouds that the provider runs on."""
    found: dict[str, ChainLink] = {}
    for one in of.passed_on:
        resource, placement = one.placed.resource, one.placement
        company = used_company(placement, material, resource.address)
        here = Step(resource.where, Note("registers.passed-on-here"))
        found.setdefault(company.key, ChainLink(company, (here,)))
    profile = material.profiles.get(of.company.id)
    if profile is not None:
        sources = tuple(
            each.source for each in profile.control_derived if each.through == "runs-on"
        )
        for name in profile.runs_on or ():
            shown = sources or profile.sources
            company = company_of(_id_of(name, material), name, material)
            link = ChainLink(replace(company, sources=shown), (), shown)
            found.setdefault(company.key, link)
    return list(found.values())


def _id_of(name: str, material: Material) -> str:
    """The id of a company of the catalogue by its name; empty where it has none."""
    found = (id for id, called in material.world.providers.items() if called == name)
    return next(found, "")
