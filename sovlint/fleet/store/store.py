"""A store: what is in it, and how runs begin and end there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from sovlint.errors import SovlintError
from sovlint.fleet.result import RepositoryResult, Status
from sovlint.fleet.results import FleetRun, Pair
from sovlint.fleet.store import names, packing, running, runs
from sovlint.fleet.store.columns import NAME, VERSION
from sovlint.fleet.store.contents import OF_RUN, Contents, StoreMark
from sovlint.fleet.store.places import place
from sovlint.fleet.store.runs import Begun, RunKind


class FleetStore(Contents):
    """A store at an address. It can be sent to another machine, which opens it there.

    All raise ``SovlintError`` where the store refuses.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        return open_store, (self.address,)

    def begin(self, run: FleetRun, kind: RunKind = RunKind.FLEET) -> None:
        """Note that a run began; it goes on with those that asked the same and haven't ended."""
        begun = running.begin(self, run, kind)
        self.place.hold(names.begun(begun.numbered))
        self._begun[begun.id], self._run = begun, begun.id
        self.own |= {begun.id, *begun.goes_on}
        self.address = f"{self.place.absolute}{OF_RUN}{begun.id}"
        self._used.clear()

    def finish(self, run: FleetRun, pairs: Sequence[Pair]) -> None:
        """Keep the list of a run, with the result of each of its repositories: it is there wholly, or not at all. Then
        its results are packed."""
        begun = self._begun.pop(run.id, None)
        if begun is None:
            raise SovlintError(
                f"The run {run.id} hasn't begun in the store at {self.place.address}."
            )
        running.finish(self, begun, run, pairs, self._used)
        self.place.release()
        if begun.kind is RunKind.FLEET:
            packing.pack(self, run.id)

    def keep_scan(self, result: RepositoryResult, run: FleetRun) -> None:
        """Keep what the pipeline of a repository found: a run of one, in place of the last that its pipeline made."""
        name = result.repository.name
        self.begin(run, RunKind.SCAN)
        self.write(result)
        self.finish(run, [(name, result.digest)])
        running.replace_scans(self, name, run.id)

    def newest_of_fleet(self, repository: str) -> RepositoryResult | None:
        """The last result of a repository that a run of the fleet read; ``None`` where there is none."""
        fleets = (each for each in reversed(self.runs()) if each.begun.kind is RunKind.FLEET)
        listed = (
            one for each in fleets for one in each.entries if one.repository == repository
        )
        found = next((each for each in listed if each.status is Status.READ), None)
        return next(iter(self.entries([found])), None) if found else None

    def others(self) -> Sequence[Begun]:
        """The runs of others that haven't ended, but for those of which it is sure that nobody is at them any more."""
        listed = runs.listing(self.place).unfinished
        return [
            found
            for each in listed
            if each.run not in self.own
            if self.place.held(names.begun(each)) is not False
            if (found := runs.read_begun(self.place, each)) is not None
        ]


def open_store(address: str, *, create: bool = False) -> FleetStore:
    """The store at an address; with ``create`` it is made where there is none.

    Raises ``SovlintError`` where there is none, where something else is there, and where it is of a newer version.
    """
    address, _, run = address.partition(OF_RUN)
    where = place(address)
    content = where.read(names.MARK)
    if content is not None:
        return FleetStore(where, _checked(address, content), run)
    if not create:
        raise SovlintError(
            f"There is no store at {address}.",
            "`sovlint fleet scan SOURCE --store ADDRESS` makes one.",
        )
    others = [each for each in where.sizes("") if not each.startswith(f"{names.SCRATCH}/")]
    if others:
        raise SovlintError(
            f"{address} holds other files, and isn't a store.", "Give a folder of its own."
        )
    mark = StoreMark()
    where.write(names.MARK, msgspec.json.encode(mark) + b"\n")
    return FleetStore(where, mark, run)


_SCHEMA: Final = re.compile(rf"{NAME}/([1-9][0-9]*)")


def _checked(address: str, content: bytes) -> StoreMark:
    try:
        mark = msgspec.json.decode(content, type=StoreMark)
    except msgspec.MsgspecError as error:
        raise SovlintError(
            f"{names.MARK} of the store at {address} is broken: {error}."
        ) from None
    found = _SCHEMA.fullmatch(mark.schema)
    if found is None:
        raise SovlintError(f"{address} is a store of something else: `{mark.schema}`.")
    if int(found[1]) > VERSION:
        raise SovlintError(
            f"The store at {address} is of version {found[1]}: this sovlint knows version {VERSION}.",
            "Install a newer sovlint.",
        )
    return mark
