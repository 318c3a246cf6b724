"""What objects of Flux and Argo CD change in what they deploy: where it isn't applied here, that is said.

Sources: Flux, "Kustomization" and "Helm Releases" (``spec.postRenderers``); Argo CD, "Kustomize".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sovlint.documents import Path
from sovlint.documents.cursor import Cursor
from sovlint.frontends.cluster.labels import KEY
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.harvest import Harvest
from sovlint.frontends.kubernetes.deployers.kinds import (
    ARGO,
    ARGO_SET,
    FLUX,
    FLUX_RELEASE,
)

_SOURCES = ("source.kustomize", "sources.*.kustomize")
CHANGED_AT: Mapping[str, tuple[str, ...]] = {
    FLUX: ("spec",),
    FLUX_RELEASE: ("spec.postRenderers.*.kustomize",),
    ARGO: tuple(f"spec.{each}" for each in _SOURCES),
    ARGO_SET: tuple(f"spec.template.spec.{each}" for each in _SOURCES),
}
"""Where each type says what it changes, as Kustomize would."""

CHANGES = ("patches", "patchesStrategicMerge", "patchesJson6902", "components")
_FIELDS = (
    *CHANGES, "images", "namePrefix", "nameSuffix", "targetNamespace", "commonMetadata", "postBuild",
)  # fmt: skip
LABELS: tuple[Path, ...] = (
    ("commonMetadata", "labels"), ("commonMetadata", "annotations"), ("commonLabels",), ("commonAnnotations",),
)  # fmt: skip
"""What may declare a class of all that is deployed."""


def may_change(found: ManifestObject) -> bool:
    """Whether an object may change what a kustomization comes to that it applies."""
    if found.type == FLUX:
        return any(key in found.get("spec").mapping() for key in _FIELDS)
    if found.type not in (ARGO, ARGO_SET):
        return False
    places = ("spec.templatePatch", *CHANGED_AT[found.type])
    return any(each.data for written in places for each in found.get().every(written))


def changes_objects(found: ManifestObject) -> bool:
    """Whether an object changes something in what it deploys."""
    return next(_changes(found), None) is not None


def remark_unapplied(objects: Iterable[ManifestObject], harvest: Harvest) -> None:
    """One remark for all that is changed so, at the first."""
    found = [
        (each, change)
        for each in objects
        if (change := next(_changes(each), None)) is not None
    ]
    if found:
        each, change = found[0]
        field = str(change.path[-1])
        harvest.remark(
            change.where,
            "kubernetes.unapplied",
            count=len(found),
            name=each.name,
            field=field,
        )


def _changes(found: ManifestObject) -> Iterator[Cursor]:
    """Whatever it changes."""
    for written in CHANGED_AT.get(found.type, ()):
        for holder in found.get().every(written):
            for key in CHANGES:
                if any(holder.items(key)):
                    yield holder.at(key)
            for path in LABELS:
                if KEY in holder.mapping(*path):
                    yield holder.at(*path, KEY)
