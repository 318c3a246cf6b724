"""Which files bear on a chart that is rendered, and on a release of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sovlint.documents.tree import Node, children
from sovlint.frontends.kubernetes.charts.rendering.loading import Chart


class ChartUnit:
    """A chart with the values of one release or environment (implements ``model.resources.reading.Unit``). All that lies
    in its folders bears on it, since templates may read any file, but for ``apart``: the values of environments. Of
    those, and of what lies elsewhere, ``read`` does."""

    def __init__(
        self,
        chart: Chart,
        variant: str | None,
        read: Collection[str],
        apart: Collection[str],
    ) -> None:
        self.root: str | None = chart.folder
        self.variant = variant
        self._folders = tuple(_below(folder) for folder in _folders_of(chart))
        self._read = read
        self._apart = apart

    def bears(self, path: str) -> bool:
        """Whether a change to it may change what is rendered."""
        return (
            path == self.root
            or path in self._read
            or (path.startswith(self._folders) and path not in self._apart)
        )


def files_of_values(values: Node | None) -> frozenset[str]:
    """The files that values are written in."""
    return frozenset(_paths([] if values is None else [values]))


def _paths(nodes: Iterable[Node]) -> Iterator[str]:
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        yield node.where.path
        waiting.extend(children(node))


def _below(folder: str) -> str:
    return f"{folder}/" if folder else ""


def _folders_of(chart: Chart) -> Iterator[str]:
    yield chart.folder
    for inner in chart.subcharts:
        yield from _folders_of(inner)
