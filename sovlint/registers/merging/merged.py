"""Registers of several repositories -> one, whatever their order.

What isn't known of all of them isn't known: each column of a form says what it takes (`OverAll`).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.model.text import Note
from sovlint.model.world import World
from sovlint.registers import checks
from sovlint.registers.answers import GivenAnswers
from sovlint.registers.cells import Cell, CellOrigin, Content, Question, fact
from sovlint.registers.forms import ColumnForm, FleetForm, RegisterForm, SheetForm, form
from sovlint.registers.merging import statement
from sovlint.registers.merging.answered import answered
from sovlint.registers.merging.cells import CellPlace, merged_cell
from sovlint.registers.merging.members import Member
from sovlint.registers.merging.numbers import Numbers, renumbered
from sovlint.registers.merging.rows import OneRow, PartRow, Tells, identity, one_rows, telling
from sovlint.registers.merging.told import Said
from sovlint.registers.register import Register, RegisterRow, Sheet
from sovlint.registers.words import content_text, question_text
from sovlint.report.messages import say

# --- References of contracts over several repositories.

CONTRACTS, SIGNERS = "B_02.01", "B_03.02"


def shared_references(whole: Register, parts: Mapping[str, Register]) -> Iterator[Note]:
    """Contracts that several companies are said to be used under, each in another repository: what one repository says
    itself, it tells itself."""
    if whole.form.id != "dora":
        return
    found: dict[str, dict[Hashable, tuple[str, str]]] = {}
    for name, part in sorted(parts.items()):
        signers = {row.name: row.cells["c0020"] for row in part.sheet(SIGNERS).rows}
        for row in part.sheet(CONTRACTS).rows:
            cell = row.cells["c0010"]
            if cell.origin is not CellOrigin.FACT or row.name not in signers:
                continue
            called = [content_text(each, "en") for each in row.cells["provider"].contents]
            said = name, ", ".join(called) or row.name
            reference = content_text(cell.contents[0], "en")
            found.setdefault(reference, {}).setdefault(identity(signers[row.name]), said)
    for reference, companies in sorted(found.items()):
        if len({name for name, _ in companies.values()}) > 1:
            listed = tuple(sorted({called for _, called in companies.values()}))
            yield Note(
                "registers.shared-reference", {"reference": reference, "companies": listed}
            )


# --- What is of one repository alone says so, where it stands beside the same of others.


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


REPOSITORIES: Final = "repositories"
"""The column that names the repositories that a row rests on."""


class Fleet(Struct, frozen=True):
    """Of which repositories a register is, on which day, and what is given for all of them. ``numbers``: what rows of an
    earlier register were numbered, by their names."""

    members: tuple[Member, ...]
    day: date
    world: World = World()
    answers: GivenAnswers = GivenAnswers()
    numbers: Numbers = {}


def merged(id: str, parts: Mapping[str, Register], fleet: Fleet) -> Register:
    """The register of a form over repositories, of what each of them drafted, by its name.

    Members without a part are missing, which the register says. Raises ``ValueError`` for a form that isn't put together,
    and for a part of another form.
    """
    of = form(id)
    if of.fleet is None or any(each.form.id != id for each in parts.values()):
        raise ValueError(f"not registers of several repositories: {id}")
    whole = fleet_form(of, of.fleet)
    own = {
        name: of_repository(answered(each, fleet.answers), name)
        for name, each in _numbered(parts, fleet).items()
    }
    made = [_Whole(whole, own, fleet).sheet(each) for each in whole.sheets]
    register = Register(whole, fleet.day, tuple(_asking_once(made)), fleet.world)
    problems = list(_problems(register, parts, fleet))
    return replace(register, problems=tuple(problems))


def fleet_form(of: RegisterForm, fleet: FleetForm) -> RegisterForm:
    """A form as it is over several repositories: each sheet has a column more, which names them."""
    named = ColumnForm(
        REPOSITORIES,
        fleet.repositories,
        several=True,
        required=False,
        is_filed=False,
        width=30,
    )
    sheets = tuple(replace(each, columns=(*each.columns, named)) for each in of.sheets)
    return replace(of, about=fleet.about, limits=fleet.limits, sheets=sheets)


def _numbered(parts: Mapping[str, Register], fleet: Fleet) -> Mapping[str, Register]:
    return renumbered({name: parts[name] for name in sorted(parts)}, fleet.numbers)


class _Whole:
    """Puts sheets together, of registers that have the numbers and answers of all."""

    def __init__(self, of: RegisterForm, parts: Mapping[str, Register], fleet: Fleet) -> None:
        self._form = of
        self._parts = parts
        self._fleet = fleet

    def sheet(self, of: SheetForm) -> Sheet:
        """A sheet over all of them."""
        rows = (
            PartRow(name, row)
            for name, register in self._parts.items()
            for row in register.sheet(of.id).rows
        )
        plain = replace(of, columns=of.columns[:-1])
        ones = one_rows(plain, rows, self._tells(of))
        return Sheet(
            of, tuple(self._row(of, plain, one) for one in self._in_order(plain, ones))
        )

    def _tells(self, of: SheetForm) -> Tells:
        sheet, _, column = of.tells.rpartition(".")
        if not sheet:
            return telling(of, {})
        cells = {
            (name, row.name): row.cells[column]
            for name, register in self._parts.items()
            for row in register.sheet(sheet).rows
        }
        return telling(of, cells)

    def _in_order(self, of: SheetForm, rows: Sequence[OneRow]) -> Sequence[OneRow]:
        """By their names; where rows are numbered, by that."""
        numbered = next((each for each in of.columns if each.numbered), None)
        if numbered is None:
            return rows

        def number(one: OneRow) -> tuple[int, str]:
            text = "".join(map(str, one.parts[0].row.cells[numbered.id].contents))
            return len(text), text

        return sorted(rows, key=number)

    def _row(self, of: SheetForm, plain: SheetForm, one: OneRow) -> RegisterRow:
        cells = {
            column.id: merged_cell(
                [Said(each.repository, each.row.cells[column.id]) for each in one.parts],
                self._place(of, one.name, column),
            )
            for column in plain.columns
        }
        cells |= statement.cells(self._form.id, of.id, self._fleet.members)
        names = tuple(dict.fromkeys(each.repository for each in one.parts))
        cells[REPOSITORIES] = fact(*_counted(names, of))
        subject = dict.fromkeys(part for each in one.parts for part in each.row.subject)
        return RegisterRow(one.name, cells, tuple(subject))

    def _place(self, of: SheetForm, row: str, column: ColumnForm) -> CellPlace:
        return CellPlace(self._form, of.id, row, column, self._fleet.day, self._fleet.answers)


def _counted(names: Sequence[str], of: SheetForm) -> tuple[Content, ...]:
    """Repositories by name; where rows are read one by one, how many that are comes first."""
    if of.layout == "grid":
        return tuple(names)
    return (Note("registers.fleet-repositories", {"count": len(names)}), *names)


def _asking_once(sheets: Iterable[Sheet]) -> Iterator[Sheet]:
    """The same sheets, with the same words for the same question wherever it is asked."""
    listed = tuple(sheets)
    asked: dict[str, Question] = {}
    for sheet in listed:
        for _, _, cell in sheet.filled():
            if cell.question is not None:
                found = asked.setdefault(cell.question.id, cell.question)
                if _words(cell.question) < _words(found):
                    asked[found.id] = cell.question
    for sheet in listed:
        yield Sheet(sheet.form, tuple(_with_words(row, asked) for row in sheet.rows))


def _with_words(row: RegisterRow, asked: Mapping[str, Question]) -> RegisterRow:
    cells = {
        id: cell
        if cell.question is None or asked[cell.question.id] is cell.question
        else replace(cell, question=asked[cell.question.id])
        for id, cell in row.cells.items()
    }
    return replace(row, cells=cells)


def _words(question: Question) -> tuple[str, bool]:
    return question_text(question, "en"), question.optional


def _problems(
    register: Register, parts: Mapping[str, Register], fleet: Fleet
) -> Iterator[Note]:
    """Who is missing; what each was told to be wrong of itself; then what is wrong with the whole.

    What is wrong with the cells of a part is looked for in the whole: what one refers to, another may have.
    """
    for member in sorted(fleet.members, key=lambda each: each.repository):
        if member.repository not in parts:
            missing: dict[str, object] = {
                "repository": member.repository,
                "problem": member.reason,
            }
            yield Note("registers.repository-missing", missing)
    for name in sorted(parts):
        own = parts[name]
        of_cells = {say(each, "en") for each in checks.problems(own)}
        for problem in own.problems:
            if say(problem, "en") not in of_cells:
                yield Note(
                    "registers.of-repository", {"repository": name, "problem": problem}
                )
    yield from shared_references(register, parts)
    yield from checks.problems(register)
