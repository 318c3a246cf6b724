"""The forms of registers: which sheets and columns they have, of which type, by which source. Forms are data."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, convert
from msgspec.structs import replace

from sovlint.model.placement import Source
from sovlint.model.text import Bilingual

FOLDER: Final = Path(__file__).parent / "forms"


class ColumnType(StrEnum):
    """What a column takes."""

    TEXT = "text"
    CODE = "code"
    """One of the codes of a list of the form."""
    COUNTRY = "country"
    """ISO 3166-1 alpha-2."""
    DATE = "date"
    YES_NO = "yes-no"
    NUMBER = "number"
    IDENTIFIER = "identifier"
    """A code that identifies a company. One that has the form of an LEI has to be one."""
    LEI = "lei"
    """A legal entity identifier, whose check digits are tested (ISO 17442)."""


class OverAll(StrEnum):
    """What a column says of several repositories that are told in one row, where not all of them say the same."""

    AGREED = "agreed"
    """It is about the company or the contract itself, which is the same in each: what one shows holds where others are
    blank. Where two differ, it is a blank."""
    YES = "yes"
    """It is so where it is so in one: a yes stands, and a no takes a no of each."""
    NO = "no"
    """It is so where it is so in each: a no stands, and a yes takes a yes of each."""
    HIGHEST = "highest"
    """The last code of its list that any of them says. That one says nothing leaves it open, unless nothing is higher."""
    EVERY = "every"
    """It is known only where each of them knows it."""
    DAY = "day"
    """The day of the register itself."""
    SOURCES = "sources"
    """How many sources stand behind it in all of them."""


class ListedCode(Bilingual, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a code means, and what it is ``filed`` as where a file for a supervisor takes another one."""

    filed: str = ""


class CodeList(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The codes that a column takes. ``shows_codes``: people know them by their codes, and are shown these too."""

    codes: Mapping[str, ListedCode]
    shows_codes: bool = False


NO_CODES: Final = CodeList({})


class ColumnForm(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A column. ``key``: it is part of what tells one row from another. ``ask`` is the question where nothing shows its
    content; a column without one is always filled. ``several``: it takes a list. ``codes`` is the name of a list of the
    form, ``source`` a key of its sources. ``refers`` is the sheet and column that has to have its
    content (``B_02.01.c0010``). ``is_filed``: it is part of what a supervisor is
    given. ``width``: characters that it is shown with.

    Of several repositories in one register: ``over_all`` is what it says of them all. ``nothing``: the keys of messages
    that say that there is none. ``numbered``: what stands before numbers that a draft gives itself. ``follows``: the
    column whose answer fills this one too, where both are one question: the type of a code, or whether a state is in the
    EEA. ``proves``: an answer has to name what proves it."""

    id: str
    title: Bilingual
    type: ColumnType = ColumnType.TEXT
    key: bool = False
    required: bool = True
    several: bool = False
    codes: str = ""
    ask: Bilingual | None = None
    refers: str = ""
    is_filed: bool = True
    meanings: tuple[tuple[str, Bilingual], ...] = ()
    """The codes with what they mean, of the list that is named; no form says it here."""
    source: str = ""
    width: int = 18
    over_all: OverAll = OverAll.AGREED
    nothing: tuple[str, ...] = ()
    numbered: str = ""
    follows: str = ""
    proves: bool = False


class FleetForm(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What a register says of itself where it is of several repositories. ``repositories`` is the title of the column that
    names those that a row rests on."""

    about: Bilingual
    limits: tuple[Bilingual, ...]
    repositories: Bilingual


class SheetForm(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A table of a register. ``lead`` is what stands above it. ``layout``: a ``grid`` of rows, a ``record``, which
    has the columns of one row below each other, or a ``letter``: a page for each row, with the columns of its key at the
    head, then ``lead``, whose last line closes it. ``subjects`` are the columns that say of what a row is, for its
    questions and its proof; none where there is but one row. ``tells``: the sheet and column that say the same of rows of
    several repositories that are one (``B_03.02.c0020``), where keys alone don't show that."""

    id: str
    title: Bilingual
    columns: tuple[ColumnForm, ...]
    lead: tuple[Bilingual, ...] = ()
    layout: str = "grid"
    subjects: tuple[str, ...] = ()
    source: str = ""
    tells: str = ""

    def column(self, id: str) -> ColumnForm:
        """The column of an id. Raises ``KeyError`` for an id that no column has."""
        found = next((each for each in self.columns if each.id == id), None)
        if found is None:
            raise KeyError(f"{self.id} has no column {id}")
        return found


class Filing(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """How a register is filed as xBRL-CSV: the entry point of the taxonomy, the currency of its amounts, and the sheet and
    column that say who files (``B_01.01.c0010``). ``country_prefix`` stands before the code of a country; ``yes_no`` are
    the codes of ``true`` and ``false``."""

    entry_point: str
    currency: str
    filer: str
    country_prefix: str
    yes_no: Mapping[str, str]


class RegisterForm(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A register. ``sources`` are the texts that ask for it, by a key that sheets and columns name. ``limits`` is what
    it says of itself: what it is no proof of. ``lists`` are the codes that columns take, by a name. ``mappings`` say which
    code follows from a word of the catalogue, by a name. ``filing`` is how it is filed, where that is asked for."""

    id: str
    title: Bilingual
    about: Bilingual
    sheets: tuple[SheetForm, ...]
    sources: Mapping[str, FormSource] = {}
    limits: tuple[Bilingual, ...] = ()
    lists: Mapping[str, CodeList] = {}
    mappings: Mapping[str, Mapping[str, str]] = {}
    filing: Filing | None = None
    unfilled: Bilingual | None = None
    """What stands in a blank where people read it; ``None``: the mark of blanks."""
    fleet: FleetForm | None = None
    """``None``: those of several repositories aren't put together."""

    def codes_of(self, column: ColumnForm) -> CodeList:
        """The codes that a column takes; none where it takes no codes."""
        return self.lists[column.codes] if column.codes else NO_CODES

    def sheet(self, id: str) -> SheetForm:
        """The sheet of an id. Raises ``KeyError`` for an id that no sheet has."""
        found = next((each for each in self.sheets if each.id == id), None)
        if found is None:
            raise KeyError(f"{self.id} has no sheet {id}")
        return found


class FormSource(Struct, frozen=True, forbid_unknown_fields=True):
    """A text that a form rests on, as the catalogue writes its sources; ``basis`` is ``read`` or ``background``."""

    url: str
    date: str
    supports: Bilingual
    basis: str = "read"

    def cited(self) -> Source:
        """The same as a source of a fact."""
        return Source(
            self.url,
            self.date,
            self.supports.en,
            self.basis == "background",
            self.supports.fr,
        )


@cache
def form(id: str) -> RegisterForm:
    """The form of a register. Raises ``ValidationError`` (msgspec) where it isn't one, which the tests rule out."""
    from sovlint import documents  # imported late: brings in yaml

    path = FOLDER / f"{id}.yaml"
    document = next(iter(documents.load(path.read_bytes(), path.name)))
    data: Any = document.data
    found = convert(data, RegisterForm)
    sheets = tuple(
        replace(
            sheet, columns=tuple(_with_meanings(column, found) for column in sheet.columns)
        )
        for sheet in found.sheets
    )
    return replace(found, sheets=sheets)


def _with_meanings(column: ColumnForm, of: RegisterForm) -> ColumnForm:
    listed = of.codes_of(column).codes
    meanings = tuple((code, Bilingual(each.en, each.fr)) for code, each in listed.items())
    return replace(column, meanings=meanings)


def form_ids() -> tuple[str, ...]:
    """The ids of all registers that ship, sorted."""
    return tuple(sorted(each.stem for each in FOLDER.glob("*.yaml")))
