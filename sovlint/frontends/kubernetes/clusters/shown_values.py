"""What values of charts show of where a cluster is: what templates put into objects that would show it themselves.

What is switched off shows nothing, nor does what is still to be filled in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from sovlint.documents.cursor import Cursor
from sovlint.frontends.cluster.charts.shown import CLASS_KEYS
from sovlint.frontends.cluster.charts.values import MAX_DEPTH, SWITCH
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.kubernetes.clusters.evidence import (
    of_annotations,
    of_ingress_class,
    of_pods,
    of_storage_class,
)
from sovlint.model.landing import Evidence
from sovlint.rules.hints import ClusterHints

_ANNOTATIONS: Final = "annotations"
_INGRESS_CLASSES: Final = ("className", "ingressClassName", "ingressClass")
_ITSELF: Final = ("https://kubernetes.default.svc", "in-cluster")

INLINE: Final[Mapping[str, tuple[str, ...]]] = {
    "HelmRelease.helm.toolkit.fluxcd.io": ("spec.values",),
    "Application.argoproj.io": ("spec.source.helm.valuesObject", "spec.sources.*.helm.valuesObject"),
}  # fmt: skip
"""Where each type that installs charts holds values itself (Flux, "Helm Releases"; Argo CD, "Helm")."""


def values_evidence(values: Cursor, hints: ClusterHints) -> Iterator[Evidence]:
    """All that values show, at whatever depth."""
    return (each for each in _evidence(values, hints) if each.later is None)


def inline_evidence(found: ManifestObject, hints: ClusterHints) -> Iterator[Evidence]:
    """What the values show that an object gives to a chart which it installs on its own cluster."""
    if found.type not in INLINE or _is_elsewhere(found):
        return
    for path in INLINE[found.type]:
        for values in found.get().every(path):
            yield from values_evidence(values, hints)


def _is_elsewhere(found: ManifestObject) -> bool:
    if found.get("spec", "kubeConfig").data is not None:
        return True
    destination = found.get("spec", "destination")
    said = [destination.text(key) for key in ("server", "name") if destination.text(key)]
    return bool(said) and not any(each in _ITSELF for each in said)


def _evidence(here: Cursor, hints: ClusterHints) -> Iterator[Evidence]:
    if len(here.path) > MAX_DEPTH:
        return
    if isinstance(here.data, list):
        for each in here.items():
            yield from _evidence(each, hints)
    elif isinstance(here.data, dict) and here.data.get(SWITCH) is not False:
        yield from of_pods(here, hints)
        for key, each in here.entries():
            yield from _entry(key, each, hints)
            yield from _evidence(each, hints)


def _entry(key: str, value: Cursor, hints: ClusterHints) -> Iterator[Evidence]:
    if key.casefold().endswith(_ANNOTATIONS):
        yield from of_annotations(value.entries(), hints, None)
    elif key in CLASS_KEYS and value.text():
        yield from of_storage_class(value, hints)
    elif key in _INGRESS_CLASSES:
        yield from of_ingress_class(value, hints)
