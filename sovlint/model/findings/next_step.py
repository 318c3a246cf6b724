"""What to do next, as a command that works where the scan was run."""

from __future__ import annotations

from msgspec import Struct

from sovlint.model.text import Note


class NextStep(Struct, frozen=True):
    """The words of a command, and what it settles or shows, in a sentence."""

    command: tuple[str, ...]
    why: Note
