"""Real hosts, each with where it was seen in public, and who answers there: expected by hand, from what the provider
says of its hosts. And hosts that look like them, or where no data lands.

In ``endpoints.csv`` an empty service or region is one that the host doesn't tell, and ``?`` stands before a code in the
host that the catalogue has no region for: then the company is known and the region isn't, and never another one.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sovlint.catalog.load import Catalog, load
from sovlint.commands.parts.whereabouts import whereabouts
from sovlint.model.lookups.whereabouts import Absence

ENDPOINTS, NO_PLACEMENTS = (
    Path(__file__).with_name(f"{name}.csv") for name in ("endpoints", "no_placements")
)

LEAST_ENDPOINTS, LEAST_OTHERS = 220, 70
LOOKALIKE = "lookalike"


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load()


def place(catalog: Catalog, host: str) -> tuple[str, str, str]:
    """Provider, service and region of a host as the table writes them."""
    match = catalog.hosts.match((host,))
    if match is None:
        return "", "", ""
    region = catalog.find_region(match.provider, match.region) if match.region else None
    code = region.code if region else f"?{match.region}" if match.region else ""
    return match.provider, match.service or "", code


def test_a_real_host_is_where_it_is(catalog: Catalog) -> None:
    rows = {row["host"]: row for row in table(ENDPOINTS)}
    written = {
        host: (row["provider"], row["service"], row["region"]) for host, row in rows.items()
    }
    found = {host: place(catalog, host) for host in rows}
    assert found == written


def test_what_is_no_placement_is_none(catalog: Catalog) -> None:
    rows = table(NO_PLACEMENTS)
    assert [row["host"] for row in rows if catalog.hosts.match((row["host"],))] == []
    assert [
        row["host"]
        for row in rows
        if catalog.hosts.not_placement(row["host"]) != (row["why"] != LOOKALIKE)
    ] == []


def test_somebody_elses_domain_after_a_real_host_is_no_placement(catalog: Catalog) -> None:
    for row in table(ENDPOINTS):
        assert catalog.hosts.match((f"{row['host']}.example.org",)) is None


def test_where_says_the_same(catalog: Catalog) -> None:
    for row in table(ENDPOINTS)[::7]:
        (found,) = (
            each
            for each in whereabouts(catalog, f"https://{row['host']}/x").matches
            if not each.plugin
        )
        region = found.region or (f"?{found.written}" if found.written else "")
        assert (found.provider, found.service or "", region) == (
            row["provider"],
            row["service"],
            row["region"],
        )
    for row in table(NO_PLACEMENTS)[::7]:
        told = whereabouts(catalog, f"https://{row['host']}/x")
        assert told.matches == ()
        assert told.absence is (
            Absence.UNLISTED if row["why"] == LOOKALIKE else Absence.NOT_A_PLACE
        )


def test_the_tables_are_as_long_as_promised_and_say_where_each_was_seen() -> None:
    endpoints, others = table(ENDPOINTS), table(NO_PLACEMENTS)
    assert len({row["host"] for row in endpoints}) == len(endpoints) >= LEAST_ENDPOINTS
    assert len({row["host"] for row in others}) == len(others) >= LEAST_OTHERS
    seen = [*endpoints, *(row for row in others if row["why"] != LOOKALIKE)]
    assert all(row["repository"].count("/") == 1 and row["path"] for row in seen)
