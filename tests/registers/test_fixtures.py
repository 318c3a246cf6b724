"""Every register of the fixtures of insurers, in both languages: each cell is a fact with what led to it, an attestation, or
a blank with its question, and each question says of what it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import pytest

from sovlint.commands.parts import drafting
from sovlint.model.request import Request
from sovlint.registers.cells import CellOrigin
from sovlint.registers.drafting import REGISTERS
from sovlint.registers.drafting.material import Material
from sovlint.registers.register import Register
from sovlint.registers.words import question_text
from sovlint.registers.writing import json_
from tests import scratch
from tests.registers.cells import unproven

INSURERS = ("mutuelle", "saas/insurer")
OF_ITSELF = {
    ("tender", "statement", ""),
    ("dora", "B_01.01", "c0060"),
    ("dora", "B_06.01", "c0010"),
    ("report", "findings", "number"),
}
"""Sheets and columns that say what the register or the run is: its day, its commit, the numbers of its rows."""


@cache
def material(insurer: str) -> Material:
    request = Request(paths=(scratch.alone(insurer),), as_of=date(2026, 11, 24))
    return drafting.material(request)


@cache
def register(insurer: str, name: str) -> Register:
    return REGISTERS[name](material(insurer))


def sheets(insurer: str, name: str, language: str) -> Mapping[str, Any]:
    written = json.loads(json_.render(register(insurer, name), language))
    return {
        sheet["id"]: {row["name"]: row["cells"] for row in sheet["rows"]}
        for sheet in written["sheets"]
    }


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", REGISTERS)
@pytest.mark.parametrize("insurer", INSURERS)
def test_every_cell_is_proven(insurer: str, name: str, language: str) -> None:
    found = sheets(insurer, name, language)
    wrong = [
        (sheet, row, column)
        for sheet, row, column in unproven(found)
        if not OF_ITSELF & {(name, sheet, ""), (name, sheet, column)}
    ]
    assert wrong == []


@pytest.mark.parametrize("name", REGISTERS)
@pytest.mark.parametrize("insurer", INSURERS)
def test_no_two_questions_have_the_same_words(insurer: str, name: str) -> None:
    """Whoever reads a list of questions sees of what each is."""
    for language in ("en", "fr"):
        texts = [
            question_text(each, language) for each in register(insurer, name).questions()
        ]
        assert sorted(texts) == sorted(set(texts))


@pytest.mark.parametrize("insurer", INSURERS)
def test_a_blank_is_no_fact(insurer: str) -> None:
    for name in REGISTERS:
        for cell in register(insurer, name).cells():
            assert bool(cell.contents) == (
                cell.origin in (CellOrigin.FACT, CellOrigin.ATTESTED)
            )


@pytest.mark.parametrize("name", REGISTERS)
@pytest.mark.parametrize("insurer", INSURERS)
def test_no_question_is_asked_twice(insurer: str, name: str) -> None:
    """Two services of one company are one question: a file of answers has each id once."""
    ids = [each.id for each in register(insurer, name).questions()]
    assert len(ids) == len(set(ids))
