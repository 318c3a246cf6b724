"""What the charts of a repository show by their values: each by its own, and by those of each environment."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.documents.cursor import Cursor
from sovlint.documents.tree import Node, is_map, to_document
from sovlint.frontends.cluster.charts.merge import merged
from sovlint.frontends.kubernetes.charts.chart_trees import Trees
from sovlint.frontends.kubernetes.charts.chart_variants import Charts
from sovlint.frontends.kubernetes.charts.files import ChartFiles
from sovlint.frontends.kubernetes.clusters.shown_values import values_evidence
from sovlint.model.landing import Evidence
from sovlint.rules.hints import ClusterHints


class ChartsEvidence(Struct, frozen=True):
    """``of``: by a chart's folder and the variant; ``folders``: of charts on whose values no environment lays others, by
    folder: it counts for all that is deployed along with them. ``varied``: the folders of the others; ``roots``: of
    all charts. ``apart``: helmfiles that deploy to several clusters in one environment."""

    of: Mapping[tuple[str, str | None], tuple[Evidence, ...]] = field(default_factory=dict)
    folders: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    varied: frozenset[str] = frozenset()
    roots: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()

    def with_more(
        self, shown: Mapping[tuple[str, str | None], tuple[Evidence, ...]]
    ) -> ChartsEvidence:
        """The same, with what deployers show by root and variant: each variant has a cluster of its own."""
        varied = self.varied.union(root for root, _ in shown)
        return replace(self, of={**self.of, **shown}, varied=varied)


NO_CHARTS_EVIDENCE = ChartsEvidence()


def shown_by_charts(
    charts: Charts, hints: ClusterHints, apart: frozenset[str] = frozenset()
) -> ChartsEvidence:
    """What values of charts show; without charts that show nothing. ``apart``: helmfiles that deploy to several clusters
    in one environment."""
    found: dict[tuple[str, str | None], tuple[Evidence, ...]] = {}
    for each in charts.variants:
        values = _values(charts.trees, each.files, each.name)
        if values is None:
            continue
        shown = tuple(values_evidence(Cursor.of(to_document(values)), hints))
        if shown:
            found[each.key] = shown
    varied = frozenset(each.files.folder for each in charts.variants if each.name is not None)
    folders = {root: shown for (root, _), shown in found.items() if root not in varied}
    roots = frozenset(each.files.folder for each in charts.variants)
    return ChartsEvidence(found, folders, varied, roots, apart)


def _values(trees: Trees, files: ChartFiles, variant: str | None) -> Node | None:
    """A chart's own values, with those of an environment on them."""
    own = trees.tree(files.values)
    paths = [path for name, path in files.variants if name == variant]
    over = trees.tree(paths[0]) if paths else None
    if own is None or not is_map(over):
        return own or over
    return merged(own, over)
