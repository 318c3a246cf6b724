"""How the dates of sources read, in both languages."""

from __future__ import annotations

import pytest

from sovlint.model.placement import Source
from sovlint.report.pieces.sources import date_text, render, source_text
from sovlint.report.pieces.style import Style


@pytest.mark.parametrize(
    ("date", "english", "french"),
    [
        ("2026-09-29", "2026-09-29", "2026-09-29"),
        ("read 2026-09-29", "read 2026-09-29", "lu le 29 septembre 2026"),
        ("undated", "undated", "sans date"),
        ("edition of 2026-09-15", "edition of 2026-09-15", "édition du 15 septembre 2026"),
        ("reviewed 2026-09-13", "reviewed 2026-09-13", "révisé le 13 septembre 2026"),
        (
            "transcribed 2026-09-26",
            "transcribed 2026-09-26",
            "transcrit le 26 septembre 2026",
        ),
        ("2026-02-24 to 2026-04", "2026-02-24 to 2026-04", "24 février 2026 à avril 2026"),
        ("version 1.43.11", "version 1.43.11", "version 1.43.11"),
    ],
)
def test_dates_are_for_people(date: str, english: str, french: str) -> None:
    assert date_text(date, "en") == english
    assert date_text(date, "fr") == french


def test_nobody_claims_to_have_read_background() -> None:
    source = Source("", "not read", "the seat", background=True)
    assert source_text(source, "en") == "the seat (background knowledge, no source read)"
    assert source_text(source, "fr") == "the seat (connaissance générale, aucune source lue)"


def test_what_is_of_medium_confidence_says_so_in_each_language() -> None:
    source = Source(
        "https://example.org",
        "2026-01-05",
        "the seat",
        supports_fr="le siège",
        confidence="medium",
    )
    assert source_text(source, "en") == "the seat (2026-01-05; medium confidence)"
    assert source_text(source, "fr") == "le siège (5 janvier 2026 ; confiance moyenne)"
    assert (
        source_text(Source("", "2026", "the seat", confidence="high"), "fr")
        == "the seat (2026)"
    )


def test_an_address_has_a_line_of_its_own_unless_it_fits() -> None:
    sources = {
        Source("https://example.org/x", "2026", "short"): 1,
        Source("https://example.org/y", "2026", "s" * 40): 2,
    }
    assert render(sources, "en", Style(False, 50)) == [
        "Sources",
        "  [1] short (2026) https://example.org/x",
        "  [2] " + "s" * 40,
        "      (2026) https://example.org/y",
    ]
    assert render(sources, "en", Style(False, 40))[-1] == "      (2026) https://example.org/y"
    assert render(sources, "en", Style(False, 40, links=True))[1].endswith("\x1b]8;;\x1b\\")


def test_a_weak_source_is_told_from_none() -> None:
    source = Source(
        "https://example.org", "undated", "the owner", background=True, confidence="low"
    )
    assert (
        source_text(source, "en")
        == "the owner (undated; a weak source, counted like background knowledge)"
    )
