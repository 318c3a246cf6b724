"""What parties from outside an area hold of a company, worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest

from sovlint.catalog.compiling.outside import bounds

DAY = date(2026, 11, 24)
SOURCES = {
    "read": {"date": "2026", "background": False},
    "known": {"date": "", "background": True},
}
STATES = {"FR": {"areas": ["EEA", "EU"]}, "NO": {"areas": ["EEA"]}, "US": {}}
PEOPLE = {
    "family": {"seat": "FR", "kind": "person"}, "state": {"seat": "FR", "kind": "state"},
    "fjord": {"seat": "NO", "kind": "person"}, "fund": {"seat": "US", "owners": None},
}  # fmt: skip


def held(
    entities: dict[str, dict[str, object]], area: str = "EU"
) -> tuple[float, float, float]:
    named = {
        key: {"name": key, "source": "read", **data}
        for key, data in {**PEOPLE, **entities}.items()
    }
    return bounds(
        {"entities": named, "sources": SOURCES, "jurisdictions": STATES}, "shop", area, DAY
    )


def shop(*owners: dict[str, object]) -> dict[str, dict[str, object]]:
    return {"shop": {"seat": "FR", "owners": [{"source": "read", **each} for each in owners]}}


@pytest.mark.parametrize(
    ("owners", "found"),
    [
        ([{"entity": "family", "share": 100}], (0, 0, 0)),
        ([{"entity": "family", "share": 61}, {"entity": "fund", "share": 24}], (24, 24, 39)),
        ([{"entity": "fund", "share": 20}, {"entity": "fund", "share": 20}], (20, 40, 100)),
        ([{"entity": "fund", "majority": True}], (50, 50, 100)),
        ([{"entity": "family", "majority": True}], (0, 0, 100)),  # of the votes, perhaps
        ([{"group": ["family", "state"], "share": 80}], (0, 0, 20)),
        ([{"group": ["family", "fund"], "share": 80}], (0, 0, 100)),
        ([{"entity": "family", "share": 100, "source": "known"}], (0, 0, 100)),
        (
            [{"entity": "family", "share": 100, "until": "2026"}],
            (0, 0, 100),
        ),  # perhaps no longer
        ([{"entity": "family", "share": 100, "since": "2025"}], (0, 0, 0)),
    ],
)
def test_shares_bound_it(
    owners: list[dict[str, object]], found: tuple[float, float, float]
) -> None:
    assert held(shop(*owners)) == found


def test_what_a_holder_is_held_by_counts_through_it() -> None:
    holding: dict[str, dict[str, object]] = {
        "holding": {
            "seat": "FR",
            "owners": [
                {"entity": "family", "share": 70, "source": "read"}, {"entity": "fund", "share": 30, "source": "read"},
            ],
        }
    }  # fmt: skip
    assert held({**shop({"entity": "holding", "share": 50}), **holding}) == (15, 15, 65)


def test_a_holder_that_is_controlled_from_outside_counts_in_full() -> None:
    branch: dict[str, dict[str, object]] = {
        "branch": {
            "seat": "FR",
            "owners": [{"entity": "fund", "share": 51, "source": "read"}],
        }
    }
    assert held({**shop({"entity": "branch", "share": 40}), **branch}) == (40, 40, 100)


def test_the_area_is_that_of_the_referential() -> None:
    owners = shop({"entity": "fjord", "share": 100})
    assert held(owners, "EU") == (100, 100, 100)
    assert held(owners, "EEA") == (0, 0, 0)


def test_a_circle_is_not_known() -> None:
    other: dict[str, dict[str, object]] = {
        "other": {"seat": "FR", "owners": [{"entity": "shop", "share": 10, "source": "read"}]}
    }
    assert held({**shop({"entity": "other", "share": 10}), **other}) == (0, 0, 100)
