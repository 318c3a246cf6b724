"""On which cluster, and so where, manifests land: what is declared, what the repository creates, what else shows it.

A cluster that another tool of the repository creates, and whose provider block points at it, is where manifests land
that nothing tells apart from it: those in the nearest folder above its root that has any, since a repository may hold
what has nothing to do with each other. Of several such clusters the one counts whose root is called as the folder of
the manifests is; else it may be any of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final, cast

from msgspec.structs import replace

from sovlint.catalog.load import Catalog
from sovlint.model.landing import ClusterReach, Evidence, Landing, Level
from sovlint.model.offers import Offers
from sovlint.model.resources.reading import Remark
from sovlint.model.resources.resource import Named, Resource
from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import (
    Known,
    Reason,
    Step,
    StepKind,
    Unknown,
    UnknownKind,
    Value,
    either,
    hints_first,
)
from sovlint.resolve.clusters.candidates import (
    ClusterCandidate,
    Created,
    called_alike,
    fits,
    is_within,
    pointed_at,
    told_apart,
)
from sovlint.resolve.clusters.declared import DeclaredCluster, beside
from sovlint.resolve.clusters.offered_clusters import with_offered
from sovlint.resolve.clusters.weighing import (
    Made,
    WeighedPlace,
    firmer,
    remark_at,
    weigh,
)
from sovlint.resolve.values import no_evidence, several, steps, with_step

MOST_APART: Final = 8
"""So many places of clusters that something is deployed to are told apart."""


class Clusters:
    """Decides where manifests land, which are in ``folders``. ``remarks``: the contradictions met so far, each once."""

    def __init__(
        self,
        reaches: Sequence[ClusterReach],
        created: Created,
        made: Made,
        catalog: Catalog,
        folders: Collection[str] = (),
        offers: Offers | None = None,
    ) -> None:
        self._catalog = catalog
        self._offers = offers or Offers()
        self._made = made
        self._candidates = told_apart(list(pointed_at(reaches, created, catalog, folders)))
        self._settled: dict[Landing, WeighedPlace] = {}
        self._by_evidence: dict[
            tuple[int, ...], tuple[tuple[Evidence, ...], WeighedPlace, bool]
        ] = {}
        self._declarations: dict[
            tuple[Landing, Located | None, str, str], DeclaredCluster | None
        ] = {}
        self._remarks: dict[Remark, None] = {}

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Contradictions, in the order in which they were met."""
        return tuple(self._remarks)

    def settled(self, resource: Resource) -> Resource:
        """A resource with where its cluster is; itself, where nothing shows more than was declared."""
        named = resource.named
        if named is None or not (named.landings or named.deployed or named.doubt):
            return resource
        apart = next((each for each in named.own if each.elsewhere), None)
        if apart is not None:
            note = Note("resolve.cluster-apart")
            nowhere = no_evidence("machines", Step(apart.where, apart.note), note)
            return replace(resource, named=replace(named, provider=nowhere, region=nowhere))
        is_declared = isinstance(named.provider, Known)
        if not (is_declared or named.landings):
            return resource
        found = self._declared(named) if is_declared else self._shown(named)
        found = self._on_own_nodes(_doubted(found))
        return resource if found is named else replace(resource, named=found)

    def _on_own_nodes(self, named: Named) -> Named:
        """The same, proved as far as the machines show it on which a workload's pods must run."""
        if not named.own:
            return named
        nodes = weigh(named.own, self._catalog, own=True)

        def proved(one: Named) -> Named:
            provider, region = (
                firmer(one.provider, nodes.provider),
                firmer(one.region, nodes.region),
            )
            return replace(one, provider=provider, region=region)

        return replace(proved(named), each=tuple(map(proved, named.each)))

    def _declared(self, named: Named) -> Named:
        """A declared cluster: what else is seen fills a region that isn't declared, or contradicts it."""
        places = [
            place
            for landing in named.landings
            if (place := self._declared_on(named, landing)) is not None
        ]
        against = self._deployed_on(named)
        if against is not None:
            places = [*places, against]
        if not places:
            return named
        several = Unknown(Reason.MULTI_VALUED, "region")
        provider = next(
            (place.provider for place in places if isinstance(place.provider, Unknown)),
            named.provider,
        )
        if isinstance(provider, Unknown):
            return replace(named, provider=provider, region=provider.bare())
        regions = hints_first(place.region for place in places)
        return replace(named, region=either(regions, several))

    def _deployed_on(self, named: Named) -> DeclaredCluster | None:
        """What becomes of a declared place where pipelines deploy elsewhere; ``None`` where none does. They fill
        nothing: somebody else may deploy too."""
        found = beside(named, named.deployed, self._catalog, self._made)
        if found is None or not found.remarks:
            return None
        self._remarks.update(dict.fromkeys(found.remarks))
        return found

    def _declared_on(self, named: Named, landing: Landing) -> DeclaredCluster | None:
        key = (landing, named.where, str(named.provider), str(named.region))
        if key not in self._declarations:
            found = beside(named, landing.evidence, self._catalog, self._made)
            self._remarks.update(dict.fromkeys(found.remarks if found else ()))
            self._declarations[key] = found
        return self._declarations[key]

    def _shown(self, named: Named) -> Named:
        if (
            isinstance(named.provider, Unknown)
            and named.provider.reason is Reason.MULTI_VALUED
        ):
            return named  # several are declared
        verdicts = [self._verdict(landing) for landing in named.landings]
        apart = _each_apart(named, verdicts)
        found = self._together(named, verdicts)
        return found if len(apart) < 2 else replace(found, each=apart)

    def _together(self, named: Named, verdicts: Sequence[WeighedPlace]) -> Named:
        """All clusters as one of which it isn't known which it is."""
        providers = [verdict.provider for verdict in verdicts if verdict.provider is not None]
        if len(providers) < len(verdicts):
            return named
        open_ = _one_of_clusters(providers)
        provider = _one_of(providers, open_)
        if isinstance(provider, Unknown):
            return replace(named, provider=provider, region=provider.bare())
        return replace(
            named,
            provider=provider,
            region=_one_of([_region(verdict) for verdict in verdicts], open_),
        )

    def _verdict(self, landing: Landing) -> WeighedPlace:
        if landing not in self._settled:
            own, served = self._weighed(landing.evidence)
            near = [
                each
                for each in self._candidates
                if landing.beside and is_within(landing.folder, each.around)
            ]
            if served:  # what agrees with an address proves what that only hints at
                is_known = isinstance(own.provider, Known)
                near = [each for each in near if is_known and fits(each, own)]
            found = self._joined(near, landing, own, served) if near else own
            found = with_offered(found, landing.evidence, self._offers, self._catalog)
            self._remarks.update(dict.fromkeys(found.disputes))
            self._settled[landing] = found
        return self._settled[landing]

    def _weighed(self, evidence: tuple[Evidence, ...]) -> tuple[WeighedPlace, bool]:
        """What evidence comes to, and whether an address, or something stronger, decides. Many landings have the same."""
        key = tuple(map(id, evidence))  # the value keeps the evidence alive
        if key not in self._by_evidence:
            own = weigh(evidence, self._catalog, self._made)
            served = any(each.level <= Level.SERVER for each in evidence)
            self._by_evidence[key] = evidence, own, served and own.provider is not None
        return self._by_evidence[key][1:]

    def _joined(
        self,
        candidates: Sequence[ClusterCandidate],
        landing: Landing,
        own: WeighedPlace,
        served: bool,
    ) -> WeighedPlace:
        """What is seen together with the clusters that the repository creates; ``served``: an address was seen."""
        fit = [each for each in candidates if fits(each, own)]
        if not fit:
            return _contradicted(candidates, own)
        fit = called_alike(fit, landing.folder)
        if not any(isinstance(each.provider, Known) or each.provider.among for each in fit):
            return own
        providers = [each.provider for each in fit]
        open_ = _one_of_clusters(providers)
        is_known = all(isinstance(each, Known) or each.among for each in providers)
        provider = either(hints_first(providers), open_) if is_known else open_
        if isinstance(provider, Unknown):
            return (
                replace(own, provider=provider, region=None) if own.provider is None else own
            )
        region = either([each.region for each in fit], open_)
        is_open = isinstance(region, Unknown) and (served or not region.among)
        if is_open and isinstance(own.region, Known):
            region = own.region
        return replace(own, provider=provider, region=region)


def _doubted(named: Named) -> Named:
    """The same, no longer proved where what lands there runs on a developer's own machine."""
    doubt = named.doubt
    if doubt is None:
        return named

    def doubted(one: Named) -> Named:
        step = Step(
            doubt.where, doubt.note, steps(one.provider.because), kind=StepKind.DOUBTED
        )
        return replace(one, provider=with_step(one.provider, step))

    return replace(doubted(named), each=tuple(map(doubted, named.each)))


def undeclared(resources: Iterable[Resource]) -> list[Remark]:
    """One remark where nothing says where the cluster of manifests runs, one where several are declared for them, one
    where which it is gets filled in later, and one where nothing says where services of Compose run."""
    said, every = [], tuple(resources)
    for kind, key in (
        (UnknownKind.CLUSTER_UNDECLARED, "kubernetes.no-cluster"),
        (UnknownKind.CLUSTERS_OVERLAP, "kubernetes.several-clusters"),
        (UnknownKind.CLUSTER_LATER, "kubernetes.later-clusters"),
        (UnknownKind.PROJECT_UNDECLARED, "compose.no-place"),
    ):
        paths = sorted(each.where.span().path for each in every if _is_open(each, kind))
        if paths:
            said.append(Remark(Note(key, {"count": len(paths)}), paths[0]))
    return said


def _is_open(resource: Resource, kind: UnknownKind) -> bool:
    """Whether provider or region of where it runs is an unknown of that kind; what is for developers alone runs there, and
    what patches alone say of something isn't asked where that runs."""
    if resource.local or resource.patch:
        return False
    if kind is UnknownKind.PROJECT_UNDECLARED and resource.type != "service":
        return False
    facts = (resource.named.provider, resource.named.region) if resource.named else ()
    return any(isinstance(fact, Unknown) and fact.kind is kind for fact in facts)


def _contradicted(candidates: Sequence[ClusterCandidate], own: WeighedPlace) -> WeighedPlace:
    """Where everything that the repository creates is elsewhere than what is seen: it may be any of them."""
    facts = [
        *([own.provider] if own.provider is not None else []),
        *(each.provider for each in candidates),
    ]
    names = tuple(sorted({str(fact.value) for fact in facts if isinstance(fact, Known)}))
    open_ = several(
        facts, ", ".join(names), Note("resolve.cluster-contradictory", {"names": names})
    )
    provider = either(facts, open_)
    note = Note("resolve.cluster-disputed", {"names": names})
    dispute = remark_at(note, own.provider.because if own.provider else None)
    regions = [
        fact
        for fact in (own.region, *(each.region for each in candidates))
        if fact is not None
    ]
    region = either(regions, open_) if isinstance(provider, Known) else None
    return WeighedPlace(provider, region, own.possible, (*own.disputes, dispute))


def _each_apart(named: Named, verdicts: Sequence[WeighedPlace]) -> tuple[Named, ...]:
    """What is said of each cluster; those in one place together. None where there are too many to tell apart."""
    found: dict[object, Named] = {}
    for landing, verdict in zip(named.landings, verdicts, strict=True):
        provider, region = named.provider, named.region
        if verdict.provider is not None:
            provider = verdict.provider
            is_known = isinstance(provider, Known)
            region = _region(verdict) if is_known else cast("Unknown", provider).bare()
        key = _told(provider), _told(region)
        before = found[key].landings if key in found else ()
        found[key] = replace(
            named, provider=provider, region=region, landings=(*before, landing)
        )
    return tuple(found.values()) if len(found) <= MOST_APART else ()


def _told(fact: Value) -> object:
    """What a fact says, wherever that is written."""
    if isinstance(fact, Known):
        return fact.value
    return fact.text(), fact.kind, tuple(str(each.value) for each in fact.among or ())


def _one_of(facts: Sequence[Value], open_: Unknown) -> Value:
    """One of several facts; a single one as it is."""
    return facts[0] if len(facts) == 1 else either(hints_first(facts), open_)


def _one_of_clusters(providers: Sequence[Value]) -> Unknown:
    """Why it isn't known on which of several clusters of the repository something lands."""
    note = Note("resolve.cluster-several")
    return several(providers, "clusters", note).but(kind=UnknownKind.CLUSTER_ONE_OF)


def _region(verdict: WeighedPlace) -> Value:
    if verdict.region is not None:
        return verdict.region
    because = verdict.provider.because if verdict.provider is not None else None
    return no_evidence("region", because).but(kind=UnknownKind.CLUSTER_REGION)
