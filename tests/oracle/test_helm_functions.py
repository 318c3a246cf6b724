"""Helm's binary still gives what stands in the table of functions (``tests/expressions/templates/helm``)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.expressions.templates.helm_table import ANSWERS, asked
from tests.helm_binary import binary

pytestmark = [pytest.mark.oracle, pytest.mark.program]

HELM = binary("4") or Path()
needs_binary = pytest.mark.skipif(binary("4") is None, reason="Helm isn't unpacked")


@needs_binary
def test_helm_gives_what_the_table_says(tmp_path: Path) -> None:
    rows = [row for row in ANSWERS if "gives" in row]
    given = asked(HELM, tmp_path, [row["template"] for row in rows])
    told = zip(rows, given, strict=True)
    assert [(row, text) for row, text in told if row["gives"] != text] == []


@needs_binary
def test_helm_refuses_what_the_table_says_fails(tmp_path: Path) -> None:
    """Some of them: each takes a run of its own."""
    templates = [row["template"] for row in ANSWERS if "gives" not in row][::8]
    assert asked(HELM, tmp_path, templates) == [None] * len(templates)
