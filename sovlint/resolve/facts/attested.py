"""What attestations fill of a placement besides qualifications: the country of what has none in the code, and who
controls a company whose owners nobody found. Whatever code and catalogue prove of it stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from sovlint.catalog.entries import Provider, Region
from sovlint.catalog.load import Catalog
from sovlint.model.attestation import Attestation
from sovlint.model.placement import GLOBAL_REGION, Placement, Soil
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Step, StepKind, Unknown
from sovlint.resolve.facts.control import states_found
from sovlint.resolve.facts.service_place import ServicePlace, provider_at


def vouched(
    placement: Placement, at: ServicePlace, attested: Sequence[Attestation], catalog: Catalog, day: date
) -> Placement:
    """A placement with what attestations that count on ``day`` fill of it. ``at`` is where it sits, as far as is known;
    ``attested`` are about what is placed. Of a company that isn't known nothing is filled: nobody can vouch for it."""
    concerning = [each for each in attested if each.claims_fact and each.valid(day)]
    provider = provider_at(at, catalog)
    if not concerning or not isinstance(provider, Known):
        return placement
    names = tuple(fact.value if isinstance(fact, Known) else None for fact in (placement.provider, placement.region))
    concerning.sort(key=lambda each: -each.expires.toordinal())
    for each in concerning:
        if not each.at(*names):
            continue
        if each.country is not None:
            placement = _in_country(placement, at.region, each.country, each, provider, catalog)
        if each.control:
            found = states_found(provider.value, at.region, catalog, day)
            placement = _controlled(placement, found, each)
    return placement


def _in_country(
    placement: Placement,
    region: Fact[Region],
    country: str,
    each: Attestation,
    provider: Fact[Provider],
    catalog: Catalog,
) -> Placement:
    """Country and area, where they aren't known and nothing that is known speaks against it."""
    state = catalog.jurisdictions.get(country)
    if state is None or not isinstance(placement.country, Unknown):
        return placement
    if not _may_lie(region, country, state.areas, provider):
        return placement
    step = _step(each)
    area = placement.area
    if isinstance(area, Known):
        if not set(area.value) <= set(state.areas):
            return placement
    elif area.among and not any(set(member.value) <= set(state.areas) for member in _tuples(area)):
        return placement
    else:
        area = Known(state.areas, step)
    return replace(placement, country=Known(country, step), area=area, soil=Known(Soil(country, state.areas), step))


def _may_lie(region: Fact[Region], country: str, areas: tuple[str, ...], provider: Fact[Provider]) -> bool:
    """Whether a region, as far as it is known, may lie in a country."""
    if isinstance(region, Known):
        return _fits(region.value, country, areas)
    if region.among:
        members = [member.value for member in region.among]
        return any(isinstance(member, Region) and _fits(member, country, areas) for member in members)
    if region.parts and isinstance(provider, Known):
        possible = [each for each in provider.value.regions.values() if _spelt(each.code, region.parts)]
        return not possible or any(_fits(each, country, areas) for each in possible)
    return True


def _fits(region: Region, country: str, areas: tuple[str, ...]) -> bool:
    """Whether a region is in a country, or is in none in particular and may be there."""
    if region.country is not None:
        return region.country == country
    if region.code == GLOBAL_REGION:
        return True
    return bool(region.areas) and set(region.areas) <= set(areas)  # one in no area is surely spread over others


def _spelt(code: str, parts: Sequence[str | None]) -> bool:
    """Whether a code, or a zone of that region, may be what is written with holes: by how it begins."""
    head = (parts[0] or "").lower()
    return code.lower().startswith(head) or head.startswith(code.lower())


def _controlled(placement: Placement, found: tuple[str, ...], each: Attestation) -> Placement:
    """Who can compel whoever runs it, where not all of that is known; the states ``found`` are never taken away."""
    fact = placement.control
    if not isinstance(fact, Unknown):
        return placement
    if fact.among and not all(set(member.value) <= set(each.control) for member in _tuples(fact)):
        return placement
    codes = tuple(dict.fromkeys((*found, *each.control)))
    return replace(placement, control=Known(codes, _step(each)))


def _tuples(fact: Unknown) -> list[Known[tuple[str, ...]]]:
    return [Known(member.value) for member in fact.among or () if isinstance(member.value, tuple)]


def _step(each: Attestation) -> Step:
    params = {"owner": each.owner, "evidence": each.evidence, "until": each.expires.isoformat()}
    return Step(each.where, Note("resolve.vouched", params), kind=StepKind.VOUCHED)
