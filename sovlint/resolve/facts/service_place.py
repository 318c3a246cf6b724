"""Where a service is: at which company, as which of its services, in which region."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from sovlint.catalog.entries import Provider, Region
from sovlint.catalog.load import Catalog
from sovlint.model.value import Because, Fact, Known, Reason, Step, Unknown, either, map_fact
from sovlint.resolve.values import steps


class ServicePlace(Struct, frozen=True):
    """Provider id, service id and region; ``decided`` are the steps that show why."""

    provider: Fact[str]
    service: Fact[str]
    region: Fact[Region]
    decided: tuple[Because, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of ``decided``, as parents of another."""
        return steps(*self.decided)

    @property
    def region_code(self) -> Fact[str]:
        """The region by its code."""
        return map_fact(self.region, lambda region: Known(region.code))


def nowhere(why: Unknown, service: Fact[str] | None = None) -> ServicePlace:
    """A place of which nothing is known but the service, if that is given."""
    return ServicePlace(why, why if service is None else service, why, (why.because,))


def one_of_places(places: Sequence[ServicePlace], detail: str) -> ServicePlace:
    """The place that is one of several, known as far as they agree; ``detail`` names what there are several of."""
    if len(places) == 1:
        return places[0]
    decided = tuple(cause for place in places for cause in place.decided)
    several = Unknown(Reason.MULTI_VALUED, detail, decided[0] if decided else None)
    return ServicePlace(
        either([place.provider for place in places], several),
        either([place.service for place in places], several),
        either([place.region for place in places], several),
        decided,
    )


def provider_at(place: ServicePlace, catalog: Catalog) -> Fact[Provider]:
    """The catalogue's entry of whoever runs what is at a place."""

    def entry(provider: str) -> Fact[Provider]:
        found = catalog.find_provider(provider)
        return Known(found) if found else Unknown(Reason.NOT_IN_CATALOGUE, provider)

    return map_fact(place.provider, entry)
