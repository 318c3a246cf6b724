"""Where results are kept: what a run asks of a store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from msgspec import Struct, field

from sovlint.errors import SovlintError
from sovlint.fleet.join import Voiced
from sovlint.fleet.result import FleetRepository, RepositoryResult, Status

Pair = tuple[str, str]
"""A repository by its name, and the digest of its result."""


class FleetRun(Struct, frozen=True):
    """One run over a fleet: what was read, by which options, on which day.

    ``id`` sorts by the time it began. ``skipped``: what sources named and isn't read, each with why.
    """

    id: str
    began: str
    as_of: str
    tool: str
    code: str
    options: Mapping[str, Any] = field(default_factory=dict)
    repositories: tuple[FleetRepository, ...] = ()
    skipped: tuple[str, ...] = ()
    ended: str = ""
    rounds: int = 0
    settled: bool = True
    """Whether answers had stopped changing when it ended."""


class KnownResult(Struct, frozen=True):
    """What a store has of a result, without what is in it."""

    status: Status
    reason: str = ""


class Counts(Struct, frozen=True):
    """What the reports of some repositories add up to: findings that count by their severity, what couldn't be read,
    and files that were."""

    errors: int = 0
    warnings: int = 0
    failures: int = 0
    files: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.errors + other.errors,
            self.warnings + other.warnings,
            self.failures + other.failures,
            self.files + other.files,
        )


class UnkeptError(SovlintError):
    """A result is such that no store takes it, whatever room there is."""


class ResultStore(Protocol):
    """A store of results. Several processes write into it at once, each a result that is whole or isn't there."""

    address: str
    """What another process opens it by."""

    def has(self, repository: str, digest: str, day: str) -> bool:
        """Whether a result is there that holds on a day."""

    def known(self, pairs: Sequence[Pair], day: str) -> Mapping[Pair, KnownResult]:
        """Those of results that are there and hold on a day."""

    def load(self, repository: str, digest: str, day: str) -> RepositoryResult:
        """A result. Raises ``KeyError`` where it isn't there, or doesn't hold on that day."""

    def voiced(self, pairs: Sequence[Pair], day: str) -> Sequence[Voiced]:
        """What repositories offer and ask by these results. Raises ``SovlintError`` where one has gone."""

    def counted(self, pairs: Sequence[Pair], day: str) -> Counts:
        """What the reports of these results add up to."""

    def unread(self, pairs: Sequence[Pair], day: str) -> Mapping[str, int]:
        """How many files couldn't be read, by the name of the repository, where there are some."""

    def write(self, result: RepositoryResult) -> None:
        """Keep a result. Raises ``SovlintError`` where nothing can be written, and ``UnkeptError`` where this can't."""

    def begin(self, run: FleetRun) -> None:
        """Note that a run began. Raises ``SovlintError`` where the store can't be written."""

    def finish(self, run: FleetRun, pairs: Sequence[Pair]) -> None:
        """Keep a run, with the result of each of its repositories: it is there wholly, or not at all."""
