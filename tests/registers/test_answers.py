"""Answers to questions: read with their places, and what is wrong with them said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sovlint.errors import SovlintError
from sovlint.model.text import Bilingual
from sovlint.registers.answers import GivenAnswers, read_answers
from sovlint.registers.cells import CellOrigin, Question

ASKED = Question("organisation.lei", Bilingual("Which LEI?", "Quel LEI ?"))


def answers(folder: Path, text: str) -> GivenAnswers:
    (folder / "answers.yaml").write_text(text, encoding="utf-8")
    return read_answers([folder / "answers.yaml"])


def test_an_answer_is_an_attestation_with_its_place(tmp_path: Path) -> None:
    cell = answers(tmp_path, "# ours\norganisation.lei: 969500WJWO3K2LDW2P04\n").cell(ASKED)
    assert cell.origin is CellOrigin.ATTESTED
    assert cell.contents == ("969500WJWO3K2LDW2P04",)
    (step,) = cell.because
    assert step is not None
    assert step.where is not None
    assert step.where.span().line == 2


def test_what_is_not_answered_is_a_blank_with_its_question(tmp_path: Path) -> None:
    for text in (
        "",
        "other: 1\n",
        "organisation.lei: ???\n",
        "organisation.lei:\n- A\n- ???\n",
    ):
        cell = answers(tmp_path, text).cell(ASKED)
        assert cell.is_blank
        assert cell.question == ASKED


def test_days_numbers_and_lists(tmp_path: Path) -> None:
    text = "organisation.lei: [2026-11-24, 3, true, no]\n"
    contents = answers(tmp_path, text).cell(ASKED).contents
    assert contents[1:] == (3, True, "no")  # YAML 1.2: `no` is a word
    assert str(contents[0]) == date(2026, 11, 24).isoformat()


def test_an_answer_to_no_question_is_told(tmp_path: Path) -> None:
    ((id, where),) = answers(tmp_path, "a: 1\n").unused(["b"])
    assert (id, where.line) == ("a", 1)


def test_a_later_file_wins(tmp_path: Path) -> None:
    (tmp_path / "1.yaml").write_text("a: 1\n")
    (tmp_path / "2.yaml").write_text("a: 2\n")
    found = read_answers([tmp_path / "1.yaml", tmp_path / "2.yaml"])
    assert found.by_id["a"][0] == (2,)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- a\n", "no mapping of questions to answers"),
        ("a:\n  b: 1\n", ":1:1: `a` isn't answered with a text"),
        ("a: [\n", ":2:1"),
        ("a: null\n", "`a` isn't answered"),
        ("a: 1\na: 2\n", ":2:1: the key `a` stands here a second time"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(SovlintError) as caught:
        answers(tmp_path, text)
    assert message in caught.value.message


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SovlintError, match="can't be read"):
        read_answers([tmp_path / "none.yaml"])


def test_that_there_is_none_answers_what_may_have_none(tmp_path: Path) -> None:
    optional = Question("a", ASKED.text, optional=True)
    required = Question("a", ASKED.text)
    for text in ("a: none\n", "a: sans objet\n", "a: []\n"):
        given = answers(tmp_path, text)
        assert given.cell(optional).origin is CellOrigin.NONE
        assert given.cell(optional).because
    assert answers(tmp_path, "a: []\n").cell(required).is_blank
    assert answers(tmp_path, "a: none\n").cell(required).contents == ("none",)


def test_amounts_with_decimals(tmp_path: Path) -> None:
    assert answers(tmp_path, "organisation.lei: 12000.50\n").cell(ASKED).contents == (
        "12000.5",
    )
