"""Which qualifications a service holds, in a region, on a day: offers and attestations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import cast

from msgspec.structs import replace

from sovlint.catalog.entries import Scheme
from sovlint.catalog.load import Catalog
from sovlint.model.attestation import Attestation
from sovlint.model.placement import Holding
from sovlint.model.text import Note
from sovlint.model.value import Reason, Unknown
from sovlint.resolve.facts.attested_holdings import filled_by, overruled_by
from sovlint.resolve.facts.attested_services import ServiceAsked
from sovlint.resolve.facts.held_by_offers import held_by_offers, why_no_offer_holds
from sovlint.resolve.facts.service_place import ServicePlace
from sovlint.resolve.values import members, value_of


def holdings(
    place: ServicePlace, catalog: Catalog, attested: Sequence[Attestation], day: date
) -> Iterator[Holding]:
    """One holding for each qualification that is judged here. ``attested`` are about what is placed."""
    for scheme in catalog.judged.values():
        about_it = (each for each in attested if each.qualification == scheme.name)
        concerning = [each for each in about_it if each.fault is not None or each.valid(day)]
        concerning.sort(key=lambda each: (each.fault is not None, -each.expires.toordinal()))
        yield _at(place, scheme, catalog, day, concerning)


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
            holding = held_by_offers(provider, place.service, region, scheme, day)
            asked = ServiceAsked(scheme, provider, place.service, region, day)
            found.append(filled_by(holding, asked, attested, catalog))
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
        return overruled_by(replace(found, note=why_no_offer_holds((), scheme)), naming)
    asked = ServiceAsked(scheme, "", place.service, provider, day)
    return filled_by(found, asked, naming, catalog)
