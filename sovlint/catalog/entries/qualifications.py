"""Entries of qualifications: versions, and what each offer covers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar, Literal

from msgspec import Meta, Struct

from sovlint.catalog.entries.sources import FileKeys
from sovlint.model.decoding import (
    KEY,
    AreaId,
    Day,
    EntryId,
    ProviderId,
    SomeText,
    SourceKey,
    Texts,
)
from sovlint.model.placement import Source
from sovlint.model.text import Bilingual

_BOUNDS = Meta(ge=0, le=100)
Percent = Annotated[int, _BOUNDS] | Annotated[float, _BOUNDS]
Activity = Annotated[int, Meta(ge=1)]
"""An activity of hosting, by the number that the referential gives it."""


class Limits(Struct, frozen=True):
    """Whoever holds it has been shown to be seated in `area` and free of control from outside it: parties from
    elsewhere hold at most `single` per cent each and `together` per cent in all, as its `clause` asks."""

    area: AreaId
    single: Percent
    together: Percent
    clause: SomeText


class Hosting(Struct, frozen=True):
    """Data is hosted in `area` and nowhere else, as its `clause` asks: whoever hosts elsewhere doesn't hold it there,
    and no attestation says otherwise."""

    area: AreaId
    name: Annotated[Bilingual, Meta(extra_json_schema={KEY: True})]
    clause: SomeText
    source: Source


class Version(Struct, frozen=True):
    """A version of a referential, and the days on which it counts (inclusive; none: open)."""

    id: SomeText
    since: date | None = None
    until: date | None = None
    limits_owners: Limits | None = None
    hosting: Hosting | None = None
    """Where alone it can be held; without it, wherever an offer says."""

    def counts(self, day: date) -> bool:
        """Whether certificates of this version count on ``day``."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


class ServiceOffer(Struct, frozen=True, kw_only=True):
    """What one qualification covers."""

    told: ClassVar = ("note",)

    provider: ProviderId
    offer: SomeText
    version: str | None
    since: date | None
    until: date | None
    regions: Texts | None
    """Codes of regions, or null where the scope isn't known."""
    regions_complete: bool = True
    """What isn't listed isn't covered, else it is unknown."""
    area: AreaId | None = None
    """All of the provider's regions in that area."""
    services: Texts | None = None
    """Services that it covers; ["*"], all, only where a scope was read that says so. Left out or null: nothing is known
    of them."""
    excluded: Texts = ()
    """Services that are surely not covered."""
    services_complete: bool = False
    """What isn't listed isn't covered, else it is unknown."""
    activities: tuple[Activity, ...] = ()
    """Activities that a source says are certified, by the numbers of that source; none: not known. They are shown, and
    judged by nothing."""
    transfer_table: SomeText = ""
    """Address of the host's own table of who takes part and from where data can be reached (HDS v2, EXI 29 to 31)."""
    indistinct: bool = False
    """Code can't tell this offer from the provider's others."""
    requires: Bilingual | None = None
    """What a customer must order or sign for it to apply, in the host's own terms."""
    confidence: Literal["high", "medium", "low"] = "high"
    not_renewed: bool = False
    """A source says that it ended with `until`, and that no other follows: past its end it isn't held, whenever the list
    was read."""
    owners_changed: bool = False
    """Somebody else holds the company since it was given, under a referential that limits who may: whether it is kept
    isn't known."""
    assumable: bool = False
    """A source that was read, of medium confidence or better, dates it under the version in force."""
    source: Source
    note: Bilingual | None = None

    schema: ClassVar = {"null": ["services", "requires"], "required": ["confidence"]}


class Scheme(Struct, frozen=True):
    """A qualification: its versions, and whether the list that was read names every holder."""

    name: str
    title: Bilingual
    versions: tuple[Version, ...]
    complete: bool
    read: date
    source: Source
    offers: Mapping[str, tuple[ServiceOffer, ...]]
    years: int = 3
    """How long it lasts; an end that isn't known is assumed at most this long after ``since``."""
    always_ordered: bool = False
    """Whether nobody is covered by an offer without a contract with the host: each offer ``requires`` it."""
    on_request: bool = False
    """Whether only what a policy or an attestation asks of it is judged; it is looked up all the same."""

    def hosting(self, offer: ServiceOffer | None, day: date) -> tuple[Hosting, ...]:
        """Where alone it can be held on ``day``: under the version of an offer, where that is known, else under those
        that count on that day. Empty where one of them says nothing of it."""
        known = [
            version
            for version in self.versions
            if offer is not None and version.id == offer.version
        ]
        possible = [
            version.hosting
            for version in known or self.versions
            if known or version.counts(day)
        ]
        said = tuple(each for each in possible if each is not None)
        return said if len(said) == len(possible) else ()


class SchemeFile(FileKeys, frozen=True, kw_only=True):
    """A file about a qualification."""

    told: ClassVar = ("title",)

    name: EntryId
    title: Bilingual
    versions: Annotated[tuple[Version, ...], Meta(min_length=1)]
    complete: bool
    read: Day
    years: Annotated[int, Meta(ge=1)] = 3
    always_ordered: bool = False
    """No customer is covered without a contract with the host that says so: each offer says in `requires` which one."""
    on_request: bool = False
    """No policy that ships asks for it: it is judged where a policy or an attestation of a house names it, and nowhere
    else."""
    source: SourceKey
    offers: tuple[ServiceOffer, ...]

    schema: ClassVar = {"required": ["sources"]}
