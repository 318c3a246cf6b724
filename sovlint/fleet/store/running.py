"""How a run begins and ends in a store."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from sovlint.fleet.result import FleetRepository
from sovlint.fleet.results import FleetRun, Pair
from sovlint.fleet.store import names, runs
from sovlint.fleet.store.contents import Contents, lost
from sovlint.fleet.store.index import KeptResult
from sovlint.fleet.store.runs import Begun, EndedRun, RunEntry, RunKind


def begin(store: Contents, told: FleetRun, kind: RunKind) -> Begun:
    """Note that a run has begun, and which ones it goes on with: those of the same that haven't ended."""
    listed = runs.listing(store.place)
    begun = Begun(
        told.id, told.began, listed.next, kind, told.as_of, told.tool, told.code,
        _as_json(told.options), tuple(told.skipped),
    )  # fmt: skip
    others = [
        found for each in listed.unfinished if (found := runs.read_begun(store.place, each))
    ]
    same = tuple(each.id for each in others if each.same(begun))
    begun = replace(begun, goes_on=same)
    store.place.write(names.begun(begun.numbered), msgspec.json.encode(begun))
    return begun


def _as_json(options: Mapping[str, Any]) -> Mapping[str, Any]:
    """Options as they are read back: of two runs, they are compared."""
    back: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(options))
    return back


def finish(
    store: Contents, begun: Begun, told: FleetRun, pairs: Sequence[Pair], used: Iterable[Pair]
) -> EndedRun:
    """Write the list of a run: from here on it is there, and whole."""
    repositories = {each.name: each for each in told.repositories}
    found = _found(store, pairs, begun)
    others = sorted(set(used) - set(pairs))
    run = EndedRun(
        begun=begun,
        ended=told.ended or runs.now(),
        entries=tuple(_entry(pair, kept, repositories.get(pair[0])) for pair, kept in found),
        used=tuple(_entry(pair, kept, None) for pair, kept in _there(store, others, begun)),
        rounds=told.rounds,
        settled=told.settled,
    )
    runs.write(store.place, run)
    _end(store, begun)
    return run


def _found(
    store: Contents, pairs: Sequence[Pair], begun: Begun
) -> list[tuple[Pair, KeptResult]]:
    """Where the results of pairs are; raises ``SovlintError`` where one is lost."""
    store.refresh()
    found = _there(store, pairs, begun)
    if len(found) < len(pairs):
        raise lost(store.place, len(pairs) - len(found))
    return found


def _there(
    store: Contents, pairs: Sequence[Pair], begun: Begun
) -> list[tuple[Pair, KeptResult]]:
    return [
        (pair, kept)
        for pair in pairs
        if (kept := store.index.holding(*pair, begun.as_of, store.own)) is not None
    ]


def _entry(pair: Pair, kept: KeptResult, repository: FleetRepository | None) -> RunEntry:
    commit, owners = (repository.commit, repository.owners) if repository else ("", ())
    return RunEntry(*pair, kept.status, kept.as_of, commit, owners)


def _end(store: Contents, begun: Begun) -> None:
    """Take away what says that it hasn't ended, and the same of those that it went on with and that nobody is at."""
    listed = {each.run: each for each in runs.listing(store.place).unfinished}
    gone = [listed[each] for each in begun.goes_on if each in listed]
    dead = [each for each in gone if not store.place.held(names.begun(each))]
    store.place.remove([names.begun(each) for each in (begun.numbered, *dead)])


def scan_id(repository: str, began: str) -> str:
    """The name of a run of one repository: it says whose it is to whoever knows the name."""
    told = "".join(each for each in began if each.isalnum())
    return f"{told}-{_whose(repository)}-{secrets.token_hex(3)}"


def _whose(repository: str) -> str:
    return f"scan-{names.safe(repository).rpartition('-')[2]}"


def replace_scans(store: Contents, repository: str, run: str) -> None:
    """Take away what a repository's pipeline wrote before a run."""
    mark = f"-{_whose(repository)}-"
    listed = runs.listing(store.place)
    before = [each for each in listed.ended if mark in each.run and each.run != run]
    store.place.remove([names.manifest(each) for each in before])
    for each in before:
        store.place.remove(store.place.sizes(f"{names.RESULTS}/run={each.run}"))
