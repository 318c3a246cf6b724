"""What was answered, put into the blanks of a register that was drafted without."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from sovlint.registers.answers import GivenAnswers
from sovlint.registers.cells import Cell, CellOrigin, fact
from sovlint.registers.checks import fits
from sovlint.registers.drafting.dora.identifiers import code_type
from sovlint.registers.forms import ColumnForm, ColumnType
from sovlint.registers.register import Register, RegisterRow, Sheet

EEA = "EEA"


def answered(register: Register, answers: GivenAnswers) -> Register:
    """The same register with the answers to its questions."""
    if not answers.by_id:
        return register
    sheets = tuple(
        Sheet(sheet.form, tuple(_row(sheet, row, register, answers) for row in sheet.rows))
        for sheet in register.sheets
    )
    return replace(register, sheets=sheets)


def _row(
    sheet: Sheet, row: RegisterRow, register: Register, answers: GivenAnswers
) -> RegisterRow:
    cells = {id: _cell(cell, answers) for id, cell in row.cells.items()}
    for column in sheet.form.columns:
        if column.follows and _is_one_question(row.cells, column):
            cells[column.id] = _following(cells[column.follows], column, register)
    return replace(row, cells=cells)


def _cell(cell: Cell, answers: GivenAnswers) -> Cell:
    if not cell.is_blank or cell.question is None or cell.question.id not in answers.by_id:
        return cell
    return answers.cell(cell.question, cell.note)


def _is_one_question(cells: Mapping[str, Cell], column: ColumnForm) -> bool:
    one, other = cells[column.id].question, cells[column.follows].question
    return (
        cells[column.id].is_blank
        and one is not None
        and other is not None
        and one.id == other.id
    )


def _following(cell: Cell, column: ColumnForm, register: Register) -> Cell:
    """What follows from an answer: the type of a code, or whether states are in the European Economic Area."""
    if cell.origin is not CellOrigin.ATTESTED:
        return cell
    if column.type is not ColumnType.YES_NO:
        return code_type(cell)
    states = register.world.states
    if not all(isinstance(each, str) and each in states for each in cell.contents):
        return (
            cell
            if all(fits(each, column, register) for each in cell.contents)
            else _asked(cell)
        )
    inside = all(EEA in states[str(each)].areas for each in cell.contents)
    return fact(inside, because=cell.because)


def _asked(cell: Cell) -> Cell:
    return Cell(CellOrigin.BLANK, question=cell.question)
