"""Forms of registers: each is whole, says where it comes from, and is drafted by somebody."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from sovlint.registers.drafting import REGISTERS
from sovlint.registers.forms import ColumnType, form, form_ids
from sovlint.registers.writing.xlsx import LONGEST_NAME


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


@pytest.mark.parametrize("id", form_ids())
def test_workbooks_call_sheets_by_their_whole_titles(id: str) -> None:
    """But for those that have a code of their own."""
    for sheet in form(id).sheets:
        titles = (sheet.title.en, sheet.title.fr)
        assert all(
            title.startswith(sheet.id) or len(title) <= LONGEST_NAME for title in titles
        )


@pytest.mark.parametrize("id", form_ids())
def test_subjects_are_columns(id: str) -> None:
    for sheet in form(id).sheets:
        assert set(sheet.subjects) <= {column.id for column in sheet.columns}


def test_the_help_names_every_register() -> None:
    told = CliRunner().invoke(main, ["register", "--help"]).output
    assert all(id in told for id in form_ids())


def test_what_no_sheet_has_is_an_error() -> None:
    with pytest.raises(KeyError):
        form("report").sheet("none")
    with pytest.raises(KeyError):
        form("report").sheet("findings").column("none")
