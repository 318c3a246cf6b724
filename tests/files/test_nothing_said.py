"""Words for nothing are no evidence and no reason; what names something is."""

from __future__ import annotations

import pytest

from sovlint.files.nothing_said import says_nothing


@pytest.mark.parametrize(
    "text",
    ["none", "None.", "N/A", "n.a.", "-", "...", "TBD", "to do", "aucun", "Néant", "s/o", "sans objet", "à venir", "?!",
     "Yes.", "see above", "source", "Interne"],
)  # fmt: skip
def test_nothing(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize(
    "text",
    ["contract 2026-114", "none of the above: see DPA annex 3", "no-reply letter 12", "aucune réserve, PV 4", "7", "契約"],
)  # fmt: skip
def test_something(text: str) -> None:
    assert not says_nothing(text)
