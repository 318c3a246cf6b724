"""Cells of several repositories as one, column by column of the forms that are put together."""

from __future__ import annotations

from datetime import date

import pytest

from sovlint.model.text import Bilingual, Note
from sovlint.registers.answers import GivenAnswers
from sovlint.registers.cells import (
    NOT_APPLICABLE,
    Cell,
    Content,
    Question,
    attested,
    blank,
    fact,
)
from sovlint.registers.forms import form
from sovlint.registers.merging.cells import CellPlace, merged_cell
from sovlint.registers.merging.told import Said
from sovlint.report.messages import say

ASKED = blank(Question("q", Bilingual("Which?", "Lequel ?")))
NONE_FOUND = Bilingual("none was found", "aucune n'a été trouvée")


def told(where: str, *cells: Cell) -> tuple[Content | str, ...]:
    """What the cell of a column says of repositories `a`, `b`, ...; of a blank, its note."""
    form_id, sheet, column = where.split("/")
    of = form(form_id)
    at = CellPlace(
        of, sheet, "row", of.sheet(sheet).column(column), date(2026, 11, 24), GivenAnswers()
    )
    found = merged_cell(
        [Said(name, cell) for name, cell in zip("abcdefghij", cells, strict=False)], at
    )
    if found.is_blank:
        assert found.question is not None
        return ("???", say(found.note, "en") if found.note else "")
    return found.contents


@pytest.mark.parametrize(
    ("where", "cells", "expected"),
    [
        # Data is stored where one of them stores some; that one doesn't is no news of the others.
        ("dora/B_02.02/c0140", [fact(True), ASKED], (True,)),
        ("dora/B_02.02/c0140", [fact(False), ASKED], ("???", "Not known of b. Known: no (a).")),
        ("dora/B_02.02/c0140", [fact(False), fact(False)], (False,)),
        # All of it is in the EEA only if each of them is.
        ("tender/answers/within", [fact(True), ASKED], ("???", "Not known of b. Known: yes (a).")),
        ("tender/answers/within", [fact(False), ASKED], (False,)),
        ("tender/answers/within", [fact(True), fact(True)], (True,)),
        ("tender/answers/support", [fact(True), fact(False)], (True,)),
        # The most sensitive data counts, and there may be more of it where one doesn't know.
        ("dora/B_02.02/c0170", [fact("low"), fact("medium")], ("medium",)),
        ("dora/B_02.02/c0170", [fact("medium"), ASKED], ("???", "Not known of b. Known: medium (a).")),
        ("dora/B_02.02/c0170", [fact("high"), ASKED], ("high",)),
        # What is of the company is the same for each.
        ("dora/B_05.01/c0050", [ASKED, fact("Zendesk, Inc.")], ("Zendesk, Inc.",)),
        ("dora/B_05.01/c0050", [fact("A"), fact("B"), fact("A")], ("???", "The repositories differ: A (a, c), B (b).")),
        ("dora/B_05.01/c0060", [NOT_APPLICABLE, NOT_APPLICABLE], ()),
        ("dora/B_05.01/c0060", [NOT_APPLICABLE, attested("x", by="")], ("x",)),
        # Lists have all, and no word that there is nothing beside something.
        ("tender/answers/services", [fact("s3"), fact("rds", "s3")], ("rds", "s3")),
        ("tender/answers/broken", [fact(NONE_FOUND), fact("A rule")], ("A rule",)),
        ("tender/answers/broken", [fact(NONE_FOUND), fact(NONE_FOUND)], (NONE_FOUND,)),
        # A state that can compel is hidden by nobody who doesn't know.
        ("tender/answers/states", [fact("US"), ASKED], ("???", "Not known of b. Known: US (a).")),
        ("tender/answers/states", [fact("US"), fact("FR")], ("FR", "US")),
        # Of many, some are named.
        (
            "tender/answers/keys",
            [fact("we do"), *[ASKED] * 7],
            ("???", "Not known of b, c, d, e, f and 2 more. Known: we do (a)."),
        ),
        ("tender/statement/day", [fact(date(2026, 1, 1)), fact(date(2026, 2, 2))], (date(2026, 11, 24),)),
    ],
)  # fmt: skip
def test_cells_of_several(
    where: str, cells: list[Cell], expected: tuple[Content | str, ...]
) -> None:
    assert told(where, *cells) == expected


def test_a_blank_that_one_explains_keeps_that() -> None:
    explained = Cell(ASKED.origin, question=ASKED.question, note=Note("registers.others"))
    assert told("tender/answers/keys", fact("we do"), explained) == (
        "???", "Not known of b (perhaps others). Known: we do (a).",
    )  # fmt: skip


def test_whoever_vouches_is_named() -> None:
    of = form("tender")
    at = CellPlace(
        of,
        "answers",
        "row",
        of.sheet("answers").column("keys"),
        date(2026, 1, 1),
        GivenAnswers(),
    )
    cells = [attested("we do", by="DPO"), fact("we do"), attested("we do", by="CISO")]
    found = merged_cell(
        [Said(name, cell) for name, cell in zip("abc", cells, strict=True)], at
    )
    assert (found.origin, found.attested_by) == ("attested", "CISO, DPO")
