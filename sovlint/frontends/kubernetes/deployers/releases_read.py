"""What objects install, by the deployer that each is for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sovlint.documents.tree import Node, from_document, get, is_map
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.kubernetes.charts.releases import ChartOfRelease, Release
from sovlint.frontends.kubernetes.deployers.argo import argo, argo_set
from sovlint.frontends.kubernetes.deployers.flux import flux
from sovlint.frontends.kubernetes.deployers.k3s import k3s
from sovlint.frontends.kubernetes.deployers.kinds import (
    ARGO,
    ARGO_SET,
    FLUX_RELEASE,
    K3S,
    KUSTOMIZE,
)
from sovlint.frontends.kubernetes.deployers.kustomize import kustomize
from sovlint.frontends.kubernetes.deployers.neighbours import Neighbours

DEPLOYERS: Mapping[str, Callable[[ManifestObject, Node, Neighbours], Release]] = {
    FLUX_RELEASE: flux,
    ARGO: argo,
    ARGO_SET: argo_set,
    K3S: k3s,
    KUSTOMIZE: kustomize,
}
"""How each type that installs charts says so."""


def release_of(each: ManifestObject, beside: Neighbours) -> Release | None:
    """What an object installs; ``None`` for one that installs no chart."""
    reader = DEPLOYERS.get(each.type)
    if reader is None:
        return None
    spec = get(from_document(each.document, each.at), "spec")
    return reader(each, spec, beside) if is_map(spec) else Release((), (), "")


class Releases:
    """What objects install, each read once."""

    def __init__(self, beside: Neighbours) -> None:
        self._beside = beside
        self._met: dict[ManifestObject, Release | None] = {}

    def of(self, each: ManifestObject) -> Release | None:
        """What an object installs; ``None`` for one that installs no chart."""
        if each.type not in DEPLOYERS:
            return None
        if each not in self._met:
            self._met[each] = release_of(each, self._beside)
        return self._met[each]

    def installed(self, each: ManifestObject) -> Sequence[ChartOfRelease]:
        """The charts of this repository that an object installs."""
        release = self.of(each)
        return () if release is None else release.installed
