"""Erasure: every trace of a repository goes, its name in what others say of it too."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from sovlint.errors import SovlintError, did_you_mean
from sovlint.fleet.store import names, packing, rows, runs
from sovlint.fleet.store.columns import RESULT, Column, literal, quoted
from sovlint.fleet.store.contents import Contents, read_parquet
from sovlint.fleet.store.duck import ERASING, connection, read_json, told
from sovlint.fleet.store.runs import Begun, EndedRun, RunEntry, RunKind

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FORGOTTEN: Final = "forgotten"
"""What stands where the name stood."""
READ_IN: Final = Column("run", "VARCHAR", "The run in which it was read.")


class Forgotten(Struct, frozen=True):
    """What went: how many results of the repository, and from how many of others its name."""

    results: int
    mentions: int


def forget(store: Contents, repository: str, *, unfinished: bool = False) -> Forgotten:
    """Erase a repository: its results, its place in every run, and its name in what others were answered. Such a result
    of another is kept under another digest, so that it isn't taken for what a reading would make.

    Raises ``SovlintError`` where the store has no such repository, and where a run isn't finished, unless those are given
    up (``unfinished``): it would write the name again. Interrupted, it is run again.
    """
    if unfinished:
        packing.give_up(store)
    elif runs.listing(store.place).unfinished:
        raise SovlintError(
            f"A run in the store at {store.place.address} hasn't ended: it would write the name again.",
            "Wait until it has. If it was interrupted, add --unfinished: it is given up.",
        )
    ended = store.runs()
    name = _Name(repository)
    store.refresh()
    gone = mentions = 0
    for file in sorted(store.index.files):
        own, others = _trace(store, file, name)
        if own or others:
            _rewrite(store, file, name, {*own, *others}, others)
        gone, mentions = gone + len(own), mentions + len(others)
    store.refresh()
    touched = [each for each in ended if _changed(store, each, name)]
    if not gone and not touched:
        raise _unknown(store, ended, repository)
    return Forgotten(gone, mentions)


class _Name:
    """The name of a repository, as it stands in JSON."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.written = msgspec.json.encode(name).decode()[1:-1]
        word = re.escape(self.written)
        if "/" in name:
            pattern = rf"(?<![A-Za-z0-9_-]){word}(?![A-Za-z0-9_-])"
        else:  # a word like any other: only where it stands for a repository
            pattern = rf'(?<="){word}(?=\\?"|: )'
        self._pattern = re.compile(pattern)

    def without(self, text: str) -> str:
        """A text of JSON without it."""
        return self._pattern.sub(FORGOTTEN, text)


def _trace(
    store: Contents, file: str, name: _Name
) -> tuple[Sequence[int], Mapping[int, Any]]:
    """The rows of a file that are of the repository, and those of others that name it, without its name."""
    source = read_parquet(store.place, [file], store.old)
    own: list[int] = []
    others: dict[int, Any] = {}
    with connection(store.place, ERASING, threads=1) as database, told(store.place):
        for number, is_own in _naming(database, source, name):
            if is_own:
                own.append(number)
                continue
            row = _as_json(database, source, number)
            if (without := name.without(row)) != row:
                others[number] = _apart(
                    msgspec.json.decode(row), msgspec.json.decode(without)
                )
    return own, others


def _naming(database: DuckDBPyConnection, source: str, name: _Name) -> list[tuple[int, bool]]:
    """The rows that are of a repository or that name it anywhere, and whether they are of it. A column at a time: all of
    them as text are many times what the file holds."""
    found: dict[int, bool] = {}
    for column in (*RESULT, READ_IN):
        rows = database.execute(
            f"""SELECT file_row_number, repository = {literal(name.name)} FROM {source}
            WHERE contains(to_json({quoted(column.name)})::VARCHAR, {literal(name.written)})"""
        ).fetchall()
        found.update(rows)
    return sorted(found.items())


def _as_json(database: DuckDBPyConnection, source: str, number: int) -> str:
    """One row as JSON."""
    columns = ", ".join(quoted(each.name) for each in (*RESULT, READ_IN))
    (found,) = database.execute(
        f"SELECT to_json(struct_pack({_packed(columns)}))::VARCHAR FROM {source} WHERE file_row_number = {number}"
    ).fetchall()
    return str(found[0])


def _packed(columns: str) -> str:
    return ", ".join(f"{each} := {each}" for each in columns.split(", "))


def _apart(row: Mapping[str, Any], without: Mapping[str, Any]) -> Mapping[str, Any]:
    """A row without a name, which is another's own all the same, under a digest that no reading has."""
    return {
        **without,
        "repository": row["repository"],
        "addresses": row["addresses"],
        "digest": _without(row["digest"]),
    }


def _without(digest: str) -> str:
    return f"{FORGOTTEN}-{digest}"


def _rewrite(
    store: Contents, file: str, name: _Name, out: set[int], others: Mapping[int, Any]
) -> None:
    """Write a file anew without some rows, and with what became of others; nothing of it stays where none is left."""
    kept = [each.row for each in store.index if each.file == file and each.row not in out]
    if kept or others:
        is_pack = file.startswith(names.PACKS)
        target = file if is_pack else names.pack(f"{FORGOTTEN}-{token_hex(8)}", 0)
        with store.place.scratch() as lines:
            lines.write_text(
                "".join(f"{rows.text(each)}\n" for each in others.values()), encoding="utf-8"
            )
            columns = {each.name: each.sql for each in (*RESULT, READ_IN)}
            also = f"SELECT * FROM {read_json(lines, columns)}" if others else ""
            packing.write_pack(store, {file: kept} if kept else {}, target, also)
        if target == file:
            return
    store.place.remove([file])


def _changed(store: Contents, run: EndedRun, name: _Name) -> bool:
    """Take a repository out of the list of a run; whether it was there."""
    made = replace(
        run,
        begun=_begun(run.begun, name),
        entries=_left(store, run.entries, name),
        used=_left(store, run.used, name),
    )
    if made == run:
        return False
    if made.entries or run.begun.kind is RunKind.FLEET:
        runs.write(store.place, made)
    else:  # it was a run of this repository alone
        store.place.remove([names.manifest(run.begun.numbered)])
    return True


def _begun(begun: Begun, name: _Name) -> Begun:
    return msgspec.json.decode(name.without(msgspec.json.encode(begun).decode()), type=Begun)


def _left(store: Contents, entries: Sequence[RunEntry], name: _Name) -> tuple[RunEntry, ...]:
    return tuple(_renamed(store, each) for each in entries if each.repository != name.name)


def _renamed(store: Contents, entry: RunEntry) -> RunEntry:
    """An entry by the digest that its result has now."""
    other = replace(entry, digest=_without(entry.digest))
    lost = store.index.entry(entry) is None and store.index.entry(other) is not None
    return other if lost else entry


def _unknown(store: Contents, ended: Sequence[EndedRun], repository: str) -> SovlintError:
    known = {each.repository for run in ended for each in run.entries}
    return SovlintError(
        f"The store at {store.place.address} has no repository `{repository}`.",
        did_you_mean(repository, known),
    )
