"""Which volumes declared by hand a claim takes: as the API server would bind them (Kubernetes, "Persistent Volumes").

A claim that names its volume takes that; else one that is reserved for it (``claimRef``), whatever its class; else one
that its selector fits, of the same class; else the only one of its class, where nothing here makes volumes of that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sovlint.documents.cursor import Cursor
from sovlint.frontends.cluster.object_index import (
    VOLUME,
    Objects,
    class_of,
    reserved_name,
    selects,
)
from sovlint.frontends.cluster.objects import ManifestObject

CLAIM, STORAGE_CLASS = "PersistentVolumeClaim", "StorageClass"
CLUSTER_WIDE = ""
"""The namespace of what belongs to none."""


def taken(claim: ManifestObject, objects: Objects) -> Iterator[tuple[ManifestObject, Cursor]]:
    """The volumes that a claim may take, with what it says of that."""
    named = claim.get("spec", "volumeName")
    if named.text():
        yield from (
            (volume, named)
            for volume in objects.find(claim, VOLUME, named.text(), CLUSTER_WIDE)
        )
        return
    reserved = _reserved_for(claim, claim.name, objects)
    if reserved:
        yield from ((volume, claim.get("metadata", "name")) for volume in reserved)
        return
    chosen, key = _chosen(claim, objects)
    yield from ((volume, claim.get("spec", key)) for volume in chosen)


def taken_by_templates(
    workload: ManifestObject, objects: Objects
) -> Iterator[tuple[ManifestObject, Cursor]]:
    """The volumes reserved for claims that a workload's templates make (``<template>-<workload>-<number>``)."""
    for template in workload.claim_templates():
        name = template.text("metadata", "name")
        made = re.compile(rf"{re.escape(f'{name}-{workload.name}')}-\d+")
        for claim in objects.reserved if name else ():
            if made.fullmatch(claim):
                yield from (
                    (volume, template) for volume in _reserved_for(workload, claim, objects)
                )


def _reserved_for(
    user: ManifestObject, claim: str, objects: Objects
) -> Sequence[ManifestObject]:
    fitting = []
    for volume in objects.reserved.get(claim, ()):
        namespace = volume.get("spec", "claimRef", "namespace").data
        if not namespace or not user.namespace or namespace == user.namespace:
            fitting.append(volume)
    return objects.meant(user, fitting, CLUSTER_WIDE)


def _chosen(claim: ManifestObject, objects: Objects) -> tuple[Sequence[ManifestObject], str]:
    """Volumes for any claim that a selector fits; without one, the only one of the class."""
    name = class_of(claim)
    free = [each for each in objects.volumes.get(name or "", ()) if not reserved_name(each)]
    selector = claim.get("spec", "selector")
    if (
        selector.mapping()
    ):  # what it demands besides labels isn't tried, and may narrow the choice
        candidates = free if isinstance(selector.at("matchLabels").data, dict) else []
        wanted = selector.mapping("matchLabels")
        fitting = [
            each
            for each in candidates
            if selects(wanted, each.get().mapping("metadata", "labels"))
        ]
        return objects.meant(claim, fitting, CLUSTER_WIDE), "selector"
    if not name or objects.find(claim, STORAGE_CLASS, name, CLUSTER_WIDE):
        return (), ""
    only = objects.meant(claim, free, CLUSTER_WIDE)
    return only if len(only) == 1 else (), "storageClassName"
