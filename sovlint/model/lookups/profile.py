"""What there is to know of a provider, for people who look one up: gathered by ``commands``, written by ``report``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from msgspec import Struct, field

from sovlint.model.placement import Source
from sovlint.model.text import Bilingual, Note
from sovlint.model.value import Fact
from sovlint.model.world import Jurisdiction

DEFUNCT: Final = "defunct"
"""The status of what no longer exists: whoever answers in its name today, nobody knows."""


class Company(Struct, frozen=True):
    """A company and who holds it on the day asked. ``shares`` is ``None`` where nobody found who does.

    ``dispersed``: what says that nobody holds a majority. ``top``: a person, a family or a state, which nobody holds.
    ``within``: what says that all of it is held in an area, by whomever.
    """

    name: str
    seat: str
    source: Source
    shares: tuple[Share, ...] | None = ()
    dispersed: Source | None = None
    top: bool = False
    within: HeldWithin | None = None


class HeldWithin(Struct, frozen=True):
    """What says that all of a company is held in an ``area``, and how far that is proved on the day: ``proved``, ``aged``,
    ``one-source`` or ``unsaid``; ``until``: the last day on which its sources count."""

    area: str
    standing: str
    until: date | None
    sources: tuple[Source, ...]


class Share(Struct, frozen=True):
    """A holding; several ``holders`` hold it together. ``percent``, ``since`` and ``until`` are ``None`` where not
    found. ``control``: a right of control that doesn't come from a majority."""

    holders: tuple[Company, ...]
    majority: bool
    percent: float | None
    since: str | None
    source: Source
    until: str | None = None
    control: bool = False


class ControlStep(Struct, frozen=True):
    """One step of how control was derived: ``entity`` reached ``through`` (seat, owner, reach, runs-on).

    ``background``: the step, or one on the way to it, rests on general knowledge, whatever ``source`` is. ``of``: the
    company that an owner holds, and ``how`` (by a ``majority``, one held ``together``, or a right of ``control``);
    ``share`` and ``since``: how much of it, and from when, where that is known.
    """

    entity: str
    through: str
    jurisdiction: str
    source: Source
    background: bool = False
    of: str | None = None
    how: str | None = None
    share: float | None = None
    since: str | None = None


class Apart(Struct, frozen=True):
    """Regions that a company of their own runs, and who controls it there (``known``: see ``Profile``)."""

    regions: tuple[str, ...]
    operator: str
    control: tuple[str, ...]
    known: Fact[tuple[str, ...]]
    derived: tuple[ControlStep, ...]


class FromOutside(Struct, frozen=True):
    """What parties from outside an area hold of the operator, against the limits of a referential's ``clause``.

    Per cent of the capital: ``single`` is the least that one party surely holds, ``least`` and ``most`` bound all of
    them. ``within`` is ``None`` where that isn't known; ``by`` says what shows it: ``shares``, or a ``qualification``
    in force. ``contradicted``: shares that were read go beyond what a qualification in force allows.
    """

    qualification: str
    version: str
    clause: str
    area: str
    single_limit: float
    together_limit: float
    single: float
    least: float
    most: float
    within: bool | None
    by: str | None
    contradicted: bool = False


class Maker(Struct, frozen=True, kw_only=True):
    """A company that makes what a provider runs on, or ``licensed`` it to the operator; ``services``: only these."""

    name: str
    jurisdiction: str
    licensed: bool = False
    source: Source
    since: str | None = None
    until: str | None = None
    services: tuple[str, ...] = ()


class HostPattern(Struct, frozen=True):
    """A pattern of hosts that lead to a provider (``catalog/hosts.py`` has the form), and the service behind it."""

    host: str
    service: str | None
    source: Source


class PluginUse(Struct, frozen=True):
    """A plug-in that reaches a provider. ``default``: where nothing in the code says otherwise."""

    id: str
    default: bool


class RegionProfile(Struct, frozen=True):
    """A region with its country; a multi-region has none, and perhaps areas that it lies in."""

    region: str
    country: str | None
    areas: tuple[str, ...] = ()


class OfferStanding(Struct, frozen=True):
    """One offer on a day: ``valid`` is ``None`` where that isn't known, and ``reasons`` say why it is what it is.

    ``regions`` is ``None`` where the scope isn't known; ``area`` stands for all regions in it. ``days_left``: until the
    last day of validity. Services are ids, ``None`` where none is known. ``regions_complete``, ``services_complete``:
    what isn't listed isn't covered.
    """

    qualification: str
    offer: str
    version: str | None
    since: date | None
    until: date | None
    valid: bool | None
    source: Source
    reasons: tuple[Note, ...] = ()
    days_left: int | None = None
    regions: tuple[str, ...] | None = None
    regions_complete: bool = True
    area: str | None = None
    services: tuple[str, ...] | None = None
    excluded: tuple[str, ...] = ()
    services_complete: bool = False
    activities: tuple[int, ...] = ()
    """As the offer's source numbers them; none: not known."""
    transfer_table: str = ""
    """Where the host publishes who takes part, and from where; empty: not found."""
    note: Bilingual | None = None


class Profile(Struct, frozen=True):
    """All of it. ``control`` has every state that was found; ``control_known`` is unknown where others may be too.

    ``without_offer``: each qualification that no offer of the provider is listed under, with the day on which the list
    was read, and whether it names every holder (then it isn't held; else that isn't known).
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    status: str
    as_of: date
    company: Company
    runs_on: tuple[str, ...] | None
    """Names of the providers whose cloud is underneath; ``None`` where nobody found what is."""
    control: tuple[str, ...]
    control_known: Fact[tuple[str, ...]]
    control_limited: bool
    """Not all owners were found, and a qualification in force makes up for it."""
    control_derived: tuple[ControlStep, ...]
    read_again: date | None
    """When the oldest source on who holds it was read, where that was over a year ago."""
    technology: tuple[str, ...] | None
    makers: tuple[Maker, ...]
    technology_of: Mapping[str, tuple[str, ...]]
    places: tuple[RegionProfile, ...]
    standings: tuple[OfferStanding, ...]
    without_offer: tuple[tuple[str, date, bool], ...]
    hosts: tuple[HostPattern, ...]
    plugins: tuple[PluginUse, ...]
    sources: tuple[Source, ...]
    from_outside: tuple[FromOutside, ...] = ()
    apart: tuple[Apart, ...] = ()
    """Regions that another company runs, by company."""
    notes: Bilingual | None = None
    states: Mapping[str, Jurisdiction] = field(default_factory=dict)
    """Every state that is named, by code."""
    areas: Mapping[str, Bilingual] = field(default_factory=dict)
    """Names of areas by id."""
    titles: Mapping[str, Bilingual] = field(default_factory=dict)
    """Titles of qualifications by name."""

    @property
    def soil(self) -> tuple[str, ...]:
        """The states outside every area on whose soil a region lies, where all found to control it are inside one."""
        if not all(self.states[code].areas for code in self.control):
            return ()
        return tuple(
            dict.fromkeys(
                place.country for place in self.places if place.country and not place.areas
            )
        )
