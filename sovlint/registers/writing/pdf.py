"""A register as PDF: the same bytes for the same register."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from sovlint.registers.cells import Cell
from sovlint.registers.register import Register, Sheet
from sovlint.registers.words import cell_text, cell_texts, question_text
from sovlint.registers.writing.about import about
from sovlint.registers.writing.proof import change_table, proof, question_table
from sovlint.report.messages import phrase, say, written_day
from sovlint.report.pieces.typeset import typeset

TEMPLATE: Final = Path(__file__).parent / "register.typ"


def render(register: Register, language: str) -> bytes:
    """The PDF. Raises ``SovlintError`` where typst isn't there."""
    return typeset(TEMPLATE, _data(register, language))


def _data(register: Register, language: str) -> dict[str, Any]:
    """All that the template writes, as texts in one language."""
    question_heads, question_rows = question_table(register, language)
    change_heads, change_rows = change_table(register, language)
    return {
        "language": language,
        "title": register.form.title[language],
        "about": about(register, language),
        "day": written_day(register.as_of, language),
        "sheets": [_sheet(each, register, language) for each in register.sheets],
        "questions": question_rows,
        "no_rows": phrase("registers.no-rows", language),
        "questions_title": phrase("registers.questions-title", language),
        "questions_heads": question_heads,
        "changes": change_rows,
        "changes_title": phrase("registers.changes-title", language),
        "changes_heads": change_heads,
        "proof": [
            [each.sheet, each.row, each.column, each.content, [*each.chain, *each.sources]]
            for each in proof(register, language)
            if each.chain or each.sources
        ],
        "proof_title": phrase("registers.proof-title", language),
        "proof_heads": [
            phrase(f"registers.proof-{name}", language)
            for name in ("sheet", "row", "column", "content", "chain")
        ],
    }


def _sheet(sheet: Sheet, register: Register, language: str) -> dict[str, Any]:
    return {
        "title": sheet.form.title[language],
        "lead": [each[language] for each in sheet.form.lead],
        "layout": sheet.form.layout,
        "heads": [each.title[language] for each in sheet.form.columns],
        "keys": max(at for at, each in enumerate(sheet.form.columns, start=1) if each.key),
        "widths": [each.width for each in sheet.form.columns],
        "rows": [
            [
                {
                    "text": cell_text(row.cells[column.id], column, register, language),
                    "items": cell_texts(row.cells[column.id], column, register, language),
                    "origin": row.cells[column.id].origin.value,
                    "ask": _ask(row.cells[column.id], language),
                }
                for column in sheet.form.columns
            ]
            for row in sheet.rows
        ],
    }


def _ask(cell: Cell, language: str) -> list[str]:
    """What is known all the same of a blank, and its question."""
    if not cell.is_blank or cell.question is None:
        return []
    known = [say(cell.note, language)] if cell.note is not None else []
    return [*known, question_text(cell.question, language)]
