"""What a host or a region may mean, as text and as the contract, from plain data."""

from __future__ import annotations

import json

import pytest

from sovlint.model.lookups.whereabouts import Absence, Match, Whereabouts
from sovlint.model.placement import Source
from sovlint.model.text import Bilingual
from sovlint.report.lookup.where import render, render_json
from sovlint.report.pieces.style import Style

PLAIN = Style(color=False, width=80)
READ = Source("https://example.org", "2026-01-05", "regions")
FRANCE = Bilingual("France", "la France")
BUCKETS = (
    Match("casa", "Casa", service="s3", role="at-rest", plugin="acme/casa"),
    Match("casa", "Casa", service="s3", role="replica", plugin="acme/casa"),
)


def test_text() -> None:
    match = Match("casa", "Casa", "s3", "fr-one", "FR", FRANCE, source=READ)
    assert render(Whereabouts("x", (match,)), "2026-11-24", "en", PLAIN) == (
        "Casa (casa): s3, fr-one, France (FR) [1]\n"
        "The state of the place can compel there, and so can those that control the\n"
        "  company: `sovlint provider ID` names these.\n"
        "\nSources\n  [1] regions (2026-01-05) https://example.org\n"
    )


def test_what_isnt_known_of_a_region_is_said() -> None:
    text = render(
        Whereabouts(
            "x", (Match("casa", "Casa", region="EU"), Match("casa", "Casa", written="eu-9"))
        ),
        "",
        "en",
        PLAIN,
    )
    assert text.startswith(
        "Casa (casa): EU, no one country\nCasa (casa): region eu-9, which isn't in the catalogue\n"
    )


def test_roles_are_for_people_and_the_contract_has_each_place_once() -> None:
    found = Whereabouts("casa_bucket", BUCKETS)
    assert render(found, "", "fr", PLAIN).startswith(
        "Casa (casa)\u00a0: s3, au repos, par acme/casa\n"
    )
    assert json.loads(render_json(found)) == {
        "schema": "sovlint-where/1",
        "query": "casa_bucket",
        "matches": [{"provider": "casa", "service": "s3", "region": None, "country": None}],
    }


@pytest.mark.parametrize("absence", Absence)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_why_there_is_nothing(absence: Absence, language: str) -> None:
    text = render(Whereabouts("casa.example", (), absence), "2026-11-24", language, PLAIN)
    assert text.startswith("casa.example")
    assert max(map(len, text.splitlines())) <= 80


def test_nothing_that_is_asked_is_a_command_to_a_server() -> None:
    text = render(Whereabouts("##[error]x", (), Absence.UNLISTED), "2026-11-24", "en", PLAIN)
    assert "##[" not in text
