"""The ignore comments in files of values that were only put into templates."""

from __future__ import annotations

from collections.abc import Iterable

from sovlint.frontends.harvest import Harvest
from sovlint.frontends.kubernetes.charts.chart_variants import Charts
from sovlint.frontends.kubernetes.claims import is_yaml
from sovlint.frontends.yaml_comments import yaml_ignores
from sovlint.model.source import SourceFile


def read_comments_on_values(charts: Charts, named: Iterable[str], harvest: Harvest) -> None:
    """Gather the comments of the charts' files and of those that releases have ``named``. What was read as a tree, or as
    a manifest, has its own gathered already."""
    left = {*charts.claimed, *named} - charts.trees.sources - {*harvest.files}
    for path in sorted(filter(is_yaml, left)):
        file = charts.trees.reader.read(path)
        if isinstance(file, SourceFile):
            harvest.ignores.extend(yaml_ignores(file))
