"""Charts of this repository that Terraform installs -> charts to render."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sovlint.documents.tree import Node
from sovlint.frontends.cluster.objects import ChartOrigin
from sovlint.frontends.kubernetes.charts.chart_labels import chart_labels
from sovlint.frontends.kubernetes.charts.files import PACKAGED
from sovlint.frontends.kubernetes.charts.releases import ChartOfRelease
from sovlint.frontends.kubernetes.charts.wanted_charts import WantedChart
from sovlint.model.landing import Evidence, Level
from sovlint.model.resources.installed import InstalledRelease
from sovlint.model.text import Note
from sovlint.model.value import Known


def installed_by_terraform(
    releases: Iterable[InstalledRelease], charts: Mapping[str, Node]
) -> Iterator[WantedChart]:
    """Each release of a chart of ``charts`` (by folder), or of an archive, on the cluster that its resource is on."""
    for each in releases:
        chart = charts.get(each.folder)
        if chart is None and not each.folder.endswith(PACKAGED):
            continue
        open_ = None if each.open is None else Node(None, each.where)
        release = ChartOfRelease(each.folder, each.name, each.namespace, each.values, open_)
        origin = ChartOrigin(
            None,
            () if chart is None else tuple(chart_labels(chart)),
            frozenset((each.where.path,)),
            evidence=(_cluster(each),),
        )
        yield WantedChart(
            each.folder,
            f"{each.namespace or '-'}/{each.name or '-'}",
            each.values,
            release,
            origin,
            perhaps=None if isinstance(each.exists, Known) else each.exists,
        )


def _cluster(release: InstalledRelease) -> Evidence:
    """The cluster that the provider block of the release's resource points at."""
    note = Note("kubernetes.shows.release", {"address": release.address})
    return Evidence(
        Level.CREATED, release.where, note, made=((release.root, release.address),)
    )
