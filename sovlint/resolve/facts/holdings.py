"""Which qualifications a service holds, in a region, on a day: offers and attestations (design, section 6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import cast

from msgspec.structs import replace

from sovlint.catalog.entries import Hosting, Offer, Region, Scheme
from sovlint.catalog.load import Catalog
from sovlint.model.attestation import Attestation
from sovlint.model.findings.cause import CONTRACT, LISTING, Cause
from sovlint.model.placement import GLOBAL_REGION, Holding, Late, Placement, ShownBy, Shows
from sovlint.model.resources.resource import Resource
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Reason, Step, Unknown
from sovlint.resolve.facts.attested_services import ServiceAsked
from sovlint.resolve.facts.offers import (
    OfferAnswer,
    answer,
    depends_on_region,
    hosted,
    outside,
    valid,
    years_later,
)
from sovlint.resolve.facts.service_place import ServicePlace
from sovlint.resolve.facts.soil import places
from sovlint.resolve.values import members, no_evidence, value_of


def holdings(
    place: ServicePlace, catalog: Catalog, attested: Sequence[Attestation], day: date
) -> Iterator[Holding]:
    """One holding for each qualification that is judged here. ``attested`` are about what is placed."""
    for scheme in catalog.judged.values():
        about_it = (each for each in attested if each.qualification == scheme.name)
        concerning = [each for each in about_it if each.fault is not None or each.valid(day)]
        concerning.sort(key=lambda each: (each.fault is not None, -each.expires.toordinal()))
        yield _at(place, scheme, catalog, day, concerning)


def once_located(placement: Placement, catalog: Catalog, day: date) -> Placement:
    """A placement of which people say where it is: outside the area where alone a qualification is held, it isn't. Of
    one that may lie outside, an attestation says nothing until its place is known."""
    area, region = placement.area, value_of(placement.region)
    if isinstance(area, Known) and region not in (None, GLOBAL_REGION):
        return placement
    return replace(placement, holdings=Late(partial(_located, placement, catalog, day)))


def _located(placement: Placement, catalog: Catalog, day: date) -> Iterator[Holding]:
    """The holdings at a place that people name, or that isn't known."""
    area = placement.area
    for holding in placement.holdings:
        scheme = catalog.schemes.get(holding.name)
        hosting = scheme.hosting(None, day) if scheme is not None else ()
        if scheme is not None and hosting:
            if not isinstance(area, Known):
                holding = _while_unlocated(holding, placement, hosting, catalog)
            elif not _is_inside(hosting, area.value):
                holding = _outside(holding, scheme, hosting)
        yield holding


def _is_inside(hosting: Sequence[Hosting], areas: Sequence[str]) -> bool:
    return any(each.area in areas for each in hosting)


def _while_unlocated(
    holding: Holding, placement: Placement, hosting: Sequence[Hosting], catalog: Catalog
) -> Holding:
    """A holding at a place that isn't known: what is attested doesn't count where the provider has regions outside, and
    nobody is asked to attest it there."""
    is_asked = holding.waits_for is not None and bool(holding.waits_for.claim)
    known = value_of(placement.provider)
    if holding.attested is None and (known is None or not is_asked):
        return holding
    places = [member.value for member in members(placement.area)]
    provider = catalog.find_provider(known) if known is not None else None
    if not places and provider is not None:
        places = [region.areas for region in provider.regions.values()]
    inside = all(_is_inside(hosting, areas) for areas in places)
    if inside and (places or known is not None):
        return holding
    if holding.attested is None:
        return replace(holding, waits_for=None)
    params = {"owner": holding.attested, "area": hosting[0].name, "clause": hosting[0].clause}
    note = Note("resolve.attestation-needs-place", params)
    return replace(holding, held=no_evidence("region"), note=note, until=None, attested=None)


def _outside(holding: Holding, scheme: Scheme, hosting: Sequence[Hosting]) -> Holding:
    """Not held, and which attestation that makes nothing of."""
    why = outside(scheme, hosting)
    found = Holding(
        holding.name, Known(False), note=why, sources=tuple(each.source for each in hosting)
    )
    step = holding.held.because if isinstance(holding.held, Known) else None
    if step is None or step.where is None or holding.attested is None:
        return found
    note = Note("resolve.attestation-overruled", {"why": why, "owner": holding.attested})
    return replace(found, note=note, overruled=(step.where,))


def about(attested: Sequence[Attestation], resource: Resource) -> Sequence[Attestation]:
    """The attestations whose globs match a resource."""
    path = resource.where.span().path if attested else ""
    return [each for each in attested if each.about(resource.address, path)]


def of_company(attested: Sequence[Attestation], called: str) -> Sequence[Attestation]:
    """Attestations without those about another company that the catalogue doesn't have; ``called`` is the name of the
    one at hand, empty where the catalogue has it or nobody names it."""
    return [each for each in attested if each.of_vendor(called)]


def ends(
    provider: str, catalog: Catalog, attested: Sequence[Attestation], day: date
) -> tuple[date, ...]:
    """The last days, from ``day`` on, of all that may be said of a provider: offers, versions of a qualification,
    attestations, and who controls it."""
    last = {each.expires for each in attested if each.provider in (None, provider)}
    last.update(turn - timedelta(days=1) for turn in catalog.turns(provider))
    for scheme in catalog.judged.values():
        for offer in scheme.offers.get(provider, ()):
            last.update(
                version.until
                for version in scheme.versions
                if version.until and version.id == offer.version
            )
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
            limited = any(
                version.id == offer.version and version.limits_owners
                for version in scheme.versions
            )
            if limited and valid(offer, scheme, day).held:
                return offer
    return None


def _at(
    place: ServicePlace,
    scheme: Scheme,
    catalog: Catalog,
    day: date,
    attested: Sequence[Attestation] = (),
) -> Holding:
    """The holding at a place that may be one of a few: known only where all of them give one answer.

    Attestations fill what isn't known of each of them, so that one that surely doesn't hold it keeps its say.
    """
    if isinstance(place.provider, Unknown) and not place.provider.among:
        return _of_unlisted(place, scheme, attested, catalog, day)
    regions = members(place.region) or (place.region,)
    found: list[Holding] = []
    for provider in (member.value for member in members(place.provider)):
        for region in regions:
            holding = _holding(provider, place.service, region, scheme, day)
            asked = ServiceAsked(scheme, provider, place.service, region, day)
            found.append(_attested(holding, asked, attested, catalog))
    answers = {value_of(holding.held) for holding in found}
    if len(answers) == 1 and None not in answers:
        return min(found, key=lambda holding: holding.until or date.max)
    unproven = next((holding for holding in found if isinstance(holding.held, Unknown)), None)
    if unproven is not None:
        settled = {holding.waits_for.id if holding.waits_for else None for holding in found}
        return unproven if len(settled) == 1 else replace(unproven, waits_for=None)
    held = Unknown(Reason.MULTI_VALUED, note=Note("resolve.several-places"))
    return replace(found[0], held=held, note=None, until=None)


def _of_unlisted(
    place: ServicePlace,
    scheme: Scheme,
    attested: Sequence[Attestation],
    catalog: Catalog,
    day: date,
) -> Holding:
    """The holding of a company that isn't known: what is attested counts where it names that very company, and no
    complete list leaves it out."""
    provider = cast(Unknown, place.provider)
    found = Holding(scheme.name, provider.bare().but(because=None))
    attested = [each for each in attested if each.provider is None]
    if not attested:
        return found
    first, owner = attested[0], attested[0].owner
    naming = [each for each in attested if each.vendor is not None]
    if not naming and first.fault is None:
        note = Note("resolve.attestation-needs-provider", {"owner": owner})
        return replace(found, note=note)
    if naming and scheme.complete:
        return _overruled(replace(found, note=_not_held((), scheme)), naming)
    asked = ServiceAsked(scheme, "", place.service, provider, day)
    return _attested(found, asked, naming, catalog)


def _holding(
    provider: str, service: Fact[str], region: Fact[Region], scheme: Scheme, day: date
) -> Holding:
    offers = scheme.offers.get(provider, ())
    answered = [(offer, answer(offer, service, region, scheme, day)) for offer in offers]
    for wanted in (True, None):
        for offer, found in answered:
            if found.held is wanted:
                held: Fact[bool] = Known(True) if wanted else _doubt(offer, region)
                return Holding(
                    scheme.name, held, offer.version, offer.offer, offer.until, found.note, (offer.source,),
                    waits_for=_contract(offer, found, scheme),
                    activities=offer.activities,
                    evidence=(_of_offer(offer), *_of_hosting(scheme, region, day)) if wanted else (),
                )  # fmt: skip
    sources = tuple(offer.source for offer in offers) or (scheme.source,)
    elsewhere = hosted(scheme, None, region, day)
    if elsewhere.held is False:
        sources = tuple(hosting.source for hosting in scheme.hosting(None, day))
        return Holding(scheme.name, Known(False), note=elsewhere.note, sources=sources)
    if offers or scheme.complete:
        return Holding(
            scheme.name, Known(False), note=_not_held(answered, scheme), sources=sources
        )
    note = Note(
        "resolve.not-listed", {"title": scheme.title, "read": scheme.read.isoformat()}
    )
    unlisted = Unknown(Reason.NOT_IN_CATALOGUE)
    waits_for = Cause(f"{scheme.name}-{LISTING}", provider, note, scheme.name)
    return Holding(scheme.name, unlisted, sources=sources, note=note, waits_for=waits_for)


def _of_offer(offer: Offer) -> ShownBy:
    return ShownBy(Shows.QUALIFICATION, offer.offer, offer.source, offer.source.background)


def _of_hosting(scheme: Scheme, region: Fact[Region], day: date) -> tuple[ShownBy, ...]:
    """What shows where it is, where it can be held in one area alone."""
    return tuple(places(region)) if scheme.hosting(None, day) else ()


def _contract(offer: Offer, found: OfferAnswer, scheme: Scheme) -> Cause | None:
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


def _doubt(offer: Offer, region: Fact[Region]) -> Unknown:
    """Why it isn't known: the region's own reason where that is what is missing, else that nothing shows it."""
    if isinstance(region, Unknown) and offer.regions != ("*",):
        return region.bare()
    return no_evidence(offer.offer)


def _not_held(answered: Sequence[tuple[Offer, OfferAnswer]], scheme: Scheme) -> Note:
    """Why none of the offers holds it: the first one's reason."""
    if not answered:
        return Note(
            "resolve.no-offer", {"title": scheme.title, "read": scheme.read.isoformat()}
        )
    offer, answer = answered[0]
    return answer.note or Note(
        "resolve.outside-offer", {"offer": offer.offer, "title": scheme.title}
    )


def _attested(
    holding: Holding, asked: ServiceAsked, attested: Sequence[Attestation], catalog: Catalog
) -> Holding:
    """An attestation fills an unknown; it never overrides what is known, and that is said. Of several, that which lasts
    longest stands for all. Those at fault come last, and fill nothing.

    Where offers of the provider depend on the region, it says nothing of a region that isn't known.
    """
    speaking = [each for each in attested if each.at(asked.provider, asked.region_code)]
    if not speaking or value_of(holding.held):
        return holding
    first = speaking[0]
    if first.fault is not None:  # those come last: none of them counts
        return holding if isinstance(holding.held, Known) else _void(holding, first)
    if isinstance(holding.held, Known):
        return _overruled(holding, speaking)
    tied = next((offer for offer in asked.offers if depends_on_region(offer)), None)
    if tied is not None and asked.region_code is None:
        params = {"owner": first.owner, "offer": tied.offer}
        return replace(holding, note=Note("resolve.attestation-needs-region", params))
    covering = [each for each in speaking if asked.is_covered_by(each, catalog)]
    if not covering:
        return replace(holding, note=asked.left_out_by(first), waits_for=None)
    first, *others = covering
    if first.fault is not None:
        return _void(holding, first)
    also = tuple(Step(each.where, _says_so(each)) for each in others if each.fault is None)
    note = _says_so(first)
    held = Known(True, Step(first.where, note, also))
    return replace(
        holding,
        held=held,
        note=note,
        until=first.expires,
        attested=first.owner,
        waits_for=None,
        evidence=_of_hosting(asked.scheme, asked.region, asked.day),
    )


def _void(holding: Holding, attestation: Attestation) -> Holding:
    """What stays open, since the attestation of it is at fault."""
    void = {
        "why": holding.note or "",
        "owner": attestation.owner,
        "fault": attestation.fault,
    }
    return replace(holding, note=Note("resolve.attestation-void", void), waits_for=None)


def _says_so(attestation: Attestation) -> Note:
    return Note(
        "resolve.attested", {"owner": attestation.owner, "evidence": attestation.evidence}
    )


def _overruled(holding: Holding, attested: Sequence[Attestation]) -> Holding:
    """What isn't held stays so, and says of which attestations that makes nothing."""
    params: dict[str, object] = {"why": holding.note or "", "owner": attested[0].owner}
    overruled = tuple(each.where for each in attested if each.fault is None)
    return replace(
        holding, note=Note("resolve.attestation-overruled", params), overruled=overruled
    )
