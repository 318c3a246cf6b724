"""What a repository makes, by the names that others call it. Worked out only where somebody asks: of most scans nobody
does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from msgspec import Struct

from sovlint.catalog.load import Catalog
from sovlint.model.offers import (
    Offer,
    OfferedFact,
    OfferedStep,
    OfferKind,
    cluster_host,
    cluster_name,
    cluster_secret,
    sort_key,
)
from sovlint.model.placement import Placed, Placement
from sovlint.model.redaction.redact import mask
from sovlint.model.text import Bilingual
from sovlint.model.value import Fact, Known
from sovlint.report.messages import say
from sovlint.report.pieces.trail import Waypoint, places
from sovlint.resolve.attribute_texts import texts_in
from sovlint.resolve.clusters.offered_clusters import is_telling
from sovlint.resolve.facts.endpoints import known_host
from sovlint.resolve.offered import PROVIDER, REGION, SERVICE
from sovlint.resolve.values import members
from sovlint.rules.hints import Hints
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

    def offer(
        self, kind: OfferKind, keys: Iterable[str], each: Placed, placement: Placement | None
    ) -> Offer:
        """An offer of a resource, with the facts of one of its placements."""
        where = each.resource.where.span()
        return Offer(
            kind,
            tuple(dict.fromkeys(map(mask, keys))),
            where.path,
            where.line,
            mask(each.resource.address),
            facts=_facts(placement) if placement else {},
            because=_because(placement) if placement else (),
        )


def offered(
    run: Run, rulebook: Rulebook, read: ReadResult, placed: PlaceResult
) -> tuple[Offer, ...]:
    """All that the repository offers, sorted. What stands in folders of examples, of tests and of other people's files
    is nobody's to use."""
    formats = rulebook.hints.formats

    def counts(each: Placed) -> bool:
        path = each.resource.where.span().path
        return not (each.resource.local or formats.passing(path) or formats.is_of_tests(path))

    real = tuple(filter(counts, placed.placed))
    material = OfferMaterial(real, rulebook.catalog, rulebook.hints)
    found = {
        sort_key(offer): offer for make in _MAKING for offer in make(material) if offer.keys
    }
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


_MAKING: Final[tuple[Callable[[OfferMaterial], Iterator[Offer]], ...]] = (_clusters,)
"""All that makes offers."""


# --- facts and chains


def _facts(placement: Placement) -> dict[str, OfferedFact]:
    facts = {
        PROVIDER: placement.provider,
        SERVICE: placement.service,
        REGION: placement.region,
    }
    return {name: made for name, fact in facts.items() if (made := _fact(fact)) is not None}


def _fact(fact: Fact[str]) -> OfferedFact | None:
    """A fact as others may know it; nothing of one that is secret or of which nothing is known."""
    if fact.sensitive:
        return None
    if isinstance(fact, Known):
        return OfferedFact(value=fact.value)
    open_: Fact[object] = fact
    among = tuple(sorted(str(each.value) for each in members(open_) if not each.sensitive))
    return OfferedFact(among=among) if among else None


def _because(placement: Placement) -> tuple[OfferedStep, ...]:
    return tuple(map(_step, places(placement.because, MOST_STEPS)))


def _step(found: Waypoint) -> OfferedStep:
    said = Bilingual(say(found.note, "en"), say(found.note, "fr"))
    return OfferedStep(found.span.own_path, found.span.line, said, found.span.repository)
