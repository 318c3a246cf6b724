"""What a repository asks of others: who answers at a host that nobody knows, and where a thing is that is only named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from sovlint.catalog.load import Catalog
from sovlint.model.attributes import Found
from sovlint.model.offers import OfferKind, Offers, cluster_name
from sovlint.model.resources.resource import Resource
from sovlint.model.resources.sent import Sent
from sovlint.model.source import Located
from sovlint.model.value import UNKNOWN_HOSTS, Known, Unknown
from sovlint.resolve.attribute_texts import texts_in
from sovlint.resolve.clusters.offered_clusters import is_telling
from sovlint.resolve.facts.endpoints import in_cluster, known_host, who_answers
from sovlint.resolve.facts.service_place import ServicePlace
from sovlint.resolve.offered import filled, offered_place
from sovlint.resolve.places.known_resources import KnownResources
from sovlint.resolve.values import members, value_of
from sovlint.rules.values.value_hosts import is_registered

_RUNS: Final = "compute"
"""The role of where software runs: what is named there is a cluster."""


class MadeElsewhere:
    """Asks what others offer, of what isn't known here alone; it counts where nothing here tells."""

    def __init__(self, offers: Offers, catalog: Catalog) -> None:
        self._offers = offers
        self._catalog = catalog

    def at_host(self, host: str, found: Found) -> ServicePlace | None:
        """Where a host of another repository answers; ``None`` where none tells, or none may be asked: of a host that the
        catalogue or the configuration knows, a name inside a network, and what nobody registered."""
        answer = who_answers(Known(host), self._catalog)
        is_open = isinstance(answer, Unknown) and answer.kind in UNKNOWN_HOSTS
        if not is_open or in_cluster(found.value) or not is_registered(host):
            return None
        offers = self._offers.find_any(OfferKind.HOST, host_keys(host))
        if not offers:
            return None
        place = offered_place(offers, found.where, self._catalog)
        return place if members(place.provider) else None

    def store(
        self, place: ServicePlace, keys: Iterable[str], where: Located | None
    ) -> ServicePlace:
        """A place with what others say of what is named there."""
        if _is_whole(place):
            return place
        offers = self._offers.find_any(OfferKind.STORE, keys)
        return filled(place, offered_place(offers, where, self._catalog)) if offers else place

    def looked_up(
        self, place: ServicePlace, resource: Resource, resources: KnownResources
    ) -> ServicePlace:
        """The place of what is only looked up here: whoever makes it may say where it is."""
        if _is_whole(place):
            return place
        creator = self._catalog.hints().clusters.creators.get(resource.type)
        if creator is None:
            names = resources.all_names.offered_as(resource)
            return self.store(place, names, resource.where)
        keys = [cluster_name(each) for each in _texts(resource, creator.names)]
        telling = [each for each in keys if is_telling(each, self._catalog)]
        offers = self._offers.find_any(OfferKind.CLUSTER, telling)
        if not offers:
            return place
        return filled(place, offered_place(offers, resource.where, self._catalog))

    def sent(self, place: ServicePlace, sent: Sent) -> ServicePlace:
        """The place of what a setting sends to a company that is known, in a region that isn't: by the host that is the
        thing's own, or by its name."""
        company = value_of(place.provider)
        if company is None or _is_whole(place):
            return place
        host = known_host(sent.value)
        if host is not None and is_registered(host):
            found = self._offers.find(OfferKind.HOST, host)
            if found:
                return filled(place, offered_place(found, sent.where, self._catalog))
        name = sent.names.value if isinstance(sent.names, Known) else None
        if not isinstance(name, str) or not name:
            return place
        if sent.role != _RUNS:
            return self.store(place, [store_of(company, name)], sent.where)
        keys = [key for key in [cluster_name(name)] if is_telling(key, self._catalog)]
        found = self._offers.find_any(OfferKind.CLUSTER, keys)
        return (
            filled(place, offered_place(found, sent.where, self._catalog)) if found else place
        )


def host_keys(host: str) -> tuple[str, ...]:
    """What may be offered for a host: itself, then all hosts of one label beside it."""
    _, _, above = host.partition(".")
    return (host, f"*.{above}") if "." in above else (host,)


def store_of(company: str, name: str) -> str:
    """The key of a store of a company, by a name that no other of its stores has."""
    return f"{company} {name}"


def _texts(resource: Resource, paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        for found in resource.attributes.read(path):
            if isinstance(found.value, Known):
                yield from (text for text, _ in texts_in(found.value) if text)


def _is_whole(place: ServicePlace) -> bool:
    """Whether provider and region are known."""
    return isinstance(place.provider, Known) and isinstance(place.region, Known)
