"""A register as CSV: a file for each sheet, one for the questions and one for the proof.

In French as French spreadsheets open it: heads in French, ``;`` between cells, a byte order mark. In English by RFC 4180.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from sovlint.registers.register import Register
from sovlint.registers.words import BETWEEN, cell_text
from sovlint.registers.writing.proof import proof, questions
from sovlint.report.facts.csv_ import cell as safe
from sovlint.report.messages import phrase

BYTE_ORDER_MARK: Final = "\ufeff"
PROOF_COLUMNS: Final = ("sheet", "row", "column", "content", "origin", "chain", "sources")
_DELIMITER: Final = {"en": ",", "fr": ";"}


def files(register: Register, language: str) -> dict[str, bytes]:
    """The files by their names: ``suppliers.csv``, ..., ``questions.csv`` where there are any, and ``proof.csv``."""
    written = {
        f"{each.form.id}.csv": _table(
            [column.title[language] for column in each.form.columns],
            (
                [
                    cell_text(row.cells[column.id], column, register, language)
                    for column in each.form.columns
                ]
                for row in each.rows
            ),
            language,
        )
        for each in register.sheets
    }
    asked = questions(register, language)
    if asked:
        heads = [
            phrase(f"registers.question-{name}", language) for name in ("id", "text", "fills")
        ]
        written["questions.csv"] = _table(
            heads, ([each.id, each.text, str(each.fills)] for each in asked), language
        )
    written["proof.csv"] = _table(*proof_table(register, language), language)
    return written


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
            BETWEEN.join(each.chain),
            BETWEEN.join(each.sources),
        ]
        for each in proof(register, language)
    ]
    return heads, rows


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], language: str) -> bytes:
    written = io.StringIO()
    table = csv.writer(written, delimiter=_DELIMITER[language], lineterminator="\r\n")
    table.writerow(heads)
    table.writerows([safe(each) for each in row] for row in rows)
    mark = BYTE_ORDER_MARK if language == "fr" else ""
    return (mark + written.getvalue()).encode("utf-8", "backslashreplace")
