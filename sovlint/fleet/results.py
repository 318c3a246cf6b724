"""Where results are kept: what a run asks of a store, and a small one in a folder or in memory."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

import msgspec
from msgspec import Struct, field

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


class _Finding(Struct):
    verdict: str
    severity: str
    suppressed: Any = None


class _Coverage(Struct):
    files: int


class _Document(Struct):
    """What is counted of a report's JSON."""

    findings: list[_Finding]
    failures: list[Any]
    coverage: _Coverage


def counts_of(document: str) -> Counts:
    """What a report adds up to; nothing where there is none."""
    if not document:
        return Counts()
    read = msgspec.json.decode(document, type=_Document)
    told = [
        each.severity
        for each in read.findings
        if each.suppressed is None and each.verdict != "compliant"
    ]
    return Counts(
        told.count("error"), told.count("warning"), len(read.failures), read.coverage.files
    )


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
        """What repositories offer and ask by these results."""

    def counted(self, pairs: Sequence[Pair], day: str) -> Counts:
        """What the reports of these results add up to."""

    def write(self, result: RepositoryResult) -> None:
        """Keep a result. Raises ``SovlintError`` where it can't be written."""

    def begin(self, run: FleetRun) -> None:
        """Note that a run began. Raises ``SovlintError`` where the store can't be written."""

    def finish(self, run: FleetRun, pairs: Sequence[Pair]) -> None:
        """Keep a run, with the result of each of its repositories: it is there wholly, or not at all."""


def holds(result: RepositoryResult, day: str) -> bool:
    """Whether a result is the same on a day."""
    return result.as_of <= day and (result.holds_until is None or day <= result.holds_until)


class FolderStore:
    """Results as JSON in a folder, for tests and for trying: a file a result, moved to its place when it is whole."""

    def __init__(self, folder: Path) -> None:
        self.address = str(folder)
        self._folder = folder

    def has(self, repository: str, digest: str, day: str) -> bool:
        """Whether a result is there that holds on a day."""
        return self._found(repository, digest, day) is not None

    def known(self, pairs: Sequence[Pair], day: str) -> Mapping[Pair, KnownResult]:
        """Those that are there and hold on a day."""
        found = {pair: self._found(*pair, day) for pair in pairs}
        return {
            pair: KnownResult(each.status, each.reason)
            for pair, each in found.items()
            if each is not None
        }

    def load(self, repository: str, digest: str, day: str) -> RepositoryResult:
        """A result. Raises ``KeyError`` where it isn't there."""
        found = self._read(repository, digest)
        if found is None:
            raise KeyError(repository)
        return found

    def voiced(self, pairs: Sequence[Pair], day: str) -> Sequence[Voiced]:
        """What repositories offer and ask."""
        found = [self.load(*pair, day) for pair in pairs]
        return [Voiced(each.repository.name, each.offers, each.asks) for each in found]

    def counted(self, pairs: Sequence[Pair], day: str) -> Counts:
        """What the reports add up to."""
        return sum((counts_of(self.load(*pair, day).document) for pair in pairs), Counts())

    def write(self, result: RepositoryResult) -> None:
        """Keep a result."""
        self._put(self._place(result.repository.name, result.digest), result)

    def begin(self, run: FleetRun) -> None:
        """Note that a run began."""
        self._put(self._folder / "runs" / f"{run.id}.begun", run)

    def finish(self, run: FleetRun, pairs: Sequence[Pair]) -> None:
        """Keep a run."""
        self._put(self._folder / "runs" / f"{run.id}.json", (run, list(pairs)))

    def _put(self, place: Path, data: Any) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        whole = place.with_name(f"{place.name}.{os.getpid()}.part")
        whole.write_bytes(msgspec.json.encode(data))
        whole.replace(place)

    def _place(self, repository: str, digest: str) -> Path:
        name = sha256(f"{repository}\0{digest}".encode()).hexdigest()
        return self._folder / "results" / f"{name}.json"

    def _found(self, repository: str, digest: str, day: str) -> RepositoryResult | None:
        found = self._read(repository, digest)
        return found if found is not None and holds(found, day) else None

    def _read(self, repository: str, digest: str) -> RepositoryResult | None:
        try:
            data = self._place(repository, digest).read_bytes()
        except FileNotFoundError:
            return None
        return msgspec.json.decode(data, type=RepositoryResult)
