"""A store: results that are written once, and runs that list them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import Struct

from sovlint.errors import SovlintError
from sovlint.fleet.result import RepositoryResult
from sovlint.fleet.store import index, names, rows, runs
from sovlint.fleet.store.columns import (
    DOCUMENTS,
    NAME,
    RESULT,
    VERSION,
    literal,
    quoted,
)
from sovlint.fleet.store.duck import WRITING, connection, read_json, told
from sovlint.fleet.store.index import Index, Kept
from sovlint.fleet.store.places import Place, place
from sovlint.fleet.store.runs import Begun, Entry, Listing, Run, RunKind

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

KEEP: Final = 30
"""How many runs of a fleet are kept by default."""


class Mark(Struct, frozen=True):
    """What ``store.json`` says: the schema and its version; the oldest version that any of its files may have; and how
    many runs are kept."""

    schema: str = f"{NAME}/{VERSION}"
    oldest: int = VERSION
    keep: int = KEEP


class Store:
    """A store at an address. It can be sent to another machine, which opens it there.

    All raise ``SovlintError`` where the store refuses.
    """

    def __init__(self, where: Place, mark: Mark) -> None:
        self.place = where
        self.mark = mark
        self._database: DuckDBPyConnection | None = None
        self._index: Index | None = None
        self._run = ""

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self.place.address, self.mark, self._run)

    @property
    def address(self) -> str:
        """Where it is."""
        return self.place.address

    @property
    def old(self) -> bool:
        """Whether files may lack columns."""
        return self.mark.oldest < VERSION

    @property
    def index(self) -> Index:
        """Which results it has: as they were when this was first asked, and those that were written here since."""
        if self._index is None:
            self._index = index.read(self.place, self.database)
        return self._index

    def refresh(self) -> None:
        """See anew what is there."""
        self._index = None

    @property
    def database(self) -> DuckDBPyConnection:
        """What writes and reads its files."""
        if self._database is None:
            self._database = connection(self.place, WRITING, threads=1)
        return self._database

    # Results

    def has(self, repository: str, digest: str, day: str) -> bool:
        """Whether a result is there that holds on a day (ISO). One that ended in a way that may not happen again counts
        only in the run that it belongs to."""
        return self.index.holding(repository, digest, day, self._run) is not None

    def load(self, repository: str, digest: str, day: str) -> RepositoryResult | None:
        """That result; ``None`` where there is none, or where its file is broken: it isn't counted on any more."""
        kept = self.index.holding(repository, digest, day, self._run)
        return None if kept is None else self._loaded(kept)

    def load_entries(self, entries: Iterable[Entry]) -> Iterator[RepositoryResult]:
        """The results of entries of a run, file by file, and so in any order; those that are lost are left out."""
        wanted: dict[str, list[int]] = {}
        for each in entries:
            kept = self.index.entry(each)
            if kept is not None:
                wanted.setdefault(kept.file, []).append(kept.row)
        for file, numbers in wanted.items():
            yield from self._read(file, numbers)

    def _loaded(self, kept: Kept) -> RepositoryResult | None:
        import duckdb

        try:
            return next(self._read(kept.file, [kept.row]), None)
        except (duckdb.Error, SovlintError):
            self.index.drop(kept.file)
            return None

    def _read(self, file: str, numbers: Sequence[int]) -> Iterator[RepositoryResult]:
        chosen = ", ".join(map(quoted, rows.READ_BACK))
        where = f"file_row_number IN ({', '.join(map(str, numbers))})"
        with told(self.place, "read"):
            cursor = self.database.execute(
                f"SELECT {chosen} FROM {read_parquet(self.place, [file], self.old)} WHERE {where}"
            )
            while (row := cursor.fetchone()) is not None:
                yield rows.result(dict(zip(rows.READ_BACK, row, strict=True)))

    def write(self, result: RepositoryResult, run: str = "") -> None:
        """Write a result into a run; what was there under the same name is replaced by what is the same."""
        name = names.result(run or self._run, result)
        with self.place.scratch() as file, told(self.place, "written"):
            self._copy(result, run or self._run, file)
            self.place.put(file, name)
        if self._index is not None:
            found = names.loose(name)
            assert found is not None, name
            kept = Kept(name, 0, found.run, found.status, found.as_of, found.until)
            self._index.add(found.repository, found.digest, kept)

    def _copy(self, result: RepositoryResult, run: str, file: Path) -> None:
        row = rows.row(result)
        apart = [None if row[name] is None else rows.utf8(row[name]) for name in DOCUMENTS]
        data = file.with_suffix(".json")
        try:
            data.write_text(rows.text(rows.fitted(STRUCTURED, row)), encoding="utf-8")
            source = read_json(data, {each.name: each.sql for each in STRUCTURED})
            self.database.execute(_COPY.format(source, literal(f"{file}")), [*apart, run])
        finally:
            data.unlink(missing_ok=True)

    # Runs

    def listing(self) -> Listing:
        """The names of its runs."""
        return runs.listing(self.place)

    def begin(
        self, begun: Begun | None = None, *, kind: RunKind = RunKind.FLEET, **told: Any
    ) -> Begun:
        """Begin a run, or go on with one that had begun. ``told``: ``as_of``, ``tool``, ``catalogue``, ``options``."""
        if begun is None:
            started = runs.now()
            name = runs.identify(self.listing().all, started)
            begun = Begun(name, started, kind, **told)
        self.place.write(names.begun(begun.id), msgspec.json.encode(begun))
        self._run = begun.id
        return begun

    def within(self, run: str) -> None:
        """What is written from now on belongs to a run that another process has begun."""
        self._run = run

    def finish(self, begun: Begun, entries: Iterable[Entry]) -> Run:
        """End a run: what it lists is whole from here on. Its results are packed."""
        run = Run(begun, runs.now(), tuple(sorted(entries)))
        runs.write(self.place, run)
        return run

    def runs(self, wanted: Sequence[str] | None = None) -> list[Run]:
        """The runs that ended, in order; all, or those of these names."""
        read = (runs.read(self.place, each) for each in wanted or self.listing().ended)
        return [each for each in read if each is not None]


STRUCTURED: Final = tuple(each for each in RESULT if each.name not in DOCUMENTS)
_APART: Final = ", ".join(f"?::VARCHAR AS {quoted(name)}" for name in DOCUMENTS)
_COPY: Final = f"""COPY (SELECT *, {_APART}, ?::VARCHAR AS run FROM {{}})
TO {{}} (FORMAT parquet, COMPRESSION zstd)"""


def read_parquet(where: Place, files: Sequence[str], old: bool = False) -> str:
    """What reads these files in SQL, with the number of each row."""
    listed = ", ".join(literal(where.path(each)) for each in files)
    union = ", union_by_name = true" if old else ""
    return f"read_parquet([{listed}], filename = true, file_row_number = true, hive_partitioning = false{union})"


def open_store(address: str, *, create: bool = False) -> Store:
    """The store at an address; with ``create`` it is made where there is none.

    Raises ``SovlintError`` where there is none, where something else is there, and where it is of a newer version.
    """
    where = place(address)
    content = where.read(names.MARK)
    if content is not None:
        return Store(where, _checked(address, content))
    if not create:
        raise SovlintError(
            f"There is no store at {address}.",
            "`sovlint fleet scan SOURCE --store ADDRESS` makes one.",
        )
    others = [each for each in where.names("") if not each.startswith(f"{names.SCRATCH}/")]
    if others:
        raise SovlintError(
            f"{address} holds other files, and isn't a store.", "Give a folder of its own."
        )
    mark = Mark()
    where.write(names.MARK, msgspec.json.encode(mark) + b"\n")
    return Store(where, mark)


_SCHEMA: Final = re.compile(rf"{NAME}/([1-9][0-9]*)")


def _checked(address: str, content: bytes) -> Mark:
    try:
        mark = msgspec.json.decode(content, type=Mark)
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


def _again(address: str, mark: Mark, run: str) -> Store:
    made = Store(place(address), mark)
    made.within(run)
    return made
