"""The page of a provider: laid out for 80 columns, every footnote there, in both languages."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from sovlint.catalog.load import Catalog, load
from sovlint.report.lookup.provider import render
from sovlint.report.pieces.style import Style
from sovlint.stages.profiles import profile
from tests.catalog.fixed import overlay

PLAIN = Style(color=False, width=80)
DAY = date(2026, 11, 24)


@cache
def catalog() -> Catalog:
    return load()


def page(name: str, language: str = "en", style: Style = PLAIN) -> str:
    return render(profile(catalog(), catalog().providers[name], DAY), language, style)


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_provider_has_a_page_within_80_columns(language: str) -> None:
    pages = {name: page(name, language) for name in catalog().providers}
    too_wide = [
        (name, line)
        for name, text in pages.items()
        for line in text.splitlines()
        if len(line) > 80 and " " in line.strip()
    ]
    assert too_wide == []
    notes = {name: catalog().providers[name].notes for name in pages}
    without_notes = [
        name
        for name, said in notes.items()
        if said is not None and plain(said[language]) not in plain(pages[name])
    ]
    assert without_notes == []


@pytest.mark.parametrize("name", ["aws", "numspot", "microsoft-azure", "huawei-cloud"])
def test_each_footnote_leads_to_a_source(name: str) -> None:
    above, _, below = page(name).partition("\nSources\n")
    listed = re.findall(r"(?m)^  \[(\d+)\]", below)
    assert listed == [str(number) for number in range(1, len(listed) + 1)]
    assert set(re.findall(r"\[(\d+)\]", above)) <= set(listed)
    assert "no source read" not in below


def test_what_no_longer_exists_is_said_first() -> None:
    assert (
        page("cloudwatt")
        .splitlines()[1]
        .startswith("Out of service: nothing can run there any more")
    )
    assert (
        page("cloudwatt", "fr")
        .splitlines()[1]
        .startswith("Hors service\u00a0: plus rien ne peut y tourner")
    )


def test_french(tmp_path: Path) -> None:
    own = load([overlay(tmp_path)], trusted=True)
    casa = render(profile(own, own.providers["casa"], DAY), "fr", PLAIN)
    assert (
        "valide, depuis le 30 novembre 2023, jusqu'au 30 novembre 2026, 6 jours restants"
        in " ".join(casa.split())
    )
    words = " ".join(page("outscale", "fr").split())
    assert "Exploité par : Outscale SAS" in words
    assert "États-Unis (US): us-east-2" not in words


def test_colours_only_where_they_are_wanted() -> None:
    assert "\x1b" not in page("cloudwatt")
    assert page("cloudwatt", style=Style(color=True, width=80)).startswith(
        "\x1b[1mCloudwatt (cloudwatt)\x1b[0m\n\x1b[1;31m"
    )
