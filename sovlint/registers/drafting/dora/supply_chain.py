"""Who stands behind a provider: its sub-processors, and the clouds that it runs on (sheet B_05.02)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from sovlint.model.placement import Source
from sovlint.model.text import Note
from sovlint.model.value import Because, Step
from sovlint.registers.cells import NOT_APPLICABLE, Cell, fact
from sovlint.registers.drafting.arrangements import (
    Arrangement,
    identifier,
    reference,
    slug,
)
from sovlint.registers.drafting.dora.identifiers import code_type
from sovlint.registers.drafting.dora.services import service_type, types_of
from sovlint.registers.drafting.gathered import known_values
from sovlint.registers.drafting.material import Material
from sovlint.registers.forms import form
from sovlint.registers.register import RegisterRow

SHEET = "B_05.02"


class ChainLink(Struct, frozen=True):
    """A company behind a provider, and what shows that it is there."""

    company: str
    called: str
    because: tuple[Because, ...] = ()
    sources: tuple[Source, ...] = ()


def links(of: Arrangement, material: Material) -> list[ChainLink]:
    """The companies of rank 2: sub-processors that the inventory names, then clouds that the provider runs on."""
    found: dict[str, ChainLink] = {}
    for one in of.passed_on:
        resource, placement = one.placed.resource, one.placement
        id = next(iter(known_values([placement.provider])), "")
        called = placement.provider_name or id
        here = Step(resource.where, Note("registers.passed-on-here"))
        found.setdefault(id or called, ChainLink(id or called, called, (here,)))
    profile = material.profiles.get(of.company)
    if profile is not None:
        sources = tuple(
            each.source for each in profile.control_derived if each.through == "runs-on"
        )
        for name in profile.runs_on or ():
            id = _id_of(name, material)
            found.setdefault(id, ChainLink(id, name, (), sources or profile.sources))
    return list(found.values())


def chain_rows(of: Arrangement, material: Material) -> Iterator[RegisterRow]:
    """The provider at rank 1, and each company behind it at rank 2, for each type of service."""
    sheet = form("dora").sheet(SHEET)
    own = identifier(of.company, of.called, material)
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
            "company": _called(of, material),
        }
        yield material.row(sheet, f"{name}.1", first)
        for link in links(of, material):
            code = identifier(link.company, link.called, material)
            second = {
                **base,
                "c0030": code,
                "c0040": code_type(code),
                "c0050": fact(2, because=link.because, sources=link.sources),
                "c0060": own,
                "c0070": code_type(own),
                "company": fact(link.called, because=link.because, sources=link.sources),
            }
            yield material.row(sheet, f"{name}.2.{slug(link.company)}", second)


def _called(of: Arrangement, material: Material) -> Cell:
    chain = tuple(
        dict.fromkeys(
            step
            for one in of.landed
            for step in (one.placement.provider.because,)
            if step is not None
        )
    )
    if of.called:
        return fact(of.called, because=chain)
    text = Note("registers.ask-company", {"entry": of.name})
    return material.answers.ask(f"arrangement.{of.name}.company", text)


def _id_of(name: str, material: Material) -> str:
    """The id of a company of the catalogue by its name."""
    found = (id for id, called in material.world.providers.items() if called == name)
    return next(found, name)
