"""What a resource or a block of settings says: values at dotted paths, read on demand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import Value


class Found(Struct, frozen=True):
    """A value found at a path. ``sure`` is false where it stands in a block that may not exist."""

    value: Value
    where: Located
    sure: bool = True
    note: Note | None = None
    """What is seen there, where that isn't written at the path: a front end tells it."""


class Attributes(Protocol):
    """What a resource or a provider block says, read on demand."""

    def read(self, path: str) -> Sequence[Found]:
        """All values at a dotted path, in source order; ``*`` stands for any index, key or block. Absent: empty.

        A key with dots stands in brackets (``path_parts``), where the source has such keys.
        """
        ...


class NoAttributes:
    """Attributes of something that says nothing."""

    def read(self, path: str) -> Sequence[Found]:
        """Nothing, whatever the path."""
        return ()
