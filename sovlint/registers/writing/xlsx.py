"""A register as a workbook: what it is, its sheets, the questions and the proof. The same bytes for the same register."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from sovlint.registers.cells import Cell, CellOrigin
from sovlint.registers.forms import ColumnForm
from sovlint.registers.register import Register, Sheet
from sovlint.registers.words import cell_text, record_lines
from sovlint.registers.writing.about import about
from sovlint.registers.writing.proof import change_table, proof_table, question_table
from sovlint.report.messages import phrase

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

LONGEST: Final = 32_000
"""Characters that a cell of a workbook may hold, about."""
LONGEST_NAME: Final = 31
"""Characters of the name of a sheet."""
_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))

_STYLES: Final[Mapping[str, Mapping[str, object]]] = {
    "head": {"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "border": 1},
    "title": {"bold": True, "font_size": 14},
    "fact": {"border": 1},
    "attested": {"border": 1, "bg_color": "#E2EFDA"},
    "blank": {"border": 1, "bg_color": "#FFF2CC"},
    "not-applicable": {"border": 1, "font_color": "#7F7F7F"},
}
"""How cells look, by their origin: a blank is told by its text too, so that colour isn't needed."""


def render(register: Register, language: str) -> bytes:
    """The workbook. Raises ``ModuleNotFoundError`` where XlsxWriter isn't there."""
    import xlsxwriter  # an extra

    stream = io.BytesIO()
    # Texts stay texts: what a scanned file says is no formula and no link.
    workbook = xlsxwriter.Workbook(
        stream,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    day = datetime(register.as_of.year, register.as_of.month, register.as_of.day)
    workbook.set_properties({"title": register.form.title[language], "created": day})
    laid = {
        name: {**look, "text_wrap": True, "valign": "top"} for name, look in _STYLES.items()
    }
    left = {f"{name}-number": {**look, "align": "left"} for name, look in laid.items()}
    days = {
        f"{name}-day": {**look, "num_format": "yyyy-mm-dd", "align": "left"}
        for name, look in laid.items()
    }
    looks = {**laid, **left, **days}
    styles = {name: workbook.add_format(look) for name, look in looks.items()}
    _about(workbook, register, styles, language)
    for sheet in register.sheets:
        _sheet(workbook, sheet, register, styles, language)
    if register.questions():
        heads, rows = question_table(register, language)
        heads.append(phrase("registers.question-answer", language))
        answered = [[*row, ""] for row in rows]
        _plain(workbook, "questions", (heads, answered), (40, 80, 12, 40), styles, language)
    if register.changes is not None:
        changed = change_table(register, language)
        _plain(workbook, "changes", changed, (18, 30, 14, 30, 36, 36), styles, language)
    proofs = proof_table(register, language)
    _plain(workbook, "proof", proofs, (18, 24, 26, 36, 20, 70, 70), styles, language)
    workbook.close()
    return stream.getvalue()


def _about(
    workbook: Workbook, register: Register, styles: dict[str, Format], language: str
) -> None:
    page = _page(workbook, phrase("registers.about-title", language))
    page.set_column(0, 0, 110)
    page.write_string(0, 0, register.form.title[language], styles["title"])
    for line, text in enumerate(about(register, language), start=2):
        page.write_string(line, 0, text[:LONGEST], styles["fact"])


def _sheet(
    workbook: Workbook,
    sheet: Sheet,
    register: Register,
    styles: dict[str, Format],
    language: str,
) -> None:
    title = sheet.form.title[language]
    # A sheet that has a code of its own is called by that: names of sheets are short.
    page = _page(workbook, sheet.form.id if title.startswith(sheet.form.id) else title)
    write = _CellWriter(page, styles, register, language)
    if not sheet.rows:
        page.write_string(1, 0, phrase("registers.no-rows", language), styles["fact"])
    if sheet.form.layout != "grid":
        _records(page, sheet, write)
        return
    page.freeze_panes(1, sum(1 for each in sheet.form.columns if each.key) or 1)
    for at, column in enumerate(sheet.form.columns):
        page.set_column(at, at, column.width)
        write.head(0, at, column)
    for line, row in enumerate(sheet.rows, start=1):
        for at, column in enumerate(sheet.form.columns):
            write.cell((line, at), row.cells[column.id], column)
    page.repeat_rows(0)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.form.columns) - 1)


def _records(page: Worksheet, sheet: Sheet, write: _CellWriter) -> None:
    """The columns of a row below each other, and an empty line after each row."""
    page.set_column(0, 0, 52)
    page.set_column(1, 1, 90)
    height = len(sheet.form.columns) + 1
    for number, row in enumerate(sheet.rows):
        for line, column in enumerate(sheet.form.columns, start=number * height):
            write.head(line, 0, column)
            write.record((line, 1), row.cells[column.id], column)


class _CellWriter:
    """Writes heads and cells of a register to a page."""

    def __init__(
        self, page: Worksheet, styles: dict[str, Format], register: Register, language: str
    ) -> None:
        self._page = page
        self._styles = styles
        self._register = register
        self._language = language

    def head(self, line: int, at: int, column: ColumnForm) -> None:
        """The title of a column."""
        self._page.write_string(line, at, column.title[self._language], self._styles["head"])

    def cell(self, where: tuple[int, int], cell: Cell, column: ColumnForm) -> None:
        """What a cell says: a number and a day as such, all else as text."""
        line, at = where
        style = self._styles[cell.origin.value]
        content = cell.contents[0] if len(cell.contents) == 1 else None
        if type(content) is int and cell.origin is not CellOrigin.BLANK:
            number = self._styles[f"{cell.origin.value}-number"]
            self._page.write_number(line, at, content, number)
            return
        if isinstance(content, date):
            day = self._styles[f"{cell.origin.value}-day"]
            self._page.write_datetime(line, at, content, day)
            return
        text = cell_text(cell, column, self._register, self._language)
        self._page.write_string(line, at, text[:LONGEST], style)

    def record(self, where: tuple[int, int], cell: Cell, column: ColumnForm) -> None:
        """What a cell says where there is room: with the question of a blank, and who vouches for it."""
        lines = record_lines(cell, column, self._register, self._language)
        if len(lines) == 1:
            self.cell(where, cell, column)
            return
        style = self._styles[cell.origin.value]
        self._page.write_string(*where, "\n".join(lines)[:LONGEST], style)


def _plain(
    workbook: Workbook,
    name: str,
    table: tuple[Sequence[str], Sequence[Sequence[str]]],
    widths: Sequence[int],
    styles: dict[str, Format],
    language: str,
) -> None:
    """A sheet that every register may have: a head, and rows of text."""
    page = _page(workbook, phrase(f"registers.{name}-title", language))
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    heads, rows = table
    for at, (head, width) in enumerate(zip(heads, widths, strict=True)):
        page.set_column(at, at, width)
        page.write_string(0, at, head, styles["head"])
    for line, row in enumerate(rows, start=1):
        for at, text in enumerate(row):
            page.write_string(line, at, text[:LONGEST], styles["fact"])
    page.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)


def _page(workbook: Workbook, title: str) -> Worksheet:
    """A sheet, printed across, one page wide, with its name above and the number of the page below."""
    page = workbook.add_worksheet(title.translate(_FORBIDDEN)[:LONGEST_NAME])
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_header("&L&A")
    page.set_footer("&R&P / &N")
    return page
