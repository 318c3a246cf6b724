"""``docs/compose.md``: each row of its table of variables is read with the ``.env`` that it shows."""

from __future__ import annotations

import re

import pytest

from sovlint.documents.interpolation import interpolated
from sovlint.documents.syntaxes.dotenv import variables
from sovlint.frontends.compose.claims import MAIN, is_compose, may_be
from sovlint.model.source import SourceFile, Span
from sovlint.model.value import Known, StepKind, Unknown, unroll
from tests.scratch import ROOT

PAGE = (ROOT / "docs/compose.md").read_text(encoding="utf-8")
FILES, _, REST = PAGE.partition("\n## Variables\n")
(ENV,) = re.findall(r"^```text\n(.*?)^```$", REST, re.DOTALL | re.MULTILINE)
ROWS = re.findall(r"^\| `([^`]*\$[^`]*)` \| (.+?) \|$", REST, re.MULTILINE)


def _said(text: str) -> str:
    """What a text comes to, in the words of the page."""
    given = variables(SourceFile(".env", ENV.encode()), lambda _: None)
    value = interpolated(text, Span("compose.yaml", 1, 1, 1, 1), given.get)
    if isinstance(value, Known):
        shown = f"`{value.value}`" if value.value else "empty"
        default = any(step.kind is StepKind.DEFAULT for step in unroll(value.because))
        return shown + (
            ", as a default: a finding says that another value may be given"
            if default
            else ""
        )
    assert isinstance(value, Unknown)
    if value.among:
        return " or ".join(
            f"`{member.value}`" if member.value else "empty" for member in value.among
        )
    kept = "; its literals are kept" if value.parts and any(value.parts) else ""
    return f"unknown: {value.reason.value}{kept}"


def test_the_table_is_found() -> None:
    assert len(ROWS) > 12


@pytest.mark.parametrize(("text", "said"), ROWS)
def test_a_variable_becomes_what_the_page_says(text: str, said: str) -> None:
    assert _said(text) == said


def test_the_names_of_files_are_those_that_are_claimed() -> None:
    main, _, variant, likely = re.findall(r"^\| (`[^|]*`)[^|`]*\| ", FILES, re.MULTILINE)[:4]
    assert tuple(re.findall(r"`(.+?)`", main)) == MAIN
    assert all(is_compose(name) for name in re.findall(r"`(.+?)`", variant))
    assert [(is_compose(name), may_be(name)) for name in re.findall(r"`(.+?)`", likely)] == [
        (False, True)
    ]
