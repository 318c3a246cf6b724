"""Runs: what each lists, their order, and the latest state of a fleet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

import msgspec
from msgspec import Struct, field

from sovlint.errors import SovlintError
from sovlint.fleet.result import Status
from sovlint.fleet.store import names
from sovlint.fleet.store.names import Numbered
from sovlint.fleet.store.places import Place

UNREAD = (Status.TIMED_OUT, Status.OUT_OF_MEMORY, Status.BROKEN)
"""How readings end that another run tries again."""


class RunKind(StrEnum):
    """What a run is of."""

    FLEET = "fleet"
    """All repositories of the fleet."""
    SCAN = "scan"
    """One repository, which its own pipeline read."""


class RunEntry(Struct, frozen=True, omit_defaults=True, order=True):
    """What a run says of a repository: which result is its own, and whose it is."""

    repository: str
    digest: str
    status: Status
    day: str
    """The day that the result was read for."""
    commit: str = ""
    owners: tuple[str, ...] = ()


class Begun(Struct, frozen=True, omit_defaults=True):
    """A run that has begun: its name, when by the clock of its machine, and what it goes by."""

    id: str
    began: str
    number: int
    kind: RunKind = RunKind.FLEET
    as_of: str = ""
    tool: str = ""
    code: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    goes_on: tuple[str, ...] = ()
    """Runs of the same that hadn't ended: what failed in them isn't tried again."""

    @property
    def numbered(self) -> Numbered:
        """Its place among all runs."""
        return Numbered(self.number, self.id)

    def same(self, other: Begun) -> bool:
        """Whether another run asks the same."""
        return all(
            getattr(self, name) == getattr(other, name)
            for name in ("kind", "as_of", "tool", "code", "options")
        )


class EndedRun(Struct, frozen=True, omit_defaults=True):
    """A run that has ended: what it went by, and a result for each repository.

    ``used``: other results that it went through, which the next run goes through again. ``rounds`` and ``settled``: how
    often answers were given, and whether they had stopped changing.
    """

    begun: Begun
    ended: str
    entries: tuple[RunEntry, ...] = ()
    used: tuple[RunEntry, ...] = ()
    rounds: int = 0
    settled: bool = True

    @property
    def id(self) -> str:
        """Its name."""
        return self.begun.id


def none_ended(place: Place) -> SovlintError:
    """That no run of the store has ended, so that it has no state yet."""
    return SovlintError(
        f"No run of the store at {place.address} has ended.",
        "`sovlint fleet scan SOURCE --store ADDRESS` makes one, or goes on with one that has begun.",
    )


def now() -> str:
    """Now, by the clock of this machine, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


class RunListing(Struct, frozen=True):
    """The runs of a store, in order: those that ended, and those that have only begun."""

    ended: tuple[Numbered, ...] = ()
    unfinished: tuple[Numbered, ...] = ()

    @property
    def next(self) -> int:
        """The number of a run that begins now."""
        return max((each.number for each in (*self.ended, *self.unfinished)), default=0) + 1


def listing(place: Place) -> RunListing:
    """The runs of a store."""
    found = place.sizes(names.RUNS)
    ended = _ending(found, ".json")
    begun = _ending(found, ".begun")
    return RunListing(tuple(sorted(ended)), tuple(sorted(begun - ended)))


def _ending(found: Iterable[str], ending: str) -> set[Numbered]:
    stems = (
        each.removeprefix(f"{names.RUNS}/").removesuffix(ending)
        for each in found
        if each.endswith(ending)
    )
    return {run for each in stems if (run := names.numbered(each)) is not None}


def write(place: Place, run: EndedRun) -> None:
    """Write the list of a run."""
    place.write(names.manifest(run.begun.numbered), msgspec.json.encode(run))


def read_all(place: Place) -> list[EndedRun]:
    """The runs that ended, in order. Raises ``SovlintError`` where the list of one is broken."""
    listed = [names.manifest(each) for each in listing(place).ended]
    found = place.reads(listed)
    return [_decoded(place, name, found[name], EndedRun) for name in listed if name in found]


def read_begun(place: Place, run: Numbered) -> Begun | None:
    """What a run that hasn't ended goes by; ``None`` where there is none."""
    name = names.begun(run)
    content = place.read(name)
    return None if content is None else _decoded(place, name, content, Begun)


Content = TypeVar("Content", Begun, EndedRun)


def _decoded(place: Place, name: str, content: bytes, kind: type[Content]) -> Content:
    try:
        return msgspec.json.decode(content, type=kind)
    except msgspec.MsgspecError as error:
        raise SovlintError(
            f"{name} of the store at {place.address} is broken: {error}.",
            "Remove that file: results that other runs list stay.",
        ) from None


class ListedEntry(Struct, frozen=True):
    """An entry, and the run whose list has it."""

    run: str
    entry: RunEntry


def latest(ended: Sequence[EndedRun]) -> tuple[ListedEntry, ...]:
    """The latest state, of all runs in their order: what the last run of the fleet lists; and of each repository that
    its own pipeline read since, or that no run of the fleet has, what its last pipeline found."""
    fleets = [each for each in ended if each.begun.kind is RunKind.FLEET]
    known = {entry.repository for run in fleets for entry in run.entries}
    last = fleets[-1] if fleets else None
    chosen = (
        {each.repository: ListedEntry(last.id, each) for each in last.entries} if last else {}
    )
    since = ended.index(last) if last else -1
    for number, run in enumerate(ended):
        if run.begun.kind is not RunKind.SCAN:
            continue
        for each in run.entries:
            if number > since or each.repository not in known:
                chosen[each.repository] = ListedEntry(run.id, each)
    return tuple(chosen[name] for name in sorted(chosen))
