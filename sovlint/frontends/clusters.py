"""Where things run that no file says it of, as the configuration declares it (``clusters``)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from sovlint.model.inputs import Cluster
from sovlint.model.resources.resource import Named
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, UnknownKind, Value, either

CLUSTERS = "clusters"
"""The key of the configuration."""


class Words(Struct, frozen=True):
    """The keys of the messages that say: it is declared here, nobody declares it, several entries match; and which
    unknowns the last two are."""

    declared: str
    undeclared: str
    overlap: str
    nobody: UnknownKind
    several: UnknownKind


def declared_place(paths: Iterable[str], clusters: Sequence[Cluster], words: Words) -> Named:
    """The place declared for the first of several paths (a kustomization, then a file) for which there is one. Of
    several places it may be any; without one, nothing says where it runs."""
    matching = ([each for each in clusters if each.matches(path)] for path in paths if path)
    found = [_place(cluster, words) for cluster in next(filter(None, matching), ())]
    if not found:
        nowhere = Unknown(
            Reason.NO_EVIDENCE, CLUSTERS, note=Note(words.undeclared), kind=words.nobody
        )
        return Named(nowhere, nowhere)
    if len(found) == 1:
        return found[0]
    steps = tuple(one.provider.because for one in found if one.provider.because is not None)
    overlap = Note(words.overlap)
    several = Unknown(
        Reason.MULTI_VALUED,
        CLUSTERS,
        Step(None, overlap, steps),
        note=overlap,
        kind=words.several,
    )
    provider = either([one.provider for one in found], several)
    # Codes mean something at their own provider alone.
    region = (
        either([one.region for one in found], several)
        if isinstance(provider, Known)
        else several
    )
    return Named(provider, region, found[0].where)


def _place(cluster: Cluster, words: Words) -> Named:
    because = Step(cluster.where, Note(words.declared))
    region: Value = Unknown(
        Reason.NO_EVIDENCE, "region", because, kind=UnknownKind.CLUSTER_REGION
    )
    if cluster.region is not None:
        region = Known(cluster.region, because)
    return Named(Known(cluster.provider, because), region, cluster.where)
