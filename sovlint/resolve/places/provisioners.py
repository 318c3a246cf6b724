"""Where a provisioner or driver keeps the volumes, or the snapshots, that an object describes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from msgspec.structs import replace

from sovlint.catalog.load import Catalog
from sovlint.model.attributes import Found
from sovlint.model.landing import EvidenceHint
from sovlint.model.resources.resource import Resource
from sovlint.model.text import Note
from sovlint.model.value import (
    Because,
    Fact,
    Known,
    Reason,
    Step,
    Unknown,
    either,
)
from sovlint.resolve.attribute_texts import first_text
from sovlint.resolve.clusters.weighing import weigh
from sovlint.resolve.facts.endpoints import in_cluster
from sovlint.resolve.facts.service_place import ServicePlace, nowhere, region_of
from sovlint.resolve.places.known_resources import SNAPSHOT_CLASSES, STORAGE_CLASS
from sovlint.resolve.places.moved_by_endpoints import sent_to
from sovlint.resolve.values import no_evidence, value_of


def kept_at(
    found: Resource,
    name: str,
    cluster: ServicePlace,
    catalog: Catalog,
    before: Step | None = None,
) -> ServicePlace:
    """Where a provisioner or driver keeps the volumes that an object describes."""
    hints = catalog.cluster_hints.provisioners.of(name)
    step = before or Step(found.where, Note("resolve.provisioner", {"name": name}))
    if not hints:
        note = Note("resolve.provisioner-unlisted", {"name": name})
        return nowhere(
            Unknown(Reason.NOT_IN_CATALOGUE, f"provisioner {name}", step, note=note),
            cluster.service,
        )
    hint = hints[0]
    if found.type in SNAPSHOT_CLASSES:
        return _snapshots(found, hint, cluster, catalog, step)
    if hint.inside or not hint.payload:
        return cluster
    servers = [
        each
        for path in hint.server
        for each in found.attributes.read(path)
        if not _is_empty(each)
    ]
    if servers:
        return _served(servers[0], cluster, catalog, step)
    if hint.server and not hint.providers:
        unnamed = no_evidence("server", step, Note("resolve.server-unnamed"))
        return nowhere(unnamed, cluster.service)
    seen = weigh(found.named.own if found.named else (), catalog, own=True)
    region = cast("Fact[str] | None", seen.region)
    if region is None and found.type != STORAGE_CLASS:
        region = _region(found, name, hint, step)
    return at_provider(
        hint,
        seen.possible or hint.providers,
        region,
        of_volumes(hint, cluster),
        catalog,
        step,
    )


def _region(found: Resource, name: str, hint: EvidenceHint, step: Step) -> Fact[str] | None:
    """The region that an object names itself; one that may lie anywhere has to."""
    region = first_text(found.attributes, hint.region, "resolve.region-here")
    if region is None and hint.anywhere:
        note = Note("resolve.volume-anywhere", {"name": name})
        return no_evidence("region", step, note)
    return region


def _snapshots(
    found: Resource, hint: EvidenceHint, cluster: ServicePlace, catalog: Catalog, step: Step
) -> ServicePlace:
    """Where snapshots of a class lie: beside their volumes, unless the class names a region or copies them away."""
    copied = hint.copied
    if copied is not None and any(
        value_of(each.value) in copied.values for each in found.attributes.read(copied.path)
    ):
        return nowhere(
            no_evidence("backup target", step, Note("resolve.snapshots-copied")),
            cluster.service,
        )
    if hint.inside or not hint.providers:
        return cluster
    region = first_text(found.attributes, hint.snapshots, "resolve.region-here")
    return at_provider(hint, hint.providers, region, cluster, catalog, step)


def _is_empty(found: Found) -> bool:
    return isinstance(found.value, Known) and found.value.value in (None, "")


def _served(
    server: Found, cluster: ServicePlace, catalog: Catalog, step: Step
) -> ServicePlace:
    """Volumes that a server keeps: whoever answers at its address. A private one may be anywhere."""
    written = value_of(server.value)
    if isinstance(written, str) and "://" not in written:
        bare = written.strip("/").partition("/")[0]
        server = Found(Known(bare, server.value.because), server.where)
    if in_cluster(server.value):
        inside = Step(server.where, Note("resolve.in-cluster"), cluster.steps)
        return replace(cluster, decided=(step, inside))
    there = sent_to(server, catalog)
    return replace(there, decided=(step, *there.decided))


def of_volumes(hint: EvidenceHint, cluster: ServicePlace) -> ServicePlace:
    """The cluster's place, as that of the service which keeps its volumes, where the driver or class shows that one."""
    return replace(cluster, service=Known(hint.service)) if hint.service else cluster


def at_provider(
    hint: EvidenceHint,
    providers: Sequence[str],
    region: Fact[str] | None,
    cluster: ServicePlace,
    catalog: Catalog,
    because: Because,
) -> ServicePlace:
    """At a provider: in the region named, else in the cluster's, where that is the same provider's."""
    own = value_of(cluster.provider)
    is_own = own is not None and own in providers
    provider: Fact[str]
    if own is not None and is_own:
        provider = Known(own, because)
    elif hint.default or len(providers) == 1:
        provider = Known(providers[0], because)
    else:
        several = Unknown(Reason.MULTI_VALUED, ", ".join(providers), because)
        provider = either([Known(name, because) for name in providers], several)
    if region is not None:
        return ServicePlace(
            provider,
            cluster.service,
            region_of(provider, region, catalog),
            (because, region.because),
        )
    if is_own:
        return replace(cluster, provider=provider, decided=(because, *cluster.decided))
    return ServicePlace(provider, cluster.service, no_evidence("region", because), (because,))
