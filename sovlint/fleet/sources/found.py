"""What sources say: clones that are there, and repositories that somebody's list has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

HEAD = "HEAD"


class Clone(Struct, frozen=True):
    """A repository that is there: the folder in which git keeps it, where people see it, and a name that its place
    suggests; the revision that was asked for, if any. ``named``: whether somebody gave it that name."""

    git_dir: Path
    place: Path
    name: str
    revision: str | None = None
    named: bool = False


class ExportEntry(Struct, frozen=True):
    """A repository of an export: what it is called where it is hosted, the addresses that it is cloned from, its default
    branch, and whether it is archived."""

    name: str
    addresses: tuple[str, ...]
    branch: str | None = None
    archived: bool = False


class SourceContents(Struct, frozen=True):
    """What one source has."""

    clones: tuple[Clone, ...] = ()
    entries: tuple[ExportEntry, ...] = ()


class SourceKind(Struct, frozen=True):
    """A kind of source: ``tells``, whether a path is one; ``read``, what it has. The latter raises ``SovlintError``."""

    tells: Callable[[Path], bool]
    read: Callable[[Path], SourceContents]
