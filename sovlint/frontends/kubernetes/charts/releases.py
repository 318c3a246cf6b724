"""What a deployer installs: the values of each chart, laid on each other, and where the chart is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from sovlint.documents.tree import Node, made
from sovlint.frontends.cluster.charts.merge import merged
from sovlint.frontends.kubernetes.charts.chart_trees import Trees, values_of
from sovlint.model.value import Unknown


class ChartOfRelease(Struct, frozen=True):
    """A chart of this repository that is installed: its folder, the release's name and namespace (empty where nothing
    says it), and the values that are laid on its own. ``open``: where more values are given that aren't here."""

    folder: str
    name: str
    namespace: str
    values: Node
    open: Node | None = None
    files: frozenset[str] = frozenset()
    """The files of values that it names."""
    destinations: frozenset[tuple[str, str]] = frozenset()
    """Of the clusters that the object deploys to, those where this goes (address and name); none: all of them."""


class Release(Struct, frozen=True):
    """What one object installs: the values of each chart, the charts' names, and the namespace that they land in
    (empty: its own). ``files``: what was read for it besides its own; ``lacks``: charts that aren't here to read;
    ``charts``: the names of all charts, without those of the release."""

    values: tuple[Node, ...]
    names: tuple[str, ...]
    namespace: str
    files: frozenset[str] = frozenset()
    lacks: tuple[str, ...] = ()
    charts: tuple[str, ...] = ()
    installed: tuple[ChartOfRelease, ...] = ()
    """Those of its charts that are here."""
    folders: tuple[str | None, ...] = ()
    """Where each of its charts is, in the order of ``values``; ``None`` for one that isn't here."""
    unsaid: Unknown | None = None
    """Why its charts may make what nobody knows."""


class DeployedChart(Struct, frozen=True):
    """What is installed: values, the chart of this repository or its name and repository, and files of values that are
    named for it."""

    values: Node
    folder: str | None
    name: str
    repository: str
    files: Sequence[Node] = ()
    called: str = ""
    """The release's name."""
    open: Node | None = None
    """Where more values are given that aren't here."""
    namespace: str = ""
    """The namespace that it lands in, where that isn't the release's."""
    destinations: frozenset[tuple[str, str]] = frozenset()
    """Of the clusters that the object deploys to, those where this goes (address and name); none: all of them."""


def release_with(
    trees: Trees, charts: Sequence[DeployedChart], names: Iterable[str], namespace: str
) -> Release:
    """What charts come to that an object installs, which are called so, and land in a namespace."""
    return Release(
        tuple(_beneath(trees, each) for each in charts),
        tuple(filter(None, names)),
        namespace,
        frozenset(path for each in charts for path in _files_of(trees, each)),
        tuple(each.name for each in charts if _lacks(trees, each)),
        tuple(each.name for each in charts),
        tuple(_installed(each, namespace) for each in charts if each.folder is not None),
        tuple(each.folder for each in charts),
    )


def _installed(chart: DeployedChart, namespace: str) -> ChartOfRelease:
    over = laid_values(chart.values, *chart.files, chart.values)
    into = chart.namespace or namespace
    named = frozenset(each.where.path for each in chart.files)
    return ChartOfRelease(
        chart.folder or "",
        chart.called,
        into,
        over,
        chart.open,
        named,
        chart.destinations,
    )


def laid_values(at: Node, *layers: Node | None) -> Node:
    """Values laid on each other, written where ``at`` is; null stays, since more may lie beneath."""
    values = Node({}, at.where)
    for each in layers:
        values = merged(values, each, last=False)
    return values


def _beneath(trees: Trees, chart: DeployedChart) -> Node:
    """Values with what lies beneath: files that are named for them, and those of the chart itself."""
    over = laid_values(chart.values, *chart.files, chart.values)
    own = trees.found.get(chart.folder) if chart.folder is not None else None
    if own is not None:
        return values_of(trees, own, over)
    published = trees.hints.published(chart.name, chart.repository)
    return merged(made(dict(published or {}), chart.values.where), over)


def _lacks(trees: Trees, chart: DeployedChart) -> bool:
    """Whether a chart is neither here nor one whose values are known."""
    known = (
        chart.folder is not None
        or trees.hints.published(chart.name, chart.repository) is not None
    )
    return chart.name != "" and not known


def _files_of(trees: Trees, chart: DeployedChart) -> Iterator[str]:
    own = trees.found.get(chart.folder) if chart.folder is not None else None
    named = (own.chart, own.values, own.requirements) if own else ()
    yield from (path for path in named if path)
    yield from (node.where.path for node in chart.files)
