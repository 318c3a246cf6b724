"""A run over a fleet: nothing is read twice, a day is waited for, and answers go round until none changes."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from sovlint.errors import SovlintError
from sovlint.fleet import worker
from sovlint.fleet.child import read
from sovlint.fleet.join import MOST_ROUNDS
from sovlint.fleet.json_bytes import encoded
from sovlint.fleet.limits import ReadingLimits
from sovlint.fleet.options import FleetOptions
from sovlint.fleet.result import FleetRepository, ReadTask, RepositoryResult, Status
from sovlint.fleet.run import FleetAsked, FleetDone, carried_through
from sovlint.fleet.store.store import FleetStore, open_store
from sovlint.fleet.worker import Done, Job, work
from sovlint.model.offers import Ask, Offer, OfferKind
from sovlint.model.request import Request
from tests.fleet.house import BUCKET, DAY, WAIVED, committed, known, repository, task
from tests.fleet.store.house import asked

HOST = OfferKind.HOST


def carry_out(jobs: Iterable[Job]) -> Iterator[Done]:
    """Jobs in this process, in any order."""
    listed = list(jobs)
    random.shuffle(listed)
    for job in listed:
        yield msgspec.json.decode(work(msgspec.json.encode(job)), type=Done)


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readings are done in this process."""
    monkeypatch.setattr(worker, "_read", lambda task, limits: (read(task), True))


def kept(folder: Path) -> FleetStore:
    """The store in a folder."""
    return open_store(f"{folder}", create=True)


def run(
    repositories: Sequence[FleetRepository], folder: Path, day: date = DAY, **options: object
) -> FleetDone:
    request = Request(**{"as_of": day, **options})  # type: ignore[arg-type]
    asked = FleetAsked(tuple(repositories), FleetOptions(request))
    return carried_through(asked, kept(folder), carry_out)


def test_what_has_not_changed_is_not_read_again(tmp_path: Path) -> None:
    one = repository(tmp_path / "clones" / "one", {"main.tf": BUCKET})
    repository(tmp_path / "clones" / "two", {"main.tf": BUCKET})
    store = tmp_path / "store"
    first = run(known(tmp_path / "clones"), store)
    assert (first.read, run(known(tmp_path / "clones"), store).read) == (2, 0)
    (one / "main.tf").write_text(BUCKET.replace("eu-west-2", "eu-west-3"))
    committed(one)
    then = run(known(tmp_path / "clones"), store)
    assert (then.read, set(then.results)) == (1, {"one", "two"})
    assert then.results["one"].digest != first.results["one"].digest
    assert then.results["two"].digest == first.results["two"].digest
    counted = kept(store).counted([("two", then.results["two"].digest)], DAY.isoformat())
    assert (counted.errors > 0, counted.files) == (True, 1)


@pytest.mark.parametrize(
    "changed", [{"assume": "health"}, {"policy": True}, {"require_sources": True}]
)
def test_other_options_and_other_files_are_other_results(
    changed: dict[str, object], tmp_path: Path
) -> None:
    repository(tmp_path / "one", {"main.tf": BUCKET})
    policy = tmp_path / "p.yaml"
    options = {"policy": (policy,)} if "policy" in changed else {}
    policy.write_text("policies: []\n")
    before = run(known(tmp_path / "one"), tmp_path / "store", **options)
    policy.write_text("policies: []  # other\n")
    after = run(known(tmp_path / "one"), tmp_path / "store", **(options or changed))
    assert before.results["one"].digest != after.results["one"].digest


def test_what_a_partial_clone_lacked_is_read_when_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "_read", chained({"a": "-"}))
    (whole,) = fleet("a")
    assert run([replace(whole, lacks="x")], tmp_path).read == 1
    assert (run([whole], tmp_path).read, run([whole], tmp_path).read) == (1, 0)


def test_a_waiver_holds_until_its_day_and_is_judged_again_after(tmp_path: Path) -> None:
    repository(tmp_path / "one", {"main.tf": BUCKET, "sovlint.yaml": WAIVED})
    store = tmp_path / "store"

    def errors(day: date) -> tuple[int, int]:
        done = run(known(tmp_path / "one"), store, day)
        pair = ("one", done.results["one"].digest)
        return done.read, kept(store).counted([pair], day.isoformat()).errors

    day = date(2026, 11, 20)
    first = run(known(tmp_path / "one"), store, day)
    result = kept(store).load("one", first.results["one"].digest, day.isoformat())
    assert (result.as_of, result.holds_until) == ("2026-11-20", "2026-11-25")
    reads, waived = errors(date(2026, 11, 25))
    assert reads == 0
    reads, expired = errors(date(2026, 11, 26))
    assert (reads, expired) == (1, waived + 1)


@pytest.mark.parametrize("status", [Status.TIMED_OUT, Status.OUT_OF_MEMORY, Status.BROKEN])
def test_what_went_wrong_is_a_row_and_tried_again_in_the_next_run(
    status: Status, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sovlint.fleet.child import failed

    repository(tmp_path / "one", {"main.tf": BUCKET})
    with monkeypatch.context() as patch:
        patch.setattr(
            worker, "_read", lambda task, _: (failed(task, status, "It was so."), True)
        )
        done = run(known(tmp_path / "one"), tmp_path / "store")
    assert (done.results["one"].status, done.results["one"].reason) == (status, "It was so.")
    again = run(known(tmp_path / "one"), tmp_path / "store")
    assert (again.read, again.results["one"].status) == (1, Status.READ)


def test_a_result_that_no_store_takes_is_a_row_and_no_end_of_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = chained({"a": "-", "b": "-"})

    def wide(task: ReadTask, limits: ReadingLimits) -> tuple[RepositoryResult, bool]:
        found, fenced = reads(task, limits)  # type: ignore[operator]
        report = '{"findings": [], "failures": [{"line": 1099511627776}], "coverage": {"files": 1}}'
        is_odd = task.repository.name == "a"
        return replace(found, document=report) if is_odd else found, fenced

    monkeypatch.setattr(worker, "_read", wide)
    done = run(fleet("ab"), tmp_path)
    assert (done.results["a"].status, done.results["b"].status) == ("broken", "read")
    assert done.results["a"].reason.startswith("What came of it can't be kept: ")


def test_names_of_files_that_are_no_text_are_told_by_escapes(tmp_path: Path) -> None:
    clone = repository(tmp_path / "one", {"main.tf": BUCKET})
    try:
        (clone / os.fsdecode(b"caf\xe9.tf")).write_text(BUCKET.replace('"a"', '"b"'))
    except OSError:
        pytest.skip("file names are UTF-8 here")
    committed(clone)
    done = run(known(clone), tmp_path / "store")
    assert done.results["one"].status is Status.READ
    paths = asked(kept(tmp_path / "store"), "SELECT DISTINCT path FROM findings ORDER BY 1")
    assert paths == ["caf\\udce9.tf", "main.tf"]
    result = read(task(clone))
    assert msgspec.json.decode(encoded(result))["facts"] == result.facts


def test_a_worker_with_another_sovlint_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository(tmp_path / "one", {"main.tf": BUCKET})
    monkeypatch.setattr(worker, "code_digest", lambda: "other")
    with pytest.raises(
        SovlintError, match="A worker has another sovlint, or other libraries"
    ):
        run(known(tmp_path / "one"), tmp_path / "store")


def test_what_was_read_before_an_interruption_is_not_read_again(tmp_path: Path) -> None:
    for name in "abcd":
        repository(tmp_path / "clones" / name, {"main.tf": BUCKET})
    store = kept(tmp_path / "store")
    asked = FleetAsked(known(tmp_path / "clones"), FleetOptions(Request(as_of=DAY)))

    def interrupted(jobs: Iterable[Job]) -> Iterator[Done]:
        for count, done in enumerate(carry_out(jobs)):
            if count == 2:
                raise KeyboardInterrupt
            yield done

    with pytest.raises(KeyboardInterrupt):
        carried_through(asked, store, interrupted)
    assert carried_through(asked, store, carry_out).read == 1
    assert len(list((tmp_path / "store" / "runs").glob("*.json"))) == 1


# Rounds: repositories a -> b -> c -> ..., each of which offers when it is answered.


def chained(names: Mapping[str, str]) -> object:
    """A reading in which each repository asks another, and offers what it heard and its own name."""

    def reads(task: ReadTask, limits: ReadingLimits) -> tuple[RepositoryResult, bool]:
        name = task.repository.name
        heard = sorted(each.address for each in task.answers)
        offer = Offer(HOST, (name,), "main.tf", 1, address=f"{name}<{','.join(heard)}>")
        return RepositoryResult(
            repository=task.repository, digest=task.digest, status=Status.READ,
            as_of=DAY.isoformat(), offers=(offer,), asks=(Ask(HOST, names[name]),),
            document=f'{{"findings": [], "failures": [], "coverage": {{"files": 1}}, "heard": "{heard}"}}',
        ), True  # fmt: skip

    return reads


def fleet(names: Iterable[str]) -> list[FleetRepository]:
    return [FleetRepository(name, f"/{name}", "HEAD", name * 40) for name in names]


def heard(store: FleetStore, done: FleetDone) -> dict[str, str]:
    return {
        name: store.load(name, each.digest, DAY.isoformat()).document
        for name, each in done.results.items()
    }


def test_rounds_end_where_no_answer_changes_and_order_makes_no_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "_read", chained({"a": "-", "b": "a", "c": "b", "d": "c"}))
    said = []
    for number in range(3):
        listed = fleet("abcd")
        random.shuffle(listed)
        store = kept(tmp_path / str(number))
        done = run(listed, tmp_path / str(number))
        assert (done.run.settled, done.run.rounds) == (True, 3)
        said.append(heard(store, done))
        again = run(fleet("dcba"), tmp_path / str(number))
        assert (again.read, heard(store, again)) == (0, said[-1])
    assert said[0] == said[1] == said[2]
    assert "b<a<>>" in said[0]["c"]


def test_repositories_that_answer_each_other_for_ever_are_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing rests on what doesn't settle: not in a third one either, and it is nobody else's matter."""
    asks = {"a": "b", "b": "a", "c": "a", "d": "e", "e": "-"}
    monkeypatch.setattr(worker, "_read", chained(asks))
    done = run(fleet("abcde"), tmp_path)
    assert (done.run.settled, done.run.rounds) == (False, MOST_ROUNDS)
    said = heard(kept(tmp_path), done)
    assert [name for name in said if '"heard": "[]"' not in said[name]] == ["d"]


def test_what_another_run_has_read_meanwhile_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "_read", chained({"a": "-"}))
    store = kept(tmp_path)
    asked = FleetAsked(tuple(fleet("a")), FleetOptions(Request(as_of=DAY)))

    def late(jobs: Iterable[Job]) -> Iterator[Done]:
        listed = list(jobs)
        carried_through(asked, store, carry_out)
        monkeypatch.setattr(worker, "_read", None)
        yield from carry_out(listed)

    done = carried_through(asked, store, late)
    assert done.results["a"].status is Status.READ


def test_a_result_is_no_longer_there_when_it_is_another_day(tmp_path: Path) -> None:
    store = kept(tmp_path)
    one = RepositoryResult(
        fleet("a")[0], "d", Status.READ, "2026-11-29", holds_until="2026-12-01"
    )
    store.write(one)
    days = ("2026-11-28", "2026-11-29", "2026-12-01", "2026-12-02")
    assert [store.has("a", "d", day) for day in days] == [False, True, True, False]
    store.write(replace(one, holds_until=None))
    assert store.has("a", "d", "2036-01-01")
