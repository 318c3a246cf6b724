"""Whether an attestation would fill anything, tried on all that it may be about before it is written: by the same rules
as a scan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sovlint.catalog.entries import Provider, Region
from sovlint.catalog.load import Catalog
from sovlint.model.attestation import CONTROL, COUNTRY, Attestation
from sovlint.model.placement import Holding
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Reason, StepKind, Unknown
from sovlint.resolve.facts import namesakes
from sovlint.resolve.facts.attested import vouched
from sovlint.resolve.facts.holdings import holdings
from sovlint.resolve.facts.service_place import ServicePlace
from sovlint.resolve.places.placement_facts import placement_at
from sovlint.resolve.values import members, value_of

_DATA: Fact[str] = Known("at-rest")


def of_no_use(each: Attestation, catalog: Catalog, day: date) -> Note | None:
    """Why an attestation fills nothing wherever its provider or vendor may be met, as far as the catalogue tells; ``None``
    where it may fill something. One of resources alone (``addresses``, ``paths``) isn't tried."""
    if each.vendor is not None:
        return _of_vendor(each, catalog, day)
    provider = catalog.find_provider(each.provider or "")
    if provider is None:
        return None
    if each.kind in (CONTROL, COUNTRY):
        return _of_fact(each, provider, catalog, day)
    return _of_qualification(each, provider, catalog.asking((each.qualification,)), day)


def _of_vendor(each: Attestation, catalog: Catalog, day: date) -> Note | None:
    scheme = catalog.schemes.get(each.qualification)
    if scheme is not None and scheme.complete:
        params = {"title": scheme.title, "read": scheme.read.isoformat()}
        return Note("resolve.no-offer", params)
    return namesakes.left_out(each, catalog, day) if each.control else None


def _of_fact(
    each: Attestation, provider: Provider, catalog: Catalog, day: date
) -> Note | None:
    """Of a country or of control: the region decides nothing else."""
    place = next(_places(each, provider, (None,)))
    before = placement_at(place, _DATA, catalog, (), day, payload=False)
    after = vouched(before, place, (each,), catalog, day)
    was, now = ((made.control if each.control else made.country) for made in (before, after))
    if isinstance(now, Known) and now.because and now.because.kind is StepKind.VOUCHED:
        return None
    return _known(each, provider, was, catalog)


def _known(each: Attestation, provider: Provider, was: Fact[Any], catalog: Catalog) -> Note:
    """That the same is known already, or something else."""
    codes = was.value if isinstance(was, Known) else ()
    same = set(codes) == set(each.control) if each.control else codes == each.country
    if same:
        return Note("ask.known-already", {"name": provider.name})
    if each.country is not None:
        state = catalog.jurisdictions.get(str(codes))
        where = state.name if state else provider.name
        return Note(
            "ask.other-country", {"region": each.region or provider.name, "country": where}
        )
    found = dict.fromkeys(code for member in members(was) for code in member.value)
    names = tuple(
        catalog.jurisdictions[code].name for code in found if code in catalog.jurisdictions
    )
    return Note("ask.other-states", {"name": provider.name, "states": names})


def _of_qualification(
    each: Attestation, provider: Provider, catalog: Catalog, day: date
) -> Note | None:
    found: list[Holding] = []
    listed = sorted(catalog.offering.services(provider.id))
    services: tuple[str | None, ...] = each.services or (None, *listed)
    for place in _places(each, provider, services):
        held = [
            holding
            for holding in holdings(place, catalog, (each,), day)
            if holding.name == each.qualification
        ]
        if any(holding.attested for holding in held):
            return None
        found += held
    open_ones = [holding for holding in found if isinstance(holding.held, Unknown)]
    known = [holding for holding in found if value_of(holding.held)]
    if known and not open_ones:
        return Note("ask.known-already", {"name": provider.name})
    return next((holding.note for holding in (*open_ones, *found) if holding.note), None)


def _places(
    each: Attestation, provider: Provider, services: tuple[str | None, ...]
) -> Iterator[ServicePlace]:
    """Where it may be about: in the region that it names, else in any."""
    listed = provider.regions.values() if each.region is None else ()
    found = provider.regions.get(each.region or "")
    regions = [found] if found else [None, *listed]
    for service in services:
        for region in regions:
            yield ServicePlace(Known(provider.id), _service(service), _region(region))


def _service(service: str | None) -> Fact[str]:
    return Unknown(Reason.NO_EVIDENCE, "service") if service is None else Known(service)


def _region(region: Region | None) -> Fact[Region]:
    return Unknown(Reason.NO_EVIDENCE, "region") if region is None else Known(region)
