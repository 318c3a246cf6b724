"""Where volumes lie: where the provisioner of their storage class keeps them, which need not be where the cluster is.

A class that isn't in the repository, and under whose name no provider's clusters come with one, is taken for one of the
cluster's own (``docs/limits.md``), which the chain says. The class ``""`` is none at all, not the default one: a claim
with it takes a volume that is declared by hand (Kubernetes, "Persistent Volumes", "Class"), as one does that names its
volume, and one of a class of which only such volumes are here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from sovlint.catalog.entries import PlacementRule
from sovlint.catalog.load import Catalog
from sovlint.model.attributes import Found
from sovlint.model.landing import EvidenceHint
from sovlint.model.resource import Resource
from sovlint.model.text import Note
from sovlint.model.value import Because, Fact, Known, Reason, Step, Unknown, either
from sovlint.resolve.clusters.weighing import weigh
from sovlint.resolve.facts.endpoints import in_cluster
from sovlint.resolve.facts.regions import Place, region_of
from sovlint.resolve.places.moved_by_endpoints import sent_to
from sovlint.resolve.places.places import named_place
from sovlint.resolve.reading import at as at_paths
from sovlint.resolve.reading import first

STORAGE_CLASS = "StorageClass"
VOLUME = "PersistentVolume"
CLAIM = "PersistentVolumeClaim"
SNAPSHOT_CLASSES = tuple(
    f"Volume{kind}Class.{group}.storage.k8s.io"
    for kind, group in (("Snapshot", "snapshot"), ("GroupSnapshot", "groupsnapshot"))
)
MADE_BY = {STORAGE_CLASS: "provisioner", **dict.fromkeys(SNAPSHOT_CLASSES, "driver")}
"""Where a class names what makes its volumes or snapshots, by the type of the class."""
DEFAULTS = tuple(
    f"metadata.annotations.[{name}.kubernetes.io/is-default-class]"
    for name in ("storageclass", "snapshot.storage", "groupsnapshot.storage")
)
"""What makes a class that of those that name none (Kubernetes, "Storage Classes" and "Volume Snapshot Classes")."""

StorageClasses = Callable[[str, str], Sequence[Resource]]
"""The classes of a type in the repository with a name; all of them for an empty one."""

BoundVolumes = Callable[[str | None], Sequence[Place]]
"""Where the volumes lie that a claim takes, as far as the repository declares them by hand; given a storage class,
those of that class, of which it may take any."""


def stored(
    resource: Resource, rule: PlacementRule, classes: StorageClasses, bound: BoundVolumes, catalog: Catalog
) -> Place:
    """Where the volumes of a resource lie: by the volume that it names, by its storage class or the default one, or by
    the driver."""
    assert resource.named is not None
    cluster = named_place(resource.named, rule, catalog)
    if rule.kept_by is not None:
        return _kept(resource, rule.kept_by, cluster, catalog)
    if rule.driver is not None:
        driver = first(at_paths(resource.attributes, (rule.driver,), "resolve.driver-here"))
        named = _no_driver(resource) if driver is None else driver
        return _by_name(named, cluster, lambda name: _kept(resource, name, cluster, catalog))
    written = first(at_paths(resource.attributes, rule.storage or (), "resolve.storage-class-here"))
    if volumes := bound(None):
        return _together(volumes)
    if (empty := _without_class(resource, rule.storage or ())) is not None:
        return _by_hand(Step(empty.where, Note("resolve.storage-class-here")), cluster)
    kind = rule.classes or STORAGE_CLASS
    if written is None:
        default = [each for each in _near(resource, classes(kind, "")) if _is_default(each)]
        if not default:
            return _taken(cluster, Step(resource.where, Note("resolve.storage-class-unnamed")))
        return _together([_of_class(each, cluster, catalog, None) for each in default])

    def of_name(name: str) -> Place:
        found = _near(resource, classes(kind, name)) or _others(classes(kind, name), cluster, catalog)
        if found:
            return _together([_of_class(each, cluster, catalog, written) for each in found])
        if kind != STORAGE_CLASS:
            return _absent(resource, name, written, cluster)
        for hint in catalog.cluster_hints.storage_classes.of(name):
            return _at_provider(hint.providers, None, hint.default, cluster, catalog, written)
        if by_hand := bound(name):
            return _together(by_hand)
        return _absent(resource, name, written, cluster)

    return _by_name(written, cluster, of_name)


def _absent(resource: Resource, name: str, written: Fact[str], cluster: Place) -> Place:
    """By a class that isn't here."""
    note = Note("resolve.storage-class-absent", {"name": name})
    return _taken(cluster, Step(written.because.where if written.because else resource.where, note))


def _taken(cluster: Place, step: Step) -> Place:
    """With the cluster: taken for granted rather than shown, and so said; of an unknown place nothing is."""
    if isinstance(cluster.provider, Unknown):
        return cluster
    return Place(cluster.provider, cluster.service, cluster.region, (*cluster.decided, step))


def _no_driver(resource: Resource) -> Unknown:
    """Of a driver that isn't named, nobody knows where it keeps volumes."""
    step = Step(resource.where, Note("resolve.driver-unnamed"))
    return Unknown(Reason.NO_EVIDENCE, "driver", step, note=Note("resolve.driver-unnamed"))


def _without_class(resource: Resource, paths: Sequence[str]) -> Found | None:
    """Where the class is written as none at all: empty, which elsewhere is as good as nothing written."""
    found = next((each for path in paths for each in resource.attributes.read(path)), None)
    return found if found is not None and isinstance(found.value, Known) and found.value.value == "" else None


def _by_hand(because: Because, cluster: Place) -> Place:
    """Of a volume declared by hand that isn't named here, nothing says where it is."""
    nowhere = Unknown(Reason.NO_EVIDENCE, "volume", because, note=Note("resolve.volume-by-hand"))
    return Place(nowhere, cluster.service, nowhere, (because,))


def _by_name(written: Fact[str], cluster: Place, of: Callable[[str], Place]) -> Place:
    """A place by a name that may be one of several, or not known: then the volumes may be anywhere."""
    if isinstance(written, Known):
        return of(written.value)
    if written.among:
        return _together([of(str(member.value)) for member in written.among])
    return Place(written.bare(), cluster.service, written.bare(), (written.because,))


def _near(resource: Resource, classes: Sequence[Resource]) -> list[Resource]:
    """Those classes that are on a cluster that the resource may be on."""
    own = _folders(resource)
    return [each for each in classes if own & _folders(each)]


def _folders(resource: Resource) -> set[str]:
    return {landing.folder for landing in resource.named.landings} if resource.named else set()


def _others(classes: Sequence[Resource], cluster: Place, catalog: Catalog) -> list[Resource]:
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
    return any(isinstance(each, Known) and str(each.value).lower() == "true" for each in written)


def _of_class(found: Resource, cluster: Place, catalog: Catalog, written: Fact[str] | None) -> Place:
    """Where a storage class keeps its volumes."""
    before = () if written is None or written.because is None else (written.because,)
    name = first(at_paths(found.attributes, (MADE_BY[found.type],), "resolve.provisioner-here"))
    if name is None:
        return cluster
    chained = Step(found.where, Note("resolve.storage-class", {"name": found.names[0] if found.names else ""}), before)

    def of(provisioner: str) -> Place:
        return _kept(found, provisioner, cluster, catalog, chained)

    return _by_name(name, cluster, of)


def _kept(found: Resource, name: str, cluster: Place, catalog: Catalog, before: Step | None = None) -> Place:
    """Where a provisioner or driver keeps the volumes that an object describes."""
    hints = catalog.cluster_hints.provisioners.of(name)
    step = before or Step(found.where, Note("resolve.provisioner", {"name": name}))
    if not hints:
        unlisted = Unknown(
            Reason.NOT_IN_CATALOGUE,
            f"provisioner {name}",
            step,
            note=Note("resolve.provisioner-unlisted", {"name": name}),
        )
        return Place(unlisted, cluster.service, unlisted, (step,))
    hint = hints[0]
    if found.type in SNAPSHOT_CLASSES:
        return _snapshots(found, hint, cluster, catalog, step)
    if hint.inside or not hint.payload:
        return cluster
    servers = [each for path in hint.server for each in found.attributes.read(path) if not _is_empty(each)]
    if servers or (hint.server and not hint.providers):
        return _served(servers, cluster, catalog, step)
    seen = weigh(found.named.own if found.named else (), catalog)
    region = cast("Fact[str] | None", seen.region)
    if region is None and found.type != STORAGE_CLASS:
        region = first(at_paths(found.attributes, hint.region, "resolve.region-here"))
        if region is None and hint.anywhere:
            note = Note("resolve.volume-anywhere", {"name": name})
            region = Unknown(Reason.NO_EVIDENCE, "region", step, note=note)
    return _at_provider(seen.possible or hint.providers, region, hint.default, cluster, catalog, Known("", step))


def _snapshots(found: Resource, hint: EvidenceHint, cluster: Place, catalog: Catalog, step: Step) -> Place:
    """Where snapshots of a class lie: beside their volumes, unless the class names a region or copies them away."""
    copied = hint.copied
    if copied is not None and any(
        isinstance(each.value, Known) and each.value.value in copied.values
        for each in found.attributes.read(copied.path)
    ):
        note = Note("resolve.snapshots-copied")
        nowhere = Unknown(Reason.NO_EVIDENCE, "backup target", step, note=note)
        return Place(nowhere, cluster.service, nowhere, (step,))
    if hint.inside or not hint.providers:
        return cluster
    region = first(at_paths(found.attributes, hint.snapshots, "resolve.region-here"))
    return _at_provider(hint.providers, region, hint.default, cluster, catalog, Known("", step))


def _is_empty(found: Found) -> bool:
    return isinstance(found.value, Known) and found.value.value in (None, "")


def _served(at: Sequence[Found], cluster: Place, catalog: Catalog, step: Step) -> Place:
    """Volumes that a server keeps: whoever answers at its address. A private one may be anywhere."""
    if not at:
        nowhere = Unknown(Reason.NO_EVIDENCE, "server", step, note=Note("resolve.server-unnamed"))
        return Place(nowhere, cluster.service, nowhere, (step,))
    first_ = at[0]
    written = first_.value
    if isinstance(written, Known) and isinstance(written.value, str):
        bare = written.value if "://" in written.value else written.value.strip("/").partition("/")[0]
        first_ = Found(Known(bare, written.because), first_.where)
    if in_cluster(first_.value):
        inside = Step(first_.where, Note("resolve.in-cluster"), tuple(each for each in cluster.decided if each))
        return Place(cluster.provider, cluster.service, cluster.region, (step, inside))
    there = sent_to(first_, catalog)
    return Place(there.provider, there.service, there.region, (step, *there.decided))


def _at_provider(
    providers: Sequence[str],
    region: Fact[str] | None,
    default: bool,
    cluster: Place,
    catalog: Catalog,
    written: Fact[str],
) -> Place:
    """At a provider: in the region named, else in the cluster's, where that is the same provider's."""
    because = written.because
    own = cluster.provider.value if isinstance(cluster.provider, Known) else None
    same = own is not None and own in providers
    several = Unknown(Reason.MULTI_VALUED, ", ".join(providers), because)
    provider: Fact[str]
    if same or default or len(providers) == 1:
        provider = Known(own if same and own is not None else providers[0], because)
    else:
        provider = either([Known(name, because) for name in providers], several)
    if region is not None:
        return Place(provider, cluster.service, region_of(provider, region, catalog), (because, region.because))
    if same:
        return Place(provider, cluster.service, cluster.region, (because, *cluster.decided))
    nowhere = Unknown(Reason.NO_EVIDENCE, "region", because)
    return Place(provider, cluster.service, nowhere, (because,))


def _together(places: Sequence[Place]) -> Place:
    """One of several places, known as far as they agree."""
    if len(places) == 1:
        return places[0]
    decided = tuple(cause for each in places for cause in each.decided)
    several = Unknown(Reason.MULTI_VALUED, "storage class", decided[0] if decided else None)
    provider = either([each.provider for each in places], several)
    region = either([each.region for each in places], several) if isinstance(provider, Known) else several
    return Place(provider, places[0].service, region, decided)
