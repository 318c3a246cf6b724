"""What changed between two catalogues: found by ``catalog``, written by ``report``."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

ADDED: Final = "added"
REMOVED: Final = "removed"
CHANGED: Final = "changed"


class Edition(Struct, frozen=True):
    """A catalogue: its path as it was given (empty: what ships), its version, and when it was last gone over."""

    path: str
    version: str
    date: str


class KeyChange(Struct, frozen=True):
    """A key that says something else; what there is nothing of is empty. ``bears``: whether it decides who can compel
    somebody, where data is or who holds a qualification."""

    name: str
    before: str
    after: str
    bears: bool


class EntryChange(Struct, frozen=True):
    """An entry that isn't the same: what it is about (``heading``), its section and id, what people call it, whether it
    was added, removed or changed, and in which keys."""

    heading: str
    section: str
    id: str
    name: str
    change: str
    keys: tuple[KeyChange, ...] = ()
    bears: bool = False


class CatalogueDifference(Struct, frozen=True):
    """What is otherwise in the second of two catalogues, in the order in which it is told."""

    before: Edition
    after: Edition
    changes: tuple[EntryChange, ...]
