"""On whose soil something stands, which decides what state can compel there whoever runs it."""

from __future__ import annotations

from collections.abc import Iterator

from sovlint.catalog.entries import Provider, Region
from sovlint.model.placement import GLOBAL_REGION, ShownBy, Soil
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Reason, Unknown, UnknownKind, map_fact
from sovlint.resolve.values import members


def soil(region: Fact[Region], provider: Fact[Provider]) -> Fact[Soil]:
    """That of the region; where that isn't known, or a service has none, that of any place of its provider.

    A code that the catalogue doesn't have is none of the places that it lists.
    """
    if isinstance(region, Unknown) and not region.among:
        return _anywhere(provider, region)
    return map_fact(
        region,
        lambda each: soil_of(each) if _is_place(each) else _anywhere(provider, spread(each)),
    )


def soil_of(region: Region) -> Fact[Soil]:
    """That of a region that is a place."""
    if (
        region.country is None and not region.areas
    ):  # spread over states of which not all lie in one area
        return spread(region)
    return Known(Soil(region.country, region.areas))


def places(region: Fact[Region]) -> Iterator[ShownBy]:
    """In which countries the regions lie that it may be."""
    for each in members(region):
        yield from each.value.shown_by


def spread(region: Region) -> Unknown:
    """Why a region lies in no country in particular."""
    nowhere = region.code == GLOBAL_REGION
    key = "resolve.no-region" if nowhere else "resolve.several-countries"
    note = Note(key, {"region": region.code})
    kind = UnknownKind.NO_REGION if nowhere else None
    return Unknown(Reason.MULTI_VALUED, region.code, note=note, kind=kind)


def _is_place(region: Region) -> bool:
    return region.code != GLOBAL_REGION


def _anywhere(provider: Fact[Provider], why: Unknown) -> Fact[Soil]:
    """Any place that the catalogue has of a provider; ``why`` it isn't known which."""
    return map_fact(provider, lambda each: _of_company(each, why))


def _of_company(provider: Provider, why: Unknown) -> Fact[Soil]:
    found = [soil_of(region) for region in provider.regions.values() if _is_place(region)]
    if not found:
        return Known(Soil())
    if why.reason is Reason.NOT_IN_CATALOGUE or any(
        isinstance(each, Unknown) for each in found
    ):
        return why.bare()
    among = {each.value: each for each in found if isinstance(each, Known)}
    return why.bare().but(among=tuple(among.values()))
