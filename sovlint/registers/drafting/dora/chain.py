"""Who stands behind a provider, by ranks (sheet B_05.02)."""

from __future__ import annotations

from collections.abc import Iterator

from sovlint.registers.cells import NOT_APPLICABLE, fact
from sovlint.registers.drafting.arrangements import (
    Arrangement,
    called,
    identifier,
    reference,
)
from sovlint.registers.drafting.dora.identifiers import code_type
from sovlint.registers.drafting.dora.services import service_type, types_of
from sovlint.registers.drafting.gathered import declared
from sovlint.registers.drafting.material import Material
from sovlint.registers.drafting.supply_chain import links
from sovlint.registers.forms import form
from sovlint.registers.register import RegisterRow

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
