"""How much an index holds, counted by hand on a small one; and what the dates of sources mean."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sovlint.catalog import shipped
from sovlint.catalog.compiling import compile
from sovlint.catalog.compiling.files import merge, read_folder
from sovlint.catalog.contents import earliest_day, inventory
from sovlint.model.lookups.contents import SourceReading
from tests.catalog.house import SOURCES, provider, world

ENTITIES = f"""
entities:
  scaleway-sas: {{name: Casa SAS, seat: FR, source: annual, owners: [{{entity: top, majority: true, source: known}}]}}
  top: {{name: Top, seat: US, source: known}}
{SOURCES}"""

ENDPOINTS = f"""
endpoints:
  - {{host: "**.casa.example", provider: casa, source: annual}}
  - {{host: s3.casa.example, provider: casa, service: s3, source: known}}
{SOURCES}"""

PLUGIN = f"""
id: acme/casa
provider: {{candidates: [casa], default: casa}}
source: annual
types:
  casa_bucket: {{role: at-rest, service: s3}}
  casa_vm: {{role: compute, service: vm}}
config: [casa_rule, "casa_network*"]
undecided: [casa_lab]
{SOURCES}"""


def test_everything_is_counted(tmp_path: Path) -> None:
    folder = world(
        tmp_path,
        entities=ENTITIES,
        endpoints=ENDPOINTS,
        plugins__casa=PLUGIN,
        providers__casa=provider(),
    )
    files, problems = read_folder(folder)
    assert problems == []
    found = inventory(compile.link(merge(files)))
    assert (found.providers, found.regions, found.hosts, found.plugins) == (1, 1, 2, 1)
    assert found.services == 2  # the bucket's is the host's
    assert found.types == {"config": 2, "at-rest": 1, "compute": 1}
    assert found.undecided == 1
    assert found.offers == {}
    # read: FR, the company, the region, one host; general: the holding, Top, the other host
    assert (found.sourced, found.background) == (4, 3)
    assert (
        SourceReading("providers/casa.yaml", "annual", "2026-01-05", date(2026, 1, 5))
        in found.readings
    )
    assert "known" not in {reading.key for reading in found.readings}


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-09-15", date(2026, 9, 15)),
        ("edition of 2026-09-15", date(2026, 9, 15)),
        ("2026-04", date(2026, 4, 1)),
        ("2024", date(2024, 1, 1)),
        ("2026-02-24 and 2026-04", date(2026, 4, 1)),
        ("undated (2025-2026)", date(2026, 1, 1)),
        ("1.0.1 (2025-02)", date(2025, 2, 1)),
        ("read 2026-11-24, undated", date(2026, 11, 24)),
        ("botocore 1.43.11", None),
        ("undated", None),
        ("2026-13-45", None),
        ("", None),
    ],
)
def test_the_earliest_day_that_a_date_may_mean(written: str, day: date | None) -> None:
    assert earliest_day(written) == day


def test_it_counts_the_same_whichever_way_the_index_was_come_by() -> None:
    fresh, kept = inventory(shipped.compile_shipped()), inventory(shipped.index())
    assert (kept.sourced, kept.background, kept.services) == (
        fresh.sourced,
        fresh.background,
        fresh.services,
    )
    assert fresh.sourced > 1000
