"""The charts of a repository, each with its own values and with those of each environment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from sovlint.documents.tree import Node, get, text
from sovlint.frontends.base import FilesUnit
from sovlint.frontends.kubernetes.charts.chart_trees import LIBRARY, Trees
from sovlint.frontends.kubernetes.charts.files import ChartFiles, charts
from sovlint.model.inputs import Reader
from sovlint.rules.hints import Hints

ChartKey = tuple[str, str | None]
"""A chart with one set of values: its folder, and the name of these values (``None``: its own alone)."""


class ChartVariant(Struct, frozen=True):
    """A chart with one set of values. ``name``: that of the environment, whose values are ``over`` the chart's own;
    ``path``: the file that they stand in."""

    files: ChartFiles
    chart: Node
    name: str | None = None
    over: Node | None = None

    @property
    def key(self) -> ChartKey:
        """Its folder and its name."""
        return self.files.folder, self.name

    @property
    def path(self) -> str | None:
        """The file of its values, where those aren't the chart's own alone."""
        paths = (path for name, path in self.files.variants if name == self.name)
        return next(paths, None)


class Charts(Struct, frozen=True):
    """What was read of all charts. ``claimed``: every file that is one of a chart's, read or not."""

    variants: tuple[ChartVariant, ...]
    trees: Trees
    claimed: frozenset[str]


def read_charts(reader: Reader, hints: Hints) -> Charts:
    """Every chart of the repository."""
    found = charts(reader.paths)
    trees = Trees(
        reader=reader, found=found, hints=hints.charts, paths=frozenset(reader.paths)
    )
    inside = {folder for each in found.values() for folder in each.inside}
    variants: list[ChartVariant] = []
    for folder, files in found.items():
        if folder in inside:
            continue
        chart = trees.tree(files.chart)
        if chart is None or text(get(chart, "type")) == LIBRARY:
            continue
        for name, over in _variants(trees, files):
            variants.append(ChartVariant(files, chart, name, over))
            trees.units.append(FilesUnit(folder, name, _files(found, files, name)))
    claimed = {path for files in found.values() for path in _files(found, files, None)}
    claimed |= {
        path
        for files in found.values()
        for _, path in files.variants
        if path in trees.sources
    }
    trees.files.sort()
    return Charts(tuple(variants), trees, frozenset(claimed))


def _variants(trees: Trees, files: ChartFiles) -> Iterator[tuple[str | None, Node | None]]:
    """The chart's own values, then those of each environment. What SOPS has encrypted holds nothing but secrets."""
    yield None, None
    for name, path in files.variants:
        over = trees.tree(path)
        if over is not None and get(over, "sops") is None:
            yield name, over


def _files(
    found: Mapping[str, ChartFiles], files: ChartFiles, variant: str | None
) -> list[str]:
    paths = [
        files.chart,
        files.values,
        files.requirements,
        *(path for name, path in files.variants if name == variant),
    ]
    inner = [path for folder in files.inside for path in _files(found, found[folder], None)]
    return [path for path in (*paths, *inner) if path is not None]
