"""A store: what is written is read back, and every run keeps its own list."""

from __future__ import annotations

import json
import pickle
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

from sovlint.errors import SovlintError
from sovlint.fleet.result import Status
from sovlint.fleet.store.store import FleetStore, open_store
from tests.fleet.store.house import DAY, asked, done, failed, result, run


@pytest.fixture
def store(tmp_path: Path) -> FleetStore:
    return open_store(f"{tmp_path / 'store'}", create=True)


def files(store: FleetStore, folder: str = "") -> list[str]:
    return [*store.place.sizes(folder)]


def test_a_result_comes_back_as_it_was(store: FleetStore) -> None:
    awkward = result(
        "g/a", "d1", document='{"findings": [], "x": "\ud800\\u0000"}\n', reason="a\0b'\""
    )
    store.begin(run("one"))
    store.write(result("g/é a"))
    store.write(awkward)
    again = pickle.loads(pickle.dumps(store))
    assert again.load("g/é a", "d1", DAY) == result("g/é a")
    assert again.load("g/a", "d1", DAY).document == awkward.document.replace(
        "\ud800", "\\ud800"
    )
    assert again.load("g/a", "d1", DAY).reason == awkward.reason
    with pytest.raises(KeyError):
        again.load("g/a", "d2", DAY)


def test_a_result_holds_on_its_days(store: FleetStore) -> None:
    store.begin(run("one"))
    store.write(result("a", holds_until="2026-11-30"))
    store.write(result("b"))
    days = ("2026-11-23", DAY, "2026-11-30", "2026-12-01")
    for each in (
        store,
        open_store(store.address),
    ):  # by what was written here, and by what is there
        assert [each.has("a", "d1", day) for day in days] == [False, True, True, False]
        assert [each.has("b", "d1", day) for day in days] == [False, True, True, True]
    assert not store.has("A", "d1", DAY)


def test_what_failed_is_tried_again_by_another_run_alone(store: FleetStore) -> None:
    store.begin(run("one", "a"))
    open_store(store.address).write(
        failed("a")
    )  # a worker, which is told the run by the address
    pair = ("a", "d1")
    assert store.known([pair], DAY)[pair].reason == "too long"
    after = open_store(store.place.address)
    assert not after.has(*pair, DAY)
    after.begin(run("two", "a", tool="2"))
    assert not after.has(*pair, DAY)
    on = open_store(store.place.address)
    on.begin(run("three", "a"))
    assert on.known([pair], DAY)[pair].status is Status.TIMED_OUT, "it goes on with the first"
    on.finish(run("three", "a"), [pair])
    assert asked(on, "SELECT run, status, reason FROM repositories") == [
        ("three", "timed-out", "too long")
    ]
    store.finish(run("one", "a"), [pair])
    assert asked(store, "SELECT run, finished FROM runs ORDER BY number") == [
        ("one", True), ("two", False), ("three", True),
    ]  # fmt: skip


def test_what_workers_wrote_is_seen(store: FleetStore) -> None:
    store.begin(run("one", "a"))
    assert not store.known([("a", "d1")], DAY)
    open_store(store.address).write(result("a"))
    (voiced,) = store.voiced([("a", "d1")], DAY)
    assert (voiced.offers, voiced.asks) == (result("a").offers, result("a").asks)
    counts = store.counted([("a", "d1")], DAY)
    assert (counts.errors, counts.warnings, counts.failures, counts.files) == (1, 0, 1, 2)


def test_two_runs_at_once_share_results(store: FleetStore) -> None:
    other = open_store(store.place.address)
    store.begin(run("one", "a", "b"))
    other.begin(run("two", "a", "b", tool="2"))
    assert [each.id for each in other.others()] == ["one"]
    store.write(result("a"))
    assert other.known([("a", "d1")], DAY)
    reader = open_store(store.place.address)
    assert reader.has("a", "d1", DAY)
    other.write(result("b"))
    store.finish(run("one", "a", "b"), [("a", "d1"), ("b", "d1")])
    other.finish(
        run("two", "a", "b"), [("a", "d1"), ("b", "d1")]
    )  # what it saw loose was packed meanwhile
    assert asked(store, "SELECT run, repository, read_in FROM repositories ORDER BY ALL", "all") == [
        ("one", "a", "one"), ("one", "b", "two"), ("two", "a", "one"), ("two", "b", "two"),
    ]  # fmt: skip
    assert not files(store, "results")


def test_a_run_whose_result_is_lost_has_no_list(store: FleetStore) -> None:
    store.begin(run("one", "a"))
    with pytest.raises(
        SovlintError, match="1 results of this run are no longer in the store"
    ):
        store.finish(run("one", "a"), [("a", "d1")])
    store.write(result("b"))
    with pytest.raises(SovlintError, match="1 results of this run are no longer"):
        store.voiced([("a", "d1"), ("b", "d1")], DAY)
    assert asked(store, "SELECT finished FROM runs") == [False]


def test_no_clock_puts_a_run_before_an_earlier_one(store: FleetStore) -> None:
    done(store, "20261124T0900", [result("a")])
    done(store, "20200101T0000", [result("a", "d2")])  # by a clock that is late
    assert asked(store, "SELECT run FROM repositories") == ["20200101T0000"]


def broken(store: FleetStore) -> str:
    name = next(each for each in files(store, "results") if "/b-" in each)
    path = Path(store.place.path(name))
    path.write_bytes(path.read_bytes()[:-200])
    return name


def test_a_broken_result_is_told_and_the_rest_read(store: FleetStore) -> None:
    store.begin(run("one", "a", "b"))
    store.write(result("a"))
    store.write(result("b"))
    name = broken(store)
    with pytest.raises(SovlintError, match=re.escape(name)) as told:
        store.voiced([("a", "d1"), ("b", "d1")], DAY)
    assert told.value.hint.startswith("Remove that file")
    store.finish(run("one", "a", "b"), [("a", "d1"), ("b", "d1")])
    assert files(store, "results") == [name]
    assert asked(store, "SELECT repository FROM repositories") == ["a"]
    assert [*store.index.broken] == [name]
    assert asked(store, "SELECT repository FROM entries ORDER BY 1") == ["a", "b"]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (duckdb.IOException('IO Error: Could not write file "x": No space left on device'), "its disk is full"),
        (OSError(28, "No space left on device"), "its disk is full"),
        (PermissionError(13, "Permission denied"), "refuses: Permission denied"),
    ],
)  # fmt: skip
def test_a_store_that_refuses_stays_readable(
    store: FleetStore, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    done(store, "one", [result("a")])
    store.begin(run("two", "b"))

    def refuse(*_: object) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse)
        if not isinstance(error, OSError):
            patched.setattr(FleetStore, "_copy", refuse)
        with pytest.raises(SovlintError, match=re.escape(said)):
            store.write(result("b"))
    assert asked(store, "SELECT repository FROM repositories") == ["a"]
    assert not files(store, "scratch")
    store.write(result("b"))


def mark(store: FleetStore, **said: Any) -> None:
    Path(store.place.path("store.json")).write_text(json.dumps(said), encoding="utf-8")


def test_a_newer_store_is_refused(store: FleetStore) -> None:
    mark(store, schema="sovlint-fleet/2", oldest=1)
    with pytest.raises(SovlintError, match="is of version 2: this sovlint knows version 1"):
        open_store(store.address)
    mark(store, schema="cake/1")
    with pytest.raises(SovlintError, match="a store of something else: `cake/1`"):
        open_store(store.address)


def test_an_older_store_is_read_without_what_it_lacks(store: FleetStore) -> None:
    done(store, "one", [result("a")])
    (pack,) = files(store, "packs")
    path = store.place.path(pack)
    duckdb.execute(
        f"COPY (SELECT * EXCLUDE (peak, asks) FROM '{path}') TO '{path}.new' (FORMAT parquet)"
    )
    Path(f"{path}.new").replace(path)
    mark(store, schema="sovlint-fleet/1", oldest=0)
    old = open_store(store.address)
    done(old, "two", [result("b", peak=5)])
    assert asked(old, "SELECT repository, peak FROM repositories ORDER BY 1", "all") == [
        ("a", None),
        ("b", 5),
    ]
    assert asked(old, "SELECT repository FROM asks", "all") == ["b"]


def test_what_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(SovlintError, match="There is no store at"):
        open_store(f"{tmp_path}/none")
    (tmp_path / "file").write_text("")
    with pytest.raises(SovlintError, match="holds other files, and isn't a store"):
        open_store(f"{tmp_path}", create=True)
    with pytest.raises(SovlintError, match="refuses: Not a directory"):
        open_store(f"{tmp_path}/file", create=True)
    with pytest.raises(SovlintError, match="Nothing here knows stores at `cake://`"):
        open_store("cake://x/y")
    with pytest.raises(SovlintError, match="need a library") as told:
        open_store("gs://x/y")
    assert told.value.hint == "pip install gcsfs"
