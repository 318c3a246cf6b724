"""What tests of registers say of the cells of a register as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_SHOWN = {"blank": "???", "not-applicable": "-"}


def said(cells: Mapping[str, Any], *columns: str) -> list[str]:
    """What columns say; ``???`` for a blank, ``-`` for what isn't asked."""
    return [
        _SHOWN.get(cells[each]["origin"]) or "; ".join(cells[each].get("content", []))
        for each in columns
    ]


def unproven(sheets: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str, str]]:
    """The cells (sheet, row and column) that have neither what led to them nor a question, or say nothing."""
    for sheet, rows in sheets.items():
        for name, cells in rows.items():
            for column, cell in cells.items():
                led = cell.get("because") or cell.get("sources") or cell.get("question")
                empty = cell["origin"] in ("fact", "attested") and not any(cell["content"])
                if cell["origin"] != "not-applicable" and (empty or not led):
                    yield sheet, name, column
