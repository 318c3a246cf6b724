"""What a front end has read so far, until all of it makes one ``Reading``."""

from __future__ import annotations

from msgspec import Struct, field

from sovlint.documents import Document, DocumentError
from sovlint.model.exception import Ignore
from sovlint.model.resources.reading import Failure, Reading, Remark, Unit
from sovlint.model.resources.resource import Resource
from sovlint.model.source import Span
from sovlint.model.text import Note


class Harvest(Struct):
    """What has been read so far, by the names of ``Reading``. Each failure and remark counts once."""

    resources: list[Resource] = field(default_factory=list)
    failures: dict[Failure, None] = field(default_factory=dict)
    remarks: dict[Remark, None] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    ignores: list[Ignore] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    unquoted: list[str] = field(default_factory=list)
    recognised: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    overridden: list[tuple[str, int]] = field(default_factory=list)

    def fail(self, where: Span | str, key: str, **params: object) -> None:
        """A failure at a place, or of a file as a whole."""
        self.refuse(where, Note(key, params))

    def refuse(self, where: Span | str, note: Note) -> None:
        """A failure for a reason that has its words already."""
        if isinstance(where, Span):
            self.failures[Failure(where.path, where.line, where.column, note)] = None
        else:
            self.failures[Failure(where, None, None, note)] = None

    def fail_parsing(self, path: str, error: DocumentError, key: str) -> None:
        """A failure where a file can't be parsed any further."""
        note = Note(key, {"problem": error.problem})
        self.failures[Failure(path, error.line, error.column, note)] = None

    def fail_duplicates(self, document: Document, key: str) -> None:
        """A failure for each key that stands twice in one mapping."""
        for name, where, _ in document.duplicates:
            self.fail(where, key, name=name)

    def remark(self, where: Span | str, key: str, **params: object) -> None:
        """A remark at a place, or on a file as a whole."""
        at = (where.path, where.line) if isinstance(where, Span) else (where,)
        self.remarks[Remark(Note(key, params), *at)] = None

    def remark_duplicates(self, document: Document, key: str) -> None:
        """A remark for each key that stands twice in one mapping."""
        for name, where, _ in document.duplicates:
            self.remark(where, key, name=name)

    def add(self, other: Harvest) -> None:
        """All that another one has."""
        for name in Harvest.__struct_fields__:
            mine, theirs = getattr(self, name), getattr(other, name)
            if isinstance(mine, dict):
                mine.update(theirs)
            else:
                mine.extend(theirs)

    def reading(self) -> Reading:
        """All of it."""
        return Reading(
            **{name: tuple(getattr(self, name)) for name in Harvest.__struct_fields__}
        )
