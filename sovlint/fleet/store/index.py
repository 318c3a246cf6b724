"""Which results a store has, and where each stands: made of one listing and one query, and kept in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from sovlint.fleet.store import names
from sovlint.fleet.store.columns import literal
from sovlint.fleet.store.duck import told
from sovlint.fleet.store.names import plain, safe
from sovlint.fleet.store.places import Place
from sovlint.fleet.store.runs import UNREAD, Entry

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class Kept(Struct, frozen=True):
    """A result that is there: its file and its row in it, the run that read it, and the days that it holds on."""

    file: str
    row: int
    run: str
    status: str
    as_of: str
    until: str | None

    def holds(self, day: str) -> bool:
        """Whether it is the same on a day (ISO)."""
        return self.as_of <= day and (self.until is None or day <= self.until)

    @property
    def unread(self) -> bool:
        """Whether the reading failed in a way that may not happen again."""
        return self.status in UNREAD


class Index:
    """The results of a store, by repository and digest. What packs hold comes before what is loose."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], list[Kept]] = {}
        self.packs: dict[str, str] = {}
        """Files of packs that can't be read, and why."""

    def add(self, repository: str, digest: str, kept: Kept) -> None:
        """Note a result; one that is there already, with the same end and day, isn't taken again."""
        there = self._found.setdefault((repository, digest), [])
        same = (kept.status, kept.as_of, kept.until)
        if all((each.status, each.as_of, each.until) != same for each in there):
            there.append(kept)

    def drop(self, file: str) -> None:
        """Forget what a file holds."""
        for key, kept in self._found.items():
            self._found[key] = [each for each in kept if each.file != file]

    def of(self, repository: str, digest: str) -> Sequence[Kept]:
        """All results of a repository's digest."""
        return self._found.get((safe(repository), plain(digest)), ())

    def holding(self, repository: str, digest: str, day: str, run: str) -> Kept | None:
        """A result that holds on a day; one of a failed reading only in the run that it failed in."""
        found = [each for each in self.of(repository, digest) if each.holds(day)]
        good = [each for each in found if not each.unread]
        failed = [each for each in found if each.unread and each.run == run]
        return next(iter([*good, *failed]), None)

    def entry(self, entry: Entry) -> Kept | None:
        """The result that an entry of a run means."""
        for each in self.of(entry.repository, entry.digest):
            if each.status == entry.status.value and each.as_of == entry.day:
                return each
        return None

    def __iter__(self) -> Iterator[Kept]:
        for each in self._found.values():
            yield from each


def read(place: Place, database: DuckDBPyConnection) -> Index:
    """The results that a store has now."""
    made = Index()
    packs = place.names(names.PACKS)
    for file, row, run, repository, digest, status, as_of, until in _packed(
        place, database, packs, made
    ):
        made.add(safe(repository), plain(digest), Kept(file, row, run, status, as_of, until))
    for file in place.names(names.RESULTS):
        found = names.loose(file)
        if found is not None:
            kept = Kept(file, 0, found.run, found.status, found.as_of, found.until)
            made.add(found.repository, found.digest, kept)
    return made


_ASKED = """SELECT file_row_number, run, repository, digest, status, as_of::VARCHAR, holds_until::VARCHAR
FROM read_parquet({file}, file_row_number = true, hive_partitioning = false)"""


def _packed(
    place: Place, database: DuckDBPyConnection, packs: Iterable[str], made: Index
) -> Iterator[tuple[str, int, str, str, str, str, str, str | None]]:
    """What each pack holds; one that is broken is noted, and passed over."""
    import duckdb

    for name in packs:
        if not name.endswith(".parquet"):
            continue
        with told(place, "read"):
            try:
                rows = database.execute(
                    _ASKED.format(file=literal(place.path(name)))
                ).fetchall()
            except (duckdb.InvalidInputException, duckdb.BinderException) as error:
                made.packs[name] = f"{error}"
                continue
        for each in rows:
            yield (name, *each)
