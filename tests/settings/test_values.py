"""Texts of configuration files: what is still to be filled in is unknown, with its literals."""

from __future__ import annotations

import pytest

from sovlint.model.source import Span
from sovlint.model.value import Known, Reason, StepKind, Unknown
from sovlint.settings.values import MAX_TEXT, valued

HERE = Span("a", 1, 1, 1, 1)


@pytest.mark.parametrize(
    "text", ["a", "", "https://a.fr/$1", "100%", "a$b", "${open", "#nothing", "a@b.fr"]
)
def test_a_plain_text_is_itself(text: str) -> None:
    value = valued(text, HERE)
    assert isinstance(value, Known)
    assert value.value == text


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("${A}", None), ("$A", None), ("{{ a }}", None), ("@a.b@", None), ("%A%", None), ("__A__", None),
        ("#{A}#", None),
        ("https://${A}.acme.fr/x", ("https://", None, ".acme.fr/x")), ("a-{{ .Values.b }}", ("a-", None)),
        ("<%= a %>.fr", (None, ".fr")), ("%env(A)%", None), ("${a${b}c}d", (None, "d")),
    ],
)  # fmt: skip
def test_what_is_to_be_filled_in_is_unknown(
    text: str, parts: tuple[str | None, ...] | None
) -> None:
    value = valued(text, HERE)
    assert isinstance(value, Unknown)
    assert (value.reason, value.parts) == (Reason.TEMPLATED, parts)
    assert text not in value.detail


def test_a_default_of_a_variable() -> None:
    for text, wanted in (
        ("${A:b}", "b"),
        ("x${A:b}/${C:}", "xb/"),
        ('${A:-"b"}', "b"),
        ("${A:http://b}", "http://b"),
    ):
        value = valued(text, HERE, ":")
        assert isinstance(value, Known)
        assert value.value == wanted
        assert value.because is not None
        assert value.because.kind is StepKind.DEFAULT
    assert isinstance(valued("${A:${B}}", HERE, ":"), Unknown)
    assert isinstance(valued("${A:b}", HERE), Unknown)


def test_a_long_text_is_no_value() -> None:
    assert isinstance(valued("a" * (MAX_TEXT + 1), HERE), Unknown)


def test_many_open_brackets_cost_little() -> None:
    assert isinstance(valued("${" * 9_000, HERE), Known)
