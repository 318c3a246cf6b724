"""Numbers that a draft gives itself (``F1``, ``F2``), over several repositories: each once, and references follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec.structs import replace

from sovlint.registers.cells import Cell, Content
from sovlint.registers.forms import ColumnForm, form
from sovlint.registers.previous import EarlierRegister
from sovlint.registers.register import Register, RegisterRow, Sheet

Numbers = Mapping[str, str]
"""What rows are numbered, by their names."""


def numbers_of(before: EarlierRegister) -> Numbers:
    """What an earlier register numbered its rows."""
    of = form(before.register)
    return {
        row.name: row.cells[column.id].content[0]
        for sheet in before.sheets
        for column in (next((e.columns for e in of.sheets if e.id == sheet.id), ()))
        if column.numbered
        for row in sheet.rows
        if column.id in row.cells and row.cells[column.id].content
    }


_Given = dict[str, dict[str, dict[str, str]]]
"""By column (``B_06.01.c0010``) and repository, what each number of its own becomes."""

_FAR: Final = 10**9


def renumbered(parts: Mapping[str, Register], before: Numbers) -> dict[str, Register]:
    """Registers of repositories, by their names, with numbers that are those of all. A row that had a number ``before``
    keeps it; others get the next ones."""
    given: _Given = {}
    columns: dict[str, _Column] = {}
    for name, sheet_id, row, column, old in _numbered(parts, before):
        key = f"{sheet_id}.{column.id}"
        numbers = columns.setdefault(key, _Column(column, before))
        new = numbers.of(before.get(row.name, ""))
        given.setdefault(key, {}).setdefault(name, {})[old] = new
    return {name: _with_numbers(name, parts[name], given) for name in parts}


class _Column:
    """The numbers of one column that are taken."""

    def __init__(self, column: ColumnForm, before: Numbers) -> None:
        self._before = column.numbered
        self._taken: set[str] = set()
        known = (_number(each, column) for each in before.values())
        self._last = max((each for each in known if each < _FAR), default=0)

    def of(self, kept: str) -> str:
        """The number that a row keeps, unless another one has it; else the next."""
        if kept and kept not in self._taken:
            self._taken.add(kept)
            return kept
        self._last += 1
        return f"{self._before}{self._last}"


def _numbered(
    parts: Mapping[str, Register], before: Numbers
) -> Iterator[tuple[str, str, RegisterRow, ColumnForm, str]]:
    """All cells that have a number, those that had one before first; then by repository, in their order there."""
    found = [
        (name, sheet.form.id, row, column, text)
        for name in sorted(parts)
        for sheet in parts[name].sheets
        for row, column, cell in sheet.filled()
        if column.numbered and (text := _text(cell))
    ]
    yield from sorted(
        found,
        key=lambda each: (each[2].name not in before, each[0], _number(each[4], each[3])),
    )


def _number(text: str, column: ColumnForm) -> int:
    digits = text.removeprefix(column.numbered)
    return int(digits) if digits.isdecimal() else _FAR


def _with_numbers(name: str, register: Register, given: _Given) -> Register:
    sheets = tuple(
        Sheet(sheet.form, tuple(_row(name, sheet, row, given) for row in sheet.rows))
        for sheet in register.sheets
    )
    return replace(register, sheets=sheets)


def _row(name: str, sheet: Sheet, row: RegisterRow, given: _Given) -> RegisterRow:
    changed = {}
    for column in sheet.form.columns:
        of = f"{sheet.form.id}.{column.id}" if column.numbered else column.refers
        numbers = given.get(of, {}).get(name, {})
        cell = row.cells[column.id]
        if numbers and cell.contents:
            contents = tuple(_renamed(each, numbers) for each in cell.contents)
            changed[column.id] = replace(cell, contents=contents)
    return replace(row, cells={**row.cells, **changed}) if changed else row


def _renamed(content: Content, numbers: Mapping[str, str]) -> Content:
    return numbers.get(content, content) if isinstance(content, str) else content


def _text(cell: Cell) -> str:
    return str(cell.contents[0]) if cell.contents and not cell.is_blank else ""
