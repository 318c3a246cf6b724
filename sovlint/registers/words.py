"""Cells in the words of a reader's language, and as programs take them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sovlint.model.redaction.redact import mask, printable
from sovlint.model.text import BLANK, Bilingual, Note
from sovlint.registers.cells import Cell, CellOrigin, Content, Question
from sovlint.registers.forms import ColumnForm, ColumnType
from sovlint.registers.register import Register
from sovlint.report.messages import labelled, phrase, say
from sovlint.report.pieces.fact_words import place_text, state_name
from sovlint.report.pieces.trail import places


def cell_text(cell: Cell, column: ColumnForm, register: Register, language: str) -> str:
    """A cell as people read it: codes with their meaning, days in ISO's form, ``???`` for a blank, and what is known of it
    all the same."""
    match cell.origin:
        case CellOrigin.BLANK:
            return _blank_text(cell, register, language)
        case CellOrigin.NONE:
            return phrase("registers.not-applicable", language)
    return joined(cell_texts(cell, column, register, language), language)


def joined(texts: Sequence[str], language: str) -> str:
    """Several texts as one: each on a line of its own where one is a sentence, or has a semicolon itself."""
    if any(";" in each or each.endswith(".") for each in texts):
        return "\n".join(texts)
    return phrase("registers.between", language).join(texts)


def _blank_text(cell: Cell, register: Register, language: str) -> str:
    left = blank_mark(register, language)
    if cell.note is None:
        return left
    lead = left if register.form.unfilled is None else labelled(left, language)
    return f"{lead} {say(cell.note, language)}"


def blank_mark(register: Register, language: str) -> str:
    """What stands in a blank."""
    words = register.form.unfilled
    return words[language] if words is not None else BLANK


def record_lines(
    cell: Cell, column: ColumnForm, register: Register, language: str
) -> list[str]:
    """A cell with room around it: what it says, then the question of a blank, or who vouches for what is attested."""
    lines = [cell_text(cell, column, register, language)]
    if cell.is_blank and cell.question is not None:
        lines.append(question_text(cell.question, language, alone=False))
    if cell.origin is CellOrigin.ATTESTED:
        lines.append(vouched_text(cell, language))
    return lines


def vouched_text(cell: Cell, language: str) -> str:
    """Who vouches for a cell: a role, or the place of an answer."""
    if cell.attested_by:
        return phrase("registers.vouched-by", language, owner=cell.attested_by)
    where = next((place.span for place in places(cell.because)), None)
    if where is None:
        return phrase("registers.origin-attested", language)
    place = place_text(where.path, where.line)
    return phrase("registers.vouched-in", language, place=place)


def subject_text(subject: Iterable[Content], language: str) -> str:
    """What a row is of, as people call it."""
    return ", ".join(content_text(each, language) for each in subject)


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


def question_text(question: Question, language: str, alone: bool = True) -> str:
    """The words of a question, with the codes that answer it; ``alone``: it stands outside of its row, and says of what it
    is."""
    asked = content_text(question.text, language)
    if alone and question.subject:
        subject = subject_text(question.subject, language)
        asked = phrase("registers.about", language, subject=subject, question=asked)
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
