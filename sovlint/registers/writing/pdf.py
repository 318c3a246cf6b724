"""A register as PDF: the same bytes for the same register."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from sovlint.registers.cells import Cell
from sovlint.registers.forms import ColumnForm
from sovlint.registers.register import Register, Sheet
from sovlint.registers.words import cell_texts, record_lines
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
        **_proof(register, language),
    }


def _proof(register: Register, language: str) -> dict[str, Any]:
    """The annex of proof: by sheet and row, with numbers for sources, which are listed once."""
    numbers: dict[str, int] = {}
    sheets: dict[str, list[dict[str, Any]]] = {}
    for each in proof(register, language):
        if not each.chain and not each.sources:
            continue
        cited = [numbers.setdefault(source, len(numbers) + 1) for source in each.sources]
        lines = [
            *each.chain,
            *([" ".join(f"[{number}]" for number in cited)] if cited else []),
        ]
        sheets.setdefault(each.sheet, []).append(
            {
                "row": each.subject,
                "column": each.column,
                "content": each.content,
                "led": [each.vouched, *lines] if each.vouched else lines,
            }
        )
    return {
        "proof": [{"title": title, "lines": lines} for title, lines in sheets.items()],
        "proof_title": phrase("registers.proof-annex", language),
        "proof_heads": [
            phrase(f"registers.proof-{name}", language)
            for name in ("row", "column", "content", "chain")
        ],
        "sources": [[f"[{number}]", source] for source, number in numbers.items()],
        "sources_title": phrase("registers.proof-sources", language),
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
                _cell(row.cells[column.id], column, register, language)
                for column in sheet.form.columns
            ]
            for row in sheet.rows
        ],
    }


def _cell(
    cell: Cell, column: ColumnForm, register: Register, language: str
) -> dict[str, Any]:
    """A cell: the mark of a blank, what it says, and what is added where there is room."""
    text, *more = record_lines(cell, column, register, language)
    note = say(cell.note, language) if cell.note is not None else ""
    mark = text.removesuffix(note).strip() if cell.is_blank else ""
    return {
        "mark": mark,
        "text": note if cell.is_blank else text,
        "more": more,
        "items": cell_texts(cell, column, register, language),
        "origin": cell.origin.value,
    }
