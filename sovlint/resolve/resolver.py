"""The whole of this room: resources -> placed resources and flows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from msgspec.structs import replace

from sovlint.catalog.load import Catalog
from sovlint.model.attestation import Attestation
from sovlint.model.classrules import ClassRules
from sovlint.model.offers import Offers
from sovlint.model.placement import Flow, Placed
from sovlint.model.resources.reading import Reading, Remark
from sovlint.model.resources.resource import Resource
from sovlint.resolve.classes.data_classes import Classifier, assumed
from sovlint.resolve.clusters.carried import CarriedFiles
from sovlint.resolve.clusters.clusters import Clusters
from sovlint.resolve.flows import flows, propagate
from sovlint.resolve.only_sending import is_worth_telling, without_lines_told
from sovlint.resolve.places.cluster_places import created_place, made_place
from sovlint.resolve.places.known_resources import KnownResources
from sovlint.resolve.places.placements import Placements
from sovlint.resolve.places.placer import Placer
from sovlint.resolve.places.sends import Destinations
from sovlint.resolve.places.served_hosts import ServedHosts
from sovlint.resolve.untold import with_untold


def settle(
    reading: Reading, catalog: Catalog, day: date, offers: Offers | None = None
) -> tuple[tuple[Resource, ...], tuple[Remark, ...]]:
    """The resources of a reading with where the clusters are that they land on, and what contradicts itself there.
    ``offers``: what other repositories make."""
    resources, reaches = reading.resources, reading.reaches
    landings = dict.fromkeys(
        landing for each in resources if each.named for landing in each.named.landings
    )
    pointed = (
        bool(reaches)
        or bool(reading.carried)
        or any(evidence.made for each in landings for evidence in each.evidence)
    )
    known = KnownResources(resources if pointed else (), reading.looked_up, catalog)
    placer = Placer(known, catalog)
    folders = {each.folder for each in landings} if reaches else ()
    clusters = Clusters(
        reaches,
        partial(created_place, placer),
        partial(made_place, placer),
        catalog,
        folders,
        offers,
    )
    settled = tuple(clusters.settled(resource) for resource in resources)
    if reading.carried:
        carried = CarriedFiles(reading.carried, partial(created_place, placer))
        settled = tuple(carried.settled(resource) for resource in settled)
    return settled, clusters.remarks


def resolve(
    resources: Sequence[Resource],
    catalog: Catalog,
    rules: ClassRules,
    attested: Sequence[Attestation],
    day: date,
    looked_up: Sequence[Resource] = (),
    offers: Offers | None = None,
) -> tuple[tuple[Placed, ...], tuple[Flow, ...]]:
    """Place and classify all resources of a repository on a day. ``rules.assume`` gives a class to those without;
    ``looked_up`` only place others; ``offers``: what other repositories make."""
    known = KnownResources(resources, looked_up, catalog)
    served = ServedHosts((*resources, *looked_up), catalog)
    catalog = catalog.at_house(replace(catalog.hosts.house, owns=served.owns))
    placer = Placer(known, catalog, served, offers)
    destinations = Destinations(placer)
    placements = Placements(placer, destinations, attested, day)
    classifier = Classifier(rules, catalog)
    classes = {each.number: classifier.classes(each, known.entry(each)) for each in resources}
    told_once = without_lines_told(resources, known.entry, classes)
    resources = [with_untold(each, catalog) for each in told_once]
    flowing = flows(resources, placer, destinations, classes)
    classes = propagate(classes, flowing)
    placed = (Placed(each, classes[each.number], placements.of(each)) for each in resources)
    return tuple(
        assumed(each, rules.assume) for each in placed if is_worth_telling(each, known.entry)
    ), tuple(flowing)
