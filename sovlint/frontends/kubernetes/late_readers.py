"""Readers that are imported only where there is something for them: overlays, templates of charts, deployers, pipelines.

Most repositories have one of these kinds at most, and importing takes longer than a small scan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from sovlint.cache.asking import told
from sovlint.frontends.cluster.labels import Namespaces
from sovlint.frontends.cluster.objects import ManifestObject, objects
from sovlint.frontends.harvest import Harvest
from sovlint.frontends.ignore_comments import ignores_in_json
from sovlint.frontends.kubernetes.ansible.claims import DEPLOYS, NothingByAnsible, may_deploy
from sovlint.frontends.kubernetes.charts.chart_variants import Charts
from sovlint.frontends.kubernetes.charts.files import packaged
from sovlint.frontends.kubernetes.charts.known_by_rendering import NoneRendered
from sovlint.frontends.kubernetes.claims import (
    Candidates,
    chart_of,
    is_helmfile,
    is_skaffold,
    is_yaml,
)
from sovlint.frontends.kubernetes.clusters.landings import Landings
from sovlint.frontends.kubernetes.clusters.unapplied import changes_objects, may_change
from sovlint.frontends.kubernetes.deployers.neighbours import Neighbours
from sovlint.frontends.kubernetes.deployers.releases_read import Releases
from sovlint.frontends.kubernetes.kontinuous.projects import KontinuousProject
from sovlint.frontends.kubernetes.kustomize.built import Overlays
from sovlint.frontends.kubernetes.kustomize.files import Cache
from sovlint.frontends.kubernetes.manifest_files import ManifestHarvest
from sovlint.frontends.yaml_comments import template_ignores, yaml_ignores
from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.landing import Evidence
from sovlint.model.resources.resource import Resource
from sovlint.model.source import SourceFile
from sovlint.rules.hints import Hints

if TYPE_CHECKING:
    from sovlint.frontends.kubernetes.ansible.deployed import InstalledByAnsible
    from sovlint.frontends.kubernetes.charts.rendered_charts import RenderedCharts
    from sovlint.frontends.kubernetes.charts.wanted_charts import WantedChart
    from sovlint.frontends.kubernetes.clusters.pipelines import AppliedByPipelines
    from sovlint.frontends.kubernetes.helmfile.elsewhere import ReleaseElsewhere


class InstalledByDeployers(Struct, frozen=True):
    """What deployers install that are no objects of the cluster: charts to render, objects that are rendered already,
    releases of which nothing but the values is here, and what shows where they are, by root and variant. ``apart``:
    helmfiles that deploy to several clusters in one environment."""

    wanted: tuple[WantedChart, ...] = ()
    objects: tuple[ManifestObject, ...] = ()
    elsewhere: tuple[ReleaseElsewhere, ...] = ()
    shown: Mapping[tuple[str, str | None], tuple[Evidence, ...]] = {}
    apart: frozenset[str] = frozenset()
    patches: frozenset[str] = frozenset()
    """Files of patches: what they hold is no object."""

    @staticmethod
    def of(*several: InstalledByDeployers) -> InstalledByDeployers:
        """What several deployers install."""
        return InstalledByDeployers(
            tuple(inner for each in several for inner in each.wanted),
            tuple(inner for each in several for inner in each.objects),
            tuple(inner for each in several for inner in each.elsewhere),
            {key: shown for each in several for key, shown in each.shown.items()},
            frozenset(path for each in several for path in each.apart),
            frozenset(path for each in several for path in each.patches),
        )


def build_overlays(found: Candidates, reader: Reader, harvest: ManifestHarvest) -> Overlays:
    """What the kustomizations come to. Each file that they read is one of theirs: it isn't read by itself again."""
    if not found.kustomizations:
        return Overlays()
    from sovlint.frontends.kubernetes.kustomize.overlays import overlays

    cache = harvest.kustomized = Cache(reader)
    built = overlays(found.kustomizations, cache)
    harvest.objects.extend(built.objects)
    harvest.add(built)
    for path in sorted(built.used):
        file, documents = cache.files[path], cache.documents.get(path)
        if not isinstance(file, SourceFile):
            continue
        harvest.files.append(path)
        for document in documents if isinstance(documents, tuple) else ():
            harvest.remark_duplicates(document, "kubernetes.duplicate-key")
            for each in objects(document, file):
                if isinstance(each, ManifestObject):
                    harvest.ignores.extend(
                        ignores_in_json(document, each.at, each.data, each.where())
                    )
        if documents is not None and not path.endswith(".json"):
            harvest.ignores.extend(yaml_ignores(file))
    return built


def change_as_applied(charts: Charts, harvest: ManifestHarvest) -> set[ManifestObject]:
    """Puts in place of objects what Flux and Argo CD change in them. Returns what changes them."""
    if not any(map(may_change, harvest.objects)):
        return set()
    from sovlint.frontends.kubernetes.kustomize.applied import as_applied

    beside = Neighbours.of(harvest.objects, charts.trees, harvest)
    cache = harvest.kustomized or Cache(charts.trees.reader)
    changed = as_applied(harvest.objects, cache, beside.parameters)
    harvest.objects = changed.objects
    harvest.add(changed.built)
    return changed.by


def patched_elsewhere(
    objects: Iterable[ManifestObject], applied: Collection[ManifestObject], reader: Reader
) -> Sequence[ManifestObject]:
    """What objects of Flux and Argo CD change in what isn't here. ``applied``: those whose changes are made."""
    changing = [each for each in objects if changes_objects(each)]
    if not changing:
        return ()
    from sovlint.frontends.kubernetes.charts.patched_elsewhere import patched_by_objects

    return list(patched_by_objects(changing, applied, reader))


def forget_matched(harvest: ManifestHarvest) -> None:
    """Takes away what patches alone say of objects that aren't here, where another kustomization has the object."""
    matched = set() if harvest.kustomized is None else harvest.kustomized.matched
    if matched:
        harvest.objects = [
            each
            for each in harvest.objects
            if each.patched is None or not matched.issuperset(each.patched.places)
        ]


def of_helmfiles(
    reader: Reader, charts: Charts, harvest: Harvest, hints: Hints
) -> InstalledByDeployers:
    """What helmfiles install."""
    if not any(map(is_helmfile, reader.paths)):
        return InstalledByDeployers()
    from sovlint.frontends.kubernetes.helmfile.wanted import installed_by_helmfiles

    found = installed_by_helmfiles(reader, charts, harvest, hints)
    return InstalledByDeployers(
        tuple(found.wanted),
        tuple(found.patched),
        elsewhere=tuple(found.elsewhere),
        apart=found.apart,
        patches=found.patches,
    )


def of_skaffold(reader: Reader, charts: Charts, harvest: Harvest) -> InstalledByDeployers:
    """What files of Skaffold install."""
    paths = [path for path in reader.paths if is_skaffold(path)]
    if not paths:
        return InstalledByDeployers()
    from sovlint.frontends.kubernetes.helmfile.wanted import (
        MOST,
        past_the_bound,
        wanted_charts,
    )
    from sovlint.frontends.kubernetes.skaffold.releases import read_skaffold

    trees = {each.files.folder: each.chart for each in charts.variants}
    found = read_skaffold(reader, paths, {*trees, *packaged(reader.paths)})
    harvest.add(found)
    left = past_the_bound(found.releases[MOST:])
    return InstalledByDeployers(
        tuple(wanted_charts(found.releases[:MOST], trees)),
        elsewhere=(*found.elsewhere, *left),
    )


def of_kontinuous(
    reader: Reader, deployed: Sequence[KontinuousProject], harvest: Harvest, hints: Hints
) -> InstalledByDeployers:
    """What Kontinuous installs."""
    if not deployed:
        return InstalledByDeployers()
    from sovlint.frontends.kubernetes.kontinuous.installed import installed_by_kontinuous

    found = installed_by_kontinuous(reader, deployed, harvest, hints.clusters)
    return InstalledByDeployers(
        tuple(found.wanted), tuple(found.objects), tuple(found.elsewhere), found.shown
    )


def of_ansible(
    found: Candidates, charts: Charts, harvest: ManifestHarvest, hints: Hints
) -> InstalledByAnsible | NothingByAnsible:
    """What Ansible puts on clusters. Each file that it does so with isn't read by itself again."""
    reader = charts.trees.reader
    paths = [path for path in found.files if is_yaml(path) and path not in charts.claimed]
    if not any(told(reader, DEPLOYS, path, may_deploy) for path in paths):
        return NothingByAnsible()
    from sovlint.frontends.kubernetes.ansible.deployed import read_ansible

    read = read_ansible(reader, paths, charts, hints)
    harvest.add(read)
    files = frozenset(read.files)
    harvest.recognised = [each for each in harvest.recognised if each[1] not in files]
    harvest.objects.extend(read.objects)
    return read


def not_here_of_ansible(
    read: InstalledByAnsible | NothingByAnsible, landings: Landings
) -> Iterator[Resource]:
    """Files that Ansible puts on clusters and that aren't here."""
    if not read.untold:
        return
    from sovlint.frontends.kubernetes.ansible.elsewhere import untold_resources

    yield from untold_resources(read.untold, landings.said_of_chart)


def of_terraform(options: ReadOptions, charts: Charts) -> Iterator[WantedChart]:
    """What Terraform installs of the repository's charts."""
    if options.installed:
        from sovlint.frontends.kubernetes.deployers.terraform import installed_by_terraform

        folders = {each.files.folder: each.chart for each in charts.variants}
        yield from installed_by_terraform(options.installed, folders)


def render_charts(
    found: Candidates,
    charts: Charts,
    objects: Iterable[ManifestObject],
    releases: Releases,
    wanted: Iterable[WantedChart],
    harvest: Harvest,
) -> RenderedCharts | NoneRendered:
    """What the charts render to that objects install, and those ``wanted`` besides. The templates of charts that can't be
    loaded are skipped, and that is said once for each chart."""
    reader = charts.trees.reader
    if not found.templates and not packaged(reader.paths):
        return NoneRendered()
    from sovlint.frontends.kubernetes.charts.rendered_charts import render_repository

    rendered = render_repository(reader, charts.variants, objects, releases.installed, wanted)
    harvest.add(rendered)
    read = [path for path in found.templates if path in rendered.templates]
    skipped = [path for path in found.templates if path not in rendered.templates]
    harvest.files.extend(read)
    harvest.skipped.extend(skipped)
    for chart, count in Counter(map(chart_of, skipped)).items():
        harvest.remark(
            f"{chart}/Chart.yaml".lstrip("/"), "kubernetes.helm-templates", count=count
        )
    for path in sorted(rendered.templates):
        file = reader.read(path)
        if isinstance(file, SourceFile):
            harvest.ignores.extend(template_ignores(file))
    return rendered


def switched_off_charts(
    charts: Charts,
    rendered: RenderedCharts | NoneRendered,
    resources: Sequence[Resource],
    options: ReadOptions,
    hints: Hints,
    landings: Landings,
) -> Iterator[Resource]:
    """What charts switch off by default that nothing here installs."""
    if isinstance(rendered, NoneRendered) or rendered.kept is None:
        return
    from sovlint.frontends.kubernetes.charts.switched_off import SwitchedOff

    found = SwitchedOff(rendered, rendered.kept, resources, options, hints)
    yield from found.resources(charts.variants, landings.said_of_chart)


def of_pipelines(reader: Reader, hints: Hints, harvest: Harvest) -> AppliedByPipelines:
    """To which clusters pipelines deploy."""
    from sovlint.frontends.kubernetes.clusters.pipelines import applied

    return applied(reader, hints, harvest.unquoted)


def not_here(
    installed: InstalledByDeployers, landings: Landings, hints: Hints, namespaces: Namespaces
) -> Iterator[Resource]:
    """The releases of charts that aren't here, as far as values show them."""
    if not installed.elsewhere:
        return
    from sovlint.frontends.kubernetes.helmfile.elsewhere import resources_elsewhere

    yield from resources_elsewhere(
        installed.elsewhere, landings.said_of_chart, hints, namespaces
    )
