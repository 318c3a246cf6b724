"""Clusters that the configuration declares for destinations: by the name that a deployer calls one, or by its API server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from sovlint.model.inputs import Cluster
from sovlint.model.landing import Evidence, Level
from sovlint.model.text import Note
from sovlint.model.value import Known, Step, Value


def destined_evidence(
    clusters: Sequence[Cluster], paths: Iterable[str], called: Sequence[str]
) -> Iterator[Evidence]:
    """What is declared of the destination that goes by one of several names, for what stands at one of several paths."""
    names = {name for each in called for name in _names(each)}
    listed = tuple(paths)
    for cluster in clusters:
        wanted = {name for each in cluster.destinations for name in _names(each)}
        if names & wanted and any(_is_at(cluster, path) for path in listed):
            yield _evidence(cluster)


def _evidence(cluster: Cluster) -> Evidence:
    assert cluster.where is not None
    step = Step(cluster.where, Note("kubernetes.cluster-declared"))
    region: Value | None = None if cluster.region is None else Known(cluster.region, step)
    note = Note("kubernetes.shows.destined")
    return Evidence(Level.DECLARED, cluster.where, note, (cluster.provider,), region)


def _is_at(cluster: Cluster, path: str) -> bool:
    """Whether an entry means what stands at a path, a folder's files among it."""
    return cluster.matches(path) or cluster.matches(f"{path}/_".lstrip("/"))


def _names(written: str) -> Iterator[str]:
    """A name, or the host of an address with it."""
    yield written.rstrip("/").casefold()
    if "://" in written and (host := urlsplit(written).hostname):
        yield host
