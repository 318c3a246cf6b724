"""What deploys what: folders that Flux or Argo CD applies, told by objects of another folder, on which cluster.

Only what stands in this repository counts: a path that isn't here belongs to another one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from posixpath import normpath
from typing import Any

from sovlint.documents.dialects import TO_FILL_IN
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.kubernetes.clusters.deployments import Deployment
from sovlint.frontends.kubernetes.clusters.substituted import AppliedPath, filled_paths
from sovlint.model.landing import Evidence
from sovlint.model.value import Known

MOST = 1_000
"""Folders that deploy others are followed up to this many; past it, each folder is a cluster of its own."""


class Deploys:
    """Who deploys whom, by folder; ``deployed``: what objects have applied, by their ids."""

    def __init__(
        self,
        objects: Sequence[ManifestObject],
        folder_of: Callable[[ManifestObject], str],
        folders: Collection[str],
        deployed: Mapping[ManifestObject, Sequence[Deployment]],
    ) -> None:
        self._sorted = sorted(folders)
        self._roots = {each.root for each in objects if each.root is not None}
        self._edges: dict[str, set[str]] = {}
        self._elsewhere: dict[str, dict[object, Deployment]] = {}
        applied: list[AppliedPath] = []
        for each in objects:
            for deployment in deployed.get(each, ()):
                folder = folder_of(each)
                if deployment.itself:
                    applied += _applied(folder, deployment)
                else:
                    self._add(deployment)
        for source, target in filled_paths(applied, self._below):
            if target != source:
                self._edges.setdefault(source, set()).add(target)
        self._starts = self._entries() if len(self._edges) <= MOST else {}
        for folder in [each for each in self._elsewhere if self.starts(each) != (each,)]:
            for target in self._reach(folder) - {
                folder
            }:  # it goes along with the folder that deploys it
                self._elsewhere.setdefault(target, {}).update(self._elsewhere[folder])

    def starts(self, folder: str) -> tuple[str, ...]:
        """The folders from which the clusters are told what they run, that a folder is deployed on; sorted. Itself,
        where nothing deploys it."""
        return self._starts.get(folder, (folder,))

    def elsewhere(self, folder: str) -> tuple[Deployment, ...]:
        """By what a folder is deployed on clusters otherwise than from where its objects stand: by a kubeconfig, a
        destination. One of each cluster."""
        return tuple(self._elsewhere.get(folder, {}).values())

    def _add(self, deployment: Deployment) -> None:
        key = (tuple(map(_shows, deployment.evidence)), deployment.called)
        for path in deployment.paths:
            for folder in self._below(path):
                self._elsewhere.setdefault(folder, {})[key] = deployment

    def _below(self, path: Any) -> Iterator[str]:
        """The folders that applying a path applies: the kustomization there, else all below it."""
        if not isinstance(path, str) or TO_FILL_IN.is_in(path):
            return
        folder = normpath(path.strip().lstrip("/") or ".").removeprefix("./")
        if folder == "." or folder.startswith(".."):
            return
        if folder in self._roots:
            yield folder
            return
        start = bisect_left(self._sorted, folder)
        for each in self._sorted[start:]:
            if each == folder or each.startswith(f"{folder}/"):
                yield each
            elif not each.startswith(folder):
                return

    def _entries(self) -> dict[str, tuple[str, ...]]:
        """Folder -> the folders that nothing else deploys from which it is reached; of a circle, the first by name."""
        reached = {source: self._reach(source) for source in self._edges}
        entries: dict[str, list[str]] = {}
        for source in sorted(reached):
            if _is_entry(source, reached):
                for folder in {source, *reached[source]}:
                    entries.setdefault(folder, []).append(source)
        return {folder: tuple(starts) for folder, starts in entries.items()}

    def _reach(self, source: str) -> set[str]:
        reached: set[str] = set()
        stack = [source]
        while stack:
            for target in self._edges.get(stack.pop(), ()):
                if target not in reached:
                    reached.add(target)
                    stack.append(target)
        return reached


def _applied(folder: str, deployment: Deployment) -> Iterator[AppliedPath]:
    return (AppliedPath(folder, path, deployment.substitutes) for path in deployment.paths)


def _is_entry(folder: str, reached: Mapping[str, Collection[str]]) -> bool:
    """Whether nothing else deploys a folder, but for those of a circle that it is the first of."""
    deployers = (other for other in reached if other != folder and folder in reached[other])
    return all(other in reached[folder] and folder < other for other in deployers)


def _shows(evidence: Evidence) -> object:
    """What is alike in evidence of one cluster, wherever it is written."""
    host = evidence.host
    written = (
        host.value
        if isinstance(host, Known)
        else None
        if host is None
        else (host.text(), host.parts)
    )
    return evidence.level, evidence.made, written, evidence.later is not None, evidence.asks
