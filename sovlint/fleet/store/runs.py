"""Runs: what each lists, their order, and the latest state of a fleet."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

import msgspec
from msgspec import Struct, field

from sovlint.errors import SovlintError
from sovlint.fleet.result import RepositoryResult, Status
from sovlint.fleet.store import names
from sovlint.fleet.store.places import Place

UNREAD = (Status.TIMED_OUT, Status.OUT_OF_MEMORY, Status.BROKEN)
"""How readings end that another run tries again."""


class RunKind(StrEnum):
    """What a run is of."""

    FLEET = "fleet"
    """All repositories of the fleet."""
    SCAN = "scan"
    """One repository, which its own pipeline read."""


class Entry(Struct, frozen=True, omit_defaults=True, order=True):
    """What a run says of a repository: which result is its own."""

    repository: str
    digest: str
    status: Status
    day: str
    """The day that the result was read for."""
    commit: str = ""


class Begun(Struct, frozen=True, omit_defaults=True):
    """A run that has begun: its name, when by the clock of the machine, and what it goes by."""

    id: str
    started: str
    kind: RunKind = RunKind.FLEET
    as_of: str = ""
    tool: str = ""
    catalogue: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


class Run(Struct, frozen=True, omit_defaults=True):
    """A run that has ended: what it went by, and a result for each repository."""

    begun: Begun
    ended: str
    entries: tuple[Entry, ...] = ()

    @property
    def id(self) -> str:
        """Its name."""
        return self.begun.id


def entry(result: RepositoryResult) -> Entry:
    """What a run says of the repository of a result."""
    return Entry(
        result.repository.name,
        result.digest,
        result.status,
        result.as_of,
        result.repository.commit,
    )


def now() -> str:
    """Now, by the clock of this machine, in UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def identify(listed: Iterable[str], started: str) -> str:
    """The name of a new run. Names sort by a number that each run takes one higher than all that it sees, then by time:
    the clock of a machine puts no run before one that had ended when it began."""
    last = max((_number(each) for each in listed), default=0)
    compact = "".join(each for each in started if each.isalnum())[:15]
    return f"{last + 1:06d}-{compact}-{secrets.token_hex(3)}"


def _number(name: str) -> int:
    number, _, _ = name.partition("-")
    return int(number) if number.isdigit() else 0


class Listing(Struct, frozen=True):
    """The names of the runs of a store, in order: those that ended, and those that have only begun."""

    ended: tuple[str, ...] = ()
    unfinished: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Both."""
        return tuple(sorted({*self.ended, *self.unfinished}))


def listing(place: Place) -> Listing:
    """The runs of a store."""
    found = place.names(names.RUNS)
    ended = {_stem(each, ".json") for each in found if each.endswith(".json")}
    begun = {_stem(each, ".begun") for each in found if each.endswith(".begun")}
    return Listing(tuple(sorted(ended)), tuple(sorted(begun - ended)))


def _stem(name: str, ending: str) -> str:
    return name.removeprefix(f"{names.RUNS}/").removesuffix(ending)


def write(place: Place, run: Run) -> None:
    """Write the list of a run, and take away that it has only begun."""
    place.write(names.manifest(run.id), msgspec.json.encode(run))
    place.remove([names.begun(run.id)])


def read(place: Place, name: str) -> Run | None:
    """The list of a run; ``None`` where there is none. Raises ``SovlintError`` where it is broken."""
    return _decoded(place, names.manifest(name), Run)


def read_begun(place: Place, name: str) -> Begun | None:
    """What a run that hasn't ended goes by; ``None`` where there is none."""
    return _decoded(place, names.begun(name), Begun)


Content = TypeVar("Content", Begun, Run)


def _decoded(place: Place, name: str, kind: type[Content]) -> Content | None:
    content = place.read(name)
    if content is None:
        return None
    try:
        return msgspec.json.decode(content, type=kind)
    except msgspec.MsgspecError as error:
        raise SovlintError(
            f"{name} of the store at {place.address} is broken: {error}.",
            "Remove that file: results that other runs list stay.",
        ) from None


class Chosen(Struct, frozen=True):
    """An entry, and the run whose list has it."""

    run: str
    entry: Entry


def latest(runs: Sequence[Run]) -> tuple[Chosen, ...]:
    """The latest state: what the last run of the fleet lists; and of each repository that a pipeline read since, or
    that no run of the fleet has, what its last pipeline found."""
    of_fleet = [each for each in runs if each.begun.kind is RunKind.FLEET]
    last = max(of_fleet, key=lambda each: each.id, default=None)
    chosen = {each.repository: Chosen(last.id, each) for each in last.entries} if last else {}
    known = {each.repository for run in of_fleet for each in run.entries}
    for run in sorted(runs, key=lambda each: each.id):
        if run.begun.kind is not RunKind.SCAN:
            continue
        for each in run.entries:
            if last is None or run.id > last.id or each.repository not in known:
                chosen[each.repository] = Chosen(run.id, each)
    return tuple(chosen[name] for name in sorted(chosen))
