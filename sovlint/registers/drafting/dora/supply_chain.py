"""Who stands behind a provider: its sub-processors, and the clouds that it runs on (sheet B_05.02)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from sovlint.model.placement import Source
from sovlint.model.text import Note
from sovlint.model.value import Because, Step
from sovlint.registers.cells import NOT_APPLICABLE, fact
from sovlint.registers.drafting.arrangements import (
    Arrangement,
    UsedCompany,
    called,
    company_of,
    identifier,
    reference,
    used_company,
)
from sovlint.registers.drafting.dora.identifiers import code_type
from sovlint.registers.drafting.dora.services import service_type, types_of
from sovlint.registers.drafting.material import Material
from sovlint.registers.forms import form
from sovlint.registers.register import RegisterRow

SHEET = "B_05.02"


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


def chain_rows(of: Arrangement, material: Material) -> Iterator[RegisterRow]:
    """The provider at rank 1, and each company behind it at rank 2, for each type of service."""
    sheet = form("dora").sheet(SHEET)
    own = identifier(of.company, material)
    for type_code in types_of(of, material):
        base = {
            "c0010": reference(of, material),
            "c0020": service_type(of, type_code, material),
        }
        name = f"{of.name}.{type_code or 'unknown'}"
        first = {
            **base,
            "c0030": own,
            "c0040": code_type(own),
            "c0050": fact(1),
            "c0060": NOT_APPLICABLE,
            "c0070": NOT_APPLICABLE,
            "provider": called(of, material),
        }
        yield material.row(sheet, f"{name}.1", first)
        for link in links(of, material):
            code = identifier(link.company, material)
            second = {
                **base,
                "c0030": code,
                "c0040": code_type(code),
                "c0050": fact(2, because=link.because, sources=link.sources),
                "c0060": own,
                "c0070": code_type(own),
                "provider": fact(
                    link.company.called, because=link.because, sources=link.sources
                ),
            }
            yield material.row(sheet, f"{name}.2.{link.company.key}", second)


def _id_of(name: str, material: Material) -> str:
    """The id of a company of the catalogue by its name; empty where it has none."""
    found = (id for id, called in material.world.providers.items() if called == name)
    return next(found, "")
