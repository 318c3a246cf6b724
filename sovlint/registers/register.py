"""A register that was drafted: rows of cells below a form, its questions, and what is wrong with what it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from sovlint.model.findings.provenance import Provenance
from sovlint.model.text import Bilingual, Note
from sovlint.model.world import World
from sovlint.registers.cells import Cell, CellOrigin, Content, Question
from sovlint.registers.forms import ColumnForm, RegisterForm, SheetForm


class RegisterRow(Struct, frozen=True):
    """A row: its cells by the ids of the columns. ``name`` tells it from other rows of the sheet, in questions too;
    ``subject`` is what people call that which it is of."""

    name: str
    cells: Mapping[str, Cell]
    subject: tuple[Content, ...] = ()


class Sheet(Struct, frozen=True):
    """A table with its rows; each row has a cell for every column of the form."""

    form: SheetForm
    rows: tuple[RegisterRow, ...]

    def filled(self) -> Iterator[tuple[RegisterRow, ColumnForm, Cell]]:
        """Every cell, row by row, with its row and column."""
        for row in self.rows:
            for column in self.form.columns:
                yield row, column, row.cells[column.id]


class RegisterChange(Struct, frozen=True):
    """What changed since an earlier register: a row that was ``added`` or ``removed``, or a column of it that says
    otherwise (``changed``)."""

    sheet: Bilingual
    row: str
    kind: str
    column: Bilingual | None = None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class Register(Struct, frozen=True):
    """A register as drafted on a day. ``problems`` are what is wrong with what it was drafted from."""

    form: RegisterForm
    as_of: date
    sheets: tuple[Sheet, ...]
    world: World
    problems: tuple[Note, ...] = ()
    changes: tuple[RegisterChange, ...] | None = None
    """What changed since an earlier one; ``None`` where it is compared with none."""
    provenance: Provenance | None = None

    def sheet(self, id: str) -> Sheet:
        """The sheet of an id. Raises ``KeyError`` for an id that no sheet has."""
        found = next((each for each in self.sheets if each.form.id == id), None)
        if found is None:
            raise KeyError(f"{self.form.id} has no sheet {id}")
        return found

    def is_complete(self) -> bool:
        """Whether no blank is left in a column that is required."""
        return not any(
            cell.is_blank and column.required
            for sheet in self.sheets
            for _, column, cell in sheet.filled()
        )

    def questions(self) -> dict[Question, int]:
        """What would fill the blanks, each with how many blanks it fills, in the order of the sheets. Those of one id are
        one question, in the words of the first: of two services of one company, say."""
        first: dict[str, Question] = {}
        found: dict[Question, int] = {}
        for cell in self.cells():
            if cell.is_blank and cell.question is not None:
                question = first.setdefault(cell.question.id, cell.question)
                found[question] = found.get(question, 0) + 1
        return found

    def asked(self) -> set[str]:
        """The ids of all questions, answered ones too."""
        return {cell.question.id for cell in self.cells() if cell.question is not None}

    def cells(self) -> Iterator[Cell]:
        """Every cell of every sheet."""
        return (cell for sheet in self.sheets for _, _, cell in sheet.filled())

    def count(self, origin: CellOrigin) -> int:
        """How many cells have an origin."""
        return sum(1 for cell in self.cells() if cell.origin is origin)


def sheet(form: SheetForm, rows: Iterable[RegisterRow]) -> Sheet:
    """A sheet of rows. Raises ``KeyError`` where a row lacks a column, or has one that the form doesn't have."""
    made = tuple(rows)
    columns = {column.id for column in form.columns}
    for row in made:
        if row.cells.keys() != columns:
            odd = sorted(row.cells.keys() ^ columns)
            raise KeyError(f"{form.id}, row {row.name}: {', '.join(odd)}")
    return Sheet(form, made)
