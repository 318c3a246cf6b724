"""A register as JSON: every cell with its content, origin, chain and sources."""

from __future__ import annotations

from hashlib import sha256

from sovlint.model.placement import Source
from sovlint.registers.cells import Cell, ContentKind, Question, kind_of
from sovlint.registers.forms import ColumnForm
from sovlint.registers.register import Register, Sheet
from sovlint.registers.words import content_text, question_text
from sovlint.registers.writing.proof import questions
from sovlint.report.messages import say
from sovlint.report.pieces import contract
from sovlint.report.pieces.json_text import Json, dump, filled
from sovlint.report.pieces.trail import places

VERSION = 1
"""Of the shape: a new number where a script that reads it would have to change."""


def render(register: Register, language: str) -> bytes:
    """The JSON of a register, by the schema ``register`` of `sovlint schema`."""
    told = dump(
        {
            "schema": VERSION,
            "register": register.form.id,
            "title": register.form.title[language],
            "as_of": register.as_of.isoformat(),
            "sheets": [_sheet(each, language) for each in register.sheets],
            "questions": [
                {"id": each.id, "text": each.text, "fills": each.fills}
                for each in questions(register, language)
            ],
            **filled(changes=_changes(register, language)),
            "problems": [say(each, language) for each in register.problems],
        }
    )
    return told.encode("utf-8", "backslashreplace")


def digest(register: Register, language: str) -> str:
    """The SHA-256 digest of the JSON of a register, by which statements name it."""
    return sha256(render(register, language)).hexdigest()


def _changes(register: Register, language: str) -> list[Json]:
    return [
        {
            "sheet": each.sheet[language],
            "row": each.row,
            "kind": each.kind,
            **filled(
                column=each.column[language] if each.column is not None else None,
                before=list(each.before),
                after=list(each.after),
            ),
        }
        for each in register.changes or ()
    ]


def _sheet(sheet: Sheet, language: str) -> Json:
    return {
        "id": sheet.form.id,
        "title": sheet.form.title[language],
        "columns": [_column(each, language) for each in sheet.form.columns],
        "rows": [
            {
                "name": row.name,
                **filled(subject=[content_text(each, language) for each in row.subject]),
                "cells": {id: _cell(cell, language) for id, cell in row.cells.items()},
            }
            for row in sheet.rows
        ],
    }


def _column(column: ColumnForm, language: str) -> Json:
    return {
        "id": column.id,
        "title": column.title[language],
        "type": column.type.value,
        "required": column.required,
        **filled(source=column.source),
    }


def _cell(cell: Cell, language: str) -> Json:
    kinds = [kind_of(each).value for each in cell.contents]
    return filled(
        origin=cell.origin.value,
        content=[content_text(each, language) for each in cell.contents],
        kinds=kinds if any(each != ContentKind.TEXT for each in kinds) else None,
        attested_by=cell.attested_by,
        because=contract.trail(places(cell.because), language),
        sources=[_source(each) for each in cell.sources],
        question=_question(cell.question, language) if cell.question else None,
        note=say(cell.note, language) if cell.note else None,
    )


def _source(source: Source) -> Json:
    return {**contract.source(source), **filled(supports_fr=source.supports_fr)}


def _question(question: Question, language: str) -> Json:
    return {
        "id": question.id,
        "text": question_text(question, language),
        **_of(question, language),
        **filled(optional=question.optional),
    }


def _of(question: Question, language: str) -> Json:
    """Of what a question is, and its words without that."""
    if not question.subject:
        return {}
    return {
        "subject": [content_text(each, language) for each in question.subject],
        "asked": question_text(question, language, alone=False),
    }
