"""What is of one repository alone says so, where it stands beside the same of others."""

from __future__ import annotations

from msgspec.structs import replace

from sovlint.registers.cells import Cell, Content
from sovlint.registers.register import Register, RegisterRow, Sheet


def of_repository(register: Register, name: str) -> Register:
    """The same register, whose own rows and questions have the name of its repository among what they are of. A draft of
    one repository of several puts it into their names."""
    sheets = tuple(
        Sheet(each.form, tuple(_row(row, name) for row in each.rows))
        for each in register.sheets
    )
    return replace(register, sheets=sheets)


def _row(row: RegisterRow, name: str) -> RegisterRow:
    cells = {id: _cell(cell, name) for id, cell in row.cells.items()}
    if not row.name.startswith(f"{name}:"):
        return replace(row, cells=cells)
    return replace(row, cells=cells, subject=_with(name, row.subject or (row.name,)))


def _cell(cell: Cell, name: str) -> Cell:
    question = cell.question
    if question is None or f".{name}:" not in f".{question.id}":
        return cell
    return replace(cell, question=replace(question, subject=_with(name, question.subject)))


def _with(name: str, subject: tuple[Content, ...]) -> tuple[Content, ...]:
    return (name, *(each for each in subject if each != name))
