"""A template that says what it is given, and snapshots of rendered text."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sovlint.model.text import Bilingual
from sovlint.report import messages

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.fixture(autouse=True)
def said_template(monkeypatch: pytest.MonkeyPatch) -> None:
    said = Bilingual("{text}", "{text}")
    monkeypatch.setitem(messages.templates(), "test.said", said)  # type: ignore[arg-type]


@pytest.fixture
def snapshot() -> Callable[[str, str], None]:
    """Compares rendered text with a file of ``snapshots``; SOVLINT_UPDATE_SNAPSHOTS=1 writes the file instead."""

    def compare(name: str, text: str) -> None:
        path = SNAPSHOTS / name
        if os.environ.get("SOVLINT_UPDATE_SNAPSHOTS"):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare
