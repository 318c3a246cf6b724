"""Where it sits, what it carries, where it goes: placements, qualifications, data classes and flows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from msgspec import Struct, field

from sovlint.model.findings.cause import Cause
from sovlint.model.resources.resource import TRUE, Resource
from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import Because, Fact, Known, Unknown

T = TypeVar("T")

CONFIG_ROLE = "config"
"""The role of what carries no payload: access rules, networks, policies, DNS."""

ROLES = (
    "at-rest", "compute", "replica", "backup", "logs", "keys", "edge", "registry", "state", "processor", "ai",
    CONFIG_ROLE,
)  # fmt: skip
"""The roles that a placement can have."""
KEEPING = frozenset({"at-rest", "replica", "backup", "logs"})
"""Those of what keeps data."""


NOBODY_KNOWS = "ZZ"
"""The code of a state that isn't known (ISO 3166 leaves it to users; CLDR has it for an unknown region)."""

GLOBAL_REGION = "global"
"""The region of a service that has none."""


class Source(Struct, frozen=True, cache_hash=True):
    """Where a fact comes from: address (may be empty), date of the reading, what it supports, in both languages.

    ``background``: nobody opened a page for it, or what was read is too weak to be shown as a source. ``confidence``
    (``high``, ``medium``): how far what it supports may be relied on; ``None`` where nobody judged that. ``read_by``
    and ``reviewed_by`` are roles, with the days of their readings; ``words`` those of the source, in its language;
    ``overlay`` the file of an overlay that names it. All of these are empty where nobody said so.
    """

    url: str
    date: str
    supports: str
    background: bool = False
    supports_fr: str = ""
    confidence: str | None = None
    read_by: str = ""
    read_on: str = ""
    reviewed_by: str = ""
    reviewed_on: str = ""
    words: str = ""
    overlay: str = ""

    def said(self, language: str) -> str:
        """What it supports, in a language; in English where nobody wrote it in French."""
        return (language == "fr" and self.supports_fr) or self.supports


class Shows(StrEnum):
    """What a piece of evidence shows of a placement."""

    PLACE = "place"
    """In which country a region lies."""
    SEAT = "seat"
    OWNER = "owner"
    WITHIN = "within"
    REACH = "reach"
    RUNS_ON = "runs-on"
    OPERATOR = "operator"
    """Which state can compel whoever runs it: by the seat of a company, who holds it, that all of it is held in an
    area, what else reaches it, whose cloud it runs on, or which company runs a region."""
    HOST = "host"
    """Whose the host is at which it was found."""
    MODULE = "module"
    """What a module makes whose code isn't here."""
    TECHNOLOGY = "technology"
    """Who makes or licenses what it runs on."""
    QUALIFICATION = "qualification"
    """What an offer covers, and until when."""


CONTROL_SHOWN = frozenset(
    {
        Shows.SEAT,
        Shows.OWNER,
        Shows.WITHIN,
        Shows.REACH,
        Shows.RUNS_ON,
        Shows.OPERATOR,
    }
)
"""What shows who can compel whoever runs it."""
WHAT_IT_IS = frozenset({Shows.HOST, Shows.MODULE})
"""What shows whose service it is at all: every answer about a placement rests on that."""


class ShownBy(Struct, frozen=True, cache_hash=True):
    """A fact of the catalogue that a placement rests on: what it shows, ``about`` which region, company or offer, and by
    which source. ``background``: it, or a step on the way to it, is general knowledge. ``state``: the one that it leads
    to, where it leads to one."""

    shows: Shows
    about: str
    source: Source
    background: bool = False
    state: str | None = None


class Late(Collection[T]):
    """What is gathered when somebody first asks for it: of most places nobody does."""

    def __init__(self, gather: Callable[[], Iterable[T]]) -> None:
        self._gather = gather

    @cached_property
    def _found(self) -> tuple[T, ...]:
        return tuple(self._gather())

    def __iter__(self) -> Iterator[T]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __contains__(self, found: object) -> bool:
        return found in self._found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple | Late) and self._found == tuple(other)

    def __hash__(self) -> int:
        return hash(self._found)


class Holding(Struct, frozen=True):
    """Whether a placement's service holds one qualification on the day asked about.

    ``held`` is known or unknown, its ``because`` empty; ``note`` says what was found (end assumed, renewal not found,
    what must be attested). ``until`` is the last day of validity, if known. ``attested`` names who vouches for it.
    ``waits_for`` is the one thing that settles it, where there is one; ``overruled`` are the places of attestations
    that say otherwise than what is known.
    """

    name: str
    held: Fact[bool]
    version: str | None = None
    offer: str | None = None
    until: date | None = None
    note: Note | None = None
    sources: tuple[Source, ...] = ()
    attested: str | None = None
    waits_for: Cause | None = None
    overruled: tuple[Located, ...] = ()
    evidence: tuple[ShownBy, ...] = ()
    """What it needs that it is held, beside what somebody vouches for."""
    activities: tuple[int, ...] = ()
    """Those that the offer is certified for, by their numbers in the referential, where a source says it."""


class Soil(Struct, frozen=True):
    """On whose soil something stands: that of a state (ISO 3166-1 alpha-2), which lies in ``areas``; or of some state
    of these areas, not known which; with neither, the catalogue has no place of whoever runs it."""

    state: str | None = None
    areas: tuple[str, ...] = ()


class AttestedLevel(Struct, frozen=True):
    """A level of an objective of the Cloud Sovereignty Framework that a role vouches for, until a day."""

    objective: str
    level: int
    owner: str
    until: str
    because: Because


class Placement(Struct, frozen=True, eq=False):
    """One resource, in one role, at one provider and region, told from others as itself: placements have no name. Every
    fact is known, or unknown with a reason.

    ``control`` and ``technology`` are ISO 3166-1 alpha-2 codes (``EU`` allowed), ``area`` ids of areas (``EEA``).
    ``control`` is that of the company; what the state of the place can do there besides, ``soil`` tells.
    """

    role: Fact[str]
    provider: Fact[str]
    service: Fact[str]
    region: Fact[str]
    country: Fact[str]
    area: Fact[tuple[str, ...]]
    control: Fact[tuple[str, ...]]
    technology: Fact[tuple[str, ...]]
    soil: Fact[Soil]
    """On whose soil it stands. Where neither region nor country is known, ``among`` has the places of its provider."""
    holdings: Collection[Holding] = ()
    because: tuple[Because, ...] = ()
    sure: Fact[bool] = field(default_factory=lambda: TRUE)
    """Whether this placement exists at all, given that the resource does."""
    evidence: Collection[ShownBy] = ()
    """What the catalogue's facts of it rest on; none for what the repository or somebody's word says."""
    control_until: date | None = None
    """The last day on which what shows ``control`` counts, where its sources age."""
    provider_name: str = ""
    """What people call the provider; what somebody named it, where the catalogue doesn't have it."""
    sent: str = ""
    """What sends data there, where a setting of the resource does: ``env SENTRY_DSN``, ``exporter datadog``."""
    asks_for_declared: bool = False
    """Whether it counts only of a class that is declared: nothing but a value shows an address, at a host of which nobody
    knows what answers."""
    guessed: bool = False
    """Whether it is only a guess that anything is sent there: by the name of a setting where nobody knows who answers, or
    by an address under a name that says nothing."""
    read: Placement | None = None
    """The same by the values that were read, where others in the repository contradict them."""
    proved: Placement | None = None
    """The same without what mere hints show of its place, where they show any: that may convict, and never acquits."""
    levels: tuple[AttestedLevel, ...] = ()
    """What somebody attests of it by the Cloud Sovereignty Framework."""

    def shown_by(self, *shows: Shows) -> tuple[ShownBy, ...]:
        """The evidence of some of its facts."""
        return tuple(each for each in self.evidence if each.shows in shows)

    @property
    def written(self) -> Located | None:
        """Where the setting stands that sends data there; ``None`` where nothing says it."""
        return next((step.where for step in self.because if step and step.where), None)

    @classmethod
    def unknown(cls, why: Unknown) -> Placement:
        """A placement of which nothing is known, all for the same reason."""
        return cls(*(why,) * 9)


class How(StrEnum):
    """How a class got to a resource, strongest first."""

    DECLARED = "declared"
    INTRINSIC = "intrinsic"
    PROPAGATED = "propagated"
    INFERRED = "inferred"
    DEFAULT = "default"


class ClassClaim(Struct, frozen=True):
    """One data class on a resource, how it got there, and the evidence."""

    data_class: str
    how: How
    because: Because


class Classes(Struct, frozen=True):
    """The data classes of a resource, and why more can't be excluded (``unknown``), if they can't.

    ``strange``: declared values that mean nothing here, with where they stand; ``unmatched``: those of declarers that
    have a vocabulary of their own, so that nothing is wrong with them. ``lowered``: what labels further out, names or
    ``--assume`` would say if nothing nearer were declared; ``strange_keys``: keys of ours that nobody knows.
    """

    claims: tuple[ClassClaim, ...] = ()
    unknown: Unknown | None = None
    strange: tuple[tuple[str, Because], ...] = ()
    unmatched: tuple[str, ...] = ()
    lowered: tuple[ClassClaim, ...] = ()
    strange_keys: tuple[tuple[str, Because], ...] = ()


class Flow(Struct, frozen=True):
    """Data going from one resource to another, or to a provider (a catalogue id). The kinds:

    ``replication``, ``backup``, ``restore`` (out of one), ``export`` (sent on to be kept or processed), ``events``,
    ``logs`` (logs, metrics, traces, errors),
    ``mount`` (a volume and who uses it), ``config`` (settings, credentials and what reads them), ``call`` (a request to
    a service), ``database`` (a store that is read and written), ``sub-processing`` (passed on by a vendor).
    """

    kind: str
    source: Resource
    target: Resource | None
    target_provider: str | None
    because: Because


class Placed(Struct, frozen=True):
    """A resource with everything that was worked out about it."""

    resource: Resource
    classes: Classes
    placements: tuple[Placement, ...]
    same_as: tuple[Resource, ...] = ()
    """Other resources that declare, or send data to, the same service."""

    @property
    def is_config(self) -> bool:
        """Whether it surely carries no payload, wherever it sits."""
        roles = [placement.role for placement in self.placements]
        return bool(roles) and all(
            isinstance(role, Known) and role.value == CONFIG_ROLE for role in roles
        )

    @property
    def is_unjudged(self) -> bool:
        """Whether, where a class is assumed of everything, it can't be judged: no class is more than a guess, and
        nothing is known of what it does with data."""
        guessed = all(
            claim.how in (How.INFERRED, How.DEFAULT) for claim in self.classes.claims
        )
        roles = [placement.role for placement in self.placements]
        return guessed and all(isinstance(role, Unknown) and not role.among for role in roles)

    @property
    def is_placed(self) -> bool:
        """Whether role and provider are known in every placement; what isn't is counted as unplaced."""
        facts = [
            fact
            for placement in self.placements
            if not placement.asks_for_declared
            for fact in (placement.role, placement.provider)
        ]
        return bool(facts) and all(isinstance(fact, Known) for fact in facts)
