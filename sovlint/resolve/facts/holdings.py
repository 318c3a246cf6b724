"""Which qualifications a service holds, in a region, on a day: offers and attestations (design, section 6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import cast

from msgspec.structs import replace

from sovlint.catalog.entries import Offer, Region, Scheme
from sovlint.catalog.load import Catalog
from sovlint.model.attestation import Attestation
from sovlint.model.findings.cause import Cause
from sovlint.model.placement import GLOBAL_REGION, Holding, Placement
from sovlint.model.resource import Resource
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Reason, Step, Unknown
from sovlint.resolve.facts.offers import OfferAnswer, answer, depends_on_region, hosted, outside, valid, years_later
from sovlint.resolve.facts.regions import Place

CONTRACT = "contract"
"""The kind of cause of what waits for a contract, after the name of the qualification."""


def holdings(place: Place, catalog: Catalog, attested: Sequence[Attestation], day: date) -> Iterator[Holding]:
    """One holding for each qualification that the catalogue knows. ``attested`` are about what is placed."""
    for scheme in catalog.schemes.values():
        concerning = [
            each
            for each in attested
            if each.qualification == scheme.name and (each.fault is not None or each.valid(day))
        ]
        concerning.sort(key=lambda each: (each.fault is not None, -each.expires.toordinal()))
        yield _at(place, scheme, day, concerning)


def once_located(placement: Placement, catalog: Catalog, day: date) -> Placement:
    """A placement of which people say where it is: outside the area where alone a qualification is held, it isn't. Of
    one that may lie outside, an attestation says nothing until its place is known."""
    area, region = placement.area, placement.region
    if not isinstance(area, Known):
        found = (_while_unlocated(each, placement, catalog, day) for each in placement.holdings)
        return replace(placement, holdings=tuple(found))
    if isinstance(region, Known) and region.value != GLOBAL_REGION:
        return placement
    return replace(
        placement, holdings=tuple(_once_located(each, area.value, catalog, day) for each in placement.holdings)
    )


def _while_unlocated(holding: Holding, placement: Placement, catalog: Catalog, day: date) -> Holding:
    """A holding at a place that isn't known: what is attested doesn't count where the provider has regions outside."""
    scheme = catalog.schemes.get(holding.name)
    hosting = scheme.hosting(None, day) if scheme is not None else ()
    if not hosting or holding.attested is None or not isinstance(placement.provider, Known):
        return holding
    inside = {each.area for each in hosting}
    possible = placement.area.among if isinstance(placement.area, Unknown) else None
    if possible:
        places = [tuple(cast("tuple[str, ...]", member.value)) for member in possible]
    else:
        provider = catalog.providers.get(placement.provider.value)
        places = [region.areas for region in provider.regions.values()] if provider is not None else []
    if all(inside.intersection(areas) for areas in places):
        return holding
    params = {"owner": holding.attested, "area": hosting[0].name, "clause": hosting[0].clause}
    unknown = Unknown(Reason.NO_EVIDENCE, "region")
    return replace(
        holding, held=unknown, note=Note("resolve.attestation-needs-place", params), until=None, attested=None
    )


def _once_located(holding: Holding, areas: tuple[str, ...], catalog: Catalog, day: date) -> Holding:
    scheme = catalog.schemes.get(holding.name)
    hosting = scheme.hosting(None, day) if scheme is not None else ()
    if scheme is None or not hosting or any(each.area in areas for each in hosting):
        return holding
    found = Holding(
        holding.name, Known(False), note=outside(scheme, hosting), sources=tuple(each.source for each in hosting)
    )
    step = holding.held.because if isinstance(holding.held, Known) else None
    if step is None or step.where is None or holding.attested is None:
        return found
    note = Note("resolve.attestation-overruled", {"why": found.note or "", "owner": holding.attested})
    return replace(found, note=note, overruled=(step.where,))


def about(attested: Sequence[Attestation], resource: Resource) -> Sequence[Attestation]:
    """The attestations whose globs match a resource."""
    path = resource.where.span().path if attested else ""
    return [each for each in attested if each.about(resource.address, path)]


def ends(provider: str, catalog: Catalog, attested: Sequence[Attestation], day: date) -> tuple[date, ...]:
    """The last days, from ``day`` on, of all that may be said of a provider: offers, versions of a qualification,
    attestations, and who controls it."""
    last = {each.expires for each in attested if each.provider in (None, provider)}
    last.update(turn - timedelta(days=1) for turn in catalog.turns(provider))
    for scheme in catalog.schemes.values():
        for offer in scheme.offers.get(provider, ()):
            last.update(version.until for version in scheme.versions if version.until and version.id == offer.version)
            if offer.until is not None:
                last.add(offer.until)
            elif offer.since is not None:
                last.add(years_later(offer.since, scheme.years) - timedelta(days=1))
    return tuple(sorted(each for each in last if each >= day))


def owners_limited(provider: str, catalog: Catalog, day: date) -> bool:
    """Whether a qualification in force on ``day`` shows that nobody outside the EU controls the company."""
    return in_force_with_limits(provider, catalog, day) is not None


def in_force_with_limits(provider: str, catalog: Catalog, day: date) -> Offer | None:
    """An offer, in force on ``day``, under a referential that limits what parties from outside may hold."""
    for scheme in catalog.schemes.values():
        for offer in scheme.offers.get(provider, ()):
            limited = any(version.id == offer.version and version.limits_owners for version in scheme.versions)
            if limited and valid(offer, scheme, day).held:
                return offer
    return None


def _at(place: Place, scheme: Scheme, day: date, attested: Sequence[Attestation] = ()) -> Holding:
    """The holding at a place that may be one of a few: known only where all of them give one answer.

    Attestations fill what isn't known of each of them, so that one that surely doesn't hold it keeps its say.
    """
    providers = _members(place.provider)
    if providers is None:
        assert isinstance(place.provider, Unknown)
        unknown = place.provider.bare().but(because=None)
        in_force = attested and attested[0].fault is None
        note = Note("resolve.attestation-needs-provider", {"owner": attested[0].owner}) if in_force else None
        return Holding(scheme.name, unknown, note=note)

    def one(provider: object, region: object) -> Holding:
        holding = _holding(provider, place.service, region, place.region, scheme, day)
        return _attested(holding, scheme, provider, region, attested)

    found = [one(provider, region) for provider in providers for region in _members(place.region) or [None]]
    answers = {_answer(holding) for holding in found}
    if len(answers) == 1 and None not in answers:
        return min(found, key=lambda holding: holding.until or date.max)
    unproven = next((holding for holding in found if isinstance(holding.held, Unknown)), None)
    if unproven is not None:
        settled = {holding.waits_for.id if holding.waits_for else None for holding in found}
        return unproven if len(settled) == 1 else replace(unproven, waits_for=None)
    return replace(
        found[0], held=Unknown(Reason.MULTI_VALUED, note=Note("resolve.several-places")), note=None, until=None
    )


def _answer(holding: Holding) -> bool | None:
    return holding.held.value if isinstance(holding.held, Known) else None


def _members(fact: Fact[str] | Fact[Region]) -> list[object] | None:
    if isinstance(fact, Known):
        return [fact.value]
    return [member.value for member in fact.among] if fact.among else None


def _holding(
    provider: object, service: Fact[str], region: object, written: Fact[Region], scheme: Scheme, day: date
) -> Holding:
    offers = scheme.offers.get(str(provider), ())
    answered = [(offer, answer(offer, service, region, written, scheme, day)) for offer in offers]
    for wanted in (True, None):
        for offer, found in answered:
            if found.held is wanted:
                held: Fact[bool] = Known(True) if wanted else _doubt(offer, region, written)
                return Holding(
                    scheme.name, held, offer.version, offer.offer, offer.until, found.note, (offer.source,),
                    waits_for=_contract(offer, found, scheme),
                )  # fmt: skip
    sources = tuple(offer.source for offer in offers) or (scheme.source,)
    elsewhere = hosted(scheme, None, region, written, day)
    if elsewhere.held is False:
        sources = tuple(hosting.source for hosting in scheme.hosting(None, day))
        return Holding(scheme.name, Known(False), note=elsewhere.note, sources=sources)
    if offers or scheme.complete:
        return Holding(scheme.name, Known(False), note=_not_held(answered, scheme), sources=sources)
    return Holding(
        scheme.name, Unknown(Reason.NOT_IN_CATALOGUE), sources=sources,
        note=Note("resolve.not-listed", {"title": scheme.title, "read": scheme.read.isoformat()}),
    )  # fmt: skip


def _contract(offer: Offer, found: OfferAnswer, scheme: Scheme) -> Cause | None:
    """What it waits for where only the contract with the host tells, and code needn't be asked any more."""
    if found.held is not None or found.gap is None or found.note is None or not scheme.always_ordered:
        return None
    why = Note("resolve.waits-for-contract", {"title": scheme.title, "why": found.note})
    return Cause(f"{scheme.name}-{CONTRACT}", offer.provider, why, scheme.name)


def _doubt(offer: Offer, region: object, written: Fact[Region]) -> Unknown:
    """Why it isn't known: the region's own reason where that is what is missing, else that nothing shows it."""
    if region is None and isinstance(written, Unknown) and offer.regions != ("*",):
        return written.bare()
    return Unknown(Reason.NO_EVIDENCE, offer.offer)


def _not_held(answered: Sequence[tuple[Offer, OfferAnswer]], scheme: Scheme) -> Note:
    """Why none of the offers holds it: the first one's reason."""
    if not answered:
        return Note("resolve.no-offer", {"title": scheme.title, "read": scheme.read.isoformat()})
    offer, answer = answered[0]
    return answer.note or Note("resolve.outside-offer", {"offer": offer.offer, "title": scheme.title})


def _attested(
    holding: Holding, scheme: Scheme, provider: object, region: object, attested: Sequence[Attestation]
) -> Holding:
    """An attestation fills an unknown; it never overrides what is known, and that is said. Of several, that which lasts
    longest stands for all. Those at fault come last, and fill nothing.

    Where offers of the provider depend on the region, it says nothing of a region that isn't known.
    """
    code = region.code if isinstance(region, Region) else None
    speaking = [each for each in attested if each.at(str(provider), code)]
    if not speaking or (isinstance(holding.held, Known) and holding.held.value):
        return holding
    first, *others = speaking
    if first.fault is not None:  # those come last: none of them counts
        if isinstance(holding.held, Known):
            return holding
        void = {"why": holding.note or "", "owner": first.owner, "fault": first.fault}
        return replace(holding, note=Note("resolve.attestation-void", void), waits_for=None)
    if isinstance(holding.held, Known):
        return _overruled(holding, speaking)
    tied = next((offer for offer in scheme.offers.get(str(provider), ()) if depends_on_region(offer)), None)
    if tied is not None and code is None:
        params = {"owner": first.owner, "offer": tied.offer}
        return replace(holding, note=Note("resolve.attestation-needs-region", params))
    note = Note("resolve.attested", {"owner": first.owner, "evidence": first.evidence})
    also = tuple(
        Step(each.where, Note("resolve.attested", {"owner": each.owner, "evidence": each.evidence}))
        for each in others
        if each.fault is None
    )
    return replace(
        holding, held=Known(True, Step(first.where, note, also)), note=note, until=first.expires,
        attested=first.owner, waits_for=None,
    )  # fmt: skip


def _overruled(holding: Holding, attested: Sequence[Attestation]) -> Holding:
    """What isn't held stays so, and says of which attestations that makes nothing."""
    params: dict[str, object] = {"why": holding.note or "", "owner": attested[0].owner}
    overruled = tuple(each.where for each in attested if each.fault is None)
    return replace(holding, note=Note("resolve.attestation-overruled", params), overruled=overruled)
