"""A register as the supervisors take it: a report package of xBRL-CSV (https://www.xbrl.org/Specification/xbrl-csv/).

Nothing is validated here: the taxonomy isn't at hand. Columns, codes and parameters are those of the form.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from sovlint.errors import SovlintError
from sovlint.registers.cells import Cell
from sovlint.registers.forms import ColumnForm, ColumnType, Filing
from sovlint.registers.lei import is_lei
from sovlint.registers.register import Register, Sheet
from sovlint.registers.words import content_text

EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""The time that every file of the package has: it says nothing."""


def render(register: Register, language: str) -> bytes:
    """The package as a ZIP file; the language has no bearing on it. Raises ``SovlintError`` for a register that isn't
    filed so, where something is wrong with it, and where the LEI of whoever files it is a blank."""
    filing = register.form.filing
    if filing is None:
        raise SovlintError(
            f"The register `{register.form.id}` isn't filed as xBRL-CSV.",
            "Choose another format.",
        )
    if register.problems:
        raise SovlintError(
            f"The package isn't written: {len(register.problems)} things are wrong with the register, as said above.",
            "Mend them in the answers or in the inventory.",
        )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        # A report package has one folder at its top, in which all else is.
        top = f"{_filer(register, filing)}.IND_{register.form.id.upper()}_{_reference_day(register.as_of)}"
        for name, data in _files(register, filing):
            package.writestr(zipfile.ZipInfo(f"{top}/{name}", EARLIEST), data)
    return written.getvalue()


def _files(register: Register, filing: Filing) -> Iterator[tuple[str, str]]:
    yield "META-INF/reportPackage.json", _json("https://xbrl.org/report-package/2023")
    extends = {"extends": [filing.entry_point]}
    yield "reports/report.json", _json("https://xbrl.org/2021/xbrl-csv", extends)
    parameters = {
        "entityID": f"rs:{_filer(register, filing)}.IND",
        "refPeriod": _reference_day(register.as_of).isoformat(),
        "baseCurrency": f"iso4217:{filing.currency}",
        "decimalsInteger": "0",
        "decimalsMonetary": "-3",
    }
    yield "reports/parameters.csv", _table(["name", "value"], parameters.items())
    reported = ((each.form.id, "true" if each.rows else "false") for each in register.sheets)
    yield "reports/FilingIndicators.csv", _table(["templateID", "reported"], reported)
    for sheet in register.sheets:
        columns = [each for each in sheet.form.columns if each.is_filed]
        rows = (
            [_filed(row.cells[column.id], column, register, filing) for column in columns]
            for row in sheet.rows
        )
        name = f"reports/{sheet.form.id.casefold()}.csv"
        yield name, _table([each.id for each in columns], rows)


def _filer(register: Register, filing: Filing) -> str:
    """The LEI of whoever files."""
    sheet_id, _, column = filing.filer.rpartition(".")
    sheet: Sheet = register.sheet(sheet_id)
    for row in sheet.rows:
        cell = row.cells[column]
        if not cell.is_blank and cell.contents and is_lei(str(cell.contents[0])):
            return str(cell.contents[0])
    raise SovlintError(
        "The file for supervisors is named after the LEI of the entity that files, which is a blank or isn't one.",
        "Answer `organisation.lei` in a file of answers: --answers FILE.",
    )


def _reference_day(day: date) -> date:
    """The day that a register is of: the last one of the year before (EBA Q&A 2025_7387)."""
    return date(day.year - 1, 12, 31)


def _filed(cell: Cell, column: ColumnForm, register: Register, filing: Filing) -> str:
    """A cell as it is filed: nothing where it is a blank, or isn't asked."""
    if cell.is_blank or not cell.contents:
        return ""
    text = content_text(cell.contents[0], "en")
    if column.type is ColumnType.YES_NO:
        return filing.yes_no[text]
    if column.type is ColumnType.COUNTRY:
        return f"{filing.country_prefix}{text}"
    code = register.form.codes_of(column).codes.get(text)
    return code.filed if code is not None else text


def _json(document_type: str, more: Mapping[str, object] | None = None) -> str:
    info = {"documentType": document_type, **(more or {})}
    return json.dumps({"documentInfo": info}, indent=2) + "\n"


def _table(heads: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(heads)
    table.writerows(rows)
    return written.getvalue()
