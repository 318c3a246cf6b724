"""Entries built from the index: sources and what they may be shown as."""

from __future__ import annotations

from pathlib import Path

import pytest

from sovlint.catalog.load import load
from sovlint.catalog.plugin_types import type_entry
from sovlint.model.placement import Source
from tests.catalog.house import folder, provider


@pytest.mark.parametrize(
    ("written", "background"),
    [
        ("basis: read", False),
        ("basis: read, confidence: high", False),
        ("basis: read, confidence: medium", False),
        ("basis: read, confidence: low", True),
        ("basis: background, confidence: medium", True),
    ],
)
def test_a_weak_source_is_never_shown_as_one(
    tmp_path: Path, written: str, background: bool
) -> None:
    text = provider().replace(
        "supports: seat and owners, basis: read", f"supports: seat and owners, {written}"
    )
    found = load([folder(tmp_path, providers__own=text)]).find_provider("casa")
    assert found is not None
    source = next(source for source in found.sources if source.url)
    assert source.background is background


def test_what_a_source_supports_is_in_both_languages_or_the_same_in_both(
    tmp_path: Path,
) -> None:
    text = provider().replace(
        "supports: seat and owners", "supports: {en: the seat, fr: le siège}"
    )
    found = load([folder(tmp_path, providers__own=text)]).find_provider("casa")
    assert found is not None
    read, known = found.sources
    assert read == Source(
        "https://example.org/report",
        "2026-01-05",
        "the seat",
        supports_fr="le siège",
        overlay=f"{tmp_path.name}/providers/own.yaml",
    )
    assert (known.said("en"), known.said("fr")) == (
        "what is generally known",
        "what is generally known",
    )


def test_a_type_that_nobody_decided_on_is_as_good_as_not_listed() -> None:
    beta = {"same_types_as": "acme/casa", "undecided": ["casa_store"]}
    casa = {
        "types": {"casa_store": {"role": "at-rest"}},
        "config": ["casa_rule*", "casa_lab_rule"],
        "undecided": ["casa_rule_new", "casa_lab*"],
    }
    index = {"plugins": {"acme/casa": casa, "acme/beta": beta}}
    found = {
        name: type_entry(index, "acme/casa", name)
        for name in ("casa_rule_new", "casa_lab_one")
    }
    assert found == {"casa_rule_new": None, "casa_lab_one": None}
    for name in ("casa_rule_old", "casa_lab_rule"):  # a whole name counts before a pattern
        entry = type_entry(index, "acme/casa", name)
        assert entry is not None
        assert entry.config
    assert type_entry(index, "acme/beta", "casa_store") is None
