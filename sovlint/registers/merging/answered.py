"""What was answered, put into the blanks of a register that was drafted without."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from sovlint.model.text import Note
from sovlint.registers.answers import GivenAnswers
from sovlint.registers.cells import Cell, CellOrigin, blank
from sovlint.registers.checks import is_day
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
    cells = {
        column.id: _cell(row.cells[column.id], column, answers)
        for column in sheet.form.columns
    }
    for column in sheet.form.columns:
        if not column.follows:
            continue
        if _is_one_question(row.cells, column):
            cells[column.id] = _following(cells[column.follows], column, register)
        elif column.type is ColumnType.YES_NO:
            where = cells[column.follows]
            cells[column.follows] = _agreeing(where, row.cells[column.id], register)
    return replace(row, cells=cells)


def _cell(cell: Cell, column: ColumnForm, answers: GivenAnswers) -> Cell:
    if not cell.is_blank or cell.question is None or cell.question.id not in answers.by_id:
        return cell
    found = answers.cell(cell.question, cell.note)
    if column.proves and all(
        isinstance(each, bool) or is_day(str(each)) for each in found.contents
    ):
        return _refused(found, "registers.tender-bare-answer")
    return found


def _refused(answer: Cell, why: str, **known: Note) -> Cell:
    """A blank that says why an answer doesn't fill it; what is no answer stays as it is."""
    if answer.question is None or answer.origin is not CellOrigin.ATTESTED:
        return answer
    params = {"answer": tuple(map(str, answer.contents)), **known}
    return blank(answer.question, Note(why, params))


def _agreeing(where: Cell, inside: Cell, register: Register) -> Cell:
    """The answer where something is, unless what is known of whether that is in the EEA contradicts it."""
    if where.origin is not CellOrigin.ATTESTED or where.question is None or inside.is_blank:
        return where
    answered = _is_inside(where, register)
    if answered is None or inside.contents == (answered,):
        return where
    known = Note(f"registers.is-{'outside' if answered else 'inside'}")
    return _refused(where, "registers.answer-contradicts", known=known)


def _is_inside(where: Cell, register: Register) -> bool | None:
    """Whether all states of a cell are in the European Economic Area; ``None`` where one is no state."""
    states = register.world.states
    if not all(isinstance(each, str) and each in states for each in where.contents):
        return None
    return all(EEA in states[str(each)].areas for each in where.contents)


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
    inside = _is_inside(cell, register)
    if inside is None:
        return Cell(CellOrigin.BLANK, question=cell.question)
    return replace(cell, contents=(inside,))
