"""What attestations fill of a placement besides qualifications: the country of what has none in the code, and who
controls a company whose owners nobody found. Whatever code and catalogue prove of it stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from sovlint.catalog.entries import Provider, Region
from sovlint.catalog.load import Catalog
from sovlint.model.attestation import Attestation
from sovlint.model.placement import CONTROL_SHOWN, AttestedLevel, Placement, Shows, Soil
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Step, StepKind, Unknown
from sovlint.resolve.facts import namesakes
from sovlint.resolve.facts.control import states_found
from sovlint.resolve.facts.service_place import ServicePlace, may_lie_in, provider_at
from sovlint.resolve.values import members, value_of, with_step


def vouched(
    placement: Placement,
    at: ServicePlace,
    attested: Sequence[Attestation],
    catalog: Catalog,
    day: date,
) -> Placement:
    """A placement with what attestations that count on ``day`` fill of it. ``at`` is where it sits, as far as is known;
    ``attested`` are about what is placed. Of a company that the catalogue doesn't have, only what names it is filled:
    nobody can vouch for a company that isn't known."""
    concerning = [each for each in attested if each.claims_fact and each.valid(day)]
    provider = provider_at(at, catalog)
    if not isinstance(provider, Known):
        concerning = [each for each in concerning if each.vendor is not None]
    if not concerning:
        return placement
    concerning.sort(key=lambda each: -each.expires.toordinal())
    for each in concerning:
        if not each.at(value_of(placement.provider), value_of(placement.region)):
            continue
        if not each.of_service(value_of(placement.service)):
            continue
        if each.country is not None:
            state = catalog.jurisdictions.get(each.country)
            if state is not None and _may_lie(at.region, each.country, state.areas, provider):
                placement = _in_country(placement, each.country, state.areas, _step(each))
        if each.seal:
            placement = replace(placement, levels=(*placement.levels, _level(each)))
        if each.control:
            placement = _controlled_by(placement, at, each, catalog, day)
    return placement


def _controlled_by(
    placement: Placement, at: ServicePlace, each: Attestation, catalog: Catalog, day: date
) -> Placement:
    """A placement with who can compel whoever runs it, as is attested of a company that may be spoken of so."""
    why = namesakes.left_out(each, catalog, day)
    if why is not None:
        fact = placement.control
        if isinstance(fact, Known) or fact.among:
            return placement
        return replace(placement, control=fact.but(note=why))
    known = value_of(provider_at(at, catalog))
    found = states_found(known, at.region, catalog, day) if known else ()
    return _controlled(placement, found, each)


def _in_country(
    placement: Placement, country: str, areas: tuple[str, ...], step: Step
) -> Placement:
    """Country and area, where they aren't known and nothing that is known speaks against it; or where they are the same,
    and no source was read for them."""
    area = placement.area
    if isinstance(placement.country, Known):
        same = placement.country.value == country
        return _placed_by(placement, step) if same else placement
    if not isinstance(area, Known):
        if area.among and not any(
            set(member.value) <= set(areas) for member in members(placement.area)
        ):
            return placement
        area = Known(areas, step)
    elif not set(area.value) <= set(areas):
        return placement
    return replace(
        placement,
        country=Known(country, step),
        area=area,
        soil=Known(Soil(country, areas), step),
    )


def _placed_by(placement: Placement, step: Step) -> Placement:
    """The same place by somebody's word, where general knowledge alone shows it."""
    if not any(each.background for each in placement.shown_by(Shows.PLACE)):
        return placement
    return replace(
        placement,
        country=with_step(placement.country, step),
        area=with_step(placement.area, step),
        soil=with_step(placement.soil, step),
    )


def _may_lie(
    region: Fact[Region], country: str, areas: tuple[str, ...], provider: Fact[Provider]
) -> bool:
    """Whether a region, as far as it is known, may lie in a country."""
    possible = members(region)
    if possible:
        return any(may_lie_in(each.value, country, areas) for each in possible)
    if isinstance(region, Unknown) and region.parts and isinstance(provider, Known):
        spelt = [
            each
            for each in provider.value.regions.values()
            if _spelt(each.code, region.parts)
        ]
        return not spelt or any(may_lie_in(each, country, areas) for each in spelt)
    return True


def _spelt(code: str, parts: Sequence[str | None]) -> bool:
    """Whether a code, or a zone of that region, may be what is written with holes: by how it begins."""
    head = (parts[0] or "").lower()
    return code.lower().startswith(head) or head.startswith(code.lower())


def _controlled(placement: Placement, found: tuple[str, ...], each: Attestation) -> Placement:
    """Who can compel whoever runs it, where not all of that is known, or no source was read for it; the states ``found``
    are never taken away."""
    fact = placement.control
    if isinstance(fact, Known):
        is_weak = any(each.background for each in placement.shown_by(*CONTROL_SHOWN))
        same = set(fact.value) == set(each.control)
        return (
            replace(placement, control=with_step(fact, _step(each)))
            if is_weak and same
            else placement
        )
    if fact.among and not all(
        set(member.value) <= set(each.control) for member in members(placement.control)
    ):
        return placement
    codes = tuple(dict.fromkeys((*found, *each.control)))
    return replace(placement, control=Known(codes, _step(each)))


def _level(each: Attestation) -> AttestedLevel:
    """The level of an objective that is attested."""
    objective, _, level = each.seal.partition("=")
    until = each.expires.isoformat()
    return AttestedLevel(objective, int(level), each.owner, until, _step(each))


def _step(each: Attestation) -> Step:
    params = {
        "owner": each.owner,
        "evidence": each.evidence,
        "until": each.expires.isoformat(),
    }
    return Step(each.where, Note("resolve.vouched", params), kind=StepKind.VOUCHED)
