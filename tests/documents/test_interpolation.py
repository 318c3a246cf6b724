"""What becomes of variables in a text: the table of the Compose specification, and what isn't known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sovlint.documents.interpolation import MAX_LENGTH, interpolated
from sovlint.model.source import Span
from sovlint.model.value import Known, Reason, StepKind, Unknown, Value, unroll

HERE = Span("compose.yaml", 1, 1, 1, 9)
SET = {"SET": "value", "EMPTY": "", "OTHER": "two"}


def _value(text: str, given_: dict[str, str] | None = None) -> Value:
    found = SET if given_ is None else given_
    return interpolated(
        text, HERE, lambda name: Known(found[name]) if name in found else None
    )


def _known(text: str) -> object:
    value = _value(text)
    assert isinstance(value, Known), value
    return value.value


def _unknown(text: str) -> Unknown:
    value = _value(text)
    assert isinstance(value, Unknown), value
    return value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("$SET", "value"),
        ("${SET}", "value"),
        ("a-${SET}-b-$OTHER.", "a-value-b-two."),
        ("${EMPTY}", ""),
        ("$$SET", "$SET"),
        ("$${SET}", "${SET}"),
        ("$$$SET", "$value"),
        ("costs 5$", "costs 5$"),
        ("awk '{print $1}'", "awk '{print $1}'"),
        # default: unset or empty, unset
        ("${SET:-d}", "value"),
        ("${SET-d}", "value"),
        ("${EMPTY:-d}", "d"),
        ("${EMPTY-d}", ""),
        ("${UNSET:-d}", "d"),
        ("${UNSET-d}", "d"),
        ("${UNSET:-}", ""),
        ("${UNSET:-http://host:80/x?y=z}", "http://host:80/x?y=z"),
        ("${UNSET:-$SET}", "value"),
        ("${UNSET:-${OTHER:-d}}-x", "two-x"),
        ("${UNSET:-${UNSET:-${UNSET-deep}}}", "deep"),
        ("${UNSET:-{a}}", "{a}"),
        # required
        ("${SET:?needed}", "value"),
        ("${SET?needed}", "value"),
        ("${EMPTY?needed}", ""),
        # alternative
        ("${SET:+alt}", "alt"),
        ("${SET+alt}", "alt"),
        ("${EMPTY:+alt}", ""),
        ("${EMPTY+alt}", "alt"),
    ],
)
def test_what_is_set_and_what_has_a_default_is_known(text: str, expected: str) -> None:
    assert _known(text) == expected


@pytest.mark.parametrize(
    "text", ["${UNSET}", "$UNSET", "${UNSET:?needed}", "${UNSET?needed}"]
)
def test_what_no_file_sets_comes_from_the_environment(text: str) -> None:
    value = _unknown(text)
    assert (value.reason, value.detail) == (Reason.FROM_ENVIRONMENT, "${UNSET}")


def test_an_alternative_to_what_no_file_sets_is_one_of_two() -> None:
    value = _unknown("https://${UNSET:+eu.}host")
    assert [member.value for member in value.among or ()] == [
        "https://eu.host",
        "https://host",
    ]


@pytest.mark.parametrize("text", ["${", "${SET", "${SET:-a", "${1}", "${SET!x}", "${}"])
def test_what_compose_refuses_is_unknown(text: str) -> None:
    assert _unknown(text).reason is Reason.UNSUPPORTED_EXPRESSION


def test_literals_around_a_hole_are_kept() -> None:
    value = _unknown("https://s3.${UNSET}.host/$OTHER/${UNSET}${UNSET}")
    assert value.parts == ("https://s3.", None, ".host/two/", None)


def test_a_default_says_that_it_is_one() -> None:
    value = _value("http://${UNSET:-host}/")
    assert any(step.kind is StepKind.DEFAULT for step in unroll(value.because))
    assert not any(
        step.kind is StepKind.DEFAULT
        for step in unroll(_value("http://${SET:-host}/").because)
    )


def test_a_text_that_grows_too_long_is_given_up() -> None:
    long = interpolated("$A" * 300, HERE, lambda _: Known("x" * (MAX_LENGTH // 200)))
    assert isinstance(long, Unknown)
    assert long.reason is Reason.UNSUPPORTED_EXPRESSION


def test_defaults_within_defaults_end_somewhere() -> None:
    assert _unknown("${A:-" * 10_000 + "}" * 10_000).reason is Reason.UNSUPPORTED_EXPRESSION


@given(st.text(alphabet="${}:-+?aA_1 ", max_size=40))
def test_no_text_raises(text: str) -> None:
    value = _value(text, {})
    assert isinstance(value, (Known, Unknown))


@given(st.text(alphabet="${}:-+?aAb_1", max_size=30))
def test_a_text_that_is_known_stays_what_it_is_when_more_is_set(text: str) -> None:
    """What is known without a default is the same whatever else somebody sets."""
    value = _value(text, {})
    if isinstance(value, Known) and "$" not in text.replace("$$", ""):
        assert _value(text, {"a": "x", "A": "y"}).value == value.value  # type: ignore[union-attr]
