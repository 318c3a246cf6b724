"""Who says what: repositories and what they say, as notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from sovlint.model.text import Bilingual, Note
from sovlint.registers.cells import Cell, Content

MOST_NAMED: Final = 5
"""Repositories that a note names; of more, their number."""


class Said(Struct, frozen=True):
    """What one repository says in a cell."""

    repository: str
    cell: Cell


def same(content: Content) -> tuple[str, str, str]:
    """What tells contents from others: ``True`` isn't 1."""
    match content:
        case Bilingual():
            return "words", content.en, content.fr
        case Note():
            return "note", repr(content), ""
    return type(content).__name__, str(content), ""


def contents_of(cell: Cell) -> tuple[tuple[str, str, str], ...]:
    """The contents of a cell, whatever their order."""
    return tuple(sorted(map(same, cell.contents)))


def by_repository(said: Sequence[Said]) -> tuple[Note, ...]:
    """Each of what is said, with the repositories that say so."""
    found: dict[object, list[Said]] = {}
    for each in said:
        found.setdefault(contents_of(each.cell), []).append(each)
    return tuple(
        Note(
            "registers.said-by",
            {
                "content": tuple(map(_word, those[0].cell.contents)),
                "repositories": named(each.repository for each in those),
            },
        )
        for those in found.values()
    )


def notes(said: Sequence[Said]) -> Note | None:
    """What several say of what they don't know: once where it is the same."""
    found: dict[str, list[tuple[str, Note]]] = {}
    for each in said:
        if each.cell.note is not None:
            found.setdefault(repr(each.cell.note), []).append(
                (each.repository, each.cell.note)
            )
    if not found:
        return None
    if len(found) == 1:
        return next(iter(found.values()))[0][1]
    told = (
        Note(
            "registers.said-by",
            {"content": those[0][1], "repositories": named(name for name, _ in those)},
        )
        for those in found.values()
    )
    return Note("registers.several-notes", {"noted": tuple(told)})


def named(repositories: Iterable[str]) -> tuple[str, ...] | Note:
    """Repositories by name, the first of many."""
    listed = tuple(sorted(set(repositories)))
    if len(listed) <= MOST_NAMED:
        return listed
    shown = listed[:MOST_NAMED]
    return Note(
        "registers.and-more", {"repositories": shown, "count": len(listed) - len(shown)}
    )


def _word(content: Content) -> object:
    if isinstance(content, bool):
        return Note("registers.yes" if content else "registers.no")
    return content
