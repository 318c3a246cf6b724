"""The registers that a statement covers: each by the digest of its JSON, so that whoever has the file can compare it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from sovlint.evidence.asked import path_from_root
from sovlint.registers.answers import GivenAnswers
from sovlint.registers.drafting import REGISTERS
from sovlint.registers.drafting.material import Material
from sovlint.registers.writing import json_
from sovlint.report.pieces.json_text import Json


def stated_registers(material: Material, names: Iterable[str], language: str) -> Json:
    """The digests of registers by their names: of what ``sovlint register NAME -f json`` writes. A register that this
    version doesn't have is left out."""
    as_written = replace(material, report=replace(material.report, show_compliant=False))
    return {
        name: {"sha256": json_.digest(REGISTERS[name](as_written), language)}
        for name in sorted(set(names) & REGISTERS.keys())
    }


def answers_from_root(given: GivenAnswers, root: Path) -> GivenAnswers:
    """Answers with their places as they are on any checkout: from the git root, or by the name of the file alone."""
    return GivenAnswers(
        {
            id: (contents, replace(where, path=path_from_root(Path(where.path), root)))
            for id, (contents, where) in given.by_id.items()
        }
    )
