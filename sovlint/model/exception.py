"""What is excused, by whom and until when: ignore comments, waivers, and what became of every exception."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Final

from msgspec import Struct

from sovlint.model.findings.identity import Identity
from sovlint.model.source import Located, Span
from sovlint.model.text import Note


class Kind(StrEnum):
    """How a finding is excused: by a comment beside it, by an approved waiver, or because it was there before."""

    INLINE = "inline"
    WAIVER = "waiver"
    BASELINE = "baseline"


STOOD_THERE: Final = "exceptions.stood-there"
"""The reason of what doesn't count since it was there at the revision compared with: nobody excuses it."""


class State(StrEnum):
    """What became of an exception."""

    USED = "used"
    UNUSED = "unused"
    EXPIRED = "expired"
    INVALID = "invalid"


class Ignore(Struct, frozen=True):
    """An ignore comment as written: ``sovlint: ignore[policy-id] until=2027-01-31 reason="..."``.

    ``where`` is the comment. It covers what is declared on the line ``line`` of the same file; in JSON, where a file
    may be one line, what begins at ``column`` of it. ``until`` is inclusive. ``problem`` says why it can't be read; it
    suppresses nothing then. ``end`` is the last line of the block that begins on ``line``.
    """

    policies: tuple[str, ...]
    reason: str
    until: date | None
    where: Span
    line: int
    column: int | None = None
    problem: Note | None = None
    end: int = 0


class Answered(Struct, frozen=True, kw_only=True):
    """What somebody answers for, of some resources and for a time. Globs that aren't there (``None``) match everything.

    ``owner`` is a role. Valid from ``issued`` to ``expires``, both inclusive.
    """

    matches_address: Callable[[str], bool] | None
    matches_path: Callable[[str], bool] | None
    owner: str
    issued: date
    expires: date
    where: Located

    def about(self, address: str, path: str) -> bool:
        """Whether its globs match a resource with this address, declared in this file."""
        return (self.matches_address is None or self.matches_address(address)) and (
            self.matches_path is None or self.matches_path(path)
        )


class Waiver(Answered, frozen=True):
    """An approved exception of the configuration; ``approver`` is a role."""

    policies: tuple[str, ...]
    reason: str
    approver: str
    ticket: str


class Suppression(Struct, frozen=True):
    """Why a finding counts no more; ``until`` is the last day of that, ``where`` the place that says so.

    ``reason`` is what a person wrote there, or else a sentence of our own.
    """

    kind: Kind
    reason: str | Note
    until: date | None
    where: Span


class Absorbed(Struct, frozen=True):
    """A finding that an exception excuses: what it is about, and where that is declared."""

    identity: Identity
    path: str
    line: int


class Audited(Struct, frozen=True):
    """One exception and what became of it. ``why`` says why it excuses nothing, or what is wrong with it.

    ``owner``, ``approver`` and ``ticket`` are those of a waiver, ``None`` for the other kinds.
    """

    kind: Kind
    state: State
    policies: tuple[str, ...]
    reason: str
    until: date | None
    where: Span
    absorbed: tuple[Absorbed, ...] = ()
    why: Note | None = None
    owner: str | None = None
    approver: str | None = None
    ticket: str | None = None
