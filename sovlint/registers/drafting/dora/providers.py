"""The providers, and who holds them in the end (sheet B_05.01)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from sovlint.model.lookups.profile import Company
from sovlint.model.placement import Source
from sovlint.model.text import Note
from sovlint.registers.cells import NOT_APPLICABLE, Cell, fact
from sovlint.registers.drafting.arrangements import Arrangement, identifier, slug
from sovlint.registers.drafting.dora.identifiers import code_type
from sovlint.registers.drafting.dora.supply_chain import links
from sovlint.registers.drafting.material import Material
from sovlint.registers.forms import form
from sovlint.registers.register import RegisterRow

DEEPEST = 12
"""Owners above owners that are followed."""


class UltimateParent(Struct, frozen=True):
    """Who holds a company in the end, with the sources of every step. ``itself``: nobody holds a majority of it."""

    name: str
    sources: tuple[Source, ...]
    itself: bool = False


def providers(found: Iterable[Arrangement], material: Material) -> Iterator[RegisterRow]:
    """A row for each company that is party to an arrangement, or stands in a supply chain."""
    used: dict[str, str] = {}
    for each in found:
        used.setdefault(each.company, each.called)
        for link in links(each, material):
            used.setdefault(link.company, link.called)
    for company, called in sorted(used.items(), key=lambda item: (item[1].casefold(), item)):
        yield _provider(company, called, material)


def _provider(company: str, called: str, material: Material) -> RegisterRow:
    sheet = form("dora").sheet("B_05.01")
    code = identifier(company, called, material)
    known = material.profiles.get(company)
    about = known.company if known is not None else None
    parent = ultimate_parent(about) if about is not None else None
    parent_code = _parent_code(code, parent, company, called, material)
    cells = {
        "c0010": code,
        "c0020": code_type(code),
        "c0050": _legal_name(about, company, called, material),
        "c0060": NOT_APPLICABLE,
        "c0070": _person(about, company, called, material),
        "c0080": _headquarters(about, company, called, material),
        "c0110": parent_code,
        "c0120": code_type(parent_code),
        "parent": _parent_name(parent, company, called, material),
    }
    return material.row(sheet, slug(company or "unknown"), cells)


def ultimate_parent(company: Company) -> UltimateParent | None:
    """Who holds a company in the end by majorities; ``None`` where some owner on the way wasn't found.

    A company of which nobody holds a majority, or which nobody holds, is its own. Several who hold it together are no
    single parent: then it isn't known either.
    """
    sources: list[Source] = []
    at = company
    for _ in range(DEEPEST):
        if at.dispersed is not None or at.top:
            sources.append(at.dispersed or at.source)
            return UltimateParent(at.name, tuple(sources), at is company)
        majority = [each for each in at.shares or () if each.majority]
        if len(majority) != 1 or len(majority[0].holders) != 1:
            return None
        sources.append(majority[0].source)
        at = majority[0].holders[0]
    return None


def _legal_name(about: Company | None, company: str, called: str, material: Material) -> Cell:
    if about is not None:
        return fact(about.name, sources=(about.source,))
    text = Note("registers.ask-legal-name", {"company": called or _nobody()})
    return material.answers.ask(f"company.{slug(company or 'unknown')}.legal-name", text)


def _person(about: Company | None, company: str, called: str, material: Material) -> Cell:
    """A company that the catalogue has is a legal person."""
    if about is not None:
        return fact("legal", sources=(about.source,))
    text = Note("registers.ask-person", {"company": called or _nobody()})
    return material.answers.ask(f"company.{slug(company or 'unknown')}.person", text)


def _headquarters(
    about: Company | None, company: str, called: str, material: Material
) -> Cell:
    if about is not None:
        return fact(about.seat, sources=(about.source,))
    text = Note("registers.ask-headquarters", {"company": called or _nobody()})
    return material.answers.ask(f"company.{slug(company or 'unknown')}.country", text)


def _parent_code(
    own: Cell, parent: UltimateParent | None, company: str, called: str, material: Material
) -> Cell:
    """The code of the ultimate parent: the provider's own where it is that itself."""
    if parent is not None and parent.itself:
        return own
    if parent is not None:
        return identifier(parent.name, parent.name, material)
    text = Note("registers.ask-parent-code", {"company": called or _nobody()})
    return material.answers.ask(
        f"company.{slug(company or 'unknown')}.parent-identifier", text
    )


def _parent_name(
    parent: UltimateParent | None, company: str, called: str, material: Material
) -> Cell:
    if parent is not None:
        return fact(parent.name, sources=tuple(dict.fromkeys(parent.sources)))
    text = Note("registers.ask-parent", {"company": called or _nobody()})
    return material.answers.ask(f"company.{slug(company or 'unknown')}.parent", text)


def _nobody() -> Note:
    return Note("registers.unknown-company")
