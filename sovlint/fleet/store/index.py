"""Which results a store has, and where each stands: made of one listing and one query, and kept in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from sovlint.fleet.result import Status
from sovlint.fleet.store import names
from sovlint.fleet.store.columns import literal
from sovlint.fleet.store.duck import told
from sovlint.fleet.store.names import plain, safe
from sovlint.fleet.store.places import Place
from sovlint.fleet.store.runs import UNREAD, RunEntry

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class KeptResult(Struct, frozen=True):
    """A result that is there: its file and its row in it, the run that read it, and the days that it holds on."""

    file: str
    row: int
    run: str
    status: Status
    as_of: str
    until: str | None

    @property
    def same(self) -> tuple[str, ...]:
        """What tells it from other results of its digest. Readings that failed are told apart by their runs."""
        run = self.run if self.unread else ""
        return self.status.value, self.as_of, self.until or "", run

    def holds(self, day: str) -> bool:
        """Whether it is the same on a day (ISO)."""
        return self.as_of <= day and (self.until is None or day <= self.until)

    @property
    def unread(self) -> bool:
        """Whether the reading failed in a way that may not happen again."""
        return self.status in UNREAD


class ResultIndex:
    """The results of a store, by repository and digest. What packs hold comes before what is loose."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], list[KeptResult]] = {}
        self.files: set[str] = set()
        """All files that were there."""
        self.broken: dict[str, str] = {}
        """Files that can't be read, and why."""

    def add(self, repository: str, digest: str, kept: KeptResult) -> None:
        """Note a result; one that is there already, with the same end and day, isn't taken again."""
        there = self._found.setdefault((repository, digest), [])
        if all(each.same != kept.same for each in there):
            there.append(kept)

    def drop(self, file: str) -> None:
        """Forget what a file holds."""
        for key, kept in self._found.items():
            self._found[key] = [each for each in kept if each.file != file]

    def of(self, repository: str, digest: str) -> Sequence[KeptResult]:
        """All results of a repository's digest."""
        return self._found.get((safe(repository), plain(digest)), ())

    def holding(
        self, repository: str, digest: str, day: str, own: Collection[str] = ()
    ) -> KeptResult | None:
        """The newest result that holds on a day; one of a failed reading only in the runs that are one's ``own``."""
        found = [each for each in self.of(repository, digest) if each.as_of <= day]
        good = [each for each in found if each.holds(day) and not each.unread]
        failed = [each for each in found if each.unread and each.run in own]
        return max(good or failed, key=lambda each: each.as_of, default=None)

    def entry(self, entry: RunEntry) -> KeptResult | None:
        """The result that an entry of a run means."""
        for each in self.of(entry.repository, entry.digest):
            if each.status is entry.status and each.as_of == entry.day:
                return each
        return None

    def __iter__(self) -> Iterator[KeptResult]:
        for each in self._found.values():
            yield from each

    def has(self, found: names.Loose) -> bool:
        """Whether a loose result is there twice: in a pack too."""
        same = loose("", found).same
        return any(
            each.same == same and each.file.startswith(names.PACKS)
            for each in self._found.get((found.repository, found.digest), ())
        )


def loose(file: str, found: names.Loose) -> KeptResult:
    """What a loose result is, by its name."""
    return KeptResult(file, 0, found.run, found.status, found.as_of, found.until)


def read(place: Place, database: DuckDBPyConnection) -> ResultIndex:
    """The results that a store has now."""
    made = ResultIndex()
    packs = place.sizes(names.PACKS)
    for file, row, run, repository, digest, status, as_of, until in _packed(
        place, database, packs, made
    ):
        made.add(
            safe(repository),
            plain(digest),
            KeptResult(file, row, run, Status(status), as_of, until),
        )
    for file in place.sizes(names.RESULTS):
        found = names.loose(file)
        if found is not None:
            made.files.add(file)
            made.add(found.repository, found.digest, loose(file, found))
    return made


_ASKED = """SELECT file_row_number, run, repository, digest, status, as_of::VARCHAR, holds_until::VARCHAR
FROM read_parquet({file}, file_row_number = true, hive_partitioning = false)"""


def _packed(
    place: Place, database: DuckDBPyConnection, packs: Iterable[str], made: ResultIndex
) -> Iterator[tuple[str, int, str, str, str, str, str, str | None]]:
    """What each pack holds; one that is broken is noted, and passed over."""
    import duckdb

    for name in packs:
        if not name.endswith(".parquet"):
            continue
        made.files.add(name)
        with told(place):
            try:
                rows = database.execute(
                    _ASKED.format(file=literal(place.path(name)))
                ).fetchall()
            except (duckdb.InvalidInputException, duckdb.BinderException) as error:
                made.broken[name] = f"{error}"
                continue
        for each in rows:
            yield (name, *each)
