"""Entries that look copied: the same regions of the same pages, or the same remark, where nothing relates two providers."""

from __future__ import annotations

from typing import Any

import pytest

from sovlint.catalog.checks.copies import copied
from sovlint.catalog.shipped import index
from sovlint.model.lookups.contents import LookAlike

REGION = {"country": "FR", "zones": ["a"], "source": "s"}


def parts(two: dict[str, Any], url: str | None = "https://casa.example/regions") -> Any:
    one = {
        "operator": "casa-sas",
        "regions": {"n": REGION, "s": REGION},
        "notes": {"en": "x"},
    }
    entities = {
        "casa-sas": {"owners": [{"entity": "group"}]},
        "villa-sas": {"owners": [{"entity": "group"}]},
        "nova-sas": {"owners": None},
        "group": {"owners": None},
    }
    return {
        "providers": {"casa": one, "villa": {**one, "operator": "nova-sas", **two}},
        "entities": entities,
        "sources": {"s": {"url": url}},
        "like": {},
    }


@pytest.mark.parametrize(
    ("two", "found"),
    [
        ({}, ["regions", "notes"]),
        ({"notes": {"en": "y"}}, ["regions"]),
        ({"regions": {"n": REGION}}, ["notes"]),
        ({"regions": {"n": REGION, "s": {**REGION, "country": "DE"}}}, ["notes"]),
        ({"operator": "villa-sas"}, []),  # one group
        ({"runs_on": [{"provider": "casa", "source": "s"}]}, []),
    ],
)
def test_what_nothing_relates(two: dict[str, Any], found: list[str]) -> None:
    assert list(copied(parts(two))) == [LookAlike(what, "casa", "villa") for what in found]


def test_regions_that_nobody_read_are_no_sign() -> None:
    assert list(copied(parts({"notes": {"en": "y"}}, None))) == []


def test_nothing_that_ships_looks_copied() -> None:
    assert list(copied(index())) == []
