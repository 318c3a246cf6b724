"""Which rows of several repositories are one.

Rows of one name are: what only one repository knows has its name in it. Rows of other names are where all of their keys say
the same. A blank says the same as another where both have one question: whatever the answer, it is that of both. Rows that
one repository tells apart stay apart, and so do those whose keys differ.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from msgspec import Struct

from sovlint.registers.cells import Cell, CellOrigin
from sovlint.registers.forms import SheetForm
from sovlint.registers.merging.told import contents_of
from sovlint.registers.register import RegisterRow

Tells = Callable[[str, str], Hashable]
"""A repository and the name of a row -> what tells it from others beside its key."""


class PartRow(Struct, frozen=True):
    """A row of one repository."""

    repository: str
    row: RegisterRow

    @property
    def local(self) -> str:
        """Its name with that of the repository, once."""
        prefix = f"{self.repository}:"
        name = self.row.name
        return name if name.startswith(prefix) else f"{prefix}{name}"


class OneRow(Struct, frozen=True):
    """Rows that are one, under a name; in the order of their repositories."""

    name: str
    parts: tuple[PartRow, ...]


def identity(cell: Cell) -> Hashable:
    """What a cell says, or the question that it waits for."""
    if cell.is_blank:
        return ("?", cell.question.id if cell.question is not None else "")
    if cell.origin is CellOrigin.NONE:
        return ()
    return contents_of(cell)


def one_rows(of: SheetForm, rows: Iterable[PartRow], tells: Tells) -> list[OneRow]:
    """All rows, those that are one together; by their names."""
    keys = [each.id for each in of.columns if each.key]
    listed = sorted(rows, key=lambda each: (each.repository, each.row.name))
    found = []
    for group in _groups(listed, keys, tells):
        for parts in _apart(group, keys):
            whole = len(parts) == len(group)
            found.append(OneRow(_name(parts, whole), tuple(parts)))
    return sorted(found, key=lambda each: (each.name, each.parts[0].repository))


def _name(parts: Sequence[PartRow], whole: bool) -> str:
    """The name that all of them have, where no other row has it; else that of one of them, with its repository."""
    names = {each.row.name for each in parts}
    return names.pop() if whole and len(names) == 1 else min(each.local for each in parts)


def _groups(
    rows: Sequence[PartRow], keys: Sequence[str], tells: Tells
) -> list[list[PartRow]]:
    """Rows that a name or a key ties together, however far."""
    ties: dict[Hashable, int] = {}
    group_of = list(range(len(rows)))

    def first(at: int) -> int:
        while group_of[at] != at:
            group_of[at] = group_of[group_of[at]]
            at = group_of[at]
        return at

    for at, each in enumerate(rows):
        key = tuple(identity(each.row.cells[id]) for id in keys)
        for tie in (("name", each.row.name), (key, tells(each.repository, each.row.name))):
            other = first(ties.setdefault(tie, at))
            group_of[max(other, first(at))] = min(other, first(at))
    found: dict[int, list[PartRow]] = {}
    for at, each in enumerate(rows):
        found.setdefault(first(at), []).append(each)
    return list(found.values())


def _apart(group: list[PartRow], keys: Sequence[str]) -> list[list[PartRow]]:
    """A group as it is, or in the parts that have to stay apart."""
    if len({each.repository for each in group}) < len(group):
        return [[each] for each in group]
    if not any(_differ(group, id) for id in keys):
        return [group]
    by_key: dict[Hashable, list[PartRow]] = {}
    for each in group:
        key = tuple(identity(each.row.cells[id]) for id in keys)
        by_key.setdefault(key, []).append(each)
    return list(by_key.values())


def _differ(group: Iterable[PartRow], column: str) -> bool:
    """Whether contents of a column differ; a blank doesn't differ from any."""
    cells = [each.row.cells[column] for each in group]
    return len({identity(cell) for cell in cells if not cell.is_blank}) > 1


def telling(of: SheetForm, cells: Mapping[tuple[str, str], Cell]) -> Tells:
    """What tells rows of a sheet apart, by the cells of the column that it names: by repository and name of the row."""
    if not of.tells:
        return lambda repository, name: ()

    def tells(repository: str, name: str) -> Hashable:
        cell = cells.get((repository, name))
        return identity(cell) if cell is not None else (repository, name)

    return tells
