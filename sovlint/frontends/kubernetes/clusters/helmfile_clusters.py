"""What releases show of the cluster that one helmfile installs them on: in one environment they share it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.kubernetes.clusters.alike import alike
from sovlint.model.landing import Evidence

_Environment = tuple[str, str]


class HelmfileClusters:
    """``apart``: helmfiles with a release that names a cluster of its own, whose releases share nothing."""

    def __init__(self, apart: Collection[str]) -> None:
        self._apart = apart
        self._shown: dict[_Environment, dict[object, Evidence]] = {}

    def add(self, first: ManifestObject, seen: Iterable[Evidence]) -> None:
        """What an object shows of the machines of its cluster; ``first``: what nothing else installs of it."""
        if first.installed is None or first.variant is None:
            return
        for path in first.installed.held_in:
            shown = self._shown.setdefault(_environment(path, first.variant), {})
            for each in seen:
                if each.nodes:
                    shown.setdefault(alike(each), each)

    def of(self, paths: Iterable[str], variant: str | None) -> tuple[Evidence, ...]:
        """What the releases show that a helmfile at one of several paths installs along with a variant."""
        if variant is None:
            return ()
        environments = (
            _environment(path, variant) for path in paths if path not in self._apart
        )
        return tuple(
            each for one in environments for each in self._shown.get(one, {}).values()
        )


def _environment(path: str, variant: str) -> _Environment:
    return path, variant.partition("/")[0]
