"""What changed since a register that was written before, as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from sovlint.errors import SovlintError
from sovlint.files.regular_files import regular_bytes
from sovlint.model.text import Note
from sovlint.registers.cells import Cell
from sovlint.registers.register import Register, RegisterChange
from sovlint.registers.words import content_text


class ChangeKind(StrEnum):
    """What became of a row."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class _EarlierCell(Struct):
    content: tuple[str, ...] = ()
    origin: str = ""


class _EarlierRow(Struct):
    name: str
    cells: Mapping[str, _EarlierCell]


class _EarlierSheet(Struct):
    id: str
    rows: tuple[_EarlierRow, ...]


class EarlierRegister(Struct):
    """A register as its JSON has it, as far as it is compared."""

    register: str
    as_of: str
    sheets: tuple[_EarlierSheet, ...]
    schema: int = 1


def read_previous(path: Path, id: str) -> EarlierRegister:
    """The register of a file that `sovlint register -f json` wrote. Raises ``SovlintError`` where it is none, or another
    one than that of ``id``."""
    try:
        data: Any = regular_bytes(str(path))
    except OSError as error:
        raise SovlintError(f"{path} can't be read: {error.strerror}.") from None
    try:
        found = msgspec.json.decode(
            b"" if isinstance(data, Note) else data, type=EarlierRegister
        )
    except msgspec.DecodeError:
        raise SovlintError(
            f"{path} is no register as JSON.", "`sovlint register NAME -f json` writes one."
        ) from None
    if found.register != id:
        raise SovlintError(
            f"{path} is the register `{found.register}`, and `{id}` is drafted.",
            "Name the file of the same register.",
        )
    return found


def changes(before: EarlierRegister, after: Register) -> Iterator[RegisterChange]:
    """Rows that are new, gone, or say otherwise now, sheet by sheet. A row is known again by its name."""
    earlier = {sheet.id: {row.name: row for row in sheet.rows} for sheet in before.sheets}
    for sheet in after.sheets:
        rows = earlier.pop(sheet.form.id, {})
        title = sheet.form.title
        for row in sheet.rows:
            was = rows.pop(row.name, None)
            if was is None:
                yield RegisterChange(title, row.name, ChangeKind.ADDED)
                continue
            for column in sheet.form.columns:
                then = was.cells.get(column.id, _EarlierCell()).content
                now = _now(row.cells[column.id])
                if then != now:
                    yield RegisterChange(
                        title, row.name, ChangeKind.CHANGED, column.title, then, now
                    )
        for name in rows:
            yield RegisterChange(title, name, ChangeKind.REMOVED)


def _now(cell: Cell) -> tuple[str, ...]:
    return tuple(content_text(each, "en") for each in cell.contents)
