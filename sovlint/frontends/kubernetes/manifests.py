"""Manifests -> resources: one resource for each object of plain YAML or JSON, on the cluster that it lands on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from typing import TYPE_CHECKING

from msgspec import Struct, field

from sovlint.frontends.cluster.charts.sends import KeptSends
from sovlint.frontends.cluster.labels import Namespaces
from sovlint.frontends.cluster.object_index import Objects
from sovlint.frontends.cluster.objects import ANY_NAME, ManifestObject, with_pods
from sovlint.frontends.cluster.parameters import filled
from sovlint.frontends.kubernetes.ansible.claims import NothingByAnsible
from sovlint.frontends.kubernetes.backups import Backups
from sovlint.frontends.kubernetes.charts.chart_variants import Charts, read_charts
from sovlint.frontends.kubernetes.charts.resources import chart_resources
from sovlint.frontends.kubernetes.charts.values_comments import read_comments_on_values
from sovlint.frontends.kubernetes.claims import NONE_ODD, Candidates, OddlyNamed, candidates
from sovlint.frontends.kubernetes.clusters.generator_files import GeneratorFiles
from sovlint.frontends.kubernetes.clusters.landings import Landings
from sovlint.frontends.kubernetes.clusters.registered import Registered
from sovlint.frontends.kubernetes.clusters.shown_charts import shown_by_charts
from sovlint.frontends.kubernetes.clusters.unapplied import remark_unapplied
from sovlint.frontends.kubernetes.deployers.kinds import KUSTOMIZE
from sovlint.frontends.kubernetes.deployers.neighbours import Neighbours
from sovlint.frontends.kubernetes.deployers.releases_read import Releases
from sovlint.frontends.kubernetes.kontinuous.projects import KontinuousProject, projects
from sovlint.frontends.kubernetes.late_readers import (
    InstalledByDeployers,
    build_overlays,
    change_as_applied,
    forget_matched,
    not_here,
    not_here_of_ansible,
    of_ansible,
    of_helmfiles,
    of_kontinuous,
    of_pipelines,
    of_skaffold,
    of_terraform,
    patched_elsewhere,
    render_charts,
    switched_off_charts,
)
from sovlint.frontends.kubernetes.manifest_files import (
    ManifestHarvest,
    read_manifest_file,
    read_oddly_named,
)
from sovlint.frontends.kubernetes.object_resources import ObjectResources
from sovlint.frontends.kubernetes.substitutions import Substitutions
from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.resources.reading import Reading
from sovlint.rules.hints import Hints

if TYPE_CHECKING:
    from sovlint.frontends.kubernetes.ansible.deployed import InstalledByAnsible


class _FilledObjects(Struct):
    """Objects with their parameters filled in, and as they are written, in one order."""

    filled: list[ManifestObject] = field(default_factory=list)
    written: list[ManifestObject] = field(default_factory=list)

    def add(self, written: ManifestObject, hints: Hints) -> None:
        """One more object."""
        with_its_pods = with_pods(written, hints)
        self.written.append(with_its_pods)
        self.filled.append(filled(with_its_pods, hints))

    def leave_out(self, paths: Set[str]) -> None:
        """Take away what stands in files that hold no objects."""
        if paths:
            self.filled = [each for each in self.filled if each.file.path not in paths]
            self.written = [each for each in self.written if each.file.path not in paths]

    def forget_patched(self, rendered: Iterable[ManifestObject]) -> None:
        """Take away what patches alone say of objects that charts of the same kustomization render to: these say it
        too."""
        there = {
            (by.root, each.type, name)
            for each in rendered
            if (by := each.installed_by) is not None and by.type == KUSTOMIZE
            for name in (each.name, ANY_NAME)
        }
        if there:
            self.filled = [each for each in self.filled if not _is_one_of(there, each)]
            self.written = [each for each in self.written if not _is_one_of(there, each)]

    def namespaces(self) -> Namespaces:
        """The objects that declare namespaces, by the names of these."""
        found: dict[str, list[ManifestObject]] = {}
        for each in self.written:
            if each.type == "Namespace":
                found.setdefault(each.name, []).append(each)
        return found

    def index(self) -> Objects:
        """All objects, to find one by its name; it knows how each is written."""
        index = Objects.of(self.filled)
        index.written = {
            each: written
            for each, written in zip(self.filled, self.written, strict=True)
            if each is not written
        }
        return index


def _is_one_of(there: Set[tuple[str | None, str, str]], each: ManifestObject) -> bool:
    return each.patched is not None and (each.root, each.type, each.patched.name) in there


def read(
    reader: Reader, options: ReadOptions, hints: Hints, odd: OddlyNamed = NONE_ODD
) -> Reading:
    """Every object of the manifests below the git root. YAML that is no manifest counts as skipped, unless it begins
    like files of a kind that is known.

    A manifest that can't be parsed is a failure; what stands before the error is read. One that can't be parsed because
    it is a template is skipped, and that is said.
    """
    found = candidates(reader.paths)
    harvest = ManifestHarvest(recognised=list(odd.recognised))
    deployed = projects(reader.paths)
    charts, by_ansible = _read_files(found, odd, reader, options, hints, harvest, deployed)
    objects = _FilledObjects()
    changing = change_as_applied(charts, harvest)
    forget_matched(harvest)
    substitutions = Substitutions(harvest.objects)
    for each in harvest.objects:
        objects.add(substitutions.put(each), hints)
    namespaces = objects.namespaces()
    beside = Neighbours.of(objects.filled, charts.trees, harvest)
    releases = Releases(beside)
    installed = InstalledByDeployers.of(
        of_helmfiles(reader, charts, harvest, hints),
        of_skaffold(reader, charts, harvest),
        of_kontinuous(reader, deployed, harvest, hints),
        InstalledByDeployers(
            tuple(by_ansible.wanted(charts)), elsewhere=tuple(by_ansible.elsewhere())
        ),
    )
    objects.leave_out(installed.patches)
    wanted = (*installed.wanted, *of_terraform(options, charts))
    rendered = render_charts(found, charts, objects.filled, releases, wanted, harvest)
    objects.forget_patched(rendered.objects)
    for each in (*rendered.objects, *installed.objects):
        objects.add(each, hints)
    applied = rendered.changed | changing
    for each in patched_elsewhere(objects.filled, applied, reader):
        objects.add(each, hints)
    index = objects.index()
    landings = Landings(
        objects.filled,
        options.clusters,
        hints.clusters,
        Registered(objects.filled, index, hints.clusters, GeneratorFiles(reader)),
        harvest.servers,
        of_pipelines(reader, hints, harvest) if objects.filled or charts.variants else None,
        shown_by_charts(charts, hints.clusters, installed.apart).with_more(installed.shown),
    )
    backups = Backups.of(objects.filled, index, hints, landings.apart)
    maker = ObjectResources(
        namespaces, index, backups, landings, releases, rendered, hints, KeptSends(hints)
    )
    harvest.resources.extend(maker.all_of(objects.filled))
    off = switched_off_charts(charts, rendered, harvest.resources, options, hints, landings)
    harvest.resources.extend(
        landings.landed(each)
        for each in (
            *off,
            *chart_resources(charts, rendered, landings.said_of_chart, hints),
            *not_here(installed, landings, hints, namespaces),
            *not_here_of_ansible(by_ansible, landings),
        )
    )
    harvest.add(charts.trees)
    read_comments_on_values(charts, rendered.named, harvest)
    beside.remark_unread()
    remark_unapplied(
        (each for each in objects.filled if each not in applied),
        harvest,
    )
    return harvest.reading()


def _read_files(
    found: Candidates,
    odd: OddlyNamed,
    reader: Reader,
    options: ReadOptions,
    hints: Hints,
    harvest: ManifestHarvest,
    deployed: Sequence[KontinuousProject],
) -> tuple[Charts, InstalledByAnsible | NothingByAnsible]:
    """Read overlays, charts, what Ansible deploys, and manifests, in this order: a file that one of them reads isn't read
    by itself again."""
    built = build_overlays(found, reader, harvest)
    charts = read_charts(reader, hints)
    by_ansible = of_ansible(found, charts, harvest, hints)
    own = (each.files for each in deployed)
    claimed = charts.claimed.union(built.used, by_ansible.used, *own)
    for path in (*found.files, *built.plain):
        if path not in claimed:
            read_manifest_file(path, reader, options.clusters, harvest, hints.unread)
    for path in odd.manifests:
        if path not in claimed:
            read_oddly_named(path, reader, harvest)
    return charts, by_ansible
