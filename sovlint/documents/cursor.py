"""Going through a document step by step: what stands at a path, and where that is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from sovlint.documents.attributes import text_value
from sovlint.documents.document import Document
from sovlint.documents.paths import data_at, paths_to
from sovlint.documents.places import Path
from sovlint.model.source import Span
from sovlint.model.value import Value
from sovlint.rules.keys import path_parts


class Cursor(Struct, frozen=True):
    """What stands at a path of a document. Where there is nothing, ``data`` is ``None``."""

    document: Document
    path: Path
    data: Any

    @classmethod
    def of(cls, document: Document, path: Path = ()) -> Cursor:
        """A cursor at a path."""
        return cls(document, path, data_at(document.data, path))

    @property
    def where(self) -> Span:
        """Where it is written, or what is around it."""
        return self.document.span(self.path)

    @property
    def parent(self) -> Cursor:
        """What it stands in."""
        return Cursor.of(self.document, self.path[:-1])

    def at(self, *path: str | int) -> Cursor:
        """What stands at a path from here."""
        return Cursor(self.document, (*self.path, *path), data_at(self.data, path))

    def every(self, path: str) -> Iterator[Cursor]:
        """All that a dotted path from here leads to; ``*`` stands for any key or index."""
        return (self.at(*each) for each in paths_to(self.data, path_parts(path)))

    def text(self, *path: str | int) -> str:
        """The text at a path from here; empty for anything else."""
        found = data_at(self.data, path)
        return found if isinstance(found, str) else ""

    def mapping(self, *path: str | int) -> dict[str, Any]:
        """The mapping at a path from here; empty for anything else."""
        found = data_at(self.data, path)
        return found if isinstance(found, dict) else {}

    def entries(self, *path: str | int) -> Iterator[tuple[str, Cursor]]:
        """The entries of the mapping at a path from here."""
        return ((key, self.at(*path, key)) for key in self.mapping(*path))

    def items(self, *path: str | int) -> Iterator[Cursor]:
        """The items of the list at a path from here."""
        found = data_at(self.data, path)
        return (
            self.at(*path, index)
            for index in range(len(found) if isinstance(found, list) else 0)
        )

    def mappings(self, *path: str | int) -> Iterator[Cursor]:
        """Those of the items that are mappings."""
        return (each for each in self.items(*path) if isinstance(each.data, dict))

    def value(self, note: str) -> Value | None:
        """The text here as a value, ``note`` being the key of what says so; ``None`` for anything else."""
        return text_value(self.data, self.where, note) if isinstance(self.data, str) else None
