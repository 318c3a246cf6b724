"""Forms of registers: each is whole, says where it comes from, and is drafted by somebody."""

from __future__ import annotations

import pytest

from sovlint.registers.drafting import REGISTERS
from sovlint.registers.forms import ColumnType, form, form_ids


def test_every_form_is_drafted() -> None:
    assert set(form_ids()) == set(REGISTERS)


@pytest.mark.parametrize("id", form_ids())
def test_a_form_is_whole(id: str) -> None:
    found = form(id)
    assert found.id == id
    assert len({sheet.id for sheet in found.sheets}) == len(found.sheets)
    for sheet in found.sheets:
        ids = [column.id for column in sheet.columns]
        assert len(set(ids)) == len(ids)
        assert sheet.layout in ("grid", "record", "letter")
        assert any(column.key for column in sheet.columns)
        for column in sheet.columns:
            assert not column.source or column.source in found.sources
            assert bool(found.codes_of(column).codes) == (column.type is ColumnType.CODE), (
                column.id
            )


def test_what_no_sheet_has_is_an_error() -> None:
    with pytest.raises(KeyError):
        form("report").sheet("none")
    with pytest.raises(KeyError):
        form("report").sheet("findings").column("none")
