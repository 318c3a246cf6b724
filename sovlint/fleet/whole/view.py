"""A run over all repositories, as whoever tells of it sees it: plain data, whatever it was read from.

Ids of companies, states, classes and policies are those of the catalogue and of the policies; whoever writes puts them in
words. Repositories are told by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct, field

from sovlint.fleet.result import Status
from sovlint.report.page.words import Both

VIOLATION, UNPROVEN = "violation", "unproven"
ERROR: Final = "error"
FINE: Final = frozenset({Status.READ.value, Status.EMPTY.value})
"""How the reading of a repository ends that isn't a failure."""


class RunInfo(Struct, frozen=True):
    """A run: its id, its day and when it began (ISO 8601), and what it was made with, each value once."""

    id: str
    as_of: str
    started: str = ""
    tools: tuple[str, ...] = ()
    catalogues: tuple[str, ...] = ()
    policy_sets: tuple[str, ...] = ()


class RepositoryLine(Struct, frozen=True):
    """One repository: who owns it, how its reading ended, and how much was read there.

    ``placements`` are those of what may hold data, ``proved`` those of which it is known who runs them, who can compel
    whoever does, and where they are; ``resources`` and ``classified`` are those of the coverage; ``unread`` counts files
    that couldn't be read.
    """

    name: str
    owners: tuple[str, ...] = ()
    status: str = Status.READ.value
    reason: str = ""
    commit: str = ""
    committed_at: str = ""
    result: str = ""
    """What tells the result from any other: two runs with the same have found the same."""
    addresses: tuple[str, ...] = ()
    resources: int = 0
    classified: int = 0
    placements: int = 0
    proved: int = 0
    unread: int = 0
    compliant: int = 0
    """Findings that comply, which only the view of a run counts."""

    @property
    def is_read(self) -> bool:
        """Whether it was read to its end."""
        return self.status in FINE


class UseLine(Struct, frozen=True, order=True):
    """What of one repository lands with one company, in one country, within reach of the same states.

    ``company`` is an id, empty where nobody knows; ``others``: whether more states than ``states`` may compel it.
    ``verdict`` is the worst that counts, empty where there is none; ``inferred`` are those of the classes that nothing but
    names suggests.
    """

    repository: str
    company: str
    states: tuple[str, ...]
    others: bool
    country: str
    classes: tuple[str, ...]
    count: int
    verdict: str = ""
    inferred: tuple[str, ...] = ()


class FoundLine(Struct, frozen=True):
    """Findings of one repository that are alike: how many there are, and where the first few stand (path and line).
    ``company`` is ``None`` of what is about no place."""

    repository: str
    policy: str
    verdict: str
    severity: str
    company: str | None
    country: str
    states: tuple[str, ...]
    classes: tuple[str, ...]
    count: int
    excused: bool = False
    places: tuple[tuple[str, int], ...] = ()


class FleetFinding(Struct, frozen=True):
    """One finding that isn't compliant. ``excused``: whether something of its repository excuses it."""

    repository: str
    policy: str
    verdict: str
    severity: str
    fingerprint: str
    root: str
    variant: str
    address: str
    role: str
    company: str
    region: str
    classes: tuple[str, ...]
    path: str
    line: int
    excused: bool = False

    @property
    def counts(self) -> bool:
        """Whether nothing excuses it."""
        return not self.excused


class FoundTotal(Struct, frozen=True):
    """How many findings of a repository count, of one verdict and severity."""

    repository: str
    verdict: str
    severity: str
    count: int


class RunSide(Struct, frozen=True):
    """A run as one of two that are compared: all repositories, how much was found in each, and the findings themselves of
    those of which the two runs have different results."""

    run: RunInfo
    repositories: tuple[RepositoryLine, ...]
    totals: tuple[FoundTotal, ...]
    findings: tuple[FleetFinding, ...]


class RepositoryFlow(Struct, frozen=True):
    """Something of one repository that another one makes: ``source`` asked for ``key`` (of a kind of offers), which
    ``target`` alone offers."""

    source: str
    target: str
    kind: str
    key: str


class LapseLine(Struct, frozen=True):
    """What ends on a day: ``kind`` is that of ``sovlint calendar``, ``text`` what it is, ``repositories`` those in which
    something rests on it, ``count`` how many placements or findings."""

    kind: str
    day: str
    text: Both
    repositories: tuple[str, ...]
    count: int


class Ratio(Struct, frozen=True):
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """In percent, ``None`` of nothing."""
        return 100 * self.part / self.whole if self.whole else None


class TrendPoint(Struct, frozen=True):
    """One run of several, against the one before it; of the first, nothing is new."""

    run: RunInfo
    repositories: int
    failed: int
    violations: int
    unproven: int
    new: int
    gone: int
    moved: int
    proved: Ratio
    classified: Ratio


class FleetView(Struct, frozen=True):
    """All that is told of a run, in an order of its own (by name), so that it is the same whatever it is read from.

    ``trend``: the last runs, the oldest first, and this one at the end. ``titles`` are those of policies (English,
    French), ``lapses`` what ends, ``names`` those of companies by id.
    """

    run: RunInfo
    repositories: tuple[RepositoryLine, ...] = ()
    uses: tuple[UseLine, ...] = ()
    found: tuple[FoundLine, ...] = ()
    flows: tuple[RepositoryFlow, ...] = ()
    lapses: tuple[LapseLine, ...] = ()
    trend: tuple[TrendPoint, ...] = ()
    titles: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    new: Mapping[str, int] = field(default_factory=dict)
    """How many findings of a repository are new, by its name."""
