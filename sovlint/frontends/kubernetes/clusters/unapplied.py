"""What objects of Flux and Argo CD change in what they deploy: it isn't applied here, and that is said.

Sources: Flux, "Kustomization" and "Helm Releases" (``spec.postRenderers``); Argo CD, "Kustomize".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sovlint.documents import Path
from sovlint.documents.paths import data_at
from sovlint.frontends.cluster.labels import KEY
from sovlint.frontends.cluster.objects import ManifestObject, existing
from sovlint.frontends.harvest import Harvest
from sovlint.frontends.kubernetes.clusters.deployments import ARGO, ARGO_SET, FLUX, FLUX_RELEASE

_SOURCES = ("source.kustomize", "sources.*.kustomize")
CHANGED_AT: Mapping[str, tuple[str, ...]] = {
    FLUX: ("spec",),
    FLUX_RELEASE: ("spec.postRenderers.*.kustomize",),
    ARGO: tuple(f"spec.{each}" for each in _SOURCES),
    ARGO_SET: tuple(f"spec.template.spec.{each}" for each in _SOURCES),
}
"""Where each type says what it changes, as Kustomize would."""

CHANGES = ("patches", "patchesStrategicMerge", "patchesJson6902", "components")
LABELS: tuple[Path, ...] = (
    ("commonMetadata", "labels"), ("commonMetadata", "annotations"), ("commonLabels",), ("commonAnnotations",),
)  # fmt: skip
"""What may declare a class of all that is deployed."""


def remark_unapplied(objects: Iterable[ManifestObject], harvest: Harvest) -> None:
    """One remark for all that is changed so, at the first."""
    found = [(each, path) for each in objects if (path := next(_changes(each), None)) is not None]
    if found:
        each, path = found[0]
        harvest.remark(each.span(path), "kubernetes.unapplied", count=len(found), name=each.name, field=str(path[-1]))


def _changes(found: ManifestObject) -> Iterator[Path]:
    """The paths, from the object, of what it changes."""
    for written in CHANGED_AT.get(found.type, ()):
        for holder in existing(found.data, written):
            inner: dict[str, Any] = data_at(found.data, holder)
            for key in CHANGES:
                if isinstance(inner.get(key), list) and inner[key]:
                    yield (*holder, key)
            for path in LABELS:
                declared = data_at(inner, path)
                if isinstance(declared, dict) and KEY in declared:
                    yield (*holder, *path, KEY)
