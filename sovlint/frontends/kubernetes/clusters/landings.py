"""Where objects land: what is declared for them; else which clusters they may be on, and what shows where those are.

Evidence covers the folder (or the kustomization) that it stands in and what lies below, and whatever is deployed from
there by Flux or Argo CD; never the folder beside it, and what stands in the git root covers no folder at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from posixpath import dirname
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sovlint.files.paths import upwards
from sovlint.frontends.cluster.objects import ManifestObject, those_here
from sovlint.frontends.clusters import Words, declared_place
from sovlint.frontends.kubernetes.clusters.alike import alike
from sovlint.frontends.kubernetes.clusters.asked import asked
from sovlint.frontends.kubernetes.clusters.deployed_folders import Deploys
from sovlint.frontends.kubernetes.clusters.deployments import Deployment, deployments
from sovlint.frontends.kubernetes.clusters.destined import destined_evidence
from sovlint.frontends.kubernetes.clusters.evidence import evidence_of
from sovlint.frontends.kubernetes.clusters.helmfile_clusters import HelmfileClusters
from sovlint.frontends.kubernetes.clusters.kubeconfigs import Served
from sovlint.frontends.kubernetes.clusters.own_machines import (
    DeployedWith,
    machines_shown,
    of_variant,
    together,
)
from sovlint.frontends.kubernetes.clusters.registered import Registered
from sovlint.frontends.kubernetes.clusters.shown_charts import (
    NO_CHARTS_EVIDENCE,
    ChartsEvidence,
)
from sovlint.frontends.kubernetes.clusters.shown_values import inline_evidence
from sovlint.model.inputs import Cluster
from sovlint.model.landing import Evidence, Landing, Level
from sovlint.model.resources.resource import Named, Resource
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Unknown, UnknownKind, Value
from sovlint.rules.hints import ClusterHints

if TYPE_CHECKING:
    from sovlint.frontends.kubernetes.clusters.pipelines import AppliedByPipelines

WORDS = Words(
    "kubernetes.cluster-declared", "kubernetes.cluster-undeclared", "kubernetes.clusters-overlap",
    UnknownKind.CLUSTER_UNDECLARED, UnknownKind.CLUSTERS_OVERLAP,
)  # fmt: skip
"""What is said of clusters that are declared, or aren't."""

OWN = frozenset({"StorageClass"})
"""Kinds that others look to for what they show of themselves, volumes among it."""


def folder_of(found: ManifestObject) -> str:
    """The kustomization that an object comes from, else the folder of its file. What a chart is rendered to lands where
    the object does that installs the chart."""
    if found.installed_by is not None:
        return folder_of(found.installed_by)
    return dirname(found.file.path) if found.root is None else found.root


def placed_by(paths: Iterable[str], clusters: Sequence[Cluster]) -> Named:
    """The cluster declared for the first of several paths."""
    return declared_place(paths, clusters, WORDS)


class Landings:
    """Where the objects of a repository land. ``servers``: what its kubeconfigs say, by folder; ``applied``: what
    pipelines deploy, and to which clusters; ``charts``: what values of charts show."""

    def __init__(
        self,
        objects: Sequence[ManifestObject],
        clusters: Iterable[Cluster],
        hints: ClusterHints,
        registered: Registered,
        servers: Iterable[Served] = (),
        applied: AppliedByPipelines | None = None,
        charts: ChartsEvidence = NO_CHARTS_EVIDENCE,
    ) -> None:
        self._every = tuple(clusters)
        self._clusters = tuple(each for each in self._every if not each.destinations)
        self._destined = tuple(each for each in self._every if each.destinations)
        self._applied = applied
        # By objects: two files may hold a manifest of one name, and what is read of it is never replaced.
        self._own: dict[ManifestObject, tuple[Evidence, ...]] = {}
        self._machines = machines_shown(objects, hints)
        self._shown: dict[str, list[Evidence]] = {}
        self._of_charts = dict(charts.of)
        self._of_helmfiles = HelmfileClusters(charts.apart)
        here = tuple(those_here(objects))
        installed = {each.root for each in here if each.installed_by is not None}
        for root, of_values in charts.folders.items():
            if root not in installed:  # else its releases say themselves what they are given
                self._shown.setdefault(root, []).extend(of_values)
        self._show_own(objects, hints, charts.varied)
        self._piped = {} if applied is None else self._deployed_by_pipelines(objects, applied)
        self._show_served(servers, registered)
        deployed = {
            each: found
            for each in here
            if (found := deployments(each, registered, registered.index))
        }
        self._deployed = deployed
        self._deploys = Deploys(here, folder_of, self._shown, deployed)
        self._forget_defaults(charts.roots)
        self._clusters_of = self._gathered()
        self._landings: dict[str, tuple[Landing, ...]] = {}
        self._at_starts: dict[str, tuple[Landing, ...]] = {}
        self._laid: dict[object, tuple[tuple[Landing, ...], object]] = {}
        """Landings with more evidence, by the numbers in memory of what they are made of, and that evidence."""

    def _show_own(
        self, objects: Sequence[ManifestObject], hints: ClusterHints, varied: Collection[str]
    ) -> None:
        """Gather what objects show by themselves of the cluster that they are on."""
        classes = frozenset(each.name for each in objects if each.type in OWN)
        for each in objects:
            shown = self._shown.setdefault(folder_of(each), [])
            first = _first_installer(each)
            if _is_varied(first, varied):
                shown = []  # of the cluster of its environment alone
            if not isinstance(each.exists, Known):
                continue  # what may not be there shows nothing
            seen = (*evidence_of(each, hints, classes), *inline_evidence(each, hints))
            if seen:
                self._of_helmfiles.add(first, seen)
                declared = self._declared(each)
                shown.extend(
                    replace(evidence, declared=declared)
                    for evidence in seen
                    if evidence.nodes
                )
                self._own[each] = _own(each, seen)
            if first.root is not None and _is_varied(first, varied):
                key = (first.root, first.variant)
                self._of_charts[key] = (*self._of_charts.get(key, ()), *shown)

    def _show_served(self, servers: Iterable[Served], registered: Registered) -> None:
        """Gather what kubeconfigs show, by the address and the name of each cluster."""
        for folder, name, evidence in servers:
            where = evidence.where.span()
            address = evidence.host.value if isinstance(evidence.host, Known) else ""
            self._shown.setdefault(folder, []).extend(
                [
                    evidence,
                    *registered.by_name(name, where),
                    *asked(where, (name,), (str(address),)),
                ]
            )

    def _forget_defaults(self, roots: Iterable[str]) -> None:
        """What charts show by their defaults that nothing here installs: whoever does may give other values. Only what
        names an account or a region stays, and what their pods ask of nodes where that speaks against a declared
        cluster."""
        for root in roots:
            applied = self._applied is not None and self._applied.chart(root, None)
            if (
                applied
                or self._deploys.starts(root) != (root,)
                or self._deploys.elsewhere(root)
            ):
                continue
            bound = [each for each in self._shown.get(root, ()) if _counts_by_default(each)]
            if root in self._shown:
                self._shown[root] = bound
            if (root, None) in self._of_charts:
                own = self._of_charts[root, None]
                self._of_charts[root, None] = tuple(filter(_counts_by_default, own))

    def named(self, found: ManifestObject) -> Named:
        """What is said of the cluster of an object."""
        held = found.installed.held_in if found.installed else ()
        by = found.installed_by.file.path if found.installed_by else ""
        paths = (found.built_by, found.file.path, by, *sorted(held))
        return self._doubted(self._named(found), together(found), paths)

    def _doubted(
        self, named: Named, keys: Iterable[DeployedWith], paths: Sequence[str]
    ) -> Named:
        """What is said of a cluster, with what shows that something runs on a developer's own machine: unless one is
        declared for the destination that is its environment, or goes by the name that its deployer has for it."""
        key = next((each for each in keys if each in self._machines), None)
        if key is None:
            return named
        shown, called = self._machines[key], key[1] or "."
        names = (called, *(name for each in named.landings for name in each.called))
        here = [
            each for each in self._destined if any(destined_evidence([each], paths, names))
        ]
        said = placed_by(paths, here)
        if isinstance(said.provider, Known):
            return replace(
                named, provider=said.provider, region=said.region, where=said.where
            )
        note = Note(
            "kubernetes.shows.machine-of", {"shown": shown.note, "environment": called}
        )
        landings = (replace(each, called=each.called or (called,)) for each in named.landings)
        return replace(named, landings=tuple(landings), doubt=replace(shown, note=note))

    def _named(self, found: ManifestObject) -> Named:
        by = found.installed_by
        if by is not None:
            destinations = found.installed.destinations if found.installed else frozenset()
            own = self._own.get(found, ())
            return replace(self._of_installer(by, destinations), own=own)
        if found.installed is not None:
            return self._of_variant(found)
        if any(not each.itself for each in self._deployed.get(found, ())):
            return self._elsewhere(found, self._deployed[found])
        inside = found.root is None or found.root in upwards(found.file.path)
        said = self._said(
            (found.built_by, found.file.path if inside else ""), folder_of(found)
        )
        paths = (found.root, found.built_by, found.file.path)
        return replace(
            said,
            landings=self._with(self._of(folder_of(found)), self._piped.get(found, ())),
            own=self._own.get(found, ()),
            deployed=self._deployed_to(paths),
        )

    def _of_installer(
        self, by: ManifestObject, destinations: Collection[tuple[str, str]]
    ) -> Named:
        """What is said of the clusters that an object installs a chart on: of several, those where that chart goes."""
        every = self._deployed.get(by, ())
        mine = [each for each in every if each.destination in destinations]
        if not mine or len(mine) == len(every):
            return self.named(by)
        return self._elsewhere(by, mine)

    def _of_variant(self, found: ManifestObject) -> Named:
        """What is said of the cluster of an object that a chart renders to by values of its own."""
        assert found.installed is not None
        held = tuple(sorted(found.installed.held_in))
        # A file of a chart that it depends on says nothing of where the one goes that is installed.
        is_own = (found.root or "") in upwards(found.file.path)
        paths = (*held, found.file.path) if is_own else held
        called = found.installed.called
        said = self._said(paths, found.root or "", called)
        known = isinstance(said.provider, Known)
        pointed = found.installed.pointed
        landings = self._with(
            self._with_variant(found.root or "", found.variant, None if known else held),
            (*found.installed.evidence, *(() if known else pointed)),
        )
        return replace(
            said,
            landings=self._called(landings, called, paths),
            own=self._own.get(found, ()),
            deployed=(*pointed, *self._deployed_to((*held, found.root, found.file.path))),
        )

    def _with_variant(
        self, root: str, variant: str | None, values: Sequence[str] | None
    ) -> tuple[Landing, ...]:
        """The clusters of a chart's folder, with what the values of a variant show besides, and with where pipelines
        install it by these files of ``values``; ``None``: what they do doesn't count."""
        own = self._of_charts.get((root, variant), ())
        own = (*own, *self._of_helmfiles.of(values or (), variant))
        if self._applied is not None and values is not None:
            own = (*own, *self._applied.chart(root, next(iter(values), None), variant))
        return self._with(self._of(root), own)

    def _said(self, paths: tuple[str, ...], folder: str, called: str = "") -> Named:
        """The cluster declared for one of several paths: what is declared for destinations alone counts where nothing
        here shows to which of them it goes, and no deployer names one."""
        said = placed_by(paths, self._clusters)
        if not self._destined or isinstance(said.provider, Known):
            return said
        told = called or self._deploys.elsewhere(folder)
        return said if told else placed_by(paths, self._every)

    def _called(
        self, landings: tuple[Landing, ...], name: str, paths: Sequence[str]
    ) -> tuple[Landing, ...]:
        """The same, for what goes to the cluster of a name alone: one that stands around may be another, and what is
        declared for a destination counts where that goes by this name."""
        if not name:
            return landings
        alone = (replace(each, beside=False, called=(name,)) for each in landings)
        return self._with(
            tuple(alone), tuple(destined_evidence(self._destined, paths, (name,)))
        )

    def _with(
        self, landings: tuple[Landing, ...], more: Sequence[Evidence]
    ) -> tuple[Landing, ...]:
        """Landings with what shows besides where each of them is: the same ones for all objects of which that is so."""
        if not more:
            return landings
        key = (*map(id, landings), None, *map(id, more))
        if key not in self._laid:
            found = (replace(each, evidence=(*each.evidence, *more)) for each in landings)
            self._laid[key] = (
                tuple(found),
                (landings, tuple(more)),
            )  # numbers of what lives on
        return self._laid[key][0]

    def _deployed_to(self, paths: Iterable[str | None]) -> tuple[Evidence, ...]:
        """Where pipelines deploy what stands at one of several paths."""
        return () if self._applied is None else self._applied.around(paths)

    def _deployed_by_pipelines(
        self, objects: Sequence[ManifestObject], applied: AppliedByPipelines
    ) -> dict[ManifestObject, tuple[Evidence, ...]]:
        """To which clusters pipelines deploy objects for which none is declared, by their ids. What they deploy a whole
        folder to counts for the folder."""
        found: dict[ManifestObject, tuple[Evidence, ...]] = {}
        folders: dict[str, list[ManifestObject]] = {}
        for each in objects:
            if each.installed is not None:
                continue  # a chart is told by what it is installed with
            folders.setdefault(folder_of(each), []).append(each)
            if self._declared(each) is None and each.installed_by is None:
                found[each] = applied.exactly(*_paths_of(each))
        for folder, inside in folders.items():
            every = [set(found.get(each, ())) for each in inside]
            shared = set.intersection(*every)
            if folder:
                own = dict.fromkeys(
                    each for each in found.get(inside[0], ()) if each in shared
                )
                self._shown.setdefault(folder, []).extend(own)
        return found

    def _elsewhere(self, found: ManifestObject, deployed: Iterable[Deployment]) -> Named:
        """What is said of the clusters that an object deploys to, where that isn't its own alone. What is declared is
        where the object itself is."""
        landings: list[Landing] = []
        nowhere = Unknown(
            Reason.NO_EVIDENCE,
            "cluster",
            note=Note("kubernetes.deploys-elsewhere"),
            kind=UnknownKind.CLUSTER_UNDECLARED,
        )
        for each in deployed:
            paths = (found.file.path, *(path for path in each.paths if isinstance(path, str)))
            evidence = (*self._destined_at(each, paths), *each.evidence)
            own = (
                self._of(folder_of(found))
                if each.itself
                else (Landing(folder_of(found), evidence, False, each.called),)
            )
            landings.extend(own)
        return Named(nowhere, nowhere, landings=tuple(landings))

    def _declared(self, found: ManifestObject) -> str | None:
        """The provider declared for an object, if it is one."""
        if not self._clusters:
            return None
        provider = placed_by((found.built_by, found.file.path), self._clusters).provider
        return str(provider.value) if isinstance(provider, Known) else None

    def apart(self, one: ManifestObject, other: ManifestObject) -> bool:
        """Whether two objects are surely on different clusters: declared as such, or deployed by different ones."""
        if self._clusters:
            said = [
                placed_by((each.built_by, each.file.path), self._clusters)
                for each in (one, other)
            ]
            values = [(_plain(each.provider), _plain(each.region)) for each in said]
            if all(provider for provider, _ in values):
                return values[0] != values[1]
        starts = [
            set(self._deploys.starts(folder)) - {folder}
            for folder in map(folder_of, (one, other))
        ]
        return all(starts) and not starts[0] & starts[1]

    def said_of_chart(self, paths: Iterable[str]) -> Named:
        """The cluster declared for one of several files of a chart, the last of which lies in its folder."""
        listed = tuple(paths)
        return self._said(listed, dirname(listed[-1]) if listed else "")

    def landed(self, chart: Resource) -> Resource:
        """A resource that is no object, such as a chart, with the clusters that its folder may be on."""
        if chart.named is None or chart.root is None:
            return chart
        deployed = self._deployed_to((chart.root,))
        variant = chart.variant
        values = (chart.where.span().path,) if variant is not None else ()
        named = chart.named
        if named.called:
            named = replace(self._said(values, chart.root, named.called), called=named.called)
        known = isinstance(named.provider, Known)
        landings = self._with_variant(chart.root, variant, None if known else values)
        landings = self._called(landings, named.called, values)
        named = replace(named, landings=landings, deployed=deployed)
        named = self._doubted(named, of_variant(variant, values), values)
        return replace(chart, named=named)

    def _gathered(self) -> Mapping[str, Landing]:
        """By the folder from which a cluster is told what it runs: all that is shown by what runs there."""
        found: dict[str, dict[object, Evidence]] = {}
        for folder, shown in self._shown.items():
            for start in self._deploys.starts(folder):
                kept = found.setdefault(start, {})
                for each in shown:
                    kept.setdefault(alike(each), each)
        return {start: Landing(start, tuple(kept.values())) for start, kept in found.items()}

    def _of(self, folder: str) -> tuple[Landing, ...]:
        if folder not in self._landings:
            starts = self._deploys.starts(folder)
            found = [landing for start in starts for landing in self._at(start)]
            besides = (
                self._elsewhere_at(folder, tuple(self._shown.get(folder, ())))
                if starts != (folder,)
                else ()
            )
            self._landings[folder] = (*found, *besides)
        return self._landings[folder]

    def _at(self, start: str) -> tuple[Landing, ...]:
        """The clusters of a folder that no other one deploys: its own, unless it is deployed on others by name."""
        if start not in self._at_starts:
            own = self._landing(start)
            self._at_starts[start] = self._elsewhere_at(start, own.evidence) or (own,)
        return self._at_starts[start]

    def _elsewhere_at(self, folder: str, own: tuple[Evidence, ...]) -> tuple[Landing, ...]:
        """Each cluster that a folder is deployed on by name, with what its own objects show."""
        return tuple(
            Landing(
                folder,
                (*self._destined_at(each, (folder,)), *each.evidence, *own),
                called=each.called,
            )
            for each in self._deploys.elsewhere(folder)
        )

    def _destined_at(self, each: Deployment, paths: Iterable[str]) -> tuple[Evidence, ...]:
        """What is declared of the cluster that something is deployed on."""
        return tuple(destined_evidence(self._destined, paths, each.called))

    def _landing(self, start: str) -> Landing:
        """The cluster of a folder; with what the nearest folder above shows, where nothing in it does."""
        own = self._clusters_of.get(start, Landing(start))
        if own.evidence:
            return own
        for above in upwards(dirname(start)) if start else ():
            if above and above in self._shown and len(self._deploys.starts(above)) == 1:
                higher = self._clusters_of[self._deploys.starts(above)[0]]
                found = self._elsewhere_at(higher.folder, higher.evidence) or (higher,)
                if len(found) > 1:
                    return own
                if found[0].evidence:
                    return Landing(start, found[0].evidence)
        return own


def _own(found: ManifestObject, seen: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """What an object shows of itself: all, where others look to it for that; else which machines its pods run on."""
    if found.type in OWN or any(each.elsewhere for each in seen):
        return seen
    return tuple(each for each in seen if each.sure) if any(found.pod_specs()) else ()


def _first_installer(found: ManifestObject) -> ManifestObject:
    """The object that nothing installs by which one is installed; itself, where nothing does."""
    while found.installed_by is not None:
        found = found.installed_by
    return found


def _counts_by_default(shown: Evidence) -> bool:
    """Whether what a default shows counts: it names an account or a region, or contradicts what is declared."""
    against = shown.declared is not None and shown.declared not in shown.providers
    return shown.bound or (against and shown.level is Level.NODES)


def _is_varied(found: ManifestObject, varied: Collection[str]) -> bool:
    """Whether a chart renders to an object, by its own values or an environment's, of several."""
    if found.installed is None or found.installed.by is not None:
        return False
    return found.installed.varied or found.root in varied


def _paths_of(found: ManifestObject) -> tuple[str, ...]:
    """The paths at which an object is applied: its kustomization, else its file or the folder of that."""
    path = found.file.path
    return (path, dirname(path)) if found.root is None else (found.root,)


def _plain(value: Value) -> object:
    return value.value if isinstance(value, Known) else None
