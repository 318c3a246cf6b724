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
    declared,
    quoted,
)
from sovlint.fleet.store.duck import ASKING, connection, read_json, told
from sovlint.fleet.store.runs import UNREAD, Begun, Chosen, Entry, Run
from sovlint.fleet.store.store import Store, read_parquet

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ALL: Final = "all"
"""Asks about every run that ended."""


def connect(store: Store, run: str | None = None) -> DuckDBPyConnection:
    """A database with the tables of ``columns.VIEWS``: of the latest state, of the results that a run lists, or of
    ``ALL`` runs, each in its own ``run``. ``runs`` has them all, whichever is asked about.

    Raises ``SovlintError`` where there is no such run.
    """
    ended = store.runs()
    chosen = _chosen(ended, run, store)
    database = connection(store.place, ASKING, threads=2)
    with told(store.place, "read"):
        _fill(database, store, chosen)
        _runs(database, [*map(_ended, ended), *_unfinished(store)])
        _lay(database)
    return database


def _chosen(ended: Sequence[Run], run: str | None, store: Store) -> Sequence[Chosen]:
    if run is None:
        return runs.latest(ended)
    if run == ALL:
        return [Chosen(each.id, entry) for each in ended for entry in each.entries]
    found = [each for each in ended if each.id == run]
    if not found:
        raise SovlintError(f"There is no run `{run}` that ended.", _known(run, ended, store))
    return [Chosen(run, each) for each in found[0].entries]


def _known(run: str, ended: Sequence[Run], store: Store) -> str:
    if run in store.listing().unfinished:
        return "It has begun, and hasn't ended: run the same command again, and it goes on."
    known = [each.id for each in ended]
    return (
        did_you_mean(run, known)
        or f"`sovlint fleet runs --store {store.address}` lists them."
    )


def _fill(database: DuckDBPyConnection, store: Store, chosen: Sequence[Chosen]) -> None:
    """The table of which row of which file is listed by which run, and what reads those files."""
    found = [
        (each.run, each.entry, kept)
        for each in chosen
        if (kept := store.index.entry(each.entry))
    ]
    files = sorted({kept.file for _, _, kept in found})
    source = read_parquet(store.place, files, store.old) if files else _nothing()
    listed = [(run, store.place.path(kept.file), kept.row) for run, _, kept in found]
    database.execute(
        "CREATE TABLE _chosen (run VARCHAR, filename VARCHAR, file_row_number BIGINT)"
    )
    _insert(database, "_chosen", ("run", "filename", "file_row_number"), listed)
    database.execute(
        f"""CREATE VIEW _results AS SELECT _chosen.run AS listed_by, results.*
        FROM {source} AS results JOIN _chosen USING (filename, file_row_number)"""
    )
    entries = [(each.run, *_told(each.entry)) for each in chosen]
    columns = [each.name for each in ENTRIES]
    database.execute(f"CREATE TABLE entries ({', '.join(map(declared, ENTRIES))})")
    _insert(database, "entries", columns, entries)


def _told(entry: Entry) -> tuple[str, ...]:
    return entry.repository, entry.commit, entry.digest, entry.status.value, entry.day


def _insert(
    database: DuckDBPyConnection,
    table: str,
    columns: Sequence[str],
    values: Iterable[Sequence[Any]],
) -> None:
    """Fill a table in one go: row by row takes a hundred times as long."""
    with tempfile.TemporaryDirectory(prefix="sovlint-") as folder:
        file = Path(folder) / "rows.json"
        with file.open("w", encoding="utf-8") as opened:
            for each in values:
                opened.write(rows.text(dict(zip(columns, each, strict=True))) + "\n")
        if not file.stat().st_size:
            return
        source = read_json(file, dict.fromkeys(columns, "VARCHAR"))
        database.execute(f"INSERT INTO {table} SELECT * FROM {source}")


def _nothing() -> str:
    columns = ", ".join(f"NULL::{each.sql} AS {quoted(each.name)}" for each in RESULT)
    return f"(SELECT {columns}, ''::VARCHAR AS run, '' AS filename, 0 AS file_row_number WHERE false)"


def _ended(run: Run) -> list[Any]:
    unread = sum(each.status in UNREAD for each in run.entries)
    return _row(run.begun, True, run.ended, len(run.entries), unread)


def _unfinished(store: Store) -> Iterator[list[Any]]:
    for each in store.listing().unfinished:
        begun = runs.read_begun(store.place, each)
        if begun is not None:
            yield _row(begun, False, None, None, None)


def _row(
    begun: Begun,
    finished: bool,
    ended: str | None,
    repositories: int | None,
    unread: int | None,
) -> list[Any]:
    return [
        begun.id, begun.kind.value, finished, begun.started, ended, begun.as_of or None, begun.tool,
        begun.catalogue, rows.text(begun.options), repositories, unread,
    ]  # fmt: skip


def _runs(database: DuckDBPyConnection, listed: Sequence[list[Any]]) -> None:
    database.execute(f"CREATE TABLE runs ({', '.join(map(declared, RUNS))})")
    _insert(
        database,
        "runs",
        [each.name for each in RUNS],
        sorted(listed, key=lambda each: each[0]),
    )


def _lay(database: DuckDBPyConnection) -> None:
    """The tables themselves."""
    scalars = ", ".join(quoted(each.name) for each in SCALARS)
    texts = ", ".join(quoted(each.name) for each in TEXT)
    database.execute(
        f"CREATE VIEW repositories AS SELECT listed_by AS run, {scalars}, run AS read_in, {texts} FROM _results"
    )
    for each in LISTED:
        if isinstance(each.type, str):
            continue
        columns = ", ".join(
            f"_row.{quoted(inner.name)} AS {quoted(inner.name)}"
            for inner in each.type
            if inner.name != "repository"
        )
        database.execute(
            f"""CREATE VIEW {each.name} AS SELECT run, repository, {columns} FROM (
            SELECT listed_by AS run, repository, unnest({quoted(each.name)}) AS _row FROM _results)"""
        )
