"""What registers are drafted from: the report of a run, what is known of the companies in it, and people's answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from sovlint.model.findings.finding import Report
from sovlint.model.lookups.profile import Profile
from sovlint.model.text import Note
from sovlint.model.world import Jurisdiction, World
from sovlint.registers import checks
from sovlint.registers.answers import GivenAnswers
from sovlint.registers.cells import Cell, Content, Question
from sovlint.registers.forms import ColumnForm, RegisterForm, SheetForm, form
from sovlint.registers.register import Register, RegisterRow, Sheet, sheet
from sovlint.report.pieces.landings import Landed, MapLine, landings


class Material(Struct, frozen=True, dict=True):
    """A report with ``profiles`` of its companies by id, the answers that were given, and the files that were ``read``
    (real paths).

    ``jurisdictions`` are the states of the catalogue by code; ``body`` is the kind of body that the organisation is said
    to be. ``repository``: its name among those whose registers are put together; empty where it stands alone."""

    report: Report
    profiles: Mapping[str, Profile]
    answers: GivenAnswers = GivenAnswers()
    read: frozenset[str] = frozenset()
    jurisdictions: Mapping[str, Jurisdiction] = {}
    body: str | None = None
    repository: str = ""

    @cached_property
    def lines(self) -> tuple[MapLine, ...]:
        """The map of the report: all that carries a payload, worst first."""
        return landings(self.report)

    @property
    def landed(self) -> tuple[Landed, ...]:
        """Every placement that carries a payload, in the order of the map."""
        return tuple(one for line in self.lines for one in line.landed)

    @property
    def world(self) -> World:
        """What states, areas, classes and companies are called."""
        return self.report.world

    @property
    def as_of(self) -> date:
        """The day of the run."""
        return date.fromisoformat(self.report.as_of)

    def local(self, name: str) -> str:
        """A name for what only this repository knows: another one's of the same name is something else."""
        return f"{self.repository}:{name}" if self.repository else name

    def row(
        self, of: SheetForm, name: str, cells: Mapping[str, Cell], asked: str = ""
    ) -> RegisterRow:
        """A row of a sheet.

        A column that ``cells`` lacks and that has a question gets its answer, or a blank. The id of the question is that
        of sheet, row and column; rows that are ``asked`` by one name share their questions. Raises ``KeyError`` for a
        column that is lacking and has no question."""
        made = {}
        subject = self._subject(of, asked or name, cells)
        for column in of.columns:
            cell = cells.get(column.id)
            if cell is None:
                if column.ask is None:
                    raise KeyError(f"{of.id}, row {name}: {column.id}")
                cell = self.answers.cell(_question(of, column, asked or name, subject))
            made[column.id] = _about(cell, name, subject)
        return RegisterRow(name, made, subject)

    def question(self, of: SheetForm, name: str, column_id: str) -> Question:
        """The question of a column of the form, asked of one row. Raises ``KeyError`` for a column that has none."""
        column = of.column(column_id)
        if column.ask is None:
            raise KeyError(f"{of.id}, row {name}: {column_id}")
        return _question(of, column, name, self._subject(of, name, {}))

    def _subject(
        self, of: SheetForm, name: str, cells: Mapping[str, Cell]
    ) -> tuple[Content, ...]:
        """What people call that which a row is of: what its cells name, else the name of the row."""
        found = [
            self.world.states[content].name if content in self.world.states else content
            for id in of.subjects
            if id in cells
            for content in cells[id].contents
            if isinstance(content, str)
        ]
        return tuple(found) or ((name,) if of.subjects else ())

    def register(
        self, id: str, rows: Mapping[str, Iterable[RegisterRow]], *problems: Note
    ) -> Register:
        """The register of a form, of the rows of its sheets by id. Raises ``KeyError`` for a sheet without rows given."""
        of: RegisterForm = form(id)
        sheets: tuple[Sheet, ...] = tuple(sheet(each, rows[each.id]) for each in of.sheets)
        made = Register(
            of,
            self.as_of,
            sheets,
            self.world,
            problems,
            provenance=self.report.provenance,
        )
        return replace(made, problems=(*problems, *checks.problems(made)))


def _about(cell: Cell, name: str, subject: tuple[Content, ...]) -> Cell:
    """A cell whose question was made by the ``name`` of its row alone, with what people call that."""
    if cell.question is None or cell.question.subject != (name,):
        return cell
    return replace(cell, question=replace(cell.question, subject=subject))


def _question(
    of: SheetForm, column: ColumnForm, name: str, subject: tuple[Content, ...]
) -> Question:
    """The question of a column about one row, and of what that is."""
    id = f"{of.id}.{name}.{column.id}"
    text = column.ask or of.title
    return Question(id, text, column.meanings, not column.required, subject)
