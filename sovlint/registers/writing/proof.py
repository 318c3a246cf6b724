"""What stands behind the cells of a register: a line for each cell, with what led to it; and the list of questions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from sovlint.model.placement import Source
from sovlint.registers.cells import Cell, CellOrigin
from sovlint.registers.register import Register
from sovlint.registers.words import (
    cell_text,
    joined,
    question_text,
    subject_text,
    vouched_text,
)
from sovlint.report.messages import phrase, say
from sovlint.report.pieces.fact_words import place_text
from sovlint.report.pieces.sources import source_text
from sovlint.report.pieces.trail import places

PROOF_COLUMNS: Final = ("sheet", "row", "column", "content", "origin", "chain", "sources")
CHANGE_COLUMNS: Final = ("sheet", "row", "kind", "column", "before", "after")
MOST_PLACES: Final = 8
"""Places that are listed of one cell: the rest is in `sovlint facts`."""


class ProofLine(Struct, frozen=True):
    """One cell: where it stands, what it says, where that comes from, what led to it and which sources it rests on.
    ``subject`` is what people call that which the row is of, ``vouched`` who vouches for an attestation."""

    sheet: str
    row: str
    subject: str
    column: str
    content: str
    origin: str
    vouched: str
    chain: tuple[str, ...]
    sources: tuple[str, ...]


class QuestionLine(Struct, frozen=True):
    """One question: its id, its words, and how many blanks an answer fills."""

    id: str
    text: str
    fills: int


def proof(register: Register, language: str) -> Iterator[ProofLine]:
    """A line for each cell that isn't a blank and is asked of its row."""
    for sheet in register.sheets:
        for row, column, cell in sheet.filled():
            if cell.origin in (CellOrigin.BLANK, CellOrigin.NONE):
                continue
            yield ProofLine(
                sheet.form.title[language],
                row.name,
                subject_text(row.subject, language) or row.name,
                column.title[language],
                cell_text(cell, column, register, language),
                origin_text(cell, language),
                vouched_text(cell, language) if cell.origin is CellOrigin.ATTESTED else "",
                chain_lines(cell, language),
                tuple(dict.fromkeys(_source(each, language) for each in cell.sources)),
            )


def questions(register: Register, language: str) -> list[QuestionLine]:
    """The questions that would fill the blanks, in the order of the sheets."""
    return [
        QuestionLine(question.id, question_text(question, language), fills)
        for question, fills in register.questions().items()
    ]


def change_table(register: Register, language: str) -> tuple[list[str], list[list[str]]]:
    """The heads and rows of what changed since the earlier register."""
    heads = [phrase(f"registers.change-{name}", language) for name in CHANGE_COLUMNS]
    rows = [
        [
            each.sheet[language],
            each.row,
            phrase(f"registers.change-kind-{each.kind}", language),
            each.column[language] if each.column is not None else "",
            joined(each.before, language),
            joined(each.after, language),
        ]
        for each in register.changes or ()
    ]
    return heads, rows


def proof_table(register: Register, language: str) -> tuple[list[str], list[list[str]]]:
    """The heads and rows of what stands behind the cells."""
    heads = [phrase(f"registers.proof-{name}", language) for name in PROOF_COLUMNS]
    rows = [
        [
            each.sheet,
            each.row,
            each.column,
            each.content,
            each.origin,
            "\n".join(each.chain),
            "\n".join(each.sources),
        ]
        for each in proof(register, language)
    ]
    return heads, rows


def question_table(register: Register, language: str) -> tuple[list[str], list[list[str]]]:
    """The heads and rows of what would fill the blanks."""
    heads = [
        phrase(f"registers.question-{name}", language) for name in ("id", "text", "fills")
    ]
    rows = [[each.id, each.text, str(each.fills)] for each in questions(register, language)]
    return heads, rows


def origin_text(cell: Cell, language: str) -> str:
    """Where the content of a cell comes from, in words."""
    if cell.attested_by:
        return phrase("registers.origin-attested-by", language, owner=cell.attested_by)
    return phrase(f"registers.origin-{cell.origin.value}", language)


def chain_lines(cell: Cell, language: str) -> tuple[str, ...]:
    """The places that led to a cell, each with what was seen there."""
    return tuple(
        f"{place_text(place.span.path, place.span.line)} {say(place.note, language)}"
        for place in places(cell.because, MOST_PLACES)
    )


def _source(source: Source, language: str) -> str:
    return " ".join(filter(None, (source_text(source, language), source.url)))
