"""Cells in the words of a reader's language, and as programs take them."""

from __future__ import annotations

from datetime import date
from typing import Final

from sovlint.model.redaction.redact import mask, printable
from sovlint.model.text import BLANK, Bilingual, Note
from sovlint.registers.cells import Cell, CellOrigin, Content, Question
from sovlint.registers.forms import ColumnForm, ColumnType
from sovlint.registers.register import Register
from sovlint.report.messages import phrase, say
from sovlint.report.pieces.fact_words import state_name

BETWEEN: Final = "; "
"""What stands between several contents of one cell."""


def cell_text(cell: Cell, column: ColumnForm, register: Register, language: str) -> str:
    """A cell as people read it: codes with their meaning, days in ISO's form, ``???`` for a blank, and what is known of it
    all the same."""
    match cell.origin:
        case CellOrigin.BLANK:
            left = register.form.unfilled[language] if register.form.unfilled else BLANK
            return left if cell.note is None else f"{left} {say(cell.note, language)}"
        case CellOrigin.NONE:
            return phrase("registers.not-applicable", language)
    return BETWEEN.join(cell_texts(cell, column, register, language))


def cell_texts(
    cell: Cell, column: ColumnForm, register: Register, language: str
) -> list[str]:
    """The contents of a cell one by one, as people read them."""
    return [_shown(each, column, register, language) for each in cell.contents]


def content_text(content: Content, language: str) -> str:
    """One content without what a code means."""
    match content:
        case Note():
            return say(content, language)
        case Bilingual():
            return printable(content[language])
        case bool():
            return "true" if content else "false"
        case date():
            return content.isoformat()
    return printable(mask(str(content)))


def question_text(question: Question, language: str) -> str:
    """The words of a question, with the codes that answer it."""
    text = question.text
    asked = say(text, language) if isinstance(text, Note) else printable(text[language])
    if not question.codes:
        return asked
    codes = tuple(
        code if code == meaning[language] else f"{code} ({meaning[language]})"
        for code, meaning in question.codes
    )
    return phrase("registers.one-of", language, question=asked, codes=codes)


def _shown(content: Content, column: ColumnForm, register: Register, language: str) -> str:
    if isinstance(content, bool):
        return phrase("registers.yes" if content else "registers.no", language)
    text = content_text(content, language)
    listed = register.form.codes_of(column)
    if text in listed.codes:
        meaning = listed.codes[text][language]
        if not listed.shows_codes or meaning == text:
            return meaning
        return phrase("registers.code-means", language, code=text, meaning=meaning)
    world = register.world
    if column.type is ColumnType.COUNTRY and text in world.states:
        return phrase(
            "registers.code-means",
            language,
            code=text,
            meaning=state_name(text, world, language),
        )
    return text
