"""What a front end read: resources, what couldn't be read, and what is worth saying of the rest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from sovlint.model.exception import Ignore
from sovlint.model.landing import CarriedFile, ClusterReach
from sovlint.model.resources.installed import InstalledRelease
from sovlint.model.resources.kept import KeptState
from sovlint.model.resources.resource import Resource
from sovlint.model.source import Located
from sovlint.model.text import Note


class Unit(Protocol):
    """What is read as one, such as a root module with its values: whatever changes in it may change all of it."""

    @property
    def root(self) -> str | None:
        """The root of its resources."""
        ...

    @property
    def variant(self) -> str | None:
        """The variant of its resources."""
        ...

    def bears(self, path: str) -> bool:
        """Whether a change to this file (perhaps one that is gone) may change what is said of its resources."""
        ...


class Failure(Struct, frozen=True):
    """A claimed file that couldn't be read, wholly or in part; it never hides the others."""

    path: str
    line: int | None
    column: int | None
    note: Note

    @classmethod
    def at(cls, where: Located, note: Note) -> Failure:
        """What is wrong at a place."""
        span = where.span()
        return cls(span.path, span.line, span.column, note)


class Remark(Struct, frozen=True):
    """Worth saying, but neither a finding nor a failure: values files not listed, links not followed, ..."""

    note: Note
    path: str | None = None
    line: int | None = None

    @classmethod
    def at(cls, where: Located, note: Note) -> Remark:
        """What is worth saying of a place."""
        span = where.span()
        return cls(note, span.path, span.line)


class UnlistedValues(Remark, frozen=True):
    """Values of a root that stand where they weren't used: the root's folder, the files, and which of them pipelines
    hand over, as globs relative to the root, each with the place that shows it."""

    root: str = "."
    files: tuple[str, ...] = ()
    shown: tuple[tuple[str, str], ...] = ()


class BeatenValue(Struct, frozen=True):
    """A committed value of a root's variable that another one wins over, which the run was given: both as texts."""

    root: str
    name: str
    before: str
    after: str


class Reading(Struct, frozen=True, kw_only=True):
    """What one front end read: resources, what it couldn't read, remarks, the files it claimed and skipped, the ignore
    comments in them, which files bear on which resources, and which are never quoted."""

    resources: tuple[Resource, ...] = ()
    failures: tuple[Failure, ...] = ()
    remarks: tuple[Remark, ...] = ()
    files: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    units: tuple[Unit, ...] = ()
    unquoted: tuple[str, ...] = ()
    """Files of which no line is ever shown: they hold what was never meant to be read."""
    reaches: tuple[ClusterReach, ...] = ()
    """How other tools of the repository reach clusters."""
    carried: tuple[CarriedFile, ...] = ()
    """Files that they put on machines."""
    installed: tuple[InstalledRelease, ...] = ()
    """Charts of the repository that they install."""
    looked_up: tuple[Resource, ...] = ()
    """What is there already and the repository only looks up: others are placed by it, itself it isn't reported."""
    kept: tuple[KeptState, ...] = ()
    """The states that its roots keep, by what other repositories call them."""
    unread: tuple[tuple[str, str], ...] = ()
    """Files that are recognised and that nobody can read, each with its kind: ``(kind, path)``."""
    recognised: tuple[tuple[str, str], ...] = ()
    """Files that begin like those of a kind, each with it: ``(kind, path)``. Another front end may read them."""
    passed_over: tuple[str, ...] = ()
    """Files that would be read if they didn't lie in a folder of other people's files, of tests or of examples."""
    beaten: tuple[BeatenValue, ...] = ()
    left_out: tuple[str, ...] = ()
    """Files for developers alone, where these are to be left out (``exclude_local``)."""
    overridden: tuple[tuple[str, int], ...] = ()
    """Lines, by path, that something else wins over wherever they are used: nothing is sent by them."""


def joined_readings(readings: Iterable[Reading]) -> Reading:
    """What several front ends read, or one in several ways, as one: each field holds what it holds in all of them."""
    listed = list(readings)
    fields = {
        name: [each for reading in listed for each in getattr(reading, name)]
        for name in Reading.__struct_fields__
    }
    return Reading(**{name: tuple(found) for name, found in fields.items()})


def without_overridden(reading: Reading) -> Reading:
    """A reading without what is nothing but settings in lines that something else wins over."""
    lines = frozenset(reading.overridden)
    if not lines:
        return reading

    def counts(resource: Resource) -> bool:
        told = [each.where.span() for each in resource.sends]
        return not told or any((each.path, each.line) not in lines for each in told)

    return replace(reading, resources=tuple(filter(counts, reading.resources)))
