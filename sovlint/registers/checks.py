"""What is wrong with a register as it stands: cells that aren't of their type, keys that stand twice, references that lead
nowhere. Blanks are no fault: they are counted elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from sovlint.model.text import Bilingual, Note
from sovlint.registers.cells import Cell, CellOrigin, Content
from sovlint.registers.forms import ColumnForm, ColumnType
from sovlint.registers.lei import has_form_of_lei, is_lei
from sovlint.registers.register import Register, RegisterRow, Sheet

REFUSED: Final = ("registers.answer-contradicts", "registers.tender-bare-answer")
"""Notes of blanks that say why an answer doesn't fill them."""


def problems(register: Register) -> Iterator[Note]:
    """Everything that is wrong, sheet by sheet. An answer that fills many cells is told once."""
    told: set[tuple[str, str, str]] = set()
    for sheet in register.sheets:
        for row, column, cell in sheet.filled():
            told_before = (cell.question.id if cell.question else row.name, "refused", "")
            if cell.note is not None and cell.note.key in REFUSED and told_before not in told:
                told.add(told_before)
                place = _place(sheet, row, column, cell)
                yield Note("registers.refused", {**place, "why": cell.note})
            if cell.origin in (CellOrigin.BLANK, CellOrigin.NONE):
                continue
            for wrong in _of_cell(sheet, row, column, cell, register):
                answered = cell.question.id if cell.question is not None else row.name
                key = (answered, wrong.key, str(wrong.params.get("content", "")))
                if key not in told:
                    told.add(key)
                    yield wrong
        yield from _twice(
            sheet,
            "registers.same-key"
            if register.form.filing is None
            else "registers.same-key-filed",
        )
    yield from _nowhere(register)


def _of_cell(
    sheet: Sheet, row: RegisterRow, column: ColumnForm, cell: Cell, register: Register
) -> Iterator[Note]:
    if len(cell.contents) > 1 and not column.several:
        params = _place(sheet, row, column, cell)
        yield Note("registers.several", {**params, "count": len(cell.contents)})
    for content in cell.contents:
        if not fits(content, column, register):
            yield _wrong(content, column, register, _place(sheet, row, column, cell))


def fits(content: Content, column: ColumnForm, register: Register) -> bool:
    """Whether a content is what its column takes."""
    if isinstance(content, Note | Bilingual):
        return column.type in (ColumnType.TEXT, ColumnType.COUNTRY)
    match column.type:
        case ColumnType.IDENTIFIER:
            text = str(content)
            return is_lei(text) or not has_form_of_lei(text)
        case ColumnType.LEI:
            return isinstance(content, str) and is_lei(content)
        case ColumnType.COUNTRY:
            return isinstance(content, str) and content in register.world.states
        case ColumnType.CODE:
            return str(content) in register.form.codes_of(column).codes
        case ColumnType.DATE:
            return isinstance(content, date) or is_day(str(content))
        case ColumnType.YES_NO:
            return isinstance(content, bool)
        case ColumnType.NUMBER:
            return (
                type(content) is int
                or re.fullmatch(r"-?\d+(\.\d+)?", str(content)) is not None
            )
    return True


def is_day(text: str) -> bool:
    """Whether a text is a day in ISO's form."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _wrong(
    content: Content, column: ColumnForm, register: Register, place: dict[str, object]
) -> Note:
    told = content if isinstance(content, Note | Bilingual) else str(content)
    params = {**place, "content": told}
    if column.type is ColumnType.CODE:
        params["codes"] = tuple(register.form.codes_of(column).codes)
    return Note(f"registers.wrong-{column.type.value}", params)


def _place(
    sheet: Sheet, row: RegisterRow, column: ColumnForm, cell: Cell
) -> dict[str, object]:
    """Where a cell stands; of an answer, its file and line too."""
    at = next((step.where for step in cell.because if step and step.where), None)
    written = at.span().position if at is not None and cell.question is not None else ""
    sheet_column = Note(
        "registers.place-answered" if written else "registers.place",
        {
            "sheet": sheet.form.title,
            "row": row.name,
            "column": column.title,
            "answer": written,
        },
    )
    return {"place": sheet_column}


def key_of(sheet: Sheet, row: RegisterRow) -> tuple[str, ...] | None:
    """What tells a row from others; ``None`` where part of that is a blank."""
    cells = [row.cells[column.id] for column in sheet.form.columns if column.key]
    if any(cell.is_blank for cell in cells):
        return None
    return tuple(_plain(cell) for cell in cells)


def blank_keys(register: Register) -> int:
    """How many rows have a blank in what tells them from others, of columns that are required."""
    return sum(
        any(
            row.cells[column.id].is_blank
            for column in sheet.form.columns
            if column.key and column.required
        )
        for sheet in register.sheets
        for row in sheet.rows
    )


def _plain(cell: Cell) -> str:
    return "; ".join(map(str, cell.contents))


def _twice(sheet: Sheet, message: str) -> Iterator[Note]:
    """Rows of one key, told by a ``message``."""
    found: dict[tuple[str, ...], list[str]] = {}
    for row in sheet.rows:
        key = key_of(sheet, row)
        if key is not None:
            found.setdefault(key, []).append(row.name)
    for names in found.values():
        if len(names) > 1:
            params = {"sheet": sheet.form.title, "rows": tuple(names)}
            yield Note(message, params)


def _nowhere(register: Register) -> Iterator[Note]:
    """Contents of columns that refer to another column, which no row has there."""
    for sheet in register.sheets:
        for column in sheet.form.columns:
            if not column.refers:
                continue
            other, _, wanted = column.refers.rpartition(".")
            there = {
                _plain(row.cells[wanted])
                for row in register.sheet(other).rows
                if not row.cells[wanted].is_blank
            }
            for row in sheet.rows:
                cell = row.cells[column.id]
                if cell.contents and not cell.is_blank and _plain(cell) not in there:
                    params = {
                        **_place(sheet, row, column, cell),
                        "content": _plain(cell),
                        "other": register.sheet(other).form.title,
                    }
                    yield Note("registers.refers-nowhere", params)
