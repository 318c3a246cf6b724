"""A register that was written as JSON, read again: words are those of the languages that it was written in.

What several repositories are put together of is written by each in every language (``carried``), and read by whoever puts
it together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

import msgspec
from msgspec import Struct

from sovlint.errors import SovlintError
from sovlint.model.placement import Source
from sovlint.model.source import Span
from sovlint.model.text import LANGUAGES, Bilingual, Note
from sovlint.model.value import Step
from sovlint.model.world import World
from sovlint.registers.cells import Cell, CellOrigin, Content, ContentKind, Question
from sovlint.registers.forms import RegisterForm, SheetForm, form, form_ids
from sovlint.registers.register import Register, RegisterRow, Sheet

_HINT: Final = "`sovlint register NAME -f json` writes one."
_OF: Final = ": "
"""Between the name of a repository and the path of its file."""


class _WrittenStep(Struct):
    path: str
    line: int
    note: str
    repository: str = ""


class _WrittenQuestion(Struct):
    id: str
    text: str
    optional: bool = False
    subject: tuple[str, ...] = ()
    asked: str = ""


class _WrittenCell(Struct):
    origin: CellOrigin
    content: tuple[str, ...] = ()
    kinds: tuple[ContentKind, ...] = ()
    attested_by: str = ""
    because: tuple[_WrittenStep, ...] = ()
    sources: tuple[dict[str, Any], ...] = ()
    question: _WrittenQuestion | None = None
    note: str = ""


class _WrittenRow(Struct):
    name: str
    cells: Mapping[str, _WrittenCell]
    subject: tuple[str, ...] = ()


class _WrittenSheet(Struct):
    id: str
    rows: tuple[_WrittenRow, ...]


class _Written(Struct):
    """A register as its JSON has it, as far as it is read again."""

    register: str
    as_of: date
    sheets: tuple[_WrittenSheet, ...]
    problems: tuple[str, ...] = ()
    schema: int = 1


def carried(register: Register) -> str:
    """The JSON text of a register in every language, by its code: `read_back` reads it."""
    from sovlint.registers.writing.json_ import render

    texts = (f'"{each}": {render(register, each).decode().strip()}' for each in LANGUAGES)
    return f"{{{', '.join(texts)}}}\n"


def read_back(text: str | bytes, world: World, repository: str = "") -> Register:
    """The register of a JSON text: what ``-f json`` writes, or ``carried``. Its chains lead to files of ``repository``,
    which is named. ``world`` says what states are called.

    Raises ``SovlintError`` where the text is no register, or one of another version of its form.
    """
    written = _decoded(text)
    one, other = written[LANGUAGES[0]], written[LANGUAGES[-1]]
    if one.register not in form_ids():
        raise SovlintError(f"There is no register `{one.register}`.", _HINT)
    of = form(one.register)
    reader = _Reader(of, repository)
    try:
        pairs = zip(one.sheets, other.sheets, strict=True)
        sheets = tuple(reader.sheet(*each) for each in pairs)
        said = zip(one.problems, other.problems, strict=True)
        problems = tuple(_said(*each) for each in said)
    except ValueError as error:
        raise SovlintError(f"This is no register as JSON: {error}.", _HINT) from None
    return Register(of, one.as_of, sheets, world, problems)


def _decoded(text: str | bytes) -> Mapping[str, _Written]:
    """The register in English and in French."""
    try:
        both = json.loads(text)
        if not isinstance(both, dict) or "register" in both:
            both = dict.fromkeys(LANGUAGES, both)
        return {
            each: msgspec.convert(both[each], _Written, strict=False) for each in LANGUAGES
        }
    except (ValueError, KeyError, RecursionError) as error:
        raise SovlintError(f"This is no register as JSON: {error}.", _HINT) from None


def _sheet_form(of: RegisterForm, id: str) -> SheetForm:
    try:
        return of.sheet(id)
    except KeyError as error:
        raise _other_form(of, str(error.args[0])) from None


def _other_form(of: RegisterForm, what: str) -> SovlintError:
    return SovlintError(
        f"The register `{of.id}` was written by another version of sovlint: {what}.",
        "Draft it again.",
    )


class _Reader:
    """Reads sheets of a form, whose chains lead to files of one repository."""

    def __init__(self, of: RegisterForm, repository: str) -> None:
        self._of = of
        self._repository = repository

    def sheet(self, one: _WrittenSheet, other: _WrittenSheet) -> Sheet:
        """A sheet in both languages. Raises ``SovlintError`` for columns that aren't those of its form."""
        of = _sheet_form(self._of, one.id)
        columns = [each.id for each in of.columns]
        rows = []
        for row, same in zip(one.rows, other.rows, strict=True):
            if odd := row.cells.keys() ^ set(columns):
                raise _other_form(
                    self._of, f"{of.id}, row {row.name}: {', '.join(sorted(odd))}"
                )
            cells = {id: self._cell(row.cells[id], same.cells[id]) for id in columns}
            rows.append(RegisterRow(row.name, cells, _subject(row.subject, same.subject)))
        return Sheet(of, tuple(rows))

    def _cell(self, one: _WrittenCell, other: _WrittenCell) -> Cell:
        kinds = one.kinds or (ContentKind.TEXT,) * len(one.content)
        contents = zip(one.content, other.content, kinds, strict=True)
        asked, same = one.question, other.question
        return Cell(
            one.origin,
            tuple(_content(*each) for each in contents),
            tuple(self._chain(one.because, other.because)),
            tuple(msgspec.convert(each, Source) for each in one.sources),
            one.attested_by,
            _question(asked, same) if asked is not None and same is not None else None,
            _said(one.note, other.note) if one.note else None,
        )

    def _chain(
        self, ones: Sequence[_WrittenStep], others: Sequence[_WrittenStep]
    ) -> Iterable[Step]:
        """The steps one by one; which of them led to which isn't written. What stands at one line stays apart."""
        for at, (one, other) in enumerate(zip(ones, others, strict=True), start=1):
            repository = one.repository or self._repository
            path = f"{repository}{_OF}{one.path}" if repository else one.path
            yield Step(Span(path, one.line, at, one.line, at), _said(one.note, other.note))


def _content(text: str, in_french: str, kind: ContentKind) -> Content:
    match kind:
        case ContentKind.WORDS:
            return Bilingual(text, in_french)
        case ContentKind.NUMBER:
            return int(text)
        case ContentKind.YES_NO:
            return text == "true"
        case ContentKind.DAY:
            return date.fromisoformat(text)
    return text


def _question(one: _WrittenQuestion, other: _WrittenQuestion) -> Question:
    text = Bilingual(one.asked or one.text, other.asked or other.text)
    subject = _subject(one.subject, other.subject)
    return Question(one.id, text, optional=one.optional, subject=subject)


def _subject(ones: Sequence[str], others: Sequence[str]) -> tuple[Content, ...]:
    return tuple(Bilingual(*each) for each in zip(ones, others, strict=True))


def _said(in_english: str, in_french: str) -> Note:
    """A sentence that was written already."""
    return Note("registers.as-written", {"text": Bilingual(in_english, in_french)})
