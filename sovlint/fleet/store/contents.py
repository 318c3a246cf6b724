"""What is in a store: results that are written once and read by many, and the runs that list them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import Struct

from sovlint.errors import SovlintError
from sovlint.fleet.join import Voiced
from sovlint.fleet.result import RepositoryResult, Status
from sovlint.fleet.results import Counts, KnownResult, Pair, UnkeptError
from sovlint.fleet.store import index, names, rows, runs
from sovlint.fleet.store.columns import (
    DOCUMENTS,
    NAME,
    RESULT,
    VERSION,
    literal,
    quoted,
)
from sovlint.fleet.store.duck import (
    WRITING,
    WRITING_LARGE,
    connection,
    first_line,
    read_json,
    told,
)
from sovlint.fleet.store.index import KeptResult, ResultIndex
from sovlint.fleet.store.places import Place
from sovlint.fleet.store.runs import Begun, EndedRun, RunEntry

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

KEEP: Final = 30
"""How many runs of a fleet are kept by default."""


NO_RUN: Final = "none"
"""The run of results that are written outside any."""
TRIES: Final = 3
"""How often files may be packed while they are read."""
ROWS_AT_ONCE: Final = 500
WHOLE_AT_ONCE: Final = 50
"""How many results are read at a time with their documents."""
BROKEN: Final = "it can't be read as Parquet"
OF_RUN: Final = "#run="
_SAID: Final = (Status.READ, Status.EMPTY)
"""How readings end that have no reason to tell."""


class _MovedError(SovlintError):
    """A file was packed meanwhile."""

    def __init__(self) -> None:
        super().__init__("The store is packed at this moment.", "Run the same command again.")


class StoreMark(Struct, frozen=True):
    """What ``store.json`` says: the schema and its version; the oldest version that any of its files may have; and how
    many runs are kept."""

    schema: str = f"{NAME}/{VERSION}"
    oldest: int = VERSION
    keep: int = KEEP


class Contents:
    """The results and runs of a store. All raise ``SovlintError`` where it refuses."""

    def __init__(self, where: Place, mark: StoreMark, run: str = "") -> None:
        self.place = where
        self.mark = mark
        self.own: frozenset[str] = frozenset({run}) if run else frozenset()
        """The runs whose failed readings aren't tried again."""
        self.address = f"{where.absolute}{OF_RUN}{run}" if run else where.absolute
        """What another process opens it by: its place, and the run that has begun."""
        self._run = run
        self._begun: dict[str, Begun] = {}
        self._used: set[Pair] = set()
        self._database: DuckDBPyConnection | None = None
        self._index: ResultIndex | None = None

    @property
    def old(self) -> bool:
        """Whether files may lack columns."""
        return self.mark.oldest < VERSION

    @property
    def index(self) -> ResultIndex:
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
        only in the run that it belongs to, and in one that goes on with that."""
        self._used.add((repository, digest))
        return self._kept((repository, digest), day) is not None

    def known(self, pairs: Sequence[Pair], day: str) -> Mapping[Pair, KnownResult]:
        """Those of results that ``has`` says are there."""
        self._used.update(pairs)
        found = self._all(pairs, day)
        told = [pair for pair, kept in found.items() if kept.status not in _SAID]
        reasons = {
            (file, row): said for file, row, said in self._sure(told, day, ("reason",))
        }
        return {
            pair: KnownResult(kept.status, reasons.get((kept.file, kept.row), ""))
            for pair, kept in self._all(pairs, day).items()
        }

    def load(self, repository: str, digest: str, day: str) -> RepositoryResult:
        """A result. Raises ``KeyError`` where it isn't there."""
        for row in self._sure([(repository, digest)], day, [*map(quoted, rows.READ_BACK)]):
            return rows.result(dict(zip(rows.READ_BACK, row[2:], strict=True)))
        raise KeyError(repository)

    def voiced(self, pairs: Sequence[Pair], day: str) -> Sequence[Voiced]:
        """What repositories offer and ask by these results."""
        there = {
            (file, row): Voiced(repository, *rows.voice(offers, asks))
            for file, row, repository, offers, asks in self._sure(
                pairs, day, ("repository", "offers", "asks")
            )
        }
        found = self._all(pairs, day)
        said = [
            there[kept.file, kept.row]
            for kept in found.values()
            if (kept.file, kept.row) in there
        ]
        if len(said) < len({*pairs}):
            raise lost(self.place, len({*pairs}) - len(said))
        return said

    def counted(self, pairs: Sequence[Pair], day: str) -> Counts:
        """What the reports of these results add up to."""
        return sum((Counts(*row[2:]) for row in self._sure(pairs, day, _COUNTED)), Counts())

    def unread(self, pairs: Sequence[Pair], day: str) -> Mapping[str, int]:
        """How many files couldn't be read, by the name of the repository, where there are some."""
        found = self._sure(pairs, day, ("repository", "len(failures)"))
        return {name: number for _, _, name, number in found if number}

    def _sure(
        self, pairs: Sequence[Pair], day: str, columns: Sequence[str]
    ) -> Sequence[Sequence[Any]]:
        """Columns of the results of pairs, wherever they are packed meanwhile; raises ``SovlintError`` where a file is
        broken."""
        for _ in range(TRIES):
            kept = [*self._all(pairs, day).values()]
            try:
                found = [*self._rows(kept, columns)]
            except _MovedError:
                self.refresh()
                continue
            self._check({each.file for each in kept})
            return found
        raise SovlintError(
            f"The store at {self.place.address} is packed all the time.",
            "Run the same command again.",
        )

    def _check(self, files: Set[str]) -> None:
        for file in sorted(files & {*self.index.broken}):
            raise SovlintError(
                f"{file} of the store at {self.place.address} is broken: {self.index.broken[file]}.",
                "Remove that file, and run the same command again: what it held is read anew.",
            )

    def _all(self, pairs: Sequence[Pair], day: str) -> dict[Pair, KeptResult]:
        """Where the results of pairs are; others may have written those that aren't known here."""
        found = {pair: self._kept(pair, day) for pair in pairs}
        if None in found.values():
            self.refresh()
            found = {pair: self._kept(pair, day) for pair in pairs}
        return {pair: kept for pair, kept in found.items() if kept is not None}

    def entries(self, entries: Iterable[RunEntry]) -> Iterator[RepositoryResult]:
        """The results of entries of a run, in any order; those that are lost are left out."""
        found = (self.index.entry(each) for each in entries)
        return self.results([each for each in found if each is not None])

    def results(self, kept: Sequence[KeptResult]) -> Iterator[RepositoryResult]:
        """Results by where they are, in any order. Those whose file is broken are left out."""
        for _, _, *row in self._rows(kept, [*map(quoted, rows.READ_BACK)], WHOLE_AT_ONCE):
            yield rows.result(dict(zip(rows.READ_BACK, row, strict=True)))

    def _kept(self, pair: Pair, day: str) -> KeptResult | None:
        return self.index.holding(*pair, day, self.own)

    def _rows(
        self,
        kept: Sequence[KeptResult],
        columns: Sequence[str],
        rows_at_once: int = ROWS_AT_ONCE,
    ) -> Iterator[Sequence[Any]]:
        """Columns of results: the file and the row of each, then what was asked."""
        if not kept:
            return
        numbers: dict[str, set[int]] = {}
        for each in kept:
            numbers.setdefault(each.file, set()).add(each.row)
        for some in batched(numbers, rows_at_once):
            yield from self._of_files(some, columns)

    def _of_files(
        self, numbers: Mapping[str, set[int]], columns: Sequence[str]
    ) -> Iterator[Sequence[Any]]:
        """One query for all; where one of the files is broken, one for each."""
        import duckdb

        try:
            found = self._ask(numbers, columns)
        except (duckdb.Error, OSError):
            if len(numbers) > 1:
                for name in numbers:
                    yield from self._of_files({name: numbers[name]}, columns)
                return
            (file,) = numbers
            if file not in self.place.sizes(file.rpartition("/")[0]):
                raise _MovedError from None
            self._drop(file)
            return
        for path, row, *rest in found:
            name = path[len(self.place.path("")) :].lstrip("/")
            if row in numbers[name]:
                yield (name, row, *rest)

    def _ask(
        self, files: Mapping[str, set[int]], columns: Sequence[str]
    ) -> list[tuple[Any, ...]]:
        chosen = ", ".join(columns)
        wanted = sorted({row for each in files.values() for row in each})
        return self.database.execute(
            f"SELECT filename, file_row_number, {chosen} FROM {read_parquet(self.place, [*files], self.old)} "
            f"WHERE file_row_number IN ({', '.join(map(str, wanted))})"
        ).fetchall()

    def readable(self, file: str) -> bool:
        """Whether a file is whole; one that is broken isn't counted on any more."""
        import duckdb

        try:
            self.database.execute(
                f"SELECT sum(hash(COLUMNS(*)) % 7) FROM {read_parquet(self.place, [file])}"
            ).fetchall()
        except (duckdb.Error, OSError):
            self._drop(file)
            return False
        return True

    def remark(self, mark: StoreMark) -> None:
        """Change what ``store.json`` says."""
        self.place.write(names.MARK, msgspec.json.encode(mark) + b"\n")
        self.mark = mark

    def _drop(self, file: str) -> None:
        self.index.drop(file)
        self.index.broken[file] = BROKEN

    def write(self, result: RepositoryResult) -> None:
        """Write a result into the run that has begun; what was there under the same name is replaced by what is the same.
        Raises ``UnkeptError`` for one that needs too much memory, or that can't be laid out."""
        name = names.result(self._run or NO_RUN, result)
        with self.place.scratch() as file, told(self.place):
            self._copy_whatever_its_size(result, file)
            self.place.put(file, name)
        self._used.add((result.repository.name, result.digest))
        found = names.loose(name)
        if self._index is not None and found is not None:
            self._index.add(found.repository, found.digest, index.loose(name, found))

    def _copy_whatever_its_size(self, result: RepositoryResult, file: Path) -> None:
        """Lay a result out in a file: with little memory, as nearly all need; with more where that isn't enough."""
        import duckdb

        try:
            try:
                self._copy(result, file, self.database)
            except duckdb.OutOfMemoryException:
                with connection(self.place, WRITING_LARGE, threads=1) as database:
                    self._copy(result, file, database)
        except duckdb.OutOfMemoryException:
            raise UnkeptError("it takes more memory to lay out than there is.") from None
        except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
            raise UnkeptError(f"{first_line(error)}.") from None

    def _copy(
        self, result: RepositoryResult, file: Path, database: DuckDBPyConnection
    ) -> None:
        row = rows.row(result)
        apart = [None if row[name] is None else rows.utf8(row[name]) for name in DOCUMENTS]
        data = file.with_suffix(".json")
        try:
            data.write_text(rows.text(rows.fitted(STRUCTURED, row)), encoding="utf-8")
            source = read_json(data, {each.name: each.sql for each in STRUCTURED})
            database.execute(
                _COPY.format(source, literal(f"{file}")), [*apart, self._run or NO_RUN]
            )
        finally:
            data.unlink(missing_ok=True)

    def runs(self) -> list[EndedRun]:
        """The runs that ended, in order."""
        return runs.read_all(self.place)


def lost(place: Place, count: int) -> SovlintError:
    """What is said where results have gone that a run counts on."""
    return SovlintError(
        f"{count} results of this run are no longer in the store at {place.address}.",
        "Run the same command again: only those are read.",
    )


def batched(numbers: Mapping[str, set[int]], most: int) -> Iterator[dict[str, set[int]]]:
    """Files and rows of them, some at a time: no more rows than ``most``, unless one file has them."""
    some: dict[str, set[int]] = {}
    for name in sorted(numbers):
        if some and sum(map(len, some.values())) + len(numbers[name]) > most:
            yield some
            some = {}
        some[name] = numbers[name]
    if some:
        yield some


_COUNTS: Final = """len(list_filter(findings, lambda each: each.verdict <> 'compliant' AND each.suppressed IS NULL
AND each.severity = {}))"""
_COUNTED: Final = (
    _COUNTS.format("'error'"),
    _COUNTS.format("'warning'"),
    "len(failures)",
    "coalesce(coverage.files, 0)",
)
STRUCTURED: Final = tuple(each for each in RESULT if each.name not in DOCUMENTS)
_APART: Final = ", ".join(f"?::VARCHAR AS {quoted(name)}" for name in DOCUMENTS)
_COPY: Final = f"""COPY (SELECT *, {_APART}, ?::VARCHAR AS run FROM {{}})
TO {{}} (FORMAT parquet, COMPRESSION zstd)"""


def read_parquet(where: Place, files: Sequence[str], old: bool = False) -> str:
    """What reads these files in SQL, with the number of each row."""
    listed = ", ".join(literal(where.path(each)) for each in files)
    union = ", union_by_name = true" if old else ""
    return f"read_parquet([{listed}], filename = true, file_row_number = true, hive_partitioning = false{union})"
