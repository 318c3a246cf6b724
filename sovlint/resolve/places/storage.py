"""Where volumes lie: where the provisioner of their storage class keeps them, which need not be where the cluster is.

A class that isn't in the repository, and under whose name no provider's clusters come with one, is taken for one of the
cluster's own (``docs/kubernetes.md``), which the chain says. The class ``""`` is none at all, not the default one: a claim
with it takes a volume that is declared by hand (Kubernetes, "Persistent Volumes", "Class"), as one does that names its
volume, and one of a class of which only such volumes are here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from sovlint.catalog.entries import PlacementRule
from sovlint.catalog.load import Catalog
from sovlint.model.attributes import Found
from sovlint.model.resources.resource import Resource
from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import (
    Because,
    Fact,
    Known,
    Reason,
    Step,
    StepKind,
    Unknown,
    is_proved,
)
from sovlint.resolve.attribute_texts import first_text
from sovlint.resolve.clusters.weighing import weigh
from sovlint.resolve.conditions import may_hold
from sovlint.resolve.facts.service_place import ServicePlace, nowhere, one_of_places
from sovlint.resolve.places.known_resources import (
    CLAIM,
    MADE_BY,
    STORAGE_CLASS,
    VOLUME,
    KnownResources,
)
from sovlint.resolve.places.named_places import named_place
from sovlint.resolve.places.placement_tasks import PlacementTask, placement_tasks
from sovlint.resolve.places.provisioners import at_provider, kept_at, of_volumes
from sovlint.resolve.values import members, no_evidence, steps, value_of

DEFAULTS = tuple(
    f"metadata.annotations.[{name}.kubernetes.io/is-default-class]"
    for name in ("storageclass", "snapshot.storage", "groupsnapshot.storage")
)
"""What makes a class that of those that name none (Kubernetes, "Storage Classes" and "Volume Snapshot Classes")."""


class TakenVolume(Struct, frozen=True):
    """A volume declared by hand that a claim takes, and the step that says so. It has a place of its own."""

    task: PlacementTask
    step: Step


Keeper = ServicePlace | TakenVolume
"""Where volumes may lie."""


def keepers(
    resource: Resource, rule: PlacementRule, resources: KnownResources, catalog: Catalog
) -> Sequence[Keeper]:
    """Where the volumes of a resource may lie: by the volume that it names, by its storage class or the default one, or
    by the driver."""
    assert resource.named is not None
    cluster = named_place(resource.named, rule, catalog)
    if rule.kept_by is not None:
        return [kept_at(resource, rule.kept_by, cluster, catalog)]
    if rule.driver is not None:
        return _by_driver(resource, rule.driver, cluster, catalog)
    return _taken_by(resource, resources) or _by_class(
        resource, rule, cluster, resources, catalog
    )


def one_of_keepers(places: Sequence[ServicePlace]) -> ServicePlace:
    """One of several places of volumes; without a known provider, nothing is known of the region either."""
    place = replace(one_of_places(places, "storage class"), service=places[0].service)
    if len(places) == 1 or isinstance(place.provider, Known):
        return place
    return replace(
        place, region=Unknown(Reason.MULTI_VALUED, "storage class", place.decided[0])
    )


# --- volumes declared by hand


def _taken_by(resource: Resource, resources: KnownResources) -> list[TakenVolume]:
    """The volumes that a claim names or is named by."""
    linked: list[tuple[Resource, Located]] = []
    for link in resource.links if resource.type == CLAIM else ():
        linked.extend(
            (each, link.where) for each in resources.nearest_declared(resource, link.address)
        )
    return _taken(linked, resources)


def _taken(
    linked: Iterable[tuple[Resource, Located]], resources: KnownResources
) -> list[TakenVolume]:
    """Each volume by each of its rules; beside it stands where that it is taken is said."""
    return [
        TakenVolume(
            task, Step(where, Note("resolve.volume-taken", {"address": volume.address}))
        )
        for volume, where in linked
        if volume.type == VOLUME
        for rule in resources.rules(volume)
        if may_hold(volume, rule)
        for task in placement_tasks(volume, rule, resources)
    ]


# --- by driver or class


def _by_driver(
    resource: Resource, path: str, cluster: ServicePlace, catalog: Catalog
) -> list[Keeper]:
    """By the driver; of one that isn't named, nobody knows where it keeps volumes."""
    driver = first_text(resource.attributes, (path,), "resolve.driver-here")
    if driver is None:
        note = Note("resolve.driver-unnamed")
        driver = no_evidence("driver", Step(resource.where, note), note)
    return _by_name(driver, cluster, lambda name: [kept_at(resource, name, cluster, catalog)])


def _by_class(
    resource: Resource,
    rule: PlacementRule,
    cluster: ServicePlace,
    resources: KnownResources,
    catalog: Catalog,
) -> list[Keeper]:
    paths = rule.storage or ()
    empty = _without_class(resource, paths)
    if empty is not None:
        step = Step(empty.where, Note("resolve.storage-class-here"))
        by_hand = no_evidence("volume", step, Note("resolve.volume-by-hand"))
        return [nowhere(by_hand, cluster.service)]
    written = first_text(resource.attributes, paths, "resolve.storage-class-here")
    kind = rule.classes or STORAGE_CLASS
    if written is None:
        return _by_default(resource, resources.classes(kind, ""), cluster, catalog)
    because = written.because

    def of_name(name: str) -> list[Keeper]:
        same_name = resources.classes(kind, name)
        found = _near(resource, same_name) or _others(same_name, cluster, catalog)
        if found:
            return [
                place
                for each in found
                for place in _of_class(each, cluster, catalog, because)
            ]
        if kind == STORAGE_CLASS:
            for hint in catalog.cluster_hints.storage_classes.of(name):
                step = None if because is None else _hinting(because, cluster)
                volumes = of_volumes(hint, cluster)
                return [at_provider(hint, hint.providers, None, volumes, catalog, step)]
            by_hand = resources.volumes(resource.root, name)
            if taken := _taken(((each, each.where) for each in by_hand), resources):
                return [*taken]
        note = Note("resolve.storage-class-absent", {"name": name})
        return [
            _with_cluster(cluster, Step(because.where if because else resource.where, note))
        ]

    return _by_name(written, cluster, of_name)


def _by_default(
    resource: Resource, classes: Sequence[Resource], cluster: ServicePlace, catalog: Catalog
) -> list[Keeper]:
    """By the classes that count where none is named."""
    default = [each for each in _near(resource, classes) if _is_default(each)]
    if not default:
        return [
            _with_cluster(
                cluster, Step(resource.where, Note("resolve.storage-class-unnamed"))
            )
        ]
    return [place for each in default for place in _of_class(each, cluster, catalog, None)]


def _with_cluster(cluster: ServicePlace, step: Step) -> ServicePlace:
    """With the cluster: taken for granted rather than shown, and so said; of an unknown place nothing is."""
    if isinstance(cluster.provider, Unknown):
        return cluster
    return replace(cluster, decided=(*cluster.decided, step))


def _without_class(resource: Resource, paths: Sequence[str]) -> Found | None:
    """Where the class is written as none at all: empty, which elsewhere is as good as nothing written."""
    found = next((each for path in paths for each in resource.attributes.read(path)), None)
    return (
        found
        if found is not None and isinstance(found.value, Known) and found.value.value == ""
        else None
    )


def _by_name(
    written: Fact[str], cluster: ServicePlace, of: Callable[[str], list[Keeper]]
) -> list[Keeper]:
    """By a name that may be one of several, or not known: then the volumes may be anywhere."""
    if isinstance(written, Unknown) and not written.among:
        return [nowhere(written.bare(), cluster.service)]
    return [place for member in members(written) for place in of(member.value)]


def _near(resource: Resource, classes: Sequence[Resource]) -> list[Resource]:
    """Those classes that are on a cluster that the resource may be on."""
    own = _folders(resource)
    return [each for each in classes if own & _folders(each)]


def _folders(resource: Resource) -> set[str]:
    return (
        {landing.folder for landing in resource.named.landings} if resource.named else set()
    )


def _others(
    classes: Sequence[Resource], cluster: ServicePlace, catalog: Catalog
) -> list[Resource]:
    """Classes of another folder: those of whom the cluster's provider may be; another cluster's aren't."""
    if isinstance(cluster.provider, Unknown):
        return list(classes)
    found = []
    for each in classes:
        shown = weigh(each.named.own, catalog).possible if each.named else ()
        if not shown or cluster.provider.value in shown:
            found.append(each)
    return found


def _is_default(found: Resource) -> bool:
    written = (each.value for path in DEFAULTS for each in found.attributes.read(path))
    return any(str(value_of(each)).lower() == "true" for each in written)


def _hinting(step: Step, cluster: ServicePlace) -> Step:
    """What a class shows of the volumes that it makes: a hint, where the cluster isn't proved."""
    if is_proved(cluster.provider):
        return step
    return Step(step.where, step.note, step.parents, kind=StepKind.HINTED)


def _of_class(
    found: Resource, cluster: ServicePlace, catalog: Catalog, named_by: Because
) -> list[Keeper]:
    """Where a storage class keeps its volumes."""
    provisioner = first_text(
        found.attributes, (MADE_BY[found.type],), "resolve.provisioner-here"
    )
    if provisioner is None:
        return [cluster]
    note = Note("resolve.storage-class", {"name": found.names[0] if found.names else ""})
    step = _hinting(Step(found.where, note, steps(named_by)), cluster)
    return _by_name(
        provisioner, cluster, lambda name: [kept_at(found, name, cluster, catalog, step)]
    )
