"""Cells of tables: padded to the width of their columns, or as a spreadsheet reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sovlint.model.redaction.redact import mask, printable
from sovlint.report.pieces.style import columns_of, pad

GAP = 2
"""Blanks between two columns."""

Row = Mapping[str, str]
"""Texts by the names of their columns."""


SEPARATOR: Final = ";"
"""What stands between several values of one cell."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell begins with that a spreadsheet takes for a formula (OWASP, "CSV Injection"), in full width too."""


def widths_of(rows: Iterable[Row], names: Sequence[str]) -> dict[str, int]:
    """How wide each column is."""
    listed = list(rows)
    return {name: max(columns_of(row[name]) for row in listed) for name in names}


def aligned(row: Row, widths: Mapping[str, int]) -> str:
    """A row as a line, with the columns that have a width."""
    return (" " * GAP).join(pad(row[name], width) for name, width in widths.items()).rstrip()


def cell(value: object) -> str:
    """A value as a cell that no spreadsheet acts on: a quote before what would be a formula, escapes for what isn't
    shown as itself."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        value = SEPARATOR.join(str(each) for each in value)
    text = mask(str(value))
    text = f"'{text}" if text.startswith(_FORMULA) or text.lstrip()[:1] in _FORMULA else text
    return printable(text)
