"""Which volumes declared by hand a claim takes: as the API server would bind them (Kubernetes, "Persistent Volumes").

A claim that names its volume takes that; else one that is reserved for it (``claimRef``), whatever its class; else one
that its selector fits, of the same class; else the only one of its class, where nothing here makes volumes of that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from sovlint.documents import Path
from sovlint.documents.attributes import at_path
from sovlint.documents.paths import data_at
from sovlint.frontends.cluster.kinds import CLAIM_TEMPLATES
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.cluster.uses import VOLUME, Objects, class_of, reserved_name

CLAIM, STORAGE_CLASS = "PersistentVolumeClaim", "StorageClass"
CLUSTER_WIDE = ""
"""The namespace of what belongs to none."""


def taken(claim: ManifestObject, objects: Objects) -> Iterator[tuple[ManifestObject, Path]]:
    """The volumes that a claim may take, with where that is written: a path of the claim's document."""
    named = data_at(claim.data, ("spec", "volumeName"))
    if isinstance(named, str) and named:
        for volume in objects.find(claim, VOLUME, named, CLUSTER_WIDE):
            yield volume, (*claim.at, "spec", "volumeName")
        return
    reserved = _reserved_for(claim, claim.name, objects)
    if reserved:
        yield from ((volume, (*claim.at, "metadata", "name")) for volume in reserved)
        return
    chosen, key = _chosen(claim, objects)
    yield from ((volume, (*claim.at, "spec", key)) for volume in chosen)


def taken_by_templates(workload: ManifestObject, objects: Objects) -> Iterator[tuple[ManifestObject, Path]]:
    """The volumes reserved for claims that a workload's templates make (``<template>-<workload>-<number>``)."""
    inner = CLAIM_TEMPLATES.get(workload.type)
    listed = at_path(workload.document, (*workload.at, *inner)) if inner else None
    for index, template in enumerate(listed if isinstance(listed, list) else ()):
        name = data_at(template, ("metadata", "name"))
        made = re.compile(rf"{re.escape(f'{name}-{workload.name}')}-\d+")
        for claim in objects.reserved if isinstance(name, str) else ():
            if made.fullmatch(claim):
                for volume in _reserved_for(workload, claim, objects):
                    yield volume, (*workload.at, *(inner or ()), index)


def _reserved_for(user: ManifestObject, claim: str, objects: Objects) -> Sequence[ManifestObject]:
    fitting = []
    for volume in objects.reserved.get(claim, ()):
        namespace = data_at(volume.data, ("spec", "claimRef", "namespace"))
        if not namespace or not user.namespace or namespace == user.namespace:
            fitting.append(volume)
    return objects.meant(user, fitting, CLUSTER_WIDE)


def _chosen(claim: ManifestObject, objects: Objects) -> tuple[Sequence[ManifestObject], str]:
    """Volumes for any claim that a selector fits; without one, the only one of the class."""
    name = class_of(claim)
    free = [each for each in objects.volumes.get(name or "", ()) if not reserved_name(each)]
    selector = data_at(claim.data, ("spec", "selector"))
    if isinstance(selector, dict) and selector:
        fitting = [each for each in free if _fits(selector, data_at(each.data, ("metadata", "labels")))]
        return objects.meant(claim, fitting, CLUSTER_WIDE), "selector"
    if not name or objects.find(claim, STORAGE_CLASS, name, CLUSTER_WIDE):
        return (), ""
    only = objects.meant(claim, free, CLUSTER_WIDE)
    return only if len(only) == 1 else (), "storageClassName"


def _fits(selector: dict[str, Any], labels: Any) -> bool:
    """Whether a selector fits: ``matchLabels`` do. What else it demands isn't tried, and may narrow the choice."""
    wanted = selector.get("matchLabels")
    carried = labels if isinstance(labels, dict) else {}
    return isinstance(wanted, dict) and all(str(carried.get(key)) == str(value) for key, value in wanted.items())
