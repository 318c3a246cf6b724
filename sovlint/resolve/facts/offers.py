"""What one offer of a qualification says of a service in a region on a day: its scope, its dates, what it takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.catalog.entries import Hosting, Region, Scheme, ServiceOffer
from sovlint.model.placement import GLOBAL_REGION
from sovlint.model.text import Note
from sovlint.model.value import Fact, Unknown

ALL: Final = "*"
"""Every region, or every service."""


class OfferAnswer(Struct, frozen=True):
    """Yes, no, or unknown (``held`` is ``None``) with the note that says why.

    ``gap`` is what isn't known of the offer itself: the customer's contract has the answer. ``service`` is the one that
    this contract must name, where no list that was read does.
    """

    held: bool | None
    note: Note | None = None
    gap: Note | None = None
    service: str = ""


YES, NO = OfferAnswer(True), OfferAnswer(False)


def answer(
    offer: ServiceOffer, service: Fact[str], region: Fact[Region], scheme: Scheme, day: date
) -> OfferAnswer:
    """Kleene's "and" of what the offer covers, whether it is valid, and what it takes.

    A doubt about what is placed comes first, since no contract answers it; what only the contract tells is told as one.
    """
    checks = (
        hosted(scheme, offer, region, day),
        _covers_service(offer, service),
        _covers_region(offer, region),
        *_of_itself(offer, scheme, day),
    )
    return _together(offer, checks)


def standing(
    offer: ServiceOffer, scheme: Scheme, day: date
) -> tuple[bool | None, tuple[Note, ...]]:
    """Whether an offer counts on ``day`` for whoever uses it (``None``: not known), and what there is to say on that.

    Its dates, its version, and what must be ordered; not which services and regions it covers.
    """
    checks: tuple[OfferAnswer, ...] = (valid(offer, scheme, day), _ordered(offer))
    if any(check.held is False for check in checks):
        checks = tuple(check for check in checks if check.held is False)
    held = min((check.held for check in checks), key=(False, None, True).index)
    return held, tuple(check.note for check in checks if check.note)


def hosted(
    scheme: Scheme, offer: ServiceOffer | None, region: Fact[Region], day: date
) -> OfferAnswer:
    """Whether data is hosted where alone the qualification can be held; without an offer, whoever hosts it."""
    hosting = scheme.hosting(offer, day)
    if not hosting:
        return YES
    if isinstance(region, Unknown) or region.value.code == GLOBAL_REGION:
        return _region_unknown(offer, region) if offer is not None else YES
    if any(each.area in region.value.areas for each in hosting):
        return YES
    return OfferAnswer(False, outside(scheme, hosting))


def outside(scheme: Scheme, hosting: Sequence[Hosting]) -> Note:
    """That a place lies outside of where alone a qualification is held."""
    params = {"title": scheme.title, "area": hosting[0].name, "clause": hosting[0].clause}
    return Note("resolve.outside-hosting", params)


def valid(offer: ServiceOffer, scheme: Scheme, day: date) -> OfferAnswer:
    """Whether an offer is in force on ``day``, by its dates and those of its version."""
    version = next((known for known in scheme.versions if known.id == offer.version), None)
    if offer.since is not None and day < offer.since:
        return _no(offer, "resolve.not-yet", since=offer.since.isoformat())
    if offer.until is not None and day > offer.until:
        return _past(offer, offer.until, scheme)
    if version is None:
        return _doubt(offer, "resolve.version-unknown", Note("resolve.gap-version"))
    if not version.counts(day):
        return _no(offer, "resolve.version-ended", version=version.id)
    if offer.owners_changed:
        return _doubt(offer, "resolve.owners-changed")
    if offer.until is not None:
        started = offer.since is not None or day >= scheme.read
        return (
            YES
            if started
            else _doubt(offer, "resolve.start-unknown", Note("resolve.gap-start"))
        )
    return _without_end(offer, scheme, day)


def years_later(day: date, years: int) -> date:
    """The same day so many years later; the 28th of February for the 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def depends_on_region(offer: ServiceOffer) -> bool:
    """Whether an offer covers some regions and not others, as far as is known."""
    return ALL not in (offer.regions or ()) and (
        offer.regions is not None or offer.area is not None
    )


def _of_itself(offer: ServiceOffer, scheme: Scheme, day: date) -> Iterator[OfferAnswer]:
    """What is or isn't so of an offer, whatever is placed."""
    if offer.services is None:
        yield _doubt(offer, "resolve.services-unknown", Note("resolve.gap-services"))
    if offer.regions is None and offer.area is None:
        yield _doubt(offer, "resolve.scope-unknown", Note("resolve.gap-sites"))
    yield valid(offer, scheme, day)
    yield _ordered(offer)
    yield _doubt(offer, "resolve.indistinct") if offer.indistinct else YES


def _together(offer: ServiceOffer, checks: Sequence[OfferAnswer]) -> OfferAnswer:
    for check in checks:
        if check.held is False:
            return check
    doubts = [check for check in checks if check.held is None]
    if not doubts:
        return next((check for check in checks if check.note), YES)
    first = next((doubt for doubt in doubts if doubt.gap is None), doubts[0])
    if first.gap is None or offer.requires is None:
        return first
    gaps = tuple(doubt.gap for doubt in doubts if doubt.gap not in (None, _CONTRACT))
    if not gaps:
        return first
    open_terms = _doubt(
        offer, "resolve.must-be-ordered-open", _CONTRACT, requires=offer.requires, gaps=gaps
    )
    named = (doubt.service for doubt in doubts if doubt.service)
    return replace(open_terms, service=next(named, ""))


def _covers_service(offer: ServiceOffer, service: Fact[str]) -> OfferAnswer:
    """Whether it covers a service; one that isn't known never is, unless whichever it may be is."""
    if isinstance(service, Unknown):
        answers = [_covers(offer, str(member.value)) for member in service.among or ()]
        held = {each.held for each in answers}
        if len(held) == 1 and None not in held:
            return answers[0]
        if offer.requires is None:
            return _doubt(offer, "resolve.service-unknown")
        return _doubt(offer, "resolve.service-unknown-ordered", requires=offer.requires)
    return _covers(offer, service.value)


def _covers(offer: ServiceOffer, service: str) -> OfferAnswer:
    if service in offer.excluded:
        return NO
    if offer.services is None or ALL in offer.services or service in offer.services:
        return YES  # of services that aren't known at all, the offer itself tells
    if offer.services_complete:
        return NO
    gap = Note("resolve.gap-service", {"service": service})
    return replace(
        _doubt(offer, "resolve.service-not-listed", gap, service=service), service=service
    )


def _covers_region(offer: ServiceOffer, region: Fact[Region]) -> OfferAnswer:
    if not depends_on_region(offer):
        return YES
    if isinstance(region, Unknown) or (
        region.value.country is None and not region.value.areas
    ):
        return _region_unknown(offer, region)
    if offer.regions is not None:
        code = region.value.code
        if code in offer.regions or offer.regions_complete:
            return OfferAnswer(code in offer.regions)
        return _doubt(
            offer, "resolve.region-not-listed", Note("resolve.gap-sites"), region=code
        )
    return OfferAnswer(offer.area in region.value.areas)


def _region_unknown(offer: ServiceOffer, region: Fact[Region]) -> OfferAnswer:
    why: object = (
        region.detail or region.why() if isinstance(region, Unknown) else region.value.code
    )
    return _doubt(offer, "resolve.region-unknown", why=why)


def _past(offer: ServiceOffer, until: date, scheme: Scheme) -> OfferAnswer:
    """Past its end it isn't held where the list was read since, or a source says that it wasn't renewed; else a renewal
    may not have been found."""
    if scheme.read > until or offer.not_renewed:
        return _no(offer, "resolve.ended", until=until.isoformat())
    dates = {"until": until.isoformat(), "read": scheme.read.isoformat()}
    return _doubt(
        offer, "resolve.renewal-not-found", Note("resolve.gap-renewal", dates), **dates
    )


def _without_end(offer: ServiceOffer, scheme: Scheme, day: date) -> OfferAnswer:
    """Without a known end it counts less than ``years`` after a start that a source dates, and only then."""
    if (
        offer.since is not None
        and offer.assumable
        and day < years_later(offer.since, scheme.years)
    ):
        return OfferAnswer(
            True, _note(offer, "resolve.end-assumed", since=offer.since.isoformat())
        )
    return _doubt(offer, "resolve.end-unknown", Note("resolve.gap-end"))


_CONTRACT: Final = Note("resolve.gap-contract")


def _ordered(offer: ServiceOffer) -> OfferAnswer:
    if offer.requires is None:
        return YES
    return _doubt(offer, "resolve.must-be-ordered", _CONTRACT, requires=offer.requires)


def _doubt(
    offer: ServiceOffer, key: str, gap: Note | None = None, **params: object
) -> OfferAnswer:
    return OfferAnswer(None, _note(offer, key, **params), gap)


def _no(offer: ServiceOffer, key: str, **params: object) -> OfferAnswer:
    return OfferAnswer(False, _note(offer, key, **params))


def _note(offer: ServiceOffer, key: str, **params: object) -> Note:
    return Note(key, {"offer": offer.offer, **params})
