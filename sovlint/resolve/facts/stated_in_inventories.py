"""What an inventory states of a company that it names, and what that is worth.

Where a tenant sits, only its owner knows: a country counts as a region does, wherever the catalogue doesn't speak
against it. Who can compel a company is a fact about the world that anybody may look up: what is stated of seats, owners
and hosts adds states, and never proves that there are no others. So a line in an inventory may turn a verdict into a
violation, and none can clear a company; an overlay of the catalogue, with its sources, or an attestation can.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import cast

from msgspec.structs import replace

from sovlint.catalog.load import Catalog
from sovlint.model.placement import (
    GLOBAL_REGION,
    NOBODY_KNOWS,
    Late,
    Placement,
    Soil,
)
from sovlint.model.resources.resource import Named, Stated
from sovlint.model.text import Note
from sovlint.model.value import Because, Fact, Known, Step, either
from sovlint.resolve.facts.control import states_found
from sovlint.resolve.facts.evidence import not_of_place
from sovlint.resolve.facts.service_place import (
    ServicePlace,
    may_lie_in,
    provider_at,
    region_of,
)
from sovlint.resolve.values import members, no_evidence, steps, value_of


def with_stated(
    placement: Placement, at: ServicePlace, named: Named, catalog: Catalog, day: date
) -> Placement:
    """A placement with what is stated of who runs it; ``at`` is where it sits as far as the catalogue knows."""
    said = named.stated
    if said is None:
        return placement
    placement = _located(placement, at, named, said, catalog)
    return _compelled(placement, at, said, catalog, day)


# --- where the data is


def _located(
    placement: Placement, at: ServicePlace, named: Named, said: Stated, catalog: Catalog
) -> Placement:
    country, step = _country(placement, named, said, catalog)
    state = catalog.jurisdictions.get(country) if country else None
    if country is None:
        return placement
    if state is None:
        return _in_no_state(placement, country, step, catalog)
    if isinstance(placement.country, Known) or _speaks_against(
        at, country, state.areas, catalog
    ):
        same = isinstance(placement.country, Known) and placement.country.value == country
        return placement if same else _contradicted(placement, country, state.areas, step)
    stands = Known(Soil(country, state.areas), step)
    return replace(
        placement,
        country=Known(country, step),
        area=Known(state.areas, step),
        soil=stands,
        evidence=Late(partial(not_of_place, placement)),
    )


def _in_no_state(
    placement: Placement, country: str, step: Because, catalog: Catalog
) -> Placement:
    """A country that is none of the catalogue's says nothing; which one was meant is said, where that can be told."""
    if isinstance(placement.country, Known):
        return placement
    meant = catalog.state_mistaken(country)
    key = "resolve.stated-mistaken" if meant else "resolve.stated-no-state"
    params = {"country": country, **({"meant": meant} if meant else {})}
    why = no_evidence("country", step, Note(key, params))
    return replace(placement, country=why, area=why)


def _country(
    placement: Placement, named: Named, said: Stated, catalog: Catalog
) -> tuple[str | None, Because]:
    """The country stated; without one, that of the region written, at the one host that the company is said to have."""
    if isinstance(said.country, Known) and isinstance(said.country.value, str):
        return said.country.value, Step(
            None, Note("resolve.stated-country"), steps(said.country.because)
        )
    hosts = [each for _, each in _hosts(said, catalog)]
    if isinstance(placement.region, Known) or len(hosts) != 1 or len(said.hosts) != 1:
        return None, None
    written = cast("Fact[str]", named.region)
    found = region_of(Known(hosts[0]), written, catalog)
    if not isinstance(found, Known) or found.value.country is None:
        return None, None
    causes = steps(named.region.because, said.hosts[0].because)
    return found.value.country, Step(None, Note("resolve.stated-country"), causes)


def _speaks_against(
    at: ServicePlace, country: str, areas: tuple[str, ...], catalog: Catalog
) -> bool:
    """Whether no region that it may be in lies in that country, as far as the catalogue knows its regions."""
    possible = [member.value for member in members(at.region)]
    if not possible:
        provider = value_of(provider_at(at, catalog))
        listed = provider.regions.values() if provider is not None else ()
        possible = [each for each in listed if each.code != GLOBAL_REGION]
    return bool(possible) and not any(may_lie_in(each, country, areas) for each in possible)


def _contradicted(
    placement: Placement, country: str, areas: tuple[str, ...], step: Because
) -> Placement:
    """Neither place is believed where the region and the country stated aren't the same: it may be either."""
    here, there = Known(country, step), placement.country
    area, note = placement.area, Note("resolve.stated-elsewhere", {"country": country})
    why = no_evidence("country", step, note)
    placement = replace(
        placement, soil=either((placement.soil, Known(Soil(country, areas), step)), why)
    )
    if not isinstance(area, Known):
        return replace(placement, country=why, area=why)
    countries = (there, here) if isinstance(there, Known) else None
    return replace(
        placement,
        country=why.but(among=countries),
        area=why.but(among=(area, Known(areas, step))),
    )


# --- who can compel it


def _compelled(
    placement: Placement, at: ServicePlace, said: Stated, catalog: Catalog, day: date
) -> Placement:
    """Who can compel it, with the states of what is stated; those already known stay."""
    provider = value_of(provider_at(at, catalog))
    found = states_found(provider, at.region, catalog, day) if provider is not None else ()
    new: dict[str, Because] = {}
    for code, because in _states(said, catalog, day):
        if code not in found:
            new.setdefault(code, because)
    if not new:
        return placement
    step = Step(None, Note("resolve.stated-control"), steps(*dict.fromkeys(new.values())))
    outside = any(not catalog.jurisdictions[code].areas for code in new)
    fact = placement.control
    if isinstance(fact, Known):
        codes = tuple(dict.fromkeys((*fact.value, *found, *new)))
        return replace(placement, control=Known(codes, step))
    if not outside:  # a state outside every area is known already, or nothing is
        return placement
    codes = tuple(dict.fromkeys((*found, *new)))
    at_least = Known(codes), Known((*codes, NOBODY_KNOWS))
    return replace(placement, control=fact.but(among=at_least, because=step))


def _states(said: Stated, catalog: Catalog, day: date) -> Iterator[tuple[str, Because]]:
    """Every state that the catalogue has of the seats stated, and of those who can compel the hosts stated."""
    for seat in said.seats:
        if isinstance(seat, Known) and seat.value in catalog.jurisdictions:
            yield str(seat.value), seat.because
    for host, provider in _hosts(said, catalog):
        for code in catalog.control(provider, day).states:
            if code in catalog.jurisdictions:
                yield code, host.because


def _hosts(said: Stated, catalog: Catalog) -> Sequence[tuple[Known[object], str]]:
    """The hosts stated that the catalogue has, each with its id."""
    known = [each for each in said.hosts if isinstance(each, Known)]
    found = [(each, catalog.find_provider(str(each.value))) for each in known]
    return [(each, provider.id) for each, provider in found if provider is not None]
