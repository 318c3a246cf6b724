"""Laws with reach: told of states that are known to compel a company, they add none and prove nothing."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from sovlint.policy.load import known_sets
from tests import sharing

DAY = date(2026, 11, 24)
WITH_REACH = ("US", "CN", "GB", "CH", "CA", "AU", "RU", "IN", "EU")


def test_the_states_whose_laws_were_looked_for() -> None:
    states = sharing.catalogue().jurisdictions
    assert {code for code, state in states.items() if state.laws} == set(WITH_REACH)
    for code in WITH_REACH:
        assert all(law.source.url and not law.source.background for law in states[code].laws)


def test_a_law_of_a_state_that_a_set_may_accept_settles_nothing() -> None:
    """Swiss law listed, the owners of a Swiss company are as unknown as before."""
    catalog = sharing.catalogue()
    assert catalog.control("proton", DAY).states == ("CH",)
    assert catalog.control("proton", DAY).open
    assert {code for code, state in catalog.jurisdictions.items() if state.settles} == {
        "US",
        "CN",
    }


@pytest.mark.parametrize(
    ("provider", "there", "absent"),
    [
        (
            "scaleway",
            "e-evidence regulation (2023/1543): in force since 2026-08-18",
            "no law",
        ),
        ("scaleway", "its own laws with reach abroad weren't looked for", "no law"),
        ("proton", "surveillance of post and telecommunications act", "e-evidence"),
        ("aws", "CLOUD Act (18 USC 2713)", "e-evidence"),
    ],
)
def test_what_is_said_of_a_company(provider: str, there: str, absent: str) -> None:
    result = CliRunner().invoke(
        main, ["provider", provider, "--lang", "en", "--as-of", str(DAY)]
    )
    words = " ".join(result.stdout.split())
    assert there in words
    assert absent not in words


def test_before_its_day_the_regulation_isnt_told() -> None:
    result = CliRunner().invoke(main, ["provider", "scaleway", "--as-of", "2026-08-17"])
    assert "e-evidence" not in result.stdout


def test_scripts_find_it_under_the_union() -> None:
    result = CliRunner().invoke(
        main, ["provider", "scaleway", "--format", "json", "--as-of", str(DAY)]
    )
    laws = json.loads(result.stdout)["laws"]
    assert [(each["jurisdiction"], each["kind"]) for each in laws] == [("EU", "orders")]


def test_a_warehouse_accepts_the_states_that_a_whole_adequacy_decision_covers() -> None:
    states = sharing.catalogue().jurisdictions.values()
    whole = {
        state.code
        for state in states
        if state.adequacy is not None
        and state.adequacy.kind == "general"
        and state.adequacy.in_force(DAY)
    }
    assert set(known_sets()["health-data-warehouse"].accept) == whole
