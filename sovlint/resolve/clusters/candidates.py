"""Clusters that the repository's own tools point at: where manifests may land that nothing tells apart from them.

A cluster that a root creates, or looks up, counts for the manifests of the nearest folder above the root that has any.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from sovlint.catalog.load import Catalog
from sovlint.files.paths import upwards
from sovlint.model.landing import ClusterReach
from sovlint.model.text import Note
from sovlint.model.value import Known, Step, StepKind, Value, map_fact
from sovlint.resolve.attribute_texts import first, text
from sovlint.resolve.clusters.weighing import WeighedPlace
from sovlint.resolve.facts.endpoints import company, who_answers
from sovlint.resolve.facts.service_place import ServicePlace
from sovlint.resolve.references import answering_address
from sovlint.resolve.values import no_evidence, value_of, with_step

Created = Callable[[str, str | None, str], ServicePlace | None]
"""The place of the resource at an address, as seen from a root and variant of another tool; ``None`` where there is
none."""

_NOTHING = no_evidence("cluster")


class ClusterCandidate(Struct, frozen=True):
    """A cluster that a root points at; ``words`` are what its root and variant are called, ``around`` the folder whose
    manifests may land on it."""

    provider: Value
    region: Value
    words: frozenset[str]
    around: str


def pointed_at(
    reaches: Sequence[ClusterReach],
    created: Created,
    catalog: Catalog,
    folders: Collection[str],
) -> Iterable[ClusterCandidate]:
    """The clusters at which provider blocks point, each once; one that isn't known counts, since it may be another.
    ``created``: where a resource puts the cluster that it makes; ``folders``: those that have manifests."""
    seen: set[object] = set()
    for reach in reaches:
        plugin = catalog.plugin(reach.plugin)
        paths = (
            [setting.path for setting in plugin.settings if setting.host] if plugin else []
        )
        found = [each for path in paths for each in reach.settings.read(path)]
        if len(found) != 1:
            continue
        value = found[0].value
        address = answering_address(value)
        at = created(reach.root, reach.variant, address) if address else None
        words = frozenset(_words(f"{reach.root}/{reach.variant or ''}"))
        key = (
            reach.root,
            reach.variant,
            address or (str(value.value) if isinstance(value, Known) else None),
        )
        if key in seen:
            continue
        seen.add(key)
        around = _around(reach.root, folders)
        if at is not None:
            step = Step(reach.where, _note(address), at.steps)
            yield ClusterCandidate(
                with_step(at.provider, step), with_step(at.region_code, step), words, around
            )
            continue
        step = Step(reach.where, Note("resolve.cluster-pointed-at"), kind=StepKind.HINTED)
        host = first((text(value),))
        match = who_answers(_NOTHING if host is None else host, catalog)
        region = map_fact(
            match, lambda found: Known(found.region) if found.region else _NOTHING
        )
        yield ClusterCandidate(
            with_step(company(match), step), with_step(region, step), words, around
        )


def _note(address: str | None) -> Note:
    """What is said of the cluster that a provider block points at: the root creates it, or looks it up."""
    looked_up = address is not None and ".data." in f".{address.rpartition(':')[2]}"
    return Note(
        "resolve.cluster-looked-up" if looked_up else "resolve.cluster-created",
        {"address": address},
    )


def _around(root: str, folders: Collection[str]) -> str:
    """The nearest folder, from a root upwards, that has manifests in it or below."""
    for above in upwards(root):
        if any(is_within(folder, above) for folder in folders):
            return above
    return ""


def is_within(folder: str, above: str) -> bool:
    """Whether a folder is another one, or lies below it."""
    return not above or folder == above or folder.startswith(f"{above}/")


def _words(path: str) -> Iterable[str]:
    return (part.lower() for part in path.replace(".", "/").split("/") if part)


def told_apart(candidates: list[ClusterCandidate]) -> list[ClusterCandidate]:
    """Candidates without the words that all of them share."""
    if len(candidates) < 2:
        return candidates
    shared = frozenset.intersection(*(each.words for each in candidates))
    return [replace(each, words=each.words - shared) for each in candidates]


def called_alike(candidates: list[ClusterCandidate], folder: str) -> list[ClusterCandidate]:
    """The only candidate whose root is called as a folder of the manifests is, if there is one; else all."""
    words = set(_words(folder))
    alike = [each for each in candidates if each.words & words]
    return alike if len(alike) == 1 else candidates


def fits(candidate: ClusterCandidate, own: WeighedPlace) -> bool:
    """Whether a cluster may be the one of which something else is seen."""
    if (
        own.possible
        and isinstance(candidate.provider, Known)
        and candidate.provider.value not in own.possible
    ):
        return False
    seen, created = value_of(own.region), value_of(candidate.region)
    return None in (seen, created) or seen == created
