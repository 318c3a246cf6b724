"""A register as CSV: a file for each sheet, one for the questions and one for the proof.

In French as French spreadsheets open it: heads in French, ``;`` between cells, a byte order mark. In English by RFC 4180.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from sovlint.registers.register import Register
from sovlint.registers.words import cell_text
from sovlint.registers.writing.proof import change_table, proof_table, question_table
from sovlint.report.pieces.columns import cell as safe

BYTE_ORDER_MARK: Final = "\ufeff"
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
    if register.questions():
        written["questions.csv"] = _table(*question_table(register, language), language)
    if register.changes is not None:
        written["changes.csv"] = _table(*change_table(register, language), language)
    written["proof.csv"] = _table(*proof_table(register, language), language)
    return written


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], language: str) -> bytes:
    written = io.StringIO()
    table = csv.writer(written, delimiter=_DELIMITER[language], lineterminator="\r\n")
    table.writerow(heads)
    table.writerows([safe(each) for each in row] for row in rows)
    mark = BYTE_ORDER_MARK if language == "fr" else ""
    return (mark + written.getvalue()).encode("utf-8", "backslashreplace")
