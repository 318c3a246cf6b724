"""Entries of companies: where they are, what they run on, who controls them, and hosts that lead to them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import cached_property

from msgspec import Struct, field

from sovlint.model.lookups.profile import ControlStep, Maker
from sovlint.model.placement import ShownBy, Shows, Source
from sovlint.model.source import Located
from sovlint.model.text import Bilingual


class Region(Struct, frozen=True, dict=True):
    """A region of one provider. ``country`` is ``None`` for a multi-region or a global one.

    ``pair``: the region that the provider's geo-redundant storage copies to, if the catalogue knows it.
    """

    code: str
    country: str | None
    areas: tuple[str, ...]
    pair: str | None = None
    source: Source | None = None

    @cached_property
    def shown_by(self) -> tuple[ShownBy, ...]:
        """What shows in which country it lies."""
        if self.source is None:
            return ()
        background = self.source.background
        return (ShownBy(Shows.PLACE, self.code, self.source, background, self.country),)


class Provider(Struct, frozen=True, dict=True):
    """A company that runs services. Who controls it, on a day, is ``Catalog.control``, what it runs on
    ``Catalog.technology``.

    ``aliases``, ``kind``, ``status``, ``makers``, ``runs_on`` and ``notes`` are for people who look a provider up:
    nothing is judged by them. ``run_apart``: codes of the regions that have an operator, or a
    cloud underneath, of their own.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    status: str
    operator: str
    makers: tuple[Maker, ...]
    """Companies that make or license what it runs on, on any day."""
    regions: Mapping[str, Region]
    sources: tuple[Source, ...]
    notes: Bilingual | None = None
    runs_on: tuple[str, ...] | None = ()
    """Providers whose cloud is always underneath; ``None``: nobody found what is."""
    run_apart: tuple[str, ...] = ()

    @cached_property
    def places_shown_by(self) -> tuple[ShownBy, ...]:
        """What shows in which countries its regions lie."""
        return tuple(shown for region in self.regions.values() for shown in region.shown_by)


class Technology(Struct, frozen=True):
    """States whose companies make or license what a provider runs on, on a day; ``None``: not known.

    Open source adds none. ``services``: those of single services that differ from the rest, by service id.
    """

    codes: tuple[str, ...] | None
    services: Mapping[str, tuple[str, ...]]
    evidence: tuple[tuple[tuple[str, ...], ShownBy], ...] = ()
    """What shows it, each with the services that it is about (none: all of them)."""

    def shown_by(self, service: str | None) -> tuple[ShownBy, ...]:
        """What shows the technology of one service; of one that isn't known, all that may."""
        return tuple(
            shown
            for services, shown in self.evidence
            if not services or service is None or service in services
        )

    def made_by(self, service: str | None) -> tuple[str, ...] | None:
        """The technology of one service; ``None``: not known. A service that isn't known may be one that differs."""
        if service is None:
            return None if self.services else self.codes
        return self.services.get(service, self.codes)


class Control(Struct, frozen=True):
    """Who can compel a provider on a day, in a region: derived from the entity graph when the catalogue is compiled.

    ``operator``: the id of the company that runs it there. ``background``: all of it rests on background knowledge, the
    seat too. ``open``: what nobody found, or read, of it (``control.OWNERS``, ``HOST``, ``SECOND`` or ``AGED``, and of
    whom), so that a state outside the EU can't be excluded; empty where one controls it anyway. ``ages``: the last day
    on which all of it counts, where it rests on sources that age.
    """

    operator: str
    states: tuple[str, ...]
    steps: tuple[ControlStep, ...]
    background: bool
    open: tuple[tuple[str, str], ...] = ()
    ages: date | None = None
    held_from_outside: Mapping[str, HeldFromOutside] = field(default_factory=dict)
    """What parties from outside an area hold of the operator, for each area that a referential asks about."""
    evidence: Collection[ShownBy] = ()
    """What shows who can compel it, and that nobody else does."""


class HeldFromOutside(Struct, frozen=True):
    """Per cent of a company, directly or through others: ``single`` is the least that one party surely holds,
    ``least`` and ``most`` bound what all hold together."""

    single: float
    least: float
    most: float


class HostMatch(Struct, frozen=True):
    """What a host proves: a provider and perhaps its service and region (``region`` as written in the host).

    ``region_hole``: the label that would name the region isn't known. ``takes``: which part data plays that is sent
    there under any name; ``None`` where the host alone shows no such data. ``takes_nothing``: none is, under no name at
    all (an API by which things are managed). ``shown``: people look at it, as its first label says (``docs``). ``said``:
    where the configuration says it, of a host that the catalogue doesn't have.
    """

    provider: str
    service: str | None
    region: str | None
    region_hole: bool = False
    source: Source | None = None
    takes: str | None = None
    takes_nothing: bool = False
    shown: bool = False
    said: Located | None = None
