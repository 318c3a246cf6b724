"""What a repository makes, by the names that others call it. Worked out only where somebody asks: of most scans nobody
does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from sovlint.catalog.load import Catalog
from sovlint.frontends.shell.pushes import pushed_images
from sovlint.model.inputs import Reader
from sovlint.model.offers import (
    Offer,
    OfferedFact,
    OfferedStep,
    OfferKind,
    cluster_host,
    cluster_name,
    cluster_secret,
    image_key,
    sort_key,
)
from sovlint.model.partial.holes import HOLE
from sovlint.model.placement import Placed, Placement
from sovlint.model.redaction.redact import mask
from sovlint.model.resources.resource import Resource
from sovlint.model.text import Bilingual
from sovlint.model.value import Because, Fact, Known, hint_in
from sovlint.report.messages import say
from sovlint.report.pieces.trail import Waypoint, places
from sovlint.resolve.attribute_texts import texts_in
from sovlint.resolve.clusters.offered_clusters import is_telling
from sovlint.resolve.facts.endpoints import known_host
from sovlint.resolve.facts.service_place import ServicePlace
from sovlint.resolve.names.forms import as_text
from sovlint.resolve.names.here import NamesHere
from sovlint.resolve.offered import PROVIDER, REGION, SERVICE
from sovlint.resolve.places.known_resources import KnownResources
from sovlint.resolve.places.made_elsewhere import store_of
from sovlint.resolve.places.placer import Placer
from sovlint.resolve.places.served_hosts import ServedHosts
from sovlint.resolve.values import members, value_of
from sovlint.rules.hints import Hints
from sovlint.rules.values.value_hosts import is_registered
from sovlint.stages.offered_states import offered_states
from sovlint.stages.place import PlaceResult
from sovlint.stages.read import ReadResult
from sovlint.stages.run import Rulebook, Run

MOST_STEPS: Final = 12
"""Steps of the chain of one offer."""


class OfferMaterial(Struct, frozen=True):
    """What offers are made of: what was placed, and what the catalogue knows."""

    placed: tuple[Placed, ...]
    catalog: Catalog
    hints: Hints
    placer: Placer
    by_number: frozenset[int]
    """Numbers of the resources that others may use."""
    reader: Reader
    counts: Callable[[str], bool]
    """Whether what stands in a file is there for others to use."""

    @property
    def names(self) -> NamesHere:
        """The resources by what others call them."""
        return self.placer.resources.names_here

    def offer_at(
        self, kind: OfferKind, keys: Iterable[str], of: Resource, place: ServicePlace | None
    ) -> Offer:
        """An offer of a resource at a place; of one that isn't known, without facts."""
        where = of.where.span()
        facts = (
            {}
            if place is None
            else _known(
                {PROVIDER: place.provider, SERVICE: place.service, REGION: place.region_code}
            )
        )
        return Offer(
            kind,
            tuple(dict.fromkeys(map(mask, keys))),
            where.path,
            where.line,
            mask(of.address),
            facts=facts,
            because=_because(() if place is None else place.decided),
        )

    def offer(
        self, kind: OfferKind, keys: Iterable[str], each: Placed, placement: Placement | None
    ) -> Offer:
        """An offer of a resource, with the facts of one of its placements."""
        where = each.resource.span
        return Offer(
            kind,
            tuple(dict.fromkeys(map(mask, keys))),
            where.path,
            where.line,
            mask(each.resource.address),
            facts=_facts(placement) if placement else {},
            because=_because(placement.because if placement else ()),
        )


def offered(
    run: Run, rulebook: Rulebook, read: ReadResult, placed: PlaceResult
) -> tuple[Offer, ...]:
    """All that the repository offers, sorted. What stands in folders of examples, of tests and of other people's files
    is nobody's to use."""
    formats = rulebook.hints.formats

    def counts(path: str) -> bool:
        return not (formats.passing(path) or formats.is_of_tests(path))

    real = tuple(
        each
        for each in placed.placed
        if not each.resource.local and counts(each.resource.span.path)
    )
    every = tuple(each.resource for each in placed.placed)
    catalog = rulebook.catalog
    known = KnownResources(every, read.reading.looked_up, catalog)
    served = ServedHosts((*every, *read.reading.looked_up), catalog, for_others=True)
    placer = Placer(known, catalog, served, run.offers)
    numbers = frozenset(each.resource.number for each in real)
    material = OfferMaterial(
        real, catalog, rulebook.hints, placer, numbers, read.repository, counts
    )
    found = {
        sort_key(offer): offer for make in _MAKING for offer in make(material) if offer.keys
    }
    states = offered_states(read.reading.kept, known, placer)
    found.update({sort_key(offer): offer for offer in states if counts(offer.path)})
    return tuple(found[key] for key in sorted(found))


# --- clusters


def _clusters(material: OfferMaterial) -> Iterator[Offer]:
    """Clusters by the names that they go by, the secrets that get their kubeconfigs, and their API servers."""
    creators = material.hints.clusters.creators
    for each in material.placed:
        hint = creators.get(each.resource.type)
        if hint is None or hint.made_by or not each.placements:
            continue
        names = list(_texts(each, hint.names))
        secrets = [*_texts(each, [f"{path}.name" for path in hint.secrets])]
        if hint.secret_named:
            secrets += [hint.secret_named.replace("{name}", name) for name in names[-1:]]
        hosts = [
            host for text in _texts(each, hint.servers) if (host := known_host(Known(text)))
        ]
        keys = (
            *map(cluster_name, names),
            *map(cluster_host, hosts),
            *map(cluster_secret, secrets),
        )
        telling = [key for key in keys if is_telling(key, material.catalog)]
        yield material.offer(OfferKind.CLUSTER, telling, each, each.placements[0])


def _texts(each: Placed, paths: Iterable[str]) -> Iterator[str]:
    """The texts at several paths of a resource of which all is known."""
    for path in paths:
        for found in each.resource.attributes.read(path):
            if isinstance(found.value, Known):
                yield from (text for text, _ in texts_in(found.value) if text)


# --- hosts


def _hosts(material: OfferMaterial) -> Iterator[Offer]:
    """Hosts that ingresses, routes and records serve, below domains that somebody registered; and those that stores have
    by their names."""
    placer = material.placer
    for host, serving in placer.served.all.items():
        if not is_registered(host.removeprefix("*.")) or host.startswith("_"):
            continue  # a name of records that prove something: nobody answers there
        if material.catalog.hosts.match((host,)) is not None:
            continue
        real = [each for each in serving if each.resource.number in material.by_number]
        if real:
            where = real[0].resource
            place = placer.served_place(host, real)
            yield material.offer_at(OfferKind.HOST, [host], where, place)
    for each in material.placed:
        if each.placements:
            hosts = material.names.hosts_of(placer.resources.seen(each.resource))
            yield material.offer(OfferKind.HOST, hosts, each, each.placements[0])


# --- stores


def _stores(material: OfferMaterial) -> Iterator[Offer]:
    """Stores by the names that no other of their type has."""
    for each in material.placed:
        if not each.placements or each.is_config:
            continue
        seen = material.placer.resources.seen(each.resource)
        placement = each.placements[0]
        keys = list(material.names.offered_as(seen))
        company = value_of(placement.provider)
        names = [key.partition(" ")[2] for key in keys]
        if company:
            keys += [store_of(company, name) for name in names if "/" not in name]
        yield material.offer(OfferKind.STORE, keys, each, placement)


# --- images


def _images(material: OfferMaterial) -> Iterator[Offer]:
    """Images that pipelines push: they show whose an image is, and no place."""
    met: set[str] = set()
    for value, where in pushed_images(material.reader, material.hints):
        key = image_key(as_text(value))
        if not key or HOLE in key or key in met or not material.counts(where.path):
            continue
        met.add(key)
        yield Offer(OfferKind.IMAGE, (mask(key),), where.path, where.line, mask(key))


_MAKING: Final[tuple[Callable[[OfferMaterial], Iterator[Offer]], ...]] = (
    _clusters,
    _hosts,
    _stores,
    _images,
)
"""All that makes offers."""


# --- facts and chains


def _facts(placement: Placement) -> dict[str, OfferedFact]:
    facts = {
        PROVIDER: placement.provider,
        SERVICE: placement.service,
        REGION: placement.region,
    }
    return _known(facts)


def _known(facts: Mapping[str, Fact[str]]) -> dict[str, OfferedFact]:
    return {name: made for name, fact in facts.items() if (made := _fact(fact)) is not None}


def _fact(fact: Fact[str]) -> OfferedFact | None:
    """A fact as others may know it; nothing of one that is secret or of which nothing is known."""
    if fact.sensitive:
        return None
    if isinstance(fact, Known):
        return OfferedFact(value=fact.value, hinted=hint_in(fact.because) is not None)
    open_: Fact[object] = fact
    among = tuple(sorted(str(each.value) for each in members(open_) if not each.sensitive))
    hinted = hint_in(fact.because) is not None
    return OfferedFact(among=among, hinted=hinted) if among else None


def _because(chains: Iterable[Because]) -> tuple[OfferedStep, ...]:
    return tuple(map(_step, places(chains, MOST_STEPS)))


def _step(found: Waypoint) -> OfferedStep:
    said = Bilingual(say(found.note, "en"), say(found.note, "fr"))
    return OfferedStep(found.span.own_path, found.span.line, said, found.span.repository)
