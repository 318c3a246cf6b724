"""Texts with holes: what several pieces make, and what a text with holes looks like as one."""

from __future__ import annotations

import pytest

from sovlint.model.partial.holes import (
    HOLE,
    cut_text,
    host_of,
    joined_pieces,
    marked_parts,
    marked_text,
    parts_between,
)
from sovlint.model.partial.parts import Parts
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, Value

HERE = Step(Span("a.yaml", 1, 1, 1, 2), Note("settings.written"))
NAMED = Unknown(Reason.FROM_ENVIRONMENT, "NAME")
OTHER = Unknown(Reason.UNSET_VARIABLE, "var.other")
ADDRESS = Unknown(Reason.COMPUTED_AT_APPLY, "endpoint", host_of="db.claims")


def _few(*texts: object, detail: str = "few", sensitive: bool = False) -> Unknown:
    return Unknown(
        Reason.MULTI_VALUED, detail, among=tuple(map(Known, texts)), sensitive=sensitive
    )


@pytest.mark.parametrize(
    "parts", [(), ("a",), (None,), (None, None), ("a", None, "b"), (None, "a", None, None)]
)
def test_a_text_with_signs_gives_its_parts_back(parts: Parts) -> None:
    assert marked_parts(marked_text(parts)) == parts


def test_what_looks_like_a_sign_is_no_hole() -> None:
    assert marked_text((f"a{HOLE}b", None)) == f"ab{HOLE}"


def test_neighbouring_holes_between_literals_stay_apart() -> None:
    assert parts_between(["", "", "a", ""]) == (None, None, "a", None)


def test_pieces_that_are_all_known_make_a_known_text() -> None:
    made = joined_pieces([Known("a"), Known(5432), Known("")], HERE)
    assert isinstance(made, Known)
    assert (made.value, made.because, made.sensitive) == ("a5432", HERE, False)


def test_no_pieces_make_an_empty_text() -> None:
    made = joined_pieces([], HERE)
    assert isinstance(made, Known)
    assert made.value == ""


def test_the_first_that_is_not_known_gives_the_reason() -> None:
    made = joined_pieces([Known("a"), NAMED, Known("b"), OTHER], HERE)
    assert isinstance(made, Unknown)
    assert (made.reason, made.detail, made.because) == (Reason.FROM_ENVIRONMENT, "NAME", HERE)
    assert made.parts == ("a", None, "b", None)
    assert made.holes == (NAMED, OTHER)
    assert made.among is None


def test_a_piece_brings_its_own_literals_and_holes() -> None:
    inner = joined_pieces([Known("x"), NAMED], HERE)
    made = joined_pieces([Known("a"), inner, Known("b")], HERE)
    assert isinstance(made, Unknown)
    assert made.parts == ("ax", None, "b")
    assert made.holes == (NAMED,)


def test_a_text_is_all_that_its_pieces_may_make() -> None:
    made = joined_pieces([_few("a", "b"), Known("."), _few(1, 2)], HERE)
    assert isinstance(made, Unknown)
    assert [each.value for each in made.among or ()] == ["a.1", "a.2", "b.1", "b.2"]


def test_too_many_possible_texts_are_none() -> None:
    made = joined_pieces([_few(*range(8)), _few(*range(8))], HERE)
    assert isinstance(made, Unknown)
    assert made.among is None


def test_a_piece_alone_stays_what_is_known_of_it() -> None:
    made = joined_pieces([Known(""), ADDRESS, Known("")], HERE)
    assert isinstance(made, Unknown)
    assert (made.host_of, made.parts, made.because) == ("db.claims", (None,), HERE)


@pytest.mark.parametrize(
    "pieces", [[Known("a"), Known("b", None, True)], [NAMED, _few("a", sensitive=True)]]
)
def test_a_sensitive_piece_makes_the_whole_sensitive(pieces: list[Value]) -> None:
    assert joined_pieces(pieces, HERE).sensitive


def test_an_empty_piece_may_be_a_secret_too() -> None:
    assert joined_pieces([NAMED, Known("", None, True)], HERE).sensitive


@pytest.mark.parametrize(
    ("pieces", "address"),
    [
        ([ADDRESS], "db.claims"),
        ([Known("postgres://u:p@"), ADDRESS, Known(":5432/claims")], "db.claims"),
        ([Known("postgres://u:"), NAMED, Known("@"), ADDRESS, Known("/claims")], "db.claims"),
        ([NAMED, Known("://"), ADDRESS], "db.claims"),
        ([ADDRESS, Known(".evil.example")], None),
        ([Known("https://proxy.example/?to="), ADDRESS], None),
        ([ADDRESS, Known(","), ADDRESS], None),
        ([NAMED, Known("x")], None),
    ],
)
def test_a_resource_answers_where_its_address_is_the_host(
    pieces: list[Value], address: str | None
) -> None:
    assert host_of(pieces) == address
    made = joined_pieces(pieces, HERE)
    assert isinstance(made, Unknown)
    assert made.host_of == address


@pytest.mark.parametrize(
    ("pieces", "count", "parts", "address"),
    [
        ([Known("--url="), ADDRESS, Known("/x")], 6, (None, "/x"), "db.claims"),
        (
            [Known("--url=https://"), ADDRESS, Known("/"), NAMED],
            6,
            ("https://", None, "/", None),
            "db.claims",
        ),
        ([Known("--url="), NAMED, Known("@"), ADDRESS], 6, (None, "@", None), "db.claims"),
        ([Known("--url=https://a.example/"), ADDRESS], 6, ("https://a.example/", None), None),
        ([Known("-u"), NAMED], 2, (None,), None),
        ([ADDRESS], 0, (None,), "db.claims"),
    ],
)
def test_what_is_left_of_a_text_is_an_address_of_its_own(
    pieces: list[Value], count: int, parts: Parts, address: str | None
) -> None:
    value = joined_pieces(pieces, HERE)
    assert isinstance(value, Unknown)
    left = cut_text(value, lambda text: text[count:])
    assert (left.parts, left.host_of) == (parts, address)


def test_a_text_of_which_nothing_is_left() -> None:
    left = cut_text(joined_pieces([Known("a"), ADDRESS], HERE), lambda text: None)
    assert left.parts is None


def test_where_holes_are_not_told_apart_the_whole_stays_what_it_is() -> None:
    value = Unknown(
        Reason.COMPUTED_AT_APPLY, "a", parts=(None, "-", None), host_of="db.claims"
    )
    assert cut_text(value, lambda text: text).host_of == "db.claims"
