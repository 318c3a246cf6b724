"""That all of a company is held in an area: what proves it, until when, and what it leaves as it is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sovlint.catalog.compiling.control import held_until, sources, steps, turns, unfound
from sovlint.catalog.compiling.within import read_day

READ = "read 2026-11-24"
SOURCES = {
    "register": {"date": READ, "url": "https://register.example/1", "confidence": "high"},
    "press": {"date": READ, "url": "https://press.example/a", "confidence": "medium"},
    "again": {"date": READ, "url": "https://press.example/b", "confidence": "medium"},
    "own": {
        "date": "read 2026-10-01",
        "url": "https://shop.example/us",
        "confidence": "medium",
    },
    "undated": {"date": "undated", "url": "https://shop.example/us", "confidence": "high"},
    "heard": {
        "date": READ,
        "url": "https://x.example",
        "confidence": "low",
        "background": True,
    },
}
STATES = {
    "FR": {"areas": ["EEA"]},
    "EEA": {"areas": ["EEA"]},
    "US": {"laws": ["reach"], "settles": True},
    "CH": {},
}
DAY = date(2026, 11, 28)


def world(company: dict[str, Any], **others: dict[str, Any]) -> dict[str, Any]:
    entities = {"shop": {"seat": "FR", "owners": None, **company}, **others}
    return {
        "entities": {
            key: {"name": key.upper(), "source": "press", **data}
            for key, data in entities.items()
        },
        "providers": {"shop": {"name": "Shop", "operator": "shop"}},
        "sources": {key: {"background": False, **data} for key, data in SOURCES.items()},
        "jurisdictions": STATES,
    }


def within(source: str, second: str | None = None, **more: str) -> dict[str, Any]:
    seconded = {"seconded_by": {"source": second}} if second else {}
    return {"held_within": {"area": "EEA", "source": source, **seconded, **more}}


def states(of: dict[str, Any], day: date = DAY) -> list[str]:
    return [step.jurisdiction for step in steps(of, "shop", day)]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        (within("register"), None),
        (within("press", "own"), None),
        (within("press"), "second"),  # one secondary source alone
        (within("press", "again"), "second"),  # the same site twice
        (within("heard", "press"), "owners"),  # what nobody may be shown proves nothing
        (within("undated"), "aged"),  # nobody knows when it was read
        (within("register", until="2025"), "owners"),
        (within("register", since="2026"), "owners"),  # perhaps, but not surely by then
        ({}, "owners"),
    ],
)
def test_it_takes_the_register_or_two_sources_at_different_sites(
    said: dict[str, Any], left: str | None
) -> None:
    found = world(said)
    assert unfound(found, "shop", DAY) == ([(left, "SHOP")] if left else [])
    assert states(found) == (["FR"] if left else ["FR", "EEA"])


@pytest.mark.parametrize(
    ("day", "left"),
    [
        (date(2027, 10, 1), []),  # twelve months after the first of the two was read
        (date(2027, 10, 2), [("aged", "SHOP")]),
    ],
)
def test_it_counts_for_twelve_months(day: date, left: list[tuple[str, str]]) -> None:
    found = world(within("press", "own"))
    assert unfound(found, "shop", day) == left
    assert held_until(found, "shop", DAY) == date(2027, 10, 1)
    assert date(2027, 10, 2) in turns(found, "shop")
    assert {"press", "own"} <= sources(found, "shop", DAY)


def test_it_never_clears_a_state_that_is_known() -> None:
    held = {"owners": [{"entity": "giant", "majority": True, "source": "press"}]}
    giant = {"seat": "US", "owners": None}
    assert states(world({**within("register"), **held}, giant=giant)) == ["FR", "US"]
    reach = {"reach": [{"jurisdiction": "US", "source": "press"}]}
    assert states(world({**within("register"), **reach})) == ["FR", "US", "EEA"]
    assert states(world({**within("register"), "seat": "CH"})) == ["CH", "EEA"]


def test_it_says_nothing_of_a_holder_that_is_named() -> None:
    held = {"owners": [{"entity": "parent", "majority": True, "source": "press"}]}
    found = world({**within("register"), **held}, parent={"seat": "FR", "owners": None})
    assert unfound(found, "shop", DAY) == [("owners", "PARENT")]
    assert states(found) == ["FR", "FR"]
    assert held_until(found, "shop", DAY) is None


def test_it_says_nothing_of_a_seat_that_nobody_read() -> None:
    assert unfound(world({**within("register"), "source": "heard"}), "shop", DAY) == [
        ("owners", "SHOP")
    ]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("read 2026-11-24", date(2026, 11, 24)),
        ("2026-05", date(2026, 5, 1)),  # the first day that it may be
        ("2026", date(2026, 1, 1)),
        ("version 1.43.11", None),
        ("undated", None),
    ],
)
def test_the_day_of_the_reading(written: str, day: date | None) -> None:
    assert read_day({"date": written}) == day
    assert read_day({"date": written, "read_on": "2026-11-28"}) == date(2026, 11, 28)
