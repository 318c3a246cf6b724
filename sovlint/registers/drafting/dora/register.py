"""The register of information of DORA, sheet by sheet (Implementing Regulation (EU) 2024/2956, annex I)."""

from __future__ import annotations

from collections.abc import Iterator

from sovlint.model.text import Note
from sovlint.registers.cells import NOT_APPLICABLE, Cell, fact
from sovlint.registers.drafting.arrangements import (
    Arrangement,
    arrangements,
    called,
    identifier,
    reference,
    shared_references,
)
from sovlint.registers.drafting.dora.identifiers import code_type
from sovlint.registers.drafting.dora.providers import providers
from sovlint.registers.drafting.dora.services import service_type, specific_rows, types_of
from sovlint.registers.drafting.entity import country, legal_name, lei
from sovlint.registers.drafting.gathered import declared
from sovlint.registers.drafting.material import Material
from sovlint.registers.drafting.supply_chain import links
from sovlint.registers.forms import form
from sovlint.registers.register import Register, RegisterRow
from sovlint.report.pieces.landings import Landed

# --- Who stands behind a provider, by ranks (sheet B_05.02).

SHEET = "B_05.02"


def chain_rows(of: Arrangement, material: Material) -> Iterator[RegisterRow]:
    """The provider at rank 1, and each company behind it at rank 2, for each type of service."""
    sheet = form("dora").sheet(SHEET)
    own = identifier(of.company, material)
    provider = called(of, material)
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
            "c0050": fact(1, because=provider.because or declared(of.landed).because),
            "c0060": NOT_APPLICABLE,
            "c0070": NOT_APPLICABLE,
            "provider": provider,
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


ID = "dora"


def draft(material: Material) -> Register:
    """All sheets of which code and inventories show something, and the problems of what they say."""
    found = arrangements(material)
    rows = {
        "B_01.01": [_maintainer(material)],
        "B_01.02": [_entity(material)],
        "B_02.01": [_general(each, material) for each in found],
        "B_02.02": [row for each in found for row in specific_rows(each, material)],
        "B_03.01": [_signs(each, material) for each in found],
        "B_03.02": [_provider_signs(each, material) for each in found],
        "B_04.01": [_uses(each, material) for each in found],
        "B_05.01": list(providers(found, material)),
        "B_05.02": [row for each in found for row in chain_rows(each, material)],
        "B_06.01": list(_functions(material)),
        "B_07.01": [row for each in found for row in _assessed(each, material)],
    }
    return material.register(ID, rows, *shared_references(found))


def _maintainer(material: Material) -> RegisterRow:
    of = form(ID).sheet("B_01.01")
    cells = {
        "c0010": lei(material),
        "c0020": legal_name(material),
        "c0030": country(material),
        "c0060": fact(material.as_of),
    }
    return material.row(of, "organisation", cells)


def _entity(material: Material) -> RegisterRow:
    of = form(ID).sheet("B_01.02")
    cells = {
        "c0010": lei(material),
        "c0020": legal_name(material),
        "c0030": country(material),
    }
    return material.row(of, "organisation", cells)


def _general(each: Arrangement, material: Material) -> RegisterRow:
    of = form(ID).sheet("B_02.01")
    return material.row(
        of,
        each.name,
        {"provider": called(each, material), "c0010": reference(each, material)},
    )


def _signs(each: Arrangement, material: Material) -> RegisterRow:
    of = form(ID).sheet("B_03.01")
    cells = {
        "provider": called(each, material),
        "c0010": reference(each, material),
        "c0020": lei(material),
    }
    return material.row(of, each.name, cells)


def _provider_signs(each: Arrangement, material: Material) -> RegisterRow:
    of = form(ID).sheet("B_03.02")
    code = identifier(each.company, material)
    cells = {
        "provider": called(each, material),
        "c0010": reference(each, material),
        "c0020": code,
        "c0030": code_type(code),
    }
    return material.row(of, each.name, cells)


def _uses(each: Arrangement, material: Material) -> RegisterRow:
    of = form(ID).sheet("B_04.01")
    cells = {
        "provider": called(each, material),
        "c0010": reference(each, material),
        "c0020": lei(material),
    }
    return material.row(of, each.name, cells)


def _functions(material: Material) -> Iterator[RegisterRow]:
    """A row for each root that carries a class, to be named; one where there is none, unless others may have some."""
    of = form(ID).sheet("B_06.01")
    roots: dict[str, list[Landed]] = {}
    for one in material.landed:
        if one.placed.classes.claims:
            roots.setdefault(one.placed.resource.root or "", []).append(one)
    nowhere = [] if material.repository else [""]
    for number, root in enumerate(sorted(roots) or nowhere, start=1):
        cells: dict[str, Cell] = {
            "root": declared(roots.get(root, ()), root or Note("report.no-root")),
            "c0010": fact(f"F{number}"),
            "c0040": lei(material),
        }
        yield material.row(of, material.local(f"F{number}"), cells)


def _assessed(each: Arrangement, material: Material) -> Iterator[RegisterRow]:
    of = form(ID).sheet("B_07.01")
    code = identifier(each.company, material)
    for type_code in types_of(each, material):
        cells = {
            "provider": called(each, material),
            "c0010": reference(each, material),
            "c0020": code,
            "c0030": code_type(code),
            "c0040": service_type(each, type_code, material),
        }
        yield material.row(of, f"{each.name}.{type_code or 'unknown'}", cells)
