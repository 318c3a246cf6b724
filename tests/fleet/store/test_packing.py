"""Packs and compaction: nothing is lost and nothing doubled, wherever it ends."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from sovlint.errors import SovlintError
from sovlint.fleet.store import packing
from sovlint.fleet.store.packing import Compacted, compact
from sovlint.fleet.store.store import FleetStore, open_store
from tests.fleet.store.house import DAY, asked, done, result, run

LISTED = "SELECT run, repository, digest FROM repositories ORDER BY ALL"


@pytest.fixture
def store(tmp_path: Path) -> FleetStore:
    return open_store(f"{tmp_path / 'store'}", create=True)


class Killed(BaseException):
    """The process ends."""


@pytest.mark.parametrize("calls", [0, 2, 3, 4])
def test_killed_while_it_packs(
    store: FleetStore, monkeypatch: pytest.MonkeyPatch, calls: int
) -> None:
    monkeypatch.setattr(packing, "MOST", 2)
    names = ["a", "b", "c", "d"]
    left = [calls]

    told = run("one", *names)
    store.begin(told)
    for each in names:
        store.write(result(each))
    place = store.place
    put, remove = place.put, place.remove

    def counted(called: object) -> object:
        def call(*given: object) -> None:
            left[0] -= 1
            if left[0] < 0:
                raise Killed
            called(*given)  # type: ignore[operator]

        return call

    monkeypatch.setattr(place, "put", counted(put))
    monkeypatch.setattr(place, "remove", counted(remove))
    with suppress(Killed):
        store.finish(told, [(each, "d1") for each in names])
    after = open_store(store.place.address)
    expected = [("one", each, "d1") for each in names]
    assert asked(after, LISTED) == expected
    done(after, "two", [result(each) for each in names])
    compact(after, keep=1, unfinished=True)
    assert asked(after, LISTED) == [("two", *each[1:]) for each in expected]
    assert asked(after, "SELECT count(*) FROM findings") == [8]
    assert not after.place.sizes("results")


def test_a_pack_is_filled(store: FleetStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "MOST", 2)
    done(store, "one", [result(each) for each in ("a", "b", "c", "d", "e")])
    assert len(store.place.sizes("packs")) == 3  # of two, of two and of one


def test_compaction_keeps_what_kept_runs_need(store: FleetStore) -> None:
    done(store, "one", [result("a", "old"), result("b")])
    done(store, "two", [result("a", "new"), result("b")])
    three = run("three", "a", "b")
    store.begin(three)
    assert store.has("a", "new", DAY)
    store.write(result("a", "answered"))  # the next run goes through both again
    store.finish(three, [("a", "answered"), ("b", "d1")])
    assert compact(store, keep=2) == Compacted(runs=1, dropped=1, kept=3)
    assert asked(store, LISTED, "all") == [
        ("three", "a", "answered"), ("three", "b", "d1"), ("two", "a", "new"), ("two", "b", "d1"),
    ]  # fmt: skip
    assert compact(open_store(store.place.address), keep=1) == Compacted(
        runs=1, dropped=0, kept=3
    )
    assert open_store(store.place.address).mark.keep == 1
    assert open_store(store.place.address).has("a", "new", DAY)
    assert len(store.place.sizes("packs")) == 1


def test_a_run_that_has_not_ended_loses_nothing(store: FleetStore) -> None:
    store.begin(run("one", "a"))
    store.write(result("a"))
    other = open_store(store.place.address)
    assert compact(other) == Compacted(runs=0, dropped=0, kept=1, unfinished=1)
    with pytest.raises(SovlintError, match="A run is under way"):
        compact(other, unfinished=True)
    store.finish(run("one", "a"), [("a", "d1")])
    assert asked(store, LISTED) == [("one", "a", "d1")]


def test_a_run_that_was_killed_is_given_up(store: FleetStore, tmp_path: Path) -> None:
    store.begin(run("one", "a"))
    store.write(result("a"))
    address = store.place.address
    store.place.release()  # as the system does when a process ends
    assert compact(open_store(address), unfinished=True) == Compacted(
        runs=0, dropped=1, kept=0
    )
    assert [*open_store(address).place.sizes("")] == ["store.json"]


def test_what_is_written_while_it_is_compacted_stays(
    store: FleetStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    done(store, "one", [result("a")])
    store.begin(run("two", "b"))
    other = open_store(store.place.address)
    sizes = other.place.sizes

    def late(folder: str) -> dict[str, int]:
        if folder == "results" and other._index is not None:
            store.write(result("b"))
        return sizes(folder)

    monkeypatch.setattr(other.place, "sizes", late)
    compact(other)
    store.finish(run("two", "b"), [("b", "d1")])
    assert asked(store, LISTED) == [("two", "b", "d1")]
