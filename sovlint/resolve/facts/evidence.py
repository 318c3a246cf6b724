"""What the catalogue's facts of a place rest on: its regions, who controls and makes what is there, whose the host is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sovlint.catalog.entries import Provider, Region
from sovlint.catalog.load import Catalog
from sovlint.model.placement import GLOBAL_REGION, Placement, ShownBy, Shows
from sovlint.model.value import Fact
from sovlint.resolve.facts.control import control_codes
from sovlint.resolve.facts.owner_limits import in_force_with_limits
from sovlint.resolve.facts.service_place import ServicePlace
from sovlint.resolve.facts.soil import places
from sovlint.resolve.values import members, value_of


def evidence(
    at: ServicePlace, provider: Fact[Provider], catalog: Catalog, day: date
) -> tuple[ShownBy, ...]:
    """The evidence of all that ``placement_at`` says of a place, of each provider and region that it may be."""
    found = [*at.hosts, *places(at.region)]
    for each in members(provider):
        if _is_anywhere(at.region):
            found += each.value.places_shown_by
        found += _of_company(each.value, at, catalog, day)
    return tuple(dict.fromkeys(found))


def _is_anywhere(region: Fact[Region]) -> bool:
    """Whether it may be any region of its provider: it isn't known, or the service has none."""
    return not members(region) or any(
        each.value.code == GLOBAL_REGION for each in members(region)
    )


def _of_company(
    provider: Provider, at: ServicePlace, catalog: Catalog, day: date
) -> Iterator[ShownBy]:
    for code in control_codes(provider, at.region):
        yield from catalog.control(provider.id, day, code).evidence
    limited = in_force_with_limits(provider.id, catalog, day)
    if limited is not None:
        yield ShownBy(Shows.OWNER, limited.offer, limited.source, limited.source.background)
    yield from catalog.technology(provider.id, day).shown_by(value_of(at.service))


def elsewhere(placement: Placement, region: Region) -> tuple[ShownBy, ...]:
    """The evidence of a placement, in another region of which all else is the same."""
    return (*region.shown_by, *not_of_place(placement))


def not_of_place(placement: Placement) -> tuple[ShownBy, ...]:
    """The evidence of all of a placement but its place."""
    return tuple(each for each in placement.evidence if each.shows is not Shows.PLACE)
