"""Where the boxes of a graph stand, in layers from left to right, and how its arrows lead. Pure geometry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

from sovlint.report.page.spread import Box

Arrow = tuple[str, str]
Spot = tuple[float, float]

BESIDE: Final = 96.0
"""Between two layers."""
COLUMN: Final = 22.0
"""Between columns of one layer, and of boxes without arrows."""
BELOW: Final = 16.0
"""Between two boxes of a column."""
ROWS: Final = 40
"""Boxes in a column: what is more goes into another one."""
_BEND: Final = 14.0
"""What an arrow takes that passes through a layer."""
_MOST_BENDS: Final = 1_500
"""Where arrows pass through more layers than that, they run behind the boxes."""
_SWEEPS: Final = 6


class Layout(Struct, frozen=True):
    """Boxes by name, arrows as the points that they pass (two for each layer between), and the size of all."""

    boxes: Mapping[str, Box]
    routes: Mapping[Arrow, tuple[Spot, ...]]
    width: float
    height: float


def layered(names: Sequence[str], arrows: Iterable[Arrow], size: Spot, least: float) -> Layout:
    """The layout of boxes of one ``size``. An arrow that leads to where it comes from, or to what isn't there, has no
    route. Boxes without arrows stand below, in as many columns as fit into the width, which is ``least`` or more."""
    known = set(names)
    listed = sorted({arrow for arrow in arrows if arrow[0] != arrow[1] and known.issuperset(arrow)})
    joined = {name for arrow in listed for name in arrow}
    graph = _Graph([name for name in names if name in joined], listed)
    boxes, bends, width, height = _placed(graph, size)
    alone = [name for name in names if name not in joined]
    if alone:
        top = height + 2 * BELOW if boxes else 0.0
        boxes |= _grid(alone, size, top, max(width, least))
        width, height = max(width, *(boxes[name][2] for name in alone)), boxes[alone[-1]][3]
        height = max(height, *(boxes[name][3] for name in alone))
    return Layout(boxes, _routes(graph, boxes, bends), width, height)


class _Graph:
    """Names in layers: an arrow leads from a layer to a later one, or is ``turned``."""

    def __init__(self, names: Sequence[str], arrows: Sequence[Arrow]) -> None:
        self.arrows = arrows
        self.turned = _turned(names, arrows)
        self.forward = [
            (target, source) if (source, target) in self.turned else (source, target)
            for source, target in arrows
        ]
        self.rank = _ranks(names, self.forward)
        self.layers = _in_layers(names, self.rank)
        self.chains = self._chains()
        self._order()

    def _chains(self) -> dict[Arrow, list[str]]:
        """What each arrow passes, end to end, with a bend in every layer between where there aren't too many."""
        spans = sum(self.rank[target] - self.rank[source] - 1 for source, target in self.forward)
        chains: dict[Arrow, list[str]] = {}
        for number, (source, target) in enumerate(dict.fromkeys(self.forward)):
            between = range(self.rank[source] + 1, self.rank[target])
            bends = [f"\0{number}.{layer}" for layer in between] if spans <= _MOST_BENDS else []
            for layer, bend in zip(between, bends, strict=False):
                self.layers[layer].append(bend)
            chains[source, target] = [source, *bends, target]
        return chains

    def _order(self) -> None:
        """Puts each layer into an order in which fewer arrows cross: by the middle of what leads there, to and fro."""
        before, after = self.neighbours()
        for sweep in range(_SWEEPS):
            beside = after if sweep % 2 else before
            layers = self.layers[::-1] if sweep % 2 else self.layers
            for fixed, layer in pairwise(layers):
                place = {name: index for index, name in enumerate(fixed)}
                wished = {
                    name: _mean(place, beside[name], index) for index, name in enumerate(layer)
                }
                layer.sort(key=wished.__getitem__)

    def neighbours(self) -> tuple[Mapping[str, list[str]], Mapping[str, list[str]]]:
        """What leads to each name and bend, and what it leads to."""
        before: defaultdict[str, list[str]] = defaultdict(list)
        after: defaultdict[str, list[str]] = defaultdict(list)
        for chain in self.chains.values():
            for source, target in pairwise(chain):
                after[source].append(target)
                before[target].append(source)
        return before, after


def _mean(place: Mapping[str, float], names: Iterable[str], otherwise: float) -> float:
    found = [place[name] for name in names if name in place]
    return sum(found) / len(found) if found else otherwise


def _turned(names: Sequence[str], arrows: Sequence[Arrow]) -> set[Arrow]:
    """Arrows that close a circle, found from where nothing leads to."""
    after: defaultdict[str, list[str]] = defaultdict(list)
    targets = set()
    for source, target in arrows:
        after[source].append(target)
        targets.add(target)
    found: set[Arrow] = set()
    state: dict[str, bool] = {}
    """Whether what was met is still open."""
    for start in sorted(names, key=lambda name: name in targets):
        if start in state:
            continue
        state[start] = True
        path = [(start, iter(after[start]))]
        while path:
            name, rest = path[-1]
            for target in rest:
                if state.get(target):
                    found.add((name, target))
                elif target not in state:
                    state[target] = True
                    path.append((target, iter(after[target])))
                    break
            else:
                state[name] = False
                path.pop()
    return found


def _ranks(names: Sequence[str], forward: Sequence[Arrow]) -> dict[str, int]:
    """The layer of each name: one after the last that leads to it; where nothing does, one before what it leads to."""
    after: defaultdict[str, list[str]] = defaultdict(list)
    left = dict.fromkeys(names, 0)
    for source, target in forward:
        after[source].append(target)
        left[target] += 1
    first = [name for name in names if not left[name]]
    rank = dict.fromkeys(names, 0)
    ready = list(first)
    for name in ready:
        for target in after[name]:
            rank[target] = max(rank[target], rank[name] + 1)
            left[target] -= 1
            if not left[target]:
                ready.append(target)
    for name in first:
        if after[name]:
            rank[name] = min(rank[target] for target in after[name]) - 1
    return rank


def _in_layers(names: Sequence[str], rank: Mapping[str, int]) -> list[list[str]]:
    layers: list[list[str]] = [[] for _ in range(max(rank.values(), default=-1) + 1)]
    for name in names:
        layers[rank[name]].append(name)
    return layers


def _placed(
    graph: _Graph, size: Spot
) -> tuple[dict[str, Box], dict[str, tuple[Spot, Spot]], float, float]:
    """Boxes, where bends enter and leave their layer, and the size of all."""
    tops = _tops(graph, size[1])
    boxes: dict[str, Box] = {}
    bends: dict[str, tuple[Spot, Spot]] = {}
    x = 0.0
    for layer in graph.layers:
        columns = _columns(layer)
        for column, names in enumerate(columns):
            left = x + column * (size[0] + COLUMN)
            for name in names:
                top = tops[name]
                boxes[name] = (left, top, left + size[0], top + size[1])
        right = x + len(columns) * (size[0] + COLUMN) - COLUMN
        for name in layer:
            if name[0:1] == "\0":
                del boxes[name]
                middle = tops[name] + _BEND / 2
                bends[name] = ((x, middle), (right, middle))
        x = right + BESIDE
    height = max((box[3] for box in boxes.values()), default=0.0)
    height = (
        max(height, *(spots[0][1] + _BEND / 2 for spots in bends.values())) if bends else height
    )
    return boxes, bends, max(x - BESIDE, 0.0), height


def _columns(layer: Sequence[str]) -> list[Sequence[str]]:
    if len(layer) <= ROWS:
        return [layer]
    return [layer[start : start + ROWS] for start in range(0, len(layer), ROWS)]


def _tops(graph: _Graph, height: float) -> dict[str, float]:
    """How far down each box and bend begins: near the middle of what it is joined with, and none on another."""
    tall = {
        name: _BEND if name[0:1] == "\0" else height for layer in graph.layers for name in layer
    }
    middles: dict[str, float] = {}
    for layer in graph.layers:
        for names in _columns(layer):
            middles |= _stacked(names, {}, tall)
    before, after = graph.neighbours()
    for sweep in range(_SWEEPS):
        layers, beside = (graph.layers[::-1], after) if sweep % 2 else (graph.layers, before)
        for layer in layers:
            for names in _columns(layer):
                wished = {name: _mean(middles, beside[name], middles[name]) for name in names}
                middles |= _stacked(names, wished, tall)
    least = min((middles[name] - tall[name] / 2 for name in middles), default=0.0)
    return {name: middle - tall[name] / 2 - least for name, middle in middles.items()}


def _stacked(
    names: Sequence[str], wished: Mapping[str, float], tall: Mapping[str, float]
) -> dict[str, float]:
    """The middles of a column, in its order, each as near to what is wished as those above and below allow."""
    if not wished:
        total = sum(tall[name] + BELOW for name in names)
        start = -total / 2
        found = {}
        for name in names:
            found[name] = start + tall[name] / 2
            start += tall[name] + BELOW
        return found
    down = _pressed(names, wished, tall, 1)
    up = _pressed(names[::-1], wished, tall, -1)
    return {name: (down[name] + up[name]) / 2 for name in names}


def _pressed(
    names: Sequence[str], wished: Mapping[str, float], tall: Mapping[str, float], sign: int
) -> dict[str, float]:
    """The middles where each gives way to those before it."""
    found: dict[str, float] = {}
    edge: float | None = None
    for name in names:
        middle, half = sign * wished[name], tall[name] / 2 + BELOW / 2
        if edge is not None:
            middle = max(middle, edge + half)
        found[name] = sign * middle
        edge = middle + half
    return found


def _grid(names: Sequence[str], size: Spot, top: float, width: float) -> dict[str, Box]:
    across = max(1, int((width + COLUMN) // (size[0] + COLUMN)))
    found: dict[str, Box] = {}
    for index, name in enumerate(names):
        left = index % across * (size[0] + COLUMN)
        upper = top + index // across * (size[1] + BELOW)
        found[name] = (left, upper, left + size[0], upper + size[1])
    return found


def _routes(
    graph: _Graph, boxes: Mapping[str, Box], bends: Mapping[str, tuple[Spot, Spot]]
) -> dict[Arrow, tuple[Spot, ...]]:
    """Arrows from the side of a box to the side of another, beside each other in the order of where they lead."""
    before, after = graph.neighbours()
    middle = {name: (box[1] + box[3]) / 2 for name, box in boxes.items()}
    middle |= {name: spots[0][1] for name, spots in bends.items()}
    leaving = _ports(boxes, after, middle)
    coming = _ports(boxes, before, middle)
    routes: dict[Arrow, tuple[Spot, ...]] = {}
    for arrow in graph.arrows:
        turned = arrow in graph.turned
        chain = graph.chains[arrow[::-1] if turned else arrow]
        first, last = chain[0], chain[-1]
        spots = (
            (boxes[first][2], leaving[first, chain[1]]),
            *(spot for bend in chain[1:-1] for spot in bends[bend]),
            (boxes[last][0], coming[last, chain[-2]]),
        )
        routes[arrow] = spots[::-1] if turned else spots
    return routes


def _ports(
    boxes: Mapping[str, Box], beside: Mapping[str, Sequence[str]], middle: Mapping[str, float]
) -> dict[Arrow, float]:
    """How far down arrows touch each box, by what they come from or lead to next."""
    found: dict[Arrow, float] = {}
    for name, box in boxes.items():
        others = sorted(dict.fromkeys(beside[name]), key=lambda other: (middle[other], other))
        for index, other in enumerate(others, 1):
            found[name, other] = box[1] + (box[3] - box[1]) * index / (len(others) + 1)
    return found
