"""What judging and reporting need to know of the world: names and areas, drawn from the catalogue by ``lint``."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import ClassVar, Literal, Protocol

from msgspec import Struct, field

from sovlint.model.dates import first_day, last_day, surely
from sovlint.model.decoding import AreaId, EntryKey, Period, Yes
from sovlint.model.placement import Source
from sovlint.model.text import Bilingual, Note


class Jurisdiction(Bilingual, frozen=True, kw_only=True):
    """A state (ISO 3166-1 alpha-2) or the EU, with its names."""

    told: ClassVar = ("mistaken",)

    code: EntryKey
    areas: tuple[AreaId, ...] = ()
    """The areas that it lies in."""
    mistaken: tuple[str, ...] = ()
    """Codes that people write for it, and that ISO 3166-1 doesn't have."""
    source: Source | None = None
    adequacy: Adequacy | None = None
    laws: tuple[Law, ...] = ()
    """Laws with reach abroad, by which the state can compel whoever it controls, or which bear on it. They are told of
    states that are known to control a company, and add none."""
    settles: Yes = False
    """Whether its control alone says enough of a company: whoever else may control it changes nothing, since no policy
    set is expected to accept this state."""

    schema: ClassVar = {"dependentRequired": {"areas": ["source"]}}

    @property
    def name(self) -> Bilingual:
        """What it is called."""
        return Bilingual(self.en, self.fr)


class Standing(StrEnum):
    """How a law stands on a day: what was begun under one that lapsed may go on (``CONTINUING``)."""

    NOT_YET = "not-yet"
    IN_FORCE = "in-force"
    CONTINUING = "continuing"
    ENDED = "ended"


COLLECTION = "collection"
"""The kind of a law under which a state collects itself and compels nobody."""

GENERAL = "general"
"""The kind of an adequacy decision that covers everybody in a state."""

CERTIFIED = "certified"
"""The kind of an adequacy decision that covers organisations that certified themselves alone."""


class Law(Struct, frozen=True, kw_only=True):
    """A law of a state with reach abroad."""

    name: Bilingual
    kind: Literal["orders", "intelligence", "collection"]
    """orders: a provider must hand over. intelligence: it must help the services of the state. collection: the state
    collects itself and compels nobody."""
    source: Source
    since: Period | None = None
    until: Period | None = None
    continues_until: Period | None = None
    """Until when what was begun under it goes on after its end."""
    note: Bilingual | None = None

    schema: ClassVar = {"dependentRequired": {"continues_until": ["until"]}}

    def standing(self, day: date) -> Standing:
        """How it stands on ``day``; in doubt it is in force, or goes on."""
        if self.since is not None and day < first_day(self.since):
            return Standing.NOT_YET
        if self.until is None or day <= last_day(self.until):
            return Standing.IN_FORCE
        if self.continues_until is not None and day <= last_day(self.continues_until):
            return Standing.CONTINUING
        return Standing.ENDED

    @property
    def compels(self) -> bool:
        """Whether a provider can be compelled by it."""
        return self.kind != COLLECTION


class Adequacy(Struct, frozen=True, kw_only=True):
    """A decision under article 45 of the GDPR: it allows transfers, and changes nothing about control."""

    kind: Literal["general", "commercial", "certified"]
    """Whom it covers: everybody, commercial organisations, or those that certified themselves."""
    source: Source
    since: Period | None = None
    until: Period | None = None
    note: Bilingual | None = None

    def in_force(self, day: date) -> bool:
        """Whether it surely holds on ``day``: it makes things lawful, so that doubt doesn't count."""
        return surely(self.since, self.until, day)


class StateOnDay(Struct, frozen=True):
    """A state or the EU on a day: its name, the areas it lies in, the laws by which it can compel, and whether an
    adequacy decision (GDPR 45) covers it, wholly or in part, without anybody having to be certified. ``partly``: one is
    in force that covers some organisations alone."""

    code: str
    name: Bilingual
    areas: tuple[str, ...] = ()
    laws: tuple[Bilingual | Note, ...] = ()
    adequate: bool = False
    partly: bool = False


class Offering(Protocol):
    """What companies offer, as policies ask about it."""

    def kinds(self, provider: str, service: str | None) -> tuple[str, ...] | None:
        """The kinds of a service (``None``: one that isn't known); ``None`` where nobody said."""
        ...

    def regions(self, provider: str) -> Collection[str]:
        """The codes of a provider's regions."""
        ...

    def is_spread(self, provider: str, region: str) -> bool:
        """Whether a region of a provider is made of several, in one state or in none in particular, and so may include
        others of its regions."""
        ...

    def services(self, provider: str) -> Collection[str]:
        """The services that a provider is known to have."""
        ...


class World(Struct, frozen=True):
    """``states`` by code; ``areas`` by id; ``classes``: names of data classes; ``covers``: class -> the classes that
    count as it; ``providers``: names by id; ``qualifications``: titles by name; ``kinds``: names of kinds of services
    by id; ``offering``: what companies offer."""

    states: Mapping[str, StateOnDay] = field(default_factory=dict)
    areas: Mapping[str, Bilingual] = field(default_factory=dict)
    classes: Mapping[str, Bilingual] = field(default_factory=dict)
    covers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    providers: Mapping[str, str] = field(default_factory=dict)
    qualifications: Mapping[str, Bilingual] = field(default_factory=dict)
    kinds: Mapping[str, Bilingual] = field(default_factory=dict)
    offering: Offering | None = None
