"""What helmfiles install -> charts to render."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.documents.tree import Node, get, text
from sovlint.expressions.templates.limits import MAX_WORLDS
from sovlint.frontends.cluster.objects import ChartOrigin, ManifestObject
from sovlint.frontends.harvest import Harvest
from sovlint.frontends.kubernetes.charts.chart_labels import chart_labels
from sovlint.frontends.kubernetes.charts.chart_variants import Charts
from sovlint.frontends.kubernetes.charts.files import packaged
from sovlint.frontends.kubernetes.charts.releases import ChartOfRelease
from sovlint.frontends.kubernetes.charts.rendering.render import ReleaseValues
from sovlint.frontends.kubernetes.charts.wanted_charts import WantedChart
from sovlint.frontends.kubernetes.helmfile.releases import (
    FindChart,
    HelmfileRelease,
    read_helmfiles,
)
from sovlint.model.inputs import Reader
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Reason, Step, Unknown
from sovlint.rules.hints import Hints

MOST: Final = 300
"""So many releases of helmfiles are rendered: of one whose values aren't all here, each takes a quarter of a second."""
WAYS: Final = 3
"""In how many ways a template is looked at of a release that may be given more values."""


class InstalledByHelmfiles(Struct, frozen=True):
    """What helmfiles install in each environment: charts to render, and charts that aren't here. ``apart``: helmfiles
    with a release that names a cluster of its own."""

    wanted: Sequence[WantedChart] = ()
    elsewhere: Sequence[HelmfileRelease] = ()
    patched: Sequence[ManifestObject] = ()
    """What releases change in charts that aren't here."""
    apart: frozenset[str] = frozenset()
    patches: frozenset[str] = frozenset()
    """Files of patches: what they hold is no object."""


def installed_by_helmfiles(
    reader: Reader, charts: Charts, harvest: Harvest, hints: Hints
) -> InstalledByHelmfiles:
    """What the helmfiles of a repository install."""
    trees = {each.files.folder: each.chart for each in charts.variants}
    folders = {*trees, *packaged(reader.paths)}
    found = read_helmfiles(reader, folders, _by_name(charts, hints))
    left = found.releases[MOST:]
    found.elsewhere.extend(past_the_bound(left))
    for each in left[:1]:
        unread = {release.where.where.path for release in left}
        found.files = [path for path in found.files if path not in unread]
        found.remark(
            each.where.where, "kubernetes.helmfile.too-many", count=len(left), limit=MOST
        )
    harvest.add(found)
    return InstalledByHelmfiles(
        tuple(wanted_charts(found.releases[:MOST], trees)),
        tuple(found.elsewhere),
        tuple(_patched(found.elsewhere, reader)),
        frozenset(found.apart),
        frozenset(found.patches),
    )


def past_the_bound(left: Iterable[HelmfileRelease]) -> Iterator[HelmfileRelease]:
    """Releases that aren't rendered any more, each entry once: nobody knows what they make."""
    note = Note("kubernetes.helmfile.past-the-bound", {"limit": MOST})
    met: dict[Span, HelmfileRelease] = {}
    for each in left:
        met.setdefault(each.where.where, each)
    for place, each in met.items():
        step = Step(place, Note("kubernetes.written"))
        unknown = Unknown(Reason.TEMPLATED, each.name, step, note=note)
        yield replace(each, folder=None, untold=unknown)


def _patched(releases: Iterable[HelmfileRelease], reader: Reader) -> Iterator[ManifestObject]:
    """What releases change in charts that aren't here."""
    patching = [each for each in releases if each.patches is not None]
    if not patching:
        return
    # Imported late: few releases change what isn't here.
    from sovlint.frontends.kubernetes.charts.patched_elsewhere import (
        PatchingRelease,
        patched_by_helmfile,
    )

    for each in patching:
        assert each.patches is not None
        namespace = each.patches.namespace or each.namespace
        origin = ChartOrigin(None, (), frozenset(each.held_in))
        release = PatchingRelease(each.root, each.variant, namespace, origin)
        yield from patched_by_helmfile(each.patches, release, reader)


def _by_name(charts: Charts, hints: Hints) -> FindChart:
    """Finds a chart by its name: that of the only one that is called so, unless it is one that others publish."""
    named = [(each.files.folder, text(get(each.chart, "name"))) for each in charts.variants]
    folders = dict.fromkeys(named)
    counts = Counter(name for _, name in folders)
    only = {name: folder for folder, name in folders if counts[name] == 1}

    def find(name: str, repository: str) -> str | None:
        published = hints.charts.published(name, repository) is not None
        return None if published else only.get(name)

    return find


def wanted_charts(
    releases: Sequence[HelmfileRelease], charts: dict[str, Node]
) -> Iterator[WantedChart]:
    """Releases of charts that are here, to render. ``charts``: each ``Chart.yaml``, by folder."""
    for each in releases:
        if each.folder is None:
            continue
        where = each.where.where
        release = ChartOfRelease(each.folder, each.name, each.namespace, Node({}, where))
        chart = charts.get(each.folder)
        labels = () if chart is None else tuple(chart_labels(chart))
        rest = each.values.rest
        yield WantedChart(
            each.folder,
            each.variant,
            None,
            release,
            ChartOrigin(None, labels, frozenset((where.path,)), called=each.context),
            0,
            ReleaseValues(each.values, {}, rest),
            MAX_WORLDS if rest is None else WAYS,
            changed_by=each.patches,
            perhaps=each.perhaps,
        )
