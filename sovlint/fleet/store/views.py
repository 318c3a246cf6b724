"""Tables of a store that can be asked in SQL."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sovlint.errors import SovlintError, did_you_mean
from sovlint.fleet.store import rows, runs
from sovlint.fleet.store.columns import (
    ENTRIES,
    LISTED,
    RESULT,
    RUNS,
    SCALARS,
    TEXT,
    TEXTS,
    Column,
    declared,
    inner,
    quoted,
)
from sovlint.fleet.store.contents import Contents, read_parquet
from sovlint.fleet.store.duck import ASKING, connection, read_json, told
from sovlint.fleet.store.runs import UNREAD, Begun, EndedRun, ListedEntry, RunEntry

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ALL: Final = "all"
"""Asks about every run that ended."""


def connect(store: Contents, run: str | None = None) -> DuckDBPyConnection:
    """A database with the tables of ``columns.VIEWS``: of the latest state, of the results that a run lists, or of
    ``ALL`` runs, each in its own ``run``. ``runs`` has them all, whichever is asked about.

    Raises ``SovlintError`` where there is no such run.
    """
    ended = store.runs()
    chosen = _chosen(ended, run, store)
    database = connection(store.place, ASKING, threads=2)
    with told(store.place):
        _fill(database, store, chosen)
        _runs(database, [*map(_ended, ended), *_unfinished(store)])
        _lay(database)
    return database


def _chosen(
    ended: Sequence[EndedRun], run: str | None, store: Contents
) -> Sequence[ListedEntry]:
    if run is None:
        return runs.latest(ended)
    if run == ALL:
        return [ListedEntry(each.id, entry) for each in ended for entry in each.entries]
    found = [each for each in ended if each.id == run]
    if not found:
        raise SovlintError(f"There is no run `{run}` that ended.", _known(run, ended, store))
    return [ListedEntry(run, each) for each in found[-1].entries]


def _known(run: str, ended: Sequence[EndedRun], store: Contents) -> str:
    if run in {each.run for each in runs.listing(store.place).unfinished}:
        return "It has begun, and hasn't ended: run the same command again, and it goes on."
    known = [each.id for each in ended]
    return did_you_mean(run, known) or "`sovlint fleet runs` lists them."


def _fill(
    database: DuckDBPyConnection, store: Contents, chosen: Sequence[ListedEntry]
) -> None:
    """The table of which row of which file is listed by which run, and what reads those files."""
    found = [
        (each.run, each.entry, kept)
        for each in chosen
        if (kept := store.index.entry(each.entry))
    ]
    files = sorted({kept.file for _, _, kept in found})
    source = read_parquet(store.place, files, store.old) if files else _nothing()
    listed = [
        (run, store.place.path(kept.file), kept.row, entry.owners)
        for run, entry, kept in found
    ]
    _insert(database, "_chosen", CHOSEN, listed)
    database.execute(
        f"""CREATE VIEW _results AS SELECT _chosen.run AS listed_by, _chosen.owned_by, results.*
        FROM {source} AS results JOIN _chosen USING (filename, file_row_number)"""
    )
    _insert(database, "entries", ENTRIES, [(each.run, *_told(each.entry)) for each in chosen])


CHOSEN: Final = (
    Column("run", "VARCHAR", "The run that lists a row."),
    Column("filename", "VARCHAR", "The file that has it."),
    Column("file_row_number", "BIGINT", "Its row there."),
    Column("owned_by", TEXTS, "Who owned the repository when that run began."),
)


def _told(entry: RunEntry) -> tuple[Any, ...]:
    return (
        entry.repository, entry.commit, entry.digest, entry.status.value, entry.day, entry.owners,
    )  # fmt: skip


def _insert(
    database: DuckDBPyConnection,
    table: str,
    columns: Sequence[Column],
    values: Iterable[Sequence[Any]],
) -> None:
    """Make a table, and fill it in one go: row by row takes a hundred times as long."""
    with tempfile.TemporaryDirectory(prefix="sovlint-") as folder:
        file = Path(folder) / "rows.json"
        told = [each.name for each in columns]
        with file.open("w", encoding="utf-8") as opened:
            for each in values:
                opened.write(rows.text(dict(zip(told, each, strict=True))) + "\n")
        database.execute(f"CREATE TABLE {table} ({', '.join(map(declared, columns))})")
        if not file.stat().st_size:
            return
        source = read_json(file, {each.name: each.sql for each in columns})
        database.execute(f"INSERT INTO {table} SELECT * FROM {source}")


def _nothing() -> str:
    columns = ", ".join(f"NULL::{each.sql} AS {quoted(each.name)}" for each in RESULT)
    return f"(SELECT {columns}, ''::VARCHAR AS run, '' AS filename, 0 AS file_row_number WHERE false)"


def _ended(run: EndedRun) -> list[Any]:
    unread = sum(each.status in UNREAD for each in run.entries)
    return _row(run.begun, run.ended, run.rounds, run.settled, len(run.entries), unread)


def _unfinished(store: Contents) -> Iterator[list[Any]]:
    for each in runs.listing(store.place).unfinished:
        begun = runs.read_begun(store.place, each)
        if begun is not None:
            yield _row(begun, *[None] * 5)


def _row(begun: Begun, ended: str | None, *rest: Any) -> list[Any]:
    return [
        begun.id, begun.number, begun.kind.value, ended is not None, begun.began, ended, begun.as_of or None,
        begun.tool, begun.code, rows.text(begun.options), *rest,
    ]  # fmt: skip


def _runs(database: DuckDBPyConnection, listed: Sequence[list[Any]]) -> None:
    _insert(
        database,
        "runs",
        RUNS,
        sorted(listed, key=lambda each: (each[1], each[0])),
    )


def _lay(database: DuckDBPyConnection) -> None:
    """The tables themselves."""
    scalars = ", ".join(
        "coalesce(owned_by, owners) AS owners" if each.name == "owners" else quoted(each.name)
        for each in SCALARS
    )
    texts = ", ".join(quoted(each.name) for each in TEXT)
    database.execute(
        f"CREATE VIEW repositories AS SELECT listed_by AS run, {scalars}, run AS read_in, {texts} FROM _results"
    )
    for each in LISTED:
        columns = ", ".join(
            f"_row.{quoted(one.name)} AS {quoted(one.name)}" for one in inner(each)
        )
        database.execute(
            f"""CREATE VIEW {each.name} AS SELECT run, repository, {columns} FROM (
            SELECT listed_by AS run, repository, unnest({quoted(each.name)}) AS _row FROM _results)"""
        )
