"""Cells of several repositories as one. What they don't agree on is a blank that says who says what: nothing is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.model.text import Bilingual, Note
from sovlint.model.value import Because
from sovlint.registers.answers import GivenAnswers
from sovlint.registers.cells import NOT_APPLICABLE, Cell, CellOrigin, Content, Question, fact
from sovlint.registers.forms import ColumnForm, OverAll, RegisterForm
from sovlint.registers.merging.told import (
    Said,
    by_repository,
    contents_of,
    named,
    notes,
    same,
)
from sovlint.registers.words import content_text

MOST_STEPS: Final = 40
"""Steps that are kept of a cell: no format writes more."""
AT_ONCE: Final = 8
"""Steps that some formats show: of each repository some."""


class CellPlace(Struct, frozen=True):
    """Where the cell stands that is made: the row by its name, the day of the register, and what was answered."""

    form: RegisterForm
    sheet: str
    row: str
    column: ColumnForm
    day: date
    answers: GivenAnswers


def merged_cell(said: Sequence[Said], at: CellPlace) -> Cell:
    """What several repositories say in one cell. ``said`` is in the order of their names."""
    asked = [each for each in said if each.cell.origin is not CellOrigin.NONE]
    if not asked:
        return said[0].cell if said else NOT_APPLICABLE
    known = [each for each in asked if not each.cell.is_blank]
    if at.column.over_all is OverAll.DAY:
        return fact(at.day)
    if not known:
        return _blank_of(asked)
    return _WAYS[at.column.over_all](known, asked, at)


def _agreed(known: Sequence[Said], asked: Sequence[Said], at: CellPlace) -> Cell:
    """What all that know it say; of a list, all of it."""
    if at.column.several:
        return _together(known, _all_contents(known, at.column))
    if len({contents_of(each.cell) for each in known}) == 1:
        return _together(known, known[0].cell.contents)
    differ = Note("registers.repositories-differ", {"said": by_repository(known)})
    return _open(_which(at), differ, at)


def _every(known: Sequence[Said], asked: Sequence[Said], at: CellPlace) -> Cell:
    if len(known) < len(asked):
        return _unknown_of_some(known, asked, at)
    return _agreed(known, asked, at)


def _yes(known: Sequence[Said], asked: Sequence[Said], at: CellPlace) -> Cell:
    return _decided(True, known, asked, at)


def _no(known: Sequence[Said], asked: Sequence[Said], at: CellPlace) -> Cell:
    return _decided(False, known, asked, at)


def _decided(
    decides: bool, known: Sequence[Said], asked: Sequence[Said], at: CellPlace
) -> Cell:
    """What one of them decides for all, where it says so; the other takes all of them."""
    deciding = [each for each in known if each.cell.contents == (decides,)]
    if deciding:
        return _together(deciding, (decides,))
    return _every(known, asked, at)


def _highest(known: Sequence[Said], asked: Sequence[Said], at: CellPlace) -> Cell:
    order = list(at.form.codes_of(at.column).codes)
    ranks = [
        order.index(text) if (text := str(each.cell.contents[0])) in order else -1
        for each in known
    ]
    top = max(ranks)
    if -1 in ranks or (len(known) < len(asked) and top < len(order) - 1):
        return _every(known, asked, at)
    highest = [each for each, rank in zip(known, ranks, strict=True) if rank == top]
    return _together(highest, highest[0].cell.contents)


def _sources(known: Sequence[Said], asked: Sequence[Said], at: CellPlace) -> Cell:
    if len(known) == 1:
        return known[0].cell
    cell = _together(known, ())
    background = sum(1 for each in cell.sources if each.background)
    params = {"read": len(cell.sources) - background, "background": background}
    return replace(cell, contents=(Note("registers.tender-rests", params),))


_WAYS: Final[
    Mapping[OverAll, Callable[[Sequence[Said], Sequence[Said], CellPlace], Cell]]
] = {
    OverAll.AGREED: _agreed,
    OverAll.EVERY: _every,
    OverAll.YES: _yes,
    OverAll.NO: _no,
    OverAll.HIGHEST: _highest,
    OverAll.SOURCES: _sources,
}


def _unknown_of_some(known: Sequence[Said], asked: Sequence[Said], at: CellPlace) -> Cell:
    blanks = [each for each in asked if each.cell.is_blank]
    unknown: object = named(each.repository for each in blanks)
    noted = notes(blanks)
    if noted is not None:
        unknown = Note("registers.said-by", {"content": unknown, "repositories": noted})
    params = {"said": by_repository(known), "unknown": unknown}
    question = _question_of(blanks)
    return _open(question or _which(at), Note("registers.known-of-some", params), at)


def _blank_of(asked: Sequence[Said]) -> Cell:
    """A blank of all of them, with one of their questions."""
    return Cell(CellOrigin.BLANK, question=_question_of(asked), note=notes(asked))


def _open(question: Question, note: Note, at: CellPlace) -> Cell:
    """A blank, or what was answered to its question, that says who says what. One who answers knows what they say."""
    return replace(at.answers.cell(question), note=note)


def _which(at: CellPlace) -> Question:
    params = {"subject": at.row, "column": at.column.title}
    text = Note("registers.ask-differs", params)
    id = f"{at.sheet}.{at.row}.{at.column.id}"
    return Question(id, text, at.column.meanings, not at.column.required)


def _question_of(said: Iterable[Said]) -> Question | None:
    found = (each.cell.question for each in said)
    return min(
        (each for each in found if each is not None), key=lambda each: each.id, default=None
    )


def _together(said: Sequence[Said], contents: tuple[Content, ...]) -> Cell:
    """Contents that several say, with what led each of them there."""
    cells = [each.cell for each in said]
    attested = any(each.origin is CellOrigin.ATTESTED for each in cells)
    by = sorted({each.attested_by for each in cells if each.attested_by})
    noted = {repr(each.note): each.note for each in cells}
    return Cell(
        CellOrigin.ATTESTED if attested else CellOrigin.FACT,
        contents,
        _chains([each.because for each in cells]),
        tuple(dict.fromkeys(source for each in cells for source in each.sources)),
        ", ".join(by),
        _question_of(said),
        next(iter(noted.values())) if len(noted) == 1 else None,
    )


def _all_contents(known: Sequence[Said], column: ColumnForm) -> tuple[Content, ...]:
    """All of them, each once; names and codes sorted, before words. That there is nothing counts where nobody says more."""
    found = {same(content): content for each in known for content in each.cell.contents}
    nothing = [content_text(Note(key), "en") for key in column.nothing]
    more = [each for each in found.values() if not _says(each, nothing)]
    listed = more or list(found.values())
    return tuple(sorted(listed, key=_order))


def _order(content: Content) -> tuple[bool, str]:
    is_words = isinstance(content, Bilingual | Note)
    return is_words, "" if is_words else str(content)


def _says(content: Content, texts: Sequence[str]) -> bool:
    return isinstance(content, Bilingual | Note) and content_text(content, "en") in texts


def _chains(chains: Sequence[tuple[Because, ...]]) -> tuple[Because, ...]:
    """The steps of several repositories: some of each, then more of each, as far as any format writes them."""
    left = [
        [step for chain in each for step in ([] if chain is None else [chain])]
        for each in chains
        if each
    ]
    count = sum(map(len, left))
    if len(left) == 1 or count <= AT_ONCE:
        return tuple(step for each in left for step in each)
    chunk = max(1, AT_ONCE // len(left))
    taken: list[Because] = []
    for start in range(0, MOST_STEPS, chunk):
        for each in left:
            taken.extend(each[start : start + chunk])
        if len(taken) >= MOST_STEPS:
            break
    return tuple(taken)
