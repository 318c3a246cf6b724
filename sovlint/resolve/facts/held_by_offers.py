"""What one provider's offers say of a qualification: for one service, in one region, on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sovlint.catalog.entries import Region, Scheme, ServiceOffer
from sovlint.model.findings.cause import CONTRACT, LISTING, Cause
from sovlint.model.placement import Holding, ShownBy, Shows, Source
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Reason, Unknown
from sovlint.resolve.facts.offers import OfferAnswer, answer, hosted
from sovlint.resolve.facts.soil import places
from sovlint.resolve.values import no_evidence


def held_by_offers(
    provider: str, service: Fact[str], region: Fact[Region], scheme: Scheme, day: date
) -> Holding:
    """The holding of a provider's service in a region: by the first offer that holds it, else by the first that may."""
    offers = scheme.offers.get(provider, ())
    answered = [(offer, answer(offer, service, region, scheme, day)) for offer in offers]
    for wanted in (True, None):
        for offer, found in answered:
            if found.held is wanted:
                return _by_offer(offer, found, scheme, region, day)
    sources = tuple(offer.source for offer in offers) or (scheme.source,)
    elsewhere = hosted(scheme, None, region, day)
    if elsewhere.held is False:
        sources = tuple(hosting.source for hosting in scheme.hosting(None, day))
        return Holding(scheme.name, Known(False), note=elsewhere.note, sources=sources)
    if offers or scheme.complete:
        why = why_no_offer_holds(answered, scheme)
        return Holding(scheme.name, Known(False), note=why, sources=sources)
    return _unlisted(provider, scheme, sources)


def _by_offer(
    offer: ServiceOffer, found: OfferAnswer, scheme: Scheme, region: Fact[Region], day: date
) -> Holding:
    """The holding by an offer that holds it, or that may."""
    held: Fact[bool] = Known(True) if found.held else _doubt(offer, region)
    evidence = (_of_offer(offer), *shown_place(scheme, region, day)) if found.held else ()
    return Holding(
        scheme.name,
        held,
        offer.version,
        offer.offer,
        offer.until,
        found.note,
        (offer.source,),
        waits_for=_contract(offer, found, scheme),
        activities=offer.activities,
        evidence=evidence,
    )


def _unlisted(provider: str, scheme: Scheme, sources: tuple[Source, ...]) -> Holding:
    """Not known: no list was read that would have the provider if it held it."""
    note = Note(
        "resolve.not-listed", {"title": scheme.title, "read": scheme.read.isoformat()}
    )
    unlisted = Unknown(Reason.NOT_IN_CATALOGUE)
    waits_for = Cause(f"{scheme.name}-{LISTING}", provider, note, scheme.name)
    return Holding(scheme.name, unlisted, sources=sources, note=note, waits_for=waits_for)


def _of_offer(offer: ServiceOffer) -> ShownBy:
    return ShownBy(Shows.QUALIFICATION, offer.offer, offer.source, offer.source.background)


def shown_place(scheme: Scheme, region: Fact[Region], day: date) -> tuple[ShownBy, ...]:
    """What shows where it is, where it can be held in one area alone."""
    return tuple(places(region)) if scheme.hosting(None, day) else ()


def _contract(offer: ServiceOffer, found: OfferAnswer, scheme: Scheme) -> Cause | None:
    """What it waits for where only the contract with the host tells, and code needn't be asked any more."""
    if (
        found.held is not None
        or found.gap is None
        or found.note is None
        or not scheme.always_ordered
    ):
        return None
    why = Note("resolve.waits-for-contract", {"title": scheme.title, "why": found.note})
    name = f"{offer.provider}/{found.service}" if found.service else offer.provider
    return Cause(f"{scheme.name}-{CONTRACT}", name, why, scheme.name)


def _doubt(offer: ServiceOffer, region: Fact[Region]) -> Unknown:
    """Why it isn't known: the region's own reason where that is what is missing, else that nothing shows it."""
    if isinstance(region, Unknown) and offer.regions != ("*",):
        return region.bare()
    return no_evidence(offer.offer)


def why_no_offer_holds(
    answered: Sequence[tuple[ServiceOffer, OfferAnswer]], scheme: Scheme
) -> Note:
    """Why none of the offers holds it: the first one's reason."""
    if not answered:
        return Note(
            "resolve.no-offer", {"title": scheme.title, "read": scheme.read.isoformat()}
        )
    offer, answer = answered[0]
    return answer.note or Note(
        "resolve.outside-offer", {"offer": offer.offer, "title": scheme.title}
    )
