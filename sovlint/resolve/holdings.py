"""Which qualifications a service holds, in a region, on a day: by offer, scope and dates (design, section 6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sovlint.catalog.entries import Offer, Region, Scheme
from sovlint.catalog.load import Catalog
from sovlint.model.attestation import Attestation
from sovlint.model.placement import Holding
from sovlint.model.resource import Resource
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Reason, Step, Unknown
from sovlint.resolve.regions import Place


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes, no, or unknown (``held`` is ``None``) with the note that says why."""

    held: bool | None
    note: Note | None = None


YES, NO = Answer(True), Answer(False)


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
                last.add(_years_later(offer.since, scheme.years) - timedelta(days=1))
    return tuple(sorted(each for each in last if each >= day))


def owners_limited(provider: str, catalog: Catalog, day: date) -> bool:
    """Whether a qualification in force on ``day`` shows that nobody outside the EU controls the company."""
    return in_force_with_limits(provider, catalog, day) is not None


def in_force_with_limits(provider: str, catalog: Catalog, day: date) -> Offer | None:
    """An offer, in force on ``day``, under a referential that limits what parties from outside may hold."""
    for scheme in catalog.schemes.values():
        for offer in scheme.offers.get(provider, ()):
            limited = any(version.id == offer.version and version.limits_owners for version in scheme.versions)
            if limited and _valid(offer, scheme, day).held:
                return offer
    return None


def standing(offer: Offer, scheme: Scheme, day: date) -> tuple[bool | None, tuple[Note, ...]]:
    """Whether an offer counts on ``day`` for whoever uses it (``None``: not known), and what there is to say on that.

    Its dates, its version, and what must be ordered; not which services and regions it covers.
    """
    checks: tuple[Answer, ...] = (_valid(offer, scheme, day), _ordered(offer))
    if any(check.held is False for check in checks):
        checks = tuple(check for check in checks if check.held is False)
    held = min((check.held for check in checks), key=(False, None, True).index)
    return held, tuple(check.note for check in checks if check.note)


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
    return unproven or replace(
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
    answered = [(offer, _offer(offer, service, region, written, scheme, day)) for offer in offers]
    for wanted in (True, None):
        for offer, answer in answered:
            if answer.held is wanted:
                held: Fact[bool] = Known(True) if wanted else _doubt(offer, region, written)
                return Holding(scheme.name, held, offer.version, offer.offer, offer.until, answer.note, (offer.source,))
    sources = tuple(offer.source for offer in offers) or (scheme.source,)
    if offers or scheme.complete:
        return Holding(scheme.name, Known(False), note=_not_held(answered, scheme), sources=sources)
    return Holding(
        scheme.name, Unknown(Reason.NOT_IN_CATALOGUE), sources=sources,
        note=Note("resolve.not-listed", {"title": scheme.title, "read": scheme.read.isoformat()}),
    )  # fmt: skip


def _doubt(offer: Offer, region: object, written: Fact[Region]) -> Unknown:
    """Why it isn't known: the region's own reason where that is what is missing, else that nothing shows it."""
    if region is None and isinstance(written, Unknown) and offer.regions != ("*",):
        return written.bare()
    return Unknown(Reason.NO_EVIDENCE, offer.offer)


def _not_held(answered: Sequence[tuple[Offer, Answer]], scheme: Scheme) -> Note:
    """Why none of the offers holds it: the first one's reason."""
    if not answered:
        return Note("resolve.no-offer", {"title": scheme.title, "read": scheme.read.isoformat()})
    offer, answer = answered[0]
    return answer.note or Note("resolve.outside-offer", {"offer": offer.offer, "title": scheme.title})


def _offer(
    offer: Offer, service: Fact[str], region: object, written: Fact[Region], scheme: Scheme, day: date
) -> Answer:
    """Kleene's "and" of what the offer covers and whether it is valid; the first doubt gives the note."""
    checks = (
        _covers_service(offer, service),
        _covers_region(offer, region, written),
        _valid(offer, scheme, day),
        _ordered(offer),
        _distinct(offer),
    )
    for check in checks:
        if check.held is False:
            return check
    doubt = next((check for check in checks if check.held is None), None)
    return doubt or next((check for check in checks if check.note), YES)


def _covers_service(offer: Offer, service: Fact[str]) -> Answer:
    if isinstance(service, Unknown):
        return (
            YES
            if "*" in offer.services and not offer.excluded
            else Answer(None, _note(offer, "resolve.service-unknown"))
        )
    if service.value in offer.excluded:
        return NO
    if "*" in offer.services or service.value in offer.services:
        return YES
    return (
        NO
        if offer.services_complete
        else Answer(None, _note(offer, "resolve.service-not-listed", service=service.value))
    )


def _covers_region(offer: Offer, region: object, written: Fact[Region]) -> Answer:
    if offer.regions is not None and "*" in offer.regions:
        return YES
    if offer.regions is None and offer.area is None:
        return Answer(None, _note(offer, "resolve.scope-unknown"))
    if not isinstance(region, Region):
        why = (written.detail or written.why()) if isinstance(written, Unknown) else ""
        return Answer(None, _note(offer, "resolve.region-unknown", why=why))
    if region.country is None and not region.areas:
        return Answer(None, _note(offer, "resolve.region-unknown", why=region.code))
    if offer.regions is not None:
        return Answer(region.code in offer.regions)
    return Answer(offer.area in region.areas)


def _valid(offer: Offer, scheme: Scheme, day: date) -> Answer:
    version = next((known for known in scheme.versions if known.id == offer.version), None)
    if offer.since is not None and day < offer.since:
        return Answer(False, _note(offer, "resolve.not-yet", since=offer.since.isoformat()))
    if offer.until is not None and day > offer.until:
        if scheme.read > offer.until:
            return Answer(False, _note(offer, "resolve.ended", until=offer.until.isoformat()))
        dates = {"until": offer.until.isoformat(), "read": scheme.read.isoformat()}
        return Answer(None, _note(offer, "resolve.renewal-not-found", **dates))
    if version is None:
        return Answer(None, _note(offer, "resolve.version-unknown"))
    if (version.since and day < version.since) or (version.until and day > version.until):
        return Answer(False, _note(offer, "resolve.version-ended", version=version.id))
    if offer.until is not None:
        started = offer.since is not None or day >= scheme.read
        return YES if started else Answer(None, _note(offer, "resolve.start-unknown"))
    return _without_end(offer, scheme, day)


def _without_end(offer: Offer, scheme: Scheme, day: date) -> Answer:
    """Without a known end it counts less than ``years`` after a start that a source dates, and only then."""
    if offer.since is not None and offer.assumable:
        end = _years_later(offer.since, scheme.years)
        if day < end:
            return Answer(True, _note(offer, "resolve.end-assumed", since=offer.since.isoformat()))
    return Answer(None, _note(offer, "resolve.end-unknown"))


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _ordered(offer: Offer) -> Answer:
    if offer.requires is None:
        return YES
    return Answer(None, _note(offer, "resolve.must-be-ordered", requires=offer.requires))


def _distinct(offer: Offer) -> Answer:
    return Answer(None, _note(offer, "resolve.indistinct")) if offer.indistinct else YES


def _note(offer: Offer, key: str, **params: object) -> Note:
    return Note(key, {"offer": offer.offer, **params})


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
        return replace(holding, note=Note("resolve.attestation-void", void))
    if isinstance(holding.held, Known):
        return _overruled(holding, first)
    tied = next((offer for offer in scheme.offers.get(str(provider), ()) if _depends_on_region(offer)), None)
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
        holding, held=Known(True, Step(first.where, note, also)), note=note, until=first.expires, attested=first.owner
    )


def _depends_on_region(offer: Offer) -> bool:
    """Whether an offer covers some regions and not others, as far as is known."""
    return "*" not in (offer.regions or ()) and (offer.regions is not None or offer.area is not None)


def _overruled(holding: Holding, attestation: Attestation) -> Holding:
    params: dict[str, object] = {"why": holding.note or "", "owner": attestation.owner}
    return replace(holding, note=Note("resolve.attestation-overruled", params))
