"""One question in SQL, which can read the tables and nothing else, and change nothing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import Struct

from sovlint.errors import SovlintError, did_you_mean
from sovlint.fleet.store import names
from sovlint.fleet.store.columns import VIEWS, literal
from sovlint.fleet.store.contents import Contents
from sovlint.fleet.store.duck import first_line
from sovlint.fleet.store.views import connect

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

READS: Final = ("SELECT",)
"""The kinds of statements that change nothing (`EXPLAIN ANALYZE` carries out what it explains)."""
TRIES: Final = 3
"""How often files may be packed while they are asked."""


class QueryAnswer(Struct, frozen=True):
    """What a question came to: the names of the columns, and the rows. ``broken``: files that were left out, and why."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    broken: Sequence[tuple[str, str]] = ()


def ask(store: Contents, question: str, run: str | None = None) -> QueryAnswer:
    """What a question comes to, about the latest state or a run; see ``views.connect``.

    Raises ``SovlintError`` where it isn't one question that can be answered.
    """
    import duckdb

    for left in reversed(range(TRIES)):
        database = connect(store, run)
        _checked(database, question)
        lock(database, store)
        try:
            cursor = database.execute(question)
            columns = [each[0] for each in cursor.description or ()]
            rows = cursor.fetchall()
        except duckdb.Error as error:
            if left and _of_files(error) and not _find_broken(store):
                store.refresh()
                continue
            if left and store.index.broken and _of_files(error):
                continue
            raise _complaint(database, error) from None
        return QueryAnswer(columns, rows, tuple(store.index.broken.items()))
    raise AssertionError


def lock(database: DuckDBPyConnection, store: Contents) -> None:
    """From here on it reads the files of the store, no others, and nothing changes that."""
    folders = [f"{store.place.path(each)}/" for each in (names.PACKS, names.RESULTS)]
    listed = ", ".join(map(literal, folders))
    database.execute(f"SET allowed_directories = [{listed}]")
    database.execute("SET python_enable_replacements = false")
    database.execute("SET enable_external_access = false")
    database.execute("SET lock_configuration = true")


def _checked(database: DuckDBPyConnection, question: str) -> None:
    """Raises ``SovlintError`` for what isn't one statement that only reads."""
    import duckdb

    try:
        statements = database.extract_statements(question)
    except duckdb.Error as error:
        raise _complaint(database, error) from None
    if len(statements) != 1:
        raise SovlintError("Ask one question at a time: one SELECT.")
    kind = statements[0].type.name
    if kind not in READS:
        raise SovlintError(
            f"A store can only be read: {kind} isn't a question.", "Ask with SELECT."
        )


def _of_files(error: Exception) -> bool:
    """Whether files are the reason: one is broken, or was packed meanwhile."""
    import duckdb

    kinds = (duckdb.IOException, duckdb.InvalidInputException, duckdb.HTTPException, OSError)
    return isinstance(error, kinds)


def _find_broken(store: Contents) -> bool:
    """Look through all files; whether one is broken that wasn't known."""
    before = len(store.index.broken)
    there = {**store.place.sizes(names.PACKS), **store.place.sizes(names.RESULTS)}
    for file in sorted(store.index.files & {*there}):
        if file not in store.index.broken:
            store.readable(file)
    return len(store.index.broken) > before


_MISSING: Final = re.compile(
    r"Table with name (\S+) does not exist|Referenced (?:table|column) \"?([^\" ]+)"
)


def _complaint(database: DuckDBPyConnection, error: Exception) -> SovlintError:
    """What is wrong with a question, and which tables there are."""
    said = first_line(error)
    tables = [each.name for each in VIEWS]
    found = _MISSING.search(said)
    hint = f"Tables: {', '.join(tables)}. `DESCRIBE findings` lists the columns of one."
    if found:
        columns = [each.name for view in VIEWS for each in view.columns]
        meant = did_you_mean((found[1] or found[2]).rstrip("!"), [*tables, *columns])
        hint = f"{meant} {hint}".strip()
    return SovlintError(f"The question can't be answered: {said}", hint)


def as_json(answer: QueryAnswer) -> str:
    """The rows as a list of objects."""
    listed = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    text = msgspec.json.encode(listed, enc_hook=str)
    return msgspec.json.format(text, indent=2).decode() + "\n"


def as_csv(answer: QueryAnswer) -> str:
    """The rows as CSV; what lists or maps is JSON within."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([[*map(cell, row)] for row in answer.rows])
    return written.getvalue()


def cell(value: Any) -> str:
    """A value as a cell shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, dict, tuple)):
        return msgspec.json.encode(value, enc_hook=str).decode()
    return f"{value}"
