"""A cluster that another repository makes: where that is fills what nothing here shows, and overrides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec.structs import replace

from sovlint.catalog.load import Catalog
from sovlint.model.landing import Evidence
from sovlint.model.offers import Offer, OfferKind, Offers
from sovlint.model.resources.reading import Remark
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Unknown, UnknownKind, Value, is_proved
from sovlint.resolve.clusters.weighing import WeighedPlace, firmer, remark_at
from sovlint.resolve.facts.service_place import ServicePlace, one_of_places
from sovlint.resolve.offered import names_of, offered_place
from sovlint.resolve.values import members

_STAYS = frozenset({UnknownKind.CLUSTER_LATER, UnknownKind.CONTRADICTED})
"""What isn't known for a reason that no other repository settles."""


def with_offered(
    here: WeighedPlace, evidence: Iterable[Evidence], offers: Offers, catalog: Catalog
) -> WeighedPlace:
    """Where a cluster is by what is seen here, with what others offer of it where that leaves something open: all of what
    it is called counts, since names may lead to different ones."""
    asking = [each for each in evidence if each.asks]
    if not asking or (is_proved(here.provider) and is_proved(here.region)):
        return here
    places: list[tuple[Sequence[Offer], ServicePlace]] = []
    for each in asking:
        telling = (key for key in each.asks if is_telling(key, catalog))
        found = offers.find_any(OfferKind.CLUSTER, telling)
        if found and not any(found == other for other, _ in places):
            places.append((found, offered_place(found, each.where, catalog)))
    every = [offer for found, _ in places for offer in found]
    if not every:
        return here
    return _with(here, one_of_places([place for _, place in places], names_of(every)), every)


def is_telling(key: str, catalog: Catalog) -> bool:
    """Whether a key means one cluster: many houses have one that is called ``prod``."""
    return "://" in key or catalog.hints().formats.tells_cluster(key)


def _with(here: WeighedPlace, there: ServicePlace, found: Sequence[Offer]) -> WeighedPlace:
    if not members(there.provider):
        return here
    if here.provider is None:
        return replace(here, provider=there.provider, region=_region(there))
    if isinstance(here.provider, Unknown):
        fits = _values(here.provider) >= _values(there.provider)
        open_ = here.provider.among and here.provider.kind not in _STAYS
        if open_ and fits and isinstance(there.provider, Known):
            return replace(here, provider=there.provider, region=_region(there))
        return here
    if not isinstance(there.provider, Known):
        return here
    if there.provider.value != here.provider.value:
        return replace(here, disputes=(*here.disputes, _dispute(here.provider, there, found)))
    provider = firmer(here.provider, there.provider)
    return replace(here, provider=provider, region=_narrowed(here.region, there))


def _values(fact: Fact[Any]) -> set[object]:
    return {each.value for each in members(fact)}


def _narrowed(here: Value | None, there: ServicePlace) -> Value | None:
    """The region that is offered, unless what is here speaks of others."""
    offered = _region(there)
    if here is None or (isinstance(here, Unknown) and not (here.among or here.parts)):
        return offered
    if isinstance(here, Known):
        return firmer(here, offered)
    fits = isinstance(offered, Known) and offered.value in _values(here)
    return offered if fits else here


def _region(there: ServicePlace) -> Value:
    region = there.region_code
    if isinstance(region, Unknown):
        return region.but(kind=region.kind or UnknownKind.CLUSTER_REGION)
    return region


def _dispute(here: Known[object], there: ServicePlace, found: Sequence[Offer]) -> Remark:
    names = tuple(sorted({each.repository for each in found}))
    other = there.provider.value if isinstance(there.provider, Known) else ""
    note = Note(
        "resolve.cluster-offered-otherwise",
        {"repository": names, "other": other, "one": str(here.value)},
    )
    return remark_at(note, here.because)
