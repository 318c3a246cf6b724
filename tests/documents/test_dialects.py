"""What is still to be filled in, by the signs of each dialect."""

from __future__ import annotations

import time

import pytest

from sovlint.documents.dialects import (
    ALONE,
    BRACES,
    ERB,
    EXPRESSIONS,
    GO,
    IN_DOCUMENTS,
    IN_VALUES,
    KUBELET,
    PYTHON,
    ROUND,
    RUBY,
    SYMFONY,
    Dialect,
    Dialects,
    Hole,
    variable_pattern,
)

EVERY = (BRACES, EXPRESSIONS, GO, ROUND, ERB, SYMFONY, RUBY, PYTHON)


def shown(dialects: Dialects, text: str) -> list[str]:
    """Literals as they are, and what stands in holes in square brackets."""
    return [
        f"[{piece.inner}]" if isinstance(piece, Hole) else piece
        for piece in dialects.pieces(text)
    ]


@pytest.mark.parametrize("dialect", EVERY, ids=lambda each: each.open)
@pytest.mark.parametrize("nested", [False, True])
def test_a_variable_is_a_hole_between_literals(dialect: Dialect, nested: bool) -> None:
    written = f"{dialect.open}a{dialect.close}"
    pieces = Dialects((dialect,), nested).pieces(f"x{written}{written}")
    assert pieces == ["x", Hole(written, "a"), "", Hole(written, "a"), ""]


@pytest.mark.parametrize("text", ["", "a", "${a", "a}", "{{ a", "$a", "{a}"])
def test_what_is_not_opened_and_closed_is_a_literal(text: str) -> None:
    assert Dialects(IN_DOCUMENTS).pieces(text) == [text]
    assert Dialects(IN_VALUES, nested=True).pieces(text) == [text]


def test_a_variable_in_a_variable() -> None:
    assert shown(Dialects(IN_VALUES, nested=True), "a${b:${c}}d") == ["a", "[b:${c}]", "d"]
    assert shown(Dialects(IN_DOCUMENTS), "a${b:${c}}d") == ["a", "[b:${c]", "}d"]


def test_after_a_sign_that_stays_open() -> None:
    assert shown(Dialects(IN_DOCUMENTS), "{{ a ${b}") == ["{{ a ", "[b]", ""]
    assert shown(Dialects(IN_VALUES, nested=True), "${ a {{ b }}") == ["${ a {{ b }}"]


def test_an_opened_variable_need_not_be_closed() -> None:
    assert Dialects(IN_DOCUMENTS).is_in("a ${")
    assert not Dialects(IN_DOCUMENTS).is_in("a $( }")


@pytest.mark.parametrize(
    "text", ["{{" * 100_000, "${{" * 60_000, "{{}" * 60_000, "${" * 100_000]
)
def test_signs_that_stay_open_cost_little(text: str) -> None:
    began = time.process_time()
    Dialects(IN_DOCUMENTS).pieces(text)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(("dialects", "nested"), [(IN_VALUES, True), (IN_DOCUMENTS, False)])
def test_of_two_signs_that_begin_alike_the_longer_one_is_meant(
    dialects: tuple[Dialect, ...], nested: bool
) -> None:
    found = Dialects(dialects, nested)
    assert found.pieces("a${{ b }}c") == ["a", Hole("${{ b }}", " b "), "c"]
    assert shown(found, "${{ f('{}') }}-${b}") == ["", "[ f('{}') ]", "-", "[b]", ""]
    assert shown(found, "${{a}-b}") == (
        ["", "[{a}-b]", ""] if nested else ["", "[{a]", "-b}"]
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [("$(A.b)", "A.b"), ("$$", None), ("$$(A)", None), ("$(A b)", ""), ("$A", "")],
)
def test_a_pattern_knows_names_and_what_the_sign_is_escaped_by(
    text: str, name: str | None
) -> None:
    met = variable_pattern(KUBELET).match(text)
    assert (met[1] if met else "") == name


def test_blanks_and_the_sign_that_trims_may_stand_around_a_name() -> None:
    pattern = variable_pattern(GO, r"\.(\w+)")
    assert [met[1] for met in pattern.finditer("{{.a}} {{- .b -}} {{  .c}} {{ d }}")] == [
        "a",
        "b",
        "c",
    ]


@pytest.mark.parametrize("text", ["$A", "@a.b@", "%A%", "__A__", "#{A}", "#{A}#"])
def test_a_variable_that_is_all_of_a_value(text: str) -> None:
    assert any(variable_pattern(each).fullmatch(text) for each in ALONE)
