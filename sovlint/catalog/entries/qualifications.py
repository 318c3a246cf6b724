"""Entries of qualifications: versions, and what each offer covers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from sovlint.model.placement import Source
from sovlint.model.text import Bilingual


class Limits(Struct, frozen=True):
    """What a ``clause`` of a referential allows parties from outside an area to hold: per cent each, and together."""

    area: str
    single: float
    together: float
    clause: str


class Hosting(Struct, frozen=True):
    """Where a ``clause`` of a referential has data hosted: in an area, and nowhere else."""

    area: str
    name: Bilingual
    clause: str
    source: Source


class Version(Struct, frozen=True):
    """A version of a referential, and the days on which it counts (inclusive; ``None``: open)."""

    id: str
    since: date | None
    until: date | None
    limits_owners: Limits | None = None
    """Whoever holds it has been shown to keep to these limits, and so to be free of control from outside the area."""
    hosting: Hosting | None = None
    """Where alone it can be held; ``None``: wherever an offer says."""

    def counts(self, day: date) -> bool:
        """Whether certificates of this version count on ``day``."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Offer(Struct, frozen=True):
    """What one qualification covers.

    ``regions``: codes, or ``None`` where the scope isn't known; ``area``: all the provider's regions in that area.
    ``services``: ids covered (``*``: all, where a scope was read that says so), or ``None`` where nothing is known of
    them; ``excluded``: ids surely not covered; ``services_complete``: what isn't listed isn't covered (else it is
    unknown). ``indistinct``: code can't tell this offer from the provider's others.
    ``requires``: what must be ordered for the qualification to apply. ``since`` is ``None`` where not found.
    """

    provider: str
    offer: str
    version: str | None
    since: date | None
    until: date | None
    regions: tuple[str, ...] | None
    area: str | None
    services: tuple[str, ...] | None
    excluded: tuple[str, ...]
    services_complete: bool
    indistinct: bool
    requires: Bilingual | None
    source: Source
    note: Bilingual | None = None
    assumable: bool = False
    """A source that was read, of medium confidence or better, dates it under the version in force."""


class Scheme(Struct, frozen=True):
    """A qualification: its versions, and whether the list that was read names every holder."""

    name: str
    title: Bilingual
    versions: tuple[Version, ...]
    complete: bool
    read: date
    source: Source
    offers: Mapping[str, tuple[Offer, ...]]
    years: int = 3
    """How long it lasts; an end that isn't known is assumed at most this long after ``since``."""
    always_ordered: bool = False
    """Whether nobody is covered by an offer without a contract with the host: each offer ``requires`` it."""

    def hosting(self, offer: Offer | None, day: date) -> tuple[Hosting, ...]:
        """Where alone it can be held on ``day``: under the version of an offer, where that is known, else under those
        that count on that day. Empty where one of them says nothing of it."""
        known = [version for version in self.versions if offer is not None and version.id == offer.version]
        possible = [version.hosting for version in known or self.versions if known or version.counts(day)]
        said = tuple(each for each in possible if each is not None)
        return said if len(said) == len(possible) else ()
