"""A run as it is told, against what was worked out on paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from benchmarks.fleet_results import PARIS, VIRGINIA, Thing, result, write_run
from sovlint.errors import SovlintError
from sovlint.fleet.store.store import open_store
from sovlint.fleet.whole.companies import companies
from sovlint.fleet.whole.reading import SnapshotReader, before, chosen
from sovlint.fleet.whole.view import FleetView, Ratio, RepositoryFlow
from sovlint.fleet.whole.world_on_day import WorldOnDay
from tests.fleet.whole.history import DAYS, HOST, store


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory) -> list[FleetView]:
    """Each run as it is told."""
    made, names = store(tmp_path_factory.mktemp("fleet"))
    with SnapshotReader(made) as reader:
        return [
            reader.view(chosen(made, name), WorldOnDay(date(2026, 11, 20))) for name in names
        ]


def test_the_trend(views: list[FleetView]) -> None:
    """New, gone and moved of each run: a fixed bucket is gone, a worse one is new, a renamed folder and a renamed
    repository are neither; of what couldn't be read nothing is gone, and nothing is new once it can be."""
    points = views[-1].trend
    assert [each.run.as_of for each in points] == list(DAYS)
    assert [(each.new, each.gone, each.moved) for each in points] == [
        (0, 0, 0), (1, 1, 0), (1, 0, 1), (0, 0, 0),
    ]  # fmt: skip
    assert [(each.violations, each.unproven, each.failed) for each in points] == [
        (2, 2, 0), (2, 1, 0), (2, 1, 1), (2, 2, 0),
    ]  # fmt: skip
    assert points[0].proved == Ratio(4, 5)
    assert points[2].proved == Ratio(3, 4)
    assert points[0].classified == Ratio(5, 7)
    assert views[2].new == {"g/claims": 1, "g/mail": 1}


def test_companies_worst_first(views: list[FleetView]) -> None:
    world = WorldOnDay(date(2026, 11, 20)).world
    told = [
        (each.id, each.tier, each.law, each.states, each.repositories, each.verdict)
        for each in companies(views[-1].uses, world)
    ]
    assert told == [
        ("aws", "health-outside", "us", ("FR", "US"), ("g/claims",), ""),
        ("google-cloud", "health-outside", "us", ("FR", "US"), ("g/claims",), "violation"),
        ("mailjet", "outside", "us", ("DE", "SE", "US"), ("g/mail",), "violation"),
        ("", "unknown", "unknown", (), ("g/mail", "g/portal"), "unproven"),
        ("scaleway", "eea", "eea", ("FR",), ("g/portal",), ""),
    ]


def test_flows_and_lapses(views: list[FleetView]) -> None:
    """What is excused and what is attested end; of a qualification the catalogue knows the day."""
    last = views[-1]
    assert last.flows == (RepositoryFlow("g/claims", "g/portal", "host", HOST),)
    kinds = [(each.kind, each.day, each.repositories) for each in last.lapses]
    assert ("exception", "2026-12-31", ("g/claims",)) in kinds
    assert ("attestation", "2027-03-31", ("g/portal",)) in kinds
    assert [each.excused for each in last.found if each.policy == "health-data-in-eea"] == [
        True, False, False,
    ]  # fmt: skip
    assert views[2].repositories[-1].reason == "600 s"


def test_what_names_alone_suggest(tmp_path: Path) -> None:
    """In Paris one of two is declared; in Virginia names alone say so of one, and of the other nothing is said."""
    made = open_store(f"{tmp_path / 'store'}", create=True)
    guessed = Thing("aws_s3_bucket.a", PARIS, how="inferred")
    things = [
        guessed,
        Thing("aws_s3_bucket.b", PARIS),
        Thing("aws_s3_bucket.c", VIRGINIA, how="inferred"),
        Thing("aws_s3_bucket.d", VIRGINIA, ()),
    ]
    results = [result("g/a", things, day=DAYS[0]), result("g/b", [guessed], day=DAYS[0])]
    run = write_run(made, results, DAYS[0])
    with SnapshotReader(made) as reader:
        uses = reader.view(chosen(made, run), WorldOnDay(date(2026, 11, 20))).uses
    told = {(each.repository, each.country, each.classes): each.inferred for each in uses}
    assert told == {
        ("g/a", "FR", ("health",)): (),
        ("g/a", "US", ("health",)): ("health",),
        ("g/a", "US", ()): (),
        ("g/b", "FR", ("health",)): ("health",),
    }


def test_a_run_that_is_not_there(tmp_path: Path) -> None:
    made, names = store(tmp_path, 1)
    with pytest.raises(SovlintError, match="no run `nope`"):
        chosen(made, "nope")
    last = chosen(made, None)
    assert (last.run, before(made, last)) == (names[0], None)
    with pytest.raises(SovlintError, match="against itself"):
        before(made, last, names[0])
