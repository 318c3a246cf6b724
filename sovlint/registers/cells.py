"""What stands in one cell of a register, and why: a fact with its chain, an attestation, or a blank with its question."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct

from sovlint.model.placement import Source
from sovlint.model.text import Bilingual, Note
from sovlint.model.value import Because

Content = str | bool | int | date | Bilingual | Note
"""What a cell says: a code or a text as it is, or words that are rendered in the reader's language."""


class ContentKind(StrEnum):
    """What a content is, where it is written as text."""

    TEXT = "text"
    WORDS = "words"
    """A sentence or a name that each language has its own of."""
    NUMBER = "number"
    YES_NO = "yes-no"
    DAY = "day"


def kind_of(content: Content) -> ContentKind:
    """What a content is."""
    match content:
        case Note() | Bilingual():
            return ContentKind.WORDS
        case bool():
            return ContentKind.YES_NO
        case int():
            return ContentKind.NUMBER
        case date():
            return ContentKind.DAY
    return ContentKind.TEXT


class CellOrigin(StrEnum):
    """Where the content of a cell comes from."""

    FACT = "fact"
    """What the repository or the catalogue says, or what follows from the register itself (a rank, a key)."""
    ATTESTED = "attested"
    """What somebody vouches for, in an attestation or in the answer to a question."""
    BLANK = "blank"
    """What no code can know. The cell has the question."""
    NONE = "not-applicable"
    """What isn't asked of this row."""


class Question(Struct, frozen=True):
    """What would fill one or more blanks: an id that answers are given under, and the words to ask it with. ``codes`` are
    those that an answer may be, with what they mean; none where it may be anything. ``optional``: that there is none is an
    answer too. ``subject`` is what the row that asks is of, where the words don't name it."""

    id: str
    text: Note | Bilingual
    codes: tuple[tuple[str, Bilingual], ...] = ()
    optional: bool = False
    subject: tuple[Content, ...] = ()


class Cell(Struct, frozen=True):
    """One cell. ``contents`` are its values (several where a column takes a list; none in a blank).

    ``because`` leads to places of the repository, ``sources`` to pages that were read. ``attested_by`` is the role that
    vouches for it. ``question`` is what would fill a blank, or what was answered. ``note`` says what is known all the same.
    """

    origin: CellOrigin
    contents: tuple[Content, ...] = ()
    because: tuple[Because, ...] = ()
    sources: tuple[Source, ...] = ()
    attested_by: str = ""
    question: Question | None = None
    note: Note | None = None
    is_refused: bool = False
    """Whether it is a blank that was answered, and stays one: the note says why."""

    @property
    def is_blank(self) -> bool:
        """Whether somebody has to fill it."""
        return self.origin is CellOrigin.BLANK


def fact(
    *contents: Content,
    because: tuple[Because, ...] = (),
    sources: tuple[Source, ...] = (),
    note: Note | None = None,
) -> Cell:
    """What is read or known."""
    return Cell(CellOrigin.FACT, contents, because, sources, note=note)


def attested(
    *contents: Content,
    by: str,
    because: tuple[Because, ...] = (),
    sources: tuple[Source, ...] = (),
) -> Cell:
    """What a role vouches for."""
    return Cell(CellOrigin.ATTESTED, contents, because, sources, attested_by=by)


def blank(question: Question, note: Note | None = None) -> Cell:
    """What is to be filled; ``note`` says what is known all the same."""
    return Cell(CellOrigin.BLANK, question=question, note=note)


def refused(question: Question, why: Note) -> Cell:
    """A blank that an answer doesn't fill."""
    return Cell(CellOrigin.BLANK, question=question, note=why, is_refused=True)


NOT_APPLICABLE = Cell(CellOrigin.NONE)
