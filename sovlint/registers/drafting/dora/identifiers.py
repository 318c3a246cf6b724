"""Codes that identify companies, and what type each is of."""

from __future__ import annotations

from sovlint.model.text import Note
from sovlint.registers.cells import NOT_APPLICABLE, Cell, CellOrigin, fact
from sovlint.registers.lei import is_lei


def code_type(code: Cell) -> Cell:
    """The type of a code: an LEI where its form and check digits are those of one. Nobody is asked twice: where the code
    is a blank, its question is that of the type too."""
    if code.origin is CellOrigin.NONE:
        return NOT_APPLICABLE
    if code.is_blank or not code.contents:
        return code
    written = str(code.contents[0])
    kind = "LEI" if is_lei(written) else "EUID" if _is_euid(written) else "other"
    return fact(kind, because=code.because, note=Note("registers.type-by-form"))


def _is_euid(written: str) -> bool:
    """Whether a code is made up like a European unique identifier: country, register, a full stop, number."""
    head, dot, number = written.partition(".")
    return bool(dot and number) and len(head) > 2 and head[:2].isalpha() and head.isupper()
