"""Rows under a header, padded to the width of their columns; and what a column of a table is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sovlint.report.pieces.style import columns_of, pad

GAP = 2
"""Blanks between two columns."""

Row = Mapping[str, str]
"""Texts by the names of their columns."""


def widths_of(rows: Iterable[Row], names: Sequence[str]) -> dict[str, int]:
    """How wide each column is."""
    listed = list(rows)
    return {name: max(columns_of(row[name]) for row in listed) for name in names}


def aligned(row: Row, widths: Mapping[str, int]) -> str:
    """A row as a line, with the columns that have a width."""
    return (" " * GAP).join(pad(row[name], width) for name, width in widths.items()).rstrip()
