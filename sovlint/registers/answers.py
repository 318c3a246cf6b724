"""What people answered to the questions of registers: a YAML file of ids and answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from msgspec import Struct

from sovlint.errors import SovlintError
from sovlint.files.regular_files import regular_bytes
from sovlint.model.source import Span
from sovlint.model.text import BLANK, Bilingual, Note
from sovlint.model.value import Step
from sovlint.registers.cells import Cell, CellOrigin, Question, blank

GivenAnswer = str | bool | int | date
NONE: Final = frozenset(("none", "aucun", "aucune", "n/a", "not applicable", "sans objet"))
"""What says that there is none, where a question allows for that."""


class GivenAnswers(Struct, frozen=True):
    """Answers by the ids of their questions, each with the place where it stands."""

    by_id: Mapping[str, tuple[tuple[GivenAnswer, ...], Span]] = {}

    def cell(self, question: Question, note: Note | None = None) -> Cell:
        """The answer to a question as a cell, or a blank; ``note`` says what is known all the same."""
        given = self.by_id.get(question.id)
        if given is None:
            return blank(question, note)
        contents, where = given
        chain = Step(where, Note("registers.answered-here", {"id": question.id}))
        if not contents or all(each in NONE for each in contents):
            if question.optional:
                return Cell(CellOrigin.NONE, (), (chain,), question=question)
            if not contents:
                return blank(question, note)
        return Cell(CellOrigin.ATTESTED, contents, (chain,), question=question)

    def ask(self, id: str, text: Note | Bilingual, note: Note | None = None) -> Cell:
        """The same of a question that is made up of its id and words."""
        return self.cell(Question(id, text), note)

    def unused(self, asked: Iterable[str]) -> list[tuple[str, Span]]:
        """The ids that no question of the register has, with their places."""
        known = set(asked)
        return [(id, where) for id, (_, where) in self.by_id.items() if id not in known]


def read_answers(paths: Iterable[Path]) -> GivenAnswers:
    """The answers of files, of which a later one wins; blanks that were left in them (``???``) are none.

    Raises ``SovlintError`` with file, line and column for a file that isn't there, that is no mapping of ids, or that
    answers with something else than a text, a number, a day, yes or no, or a list of these.
    """
    found: dict[str, tuple[tuple[GivenAnswer, ...], Span]] = {}
    for path in paths:
        found |= _file(path)
    return GivenAnswers(found)


def _file(path: Path) -> dict[str, tuple[tuple[GivenAnswer, ...], Span]]:
    from sovlint import documents  # imported late: brings in yaml

    data = _bytes(path)
    try:
        document = next(iter(documents.load(data, str(path))), None)
    except documents.DocumentError as error:
        raise SovlintError(f"{path}:{error.line}:{error.column}: {error}.") from None
    if document is None or document.data is None:
        return {}
    if not isinstance(document.data, dict):
        raise SovlintError(
            f"{path}:1:1: no mapping of questions to answers.",
            "Begin with what `sovlint register NAME --questions FILE` writes.",
        )
    for key, span, _ in document.duplicates:
        raise SovlintError(f"{span.position}: the key `{key}` stands here a second time.")
    answers: dict[str, tuple[tuple[GivenAnswer, ...], Span]] = {}
    for id, said in document.data.items():
        where = document.span((id,))
        listed = said if isinstance(said, list) else [said]
        contents = tuple(str(each) if isinstance(each, float) else each for each in listed)
        if not all(isinstance(each, str | bool | int | date) for each in contents):
            raise SovlintError(
                f"{where.position}: `{id}` isn't answered with a text, a number, a day, yes or no, or a list of these."
            )
        if BLANK not in contents:
            answers[str(id)] = (contents, where)
    return answers


def _bytes(path: Path) -> bytes:
    try:
        data = regular_bytes(str(path))
    except OSError as error:
        raise SovlintError(f"{path} can't be read: {error.strerror}.") from None
    if isinstance(data, Note):
        raise SovlintError(f"{path} is no file, or too large to hold answers.")
    return data
