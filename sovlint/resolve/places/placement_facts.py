"""Place x catalogue -> placement: who controls it, whose technology it is, which country and qualification it has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from msgspec.structs import replace

from sovlint.catalog.entries import Provider, Region
from sovlint.catalog.load import Catalog
from sovlint.model.attestation import Attestation
from sovlint.model.lookups.profile import DEFUNCT
from sovlint.model.placement import GLOBAL_REGION, Late, Placement
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Reason, Unknown, map_fact
from sovlint.resolve.facts.control import control, counts_until
from sovlint.resolve.facts.evidence import elsewhere, evidence
from sovlint.resolve.facts.holdings import holdings
from sovlint.resolve.facts.service_place import ServicePlace, provider_at
from sovlint.resolve.facts.soil import soil, soil_of, spread
from sovlint.resolve.values import no_evidence, value_of


def placement_at(
    at: ServicePlace,
    role: Fact[str],
    catalog: Catalog,
    attested: Sequence[Attestation],
    day: date,
    payload: bool = True,
) -> Placement:
    """Everything that the catalogue says of a place on ``day``; qualifications only of what carries a payload, with
    those attested (``attested`` are about what is placed)."""
    provider = provider_at(at, catalog)
    known = value_of(provider)
    return Placement(
        role=role,
        provider=at.provider,
        service=at.service,
        region=at.region_code,
        country=map_fact(at.region, _country),
        area=map_fact(at.region, _area),
        control=map_fact(provider, lambda each: _control(each, at.region, catalog, day)),
        technology=map_fact(
            provider, lambda each: _technology(each, at.service, catalog, day)
        ),
        soil=soil(at.region, provider),
        holdings=Late(partial(holdings, at, catalog, attested, day)) if payload else (),
        because=at.decided,
        evidence=Late(partial(evidence, at, provider, catalog, day)),
        control_until=counts_until(known, at.region, catalog, day) if known else None,
        provider_name=known.name if known else "",
    )


def in_region(placement: Placement, region: Region) -> Placement:
    """The same in another region of which all else that is known is the same."""
    stands = placement.soil if region.code == GLOBAL_REGION else soil_of(region)
    return replace(
        placement,
        region=Known(region.code),
        country=_country(region),
        soil=stands,
        evidence=Late(partial(elsewhere, placement, region)),
    )


def _control(
    provider: Provider, region: Fact[Region], catalog: Catalog, day: date
) -> Fact[tuple[str, ...]]:
    """Who controls a provider; of one that stopped, nobody knows who answers in its name today."""
    if provider.status == DEFUNCT:
        note = Note("resolve.stopped", {"name": provider.name})
        return no_evidence(f"{provider.name} has stopped", note=note)
    return control(provider, region, catalog, day)


def _technology(
    provider: Provider, service: Fact[str], catalog: Catalog, day: date
) -> Fact[tuple[str, ...]]:
    """Whose technology a service runs on; that nothing is listed isn't the same as that nothing is known."""
    found = catalog.technology(provider.id, day).made_by(value_of(service))
    if found is None:
        note = Note("resolve.technology-unlisted", {"provider": provider.name})
        return Unknown(Reason.NOT_IN_CATALOGUE, provider.id, note=note)
    return Known(found)


def _country(region: Region) -> Fact[str]:
    return Known(region.country) if region.country else spread(region)


def _area(region: Region) -> Fact[tuple[str, ...]]:
    """The areas that a region lies in; a service without a region may be anywhere."""
    return spread(region) if region.code == GLOBAL_REGION else Known(region.areas)
