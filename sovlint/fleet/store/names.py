"""What files of a store are called. The name of a loose result says all that is asked before it is opened."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final

from msgspec import Struct

from sovlint.fleet.result import RepositoryResult, Status

MARK: Final = "store.json"
RESULTS: Final = "results"
PACKS: Final = "packs"
RUNS: Final = "runs"
SCRATCH: Final = "scratch"
"""Where files are written before they get their names."""
EVER: Final = "ever"

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._]+")
_LOOSE: Final = re.compile(
    r"results/run=(?P<run>[^/]+)/(?P<repository>[^/~]+)~(?P<digest>[^/~]+)"
    rf"~(?P<status>{'|'.join(Status)})~(?P<as_of>[0-9-]+)~(?P<until>[0-9a-z-]+)\.parquet"
)


class Loose(Struct, frozen=True):
    """What the name of a loose result says."""

    run: str
    repository: str
    """As ``safe`` writes it."""
    digest: str
    status: Status
    as_of: str
    until: str | None


def safe(repository: str) -> str:
    """A repository's name as a part of a file's: readable, bounded, and another for every other name."""
    told = _UNSAFE.sub("-", repository).strip("-.")[:60]
    return f"{told}-{sha256(repository.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def plain(digest: str) -> str:
    """A digest as a part of a file's name."""
    return _UNSAFE.sub("-", digest)[:100]


def result(run: str, made: RepositoryResult) -> str:
    """Where a result of a run is written."""
    told = (
        safe(made.repository.name), plain(made.digest), made.status.value, made.as_of, made.holds_until or EVER,
    )  # fmt: skip
    return f"{RESULTS}/run={run}/{'~'.join(told)}.parquet"


def loose(name: str) -> Loose | None:
    """What a name says; ``None`` where it isn't that of a result."""
    found = _LOOSE.fullmatch(name)
    if found is None:
        return None
    until = found["until"]
    return Loose(
        found["run"], found["repository"], found["digest"], Status(found["status"]), found["as_of"],
        None if until == EVER else until,
    )  # fmt: skip


class Numbered(Struct, frozen=True, order=True):
    """A run: a number that each takes one higher than all that it sees, then its name. So no machine's clock puts a run
    before one that had ended when it began."""

    number: int
    run: str

    @property
    def stem(self) -> str:
        """What its files are called."""
        return f"{self.number:06d}~{self.run}"


def numbered(stem: str) -> Numbered | None:
    """The run that files are of; ``None`` where they are of none."""
    number, sign, run = stem.partition("~")
    return Numbered(int(number), run) if sign and number.isdigit() else None


def manifest(run: Numbered) -> str:
    """Where the list of a run is."""
    return f"{RUNS}/{run.stem}.json"


def begun(run: Numbered) -> str:
    """What says that a run has begun, as long as it hasn't ended."""
    return f"{RUNS}/{run.stem}.begun"


def pack(run: str, number: int) -> str:
    """Where results of a run are packed."""
    return f"{PACKS}/{run}.{number:04d}.parquet"
