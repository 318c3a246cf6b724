"""Erasure: no byte of a repository's name stays anywhere."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from sovlint.errors import SovlintError
from sovlint.fleet.store import packing
from sovlint.fleet.store.forgetting import forget
from sovlint.fleet.store.runs import RunKind
from sovlint.fleet.store.store import FleetStore, open_store
from tests.fleet.store.house import DAY, FINDING, asked, document, done, result, run

NAME = "mutual/claims"


def told_of(name: str) -> str:
    """A report that learnt something from a repository."""
    frames = [
        {
            "repository": name,
            "path": f"{name}: main.tf",
            "line": 1,
            "note": f"“{name}” offers it",
        }
    ]
    return document({**FINDING, "because": frames})


def traces(folder: Path, name: str) -> list[str]:
    """The files in which a name stands, in what is compressed too."""
    found = []
    for each in folder.rglob("*"):
        texts = [each.name.encode()]
        if each.suffix == ".parquet":
            rows = duckdb.execute(
                f"SELECT to_json(r)::VARCHAR FROM read_parquet('{each}') r"
            ).fetchall()
            texts += [row.encode() for (row,) in rows]
        if each.is_file():
            texts.append(each.read_bytes())
        if any(
            name.encode() in text or name.replace("/", "-").encode() in text for text in texts
        ):
            found.append(each.name)
    return found


@pytest.fixture
def store(tmp_path: Path) -> FleetStore:
    made = open_store(f"{tmp_path / 'store'}", create=True)
    done(
        made,
        "one",
        [result(NAME), result("mutual/other"), result("x/api", document=told_of(NAME))],
    )
    done(
        made,
        "two",
        [result(NAME, "d2"), result("mutual/other", document=told_of("mutual/third"))],
    )
    made.begin(run("scan-1", NAME), RunKind.SCAN)
    made.write(result(NAME, "d3"))
    made.finish(run("scan-1", NAME), [(NAME, "d3")])
    return made


def test_nothing_stays(store: FleetStore, tmp_path: Path) -> None:
    assert len(traces(tmp_path, NAME)) >= 5
    forgotten = forget(open_store(store.address), NAME)
    assert (forgotten.results, forgotten.mentions) == (3, 1)
    assert traces(tmp_path, NAME) == []
    after = open_store(store.place.address)
    assert asked(after, "SELECT run, repository FROM repositories ORDER BY ALL", "all") == [
        ("one", "mutual/other"), ("one", "x/api"), ("two", "mutual/other"),
    ]  # fmt: skip
    assert asked(
        after, "SELECT unnest(because).path FROM findings WHERE repository = 'x/api'", "one"
    ) == ["forgotten: main.tf"]
    assert not after.has("x/api", "d1", DAY), "a reading would make another"
    assert after.load("mutual/other", "d1", DAY) == result("mutual/other")
    with pytest.raises(SovlintError, match="has no repository `mutual/claims`") as told:
        forget(after, NAME)
    assert told.value.hint == ""


def test_a_plain_word_goes_only_where_it_names_a_repository(
    store: FleetStore, tmp_path: Path
) -> None:
    text = told_of("claims").replace("é", "health claims")
    done(store, "three", [result("claims"), result("mutual/other", "d9", document=text)])
    forget(store, "claims")
    read = open_store(store.place.address).load("mutual/other", "forgotten-d9", DAY).document
    assert "health claims" in read
    assert '"claims' not in read


def test_a_run_that_has_not_ended_would_write_it_again(store: FleetStore) -> None:
    store.begin(run("three", NAME))
    with pytest.raises(SovlintError, match="hasn't ended: it would write the name again"):
        forget(open_store(store.place.address), NAME)


def test_nothing_of_others_is_lost_where_a_run_was_killed_before_it_packed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = open_store(f"{tmp_path / 'store'}", create=True)
    others = ["x/a", "x/b", "x/c"]
    with monkeypatch.context() as patch:
        patch.setattr(packing, "pack", lambda *_: None)
        done(
            made,
            "one",
            [result(NAME), *(result(each, document=told_of(NAME)) for each in others)],
        )
    forgotten = forget(open_store(made.place.address), NAME)
    assert (forgotten.results, forgotten.mentions) == (1, 3)
    assert traces(tmp_path, NAME) == []
    after = open_store(made.place.address)
    assert asked(after, "SELECT repository FROM repositories ORDER BY ALL") == others
