"""What a file of suppositions may say: who buys whom, what lapses, which law or decision begins or ends, where a region
goes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from sovlint.model.source import Span


class SupposedTerm(Struct, frozen=True):
    """From when and until when something is supposed to hold (inclusive)."""

    since: date | None = None
    until: date | None = None

    def turns(self) -> Iterator[date]:
        """The days from which it makes a difference."""
        if self.since is not None:
            yield self.since
        if self.until is not None:
            yield self.until + timedelta(days=1)


NO_TERM = SupposedTerm()


class Buyer(Struct, frozen=True):
    """Who buys a company: one that the catalogue has by its ``name``, else one with this ``seat``.

    ``kind``: whom nobody can hold (``person``, ``state``); ``no_majority``: nobody has a majority of it. With neither,
    nobody says who holds it.
    """

    name: str
    seat: str | None = None
    kind: str | None = None
    no_majority: bool = False


class Takeover(Struct, frozen=True):
    """That somebody buys the whole of a company: the one called so, or the one that runs a provider."""

    by: Buyer
    provider: str | None = None
    company: str | None = None
    term: SupposedTerm = NO_TERM


class SupposedLapse(Struct, frozen=True):
    """That a provider's qualification isn't renewed: that of one offer, or of all that it has."""

    qualification: str
    provider: str
    offer: str | None = None
    term: SupposedTerm = NO_TERM


class LawChange(Struct, frozen=True):
    """That a law of a state begins or ends; of one that the catalogue doesn't have, its ``kind`` says what it does."""

    state: str
    name: str
    kind: str | None = None
    continues_until: date | None = None
    term: SupposedTerm = NO_TERM


class AdequacyChange(Struct, frozen=True):
    """That a decision of adequacy (GDPR 45) for a state begins or ends."""

    state: str
    kind: str | None = None
    term: SupposedTerm = NO_TERM


class RegionMove(Struct, frozen=True):
    """That a region of a provider is in another country."""

    provider: str
    region: str
    country: str
    term: SupposedTerm = NO_TERM


SupposedEvent = Takeover | SupposedLapse | LawChange | AdequacyChange | RegionMove


class Supposition(Struct, frozen=True):
    """What is supposed together, under a title: each event by its key. ``where``: the place of each key that is written,
    the supposition's own under the empty one."""

    title: str
    events: dict[str, SupposedEvent]
    where: dict[tuple[str, ...], Span]

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.where[()]

    def day(self, today: date) -> date:
        """The first day, from ``today`` on, on which all of it holds."""
        turns = (turn for event in self.events.values() for turn in event.term.turns())
        return max((today, *turns))

    def at(self, *keys: str) -> Span:
        """Where a key stands, else what it stands in."""
        while keys not in self.where:
            keys = keys[:-1]
        return self.where[keys]
