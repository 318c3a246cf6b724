"""Where the boxes of a graph stand, in layers from left to right, and how its arrows lead. Pure geometry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from sovlint.report.page.drawing.layer_graph import SWEEPS, Arrow, LayerGraph, mean
from sovlint.report.page.drawing.spread import Box

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


class Layout(Struct, frozen=True):
    """Boxes by name, arrows as the points that they pass (two for each layer between), and the size of all."""

    boxes: Mapping[str, Box]
    routes: Mapping[Arrow, tuple[Spot, ...]]
    width: float
    height: float


def layered(names: Sequence[str], arrows: Iterable[Arrow], size: Spot, most: float) -> Layout:
    """The layout of boxes of one ``size``. An arrow that leads to where it comes from, or to what isn't there, has no
    route. What hangs together is laid out by itself, and the parts stand in rows that are ``most`` wide, if they can;
    boxes without arrows come last."""
    known = set(names)
    listed = sorted(
        {arrow for arrow in arrows if arrow[0] != arrow[1] and known.issuperset(arrow)}
    )
    boxes: dict[str, Box] = {}
    routes: dict[Arrow, tuple[Spot, ...]] = {}
    x = y = lowest = width = 0.0
    for part in _parts(names, listed, size):
        if x and x + part.width > most:
            x, y = 0.0, lowest + BELOW + COLUMN
        boxes |= {
            name: (box[0] + x, box[1] + y, box[2] + x, box[3] + y)
            for name, box in part.boxes.items()
        }
        routes |= {
            arrow: tuple((to_x + x, to_y + y) for to_x, to_y in spots)
            for arrow, spots in part.routes.items()
        }
        lowest, width = max(lowest, y + part.height), max(width, x + part.width)
        x += part.width + BESIDE / 2
    alone = [name for name in names if name not in boxes]
    if alone:
        found = _grid(
            alone, size, lowest + BELOW + COLUMN if boxes else 0.0, max(width, most)
        )
        boxes |= found
        width, lowest = max(width, *(box[2] for box in found.values())), found[alone[-1]][3]
    return Layout(boxes, routes, width, lowest)


def _parts(names: Sequence[str], arrows: Sequence[Arrow], size: Spot) -> list[Layout]:
    """The layout of each part that hangs together, the largest first."""
    order = {name: index for index, name in enumerate(names)}
    within = _whole_of(arrows)
    members: dict[str, list[str]] = {}
    inner: dict[str, list[Arrow]] = {}
    for name in names:
        if name in within:
            members.setdefault(within[name], []).append(name)
    for arrow in arrows:
        inner.setdefault(within[arrow[0]], []).append(arrow)
    heads = sorted(members, key=lambda head: (-len(members[head]), order[members[head][0]]))
    return [_laid_out(LayerGraph(members[head], inner[head]), size) for head in heads]


def _whole_of(arrows: Sequence[Arrow]) -> dict[str, str]:
    """Each name that has arrows, with one that stands for all that it hangs together with."""
    beside: defaultdict[str, list[str]] = defaultdict(list)
    for source, target in arrows:
        beside[source].append(target)
        beside[target].append(source)
    found: dict[str, str] = {}
    for head in beside:
        waiting = [head]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name] = head
                waiting += beside[name]
    return found


def _laid_out(graph: LayerGraph, size: Spot) -> Layout:
    """Boxes layer by layer, and arrows between them."""
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
        max(height, *(spots[0][1] + _BEND / 2 for spots in bends.values()))
        if bends
        else height
    )
    return Layout(boxes, _routes(graph, boxes, bends), max(x - BESIDE, 0.0), height)


def _columns(layer: Sequence[str]) -> list[Sequence[str]]:
    if len(layer) <= ROWS:
        return [layer]
    return [layer[start : start + ROWS] for start in range(0, len(layer), ROWS)]


def _tops(graph: LayerGraph, height: float) -> dict[str, float]:
    """How far down each box and bend begins: near the middle of what it is joined with, and none on another."""
    tall = {
        name: _BEND if name[0:1] == "\0" else height
        for layer in graph.layers
        for name in layer
    }
    middles: dict[str, float] = {}
    for layer in graph.layers:
        for names in _columns(layer):
            middles |= _stacked(names, {}, tall)
    before, after = graph.neighbours()
    for sweep in range(SWEEPS):
        layers, beside = (graph.layers[::-1], after) if sweep % 2 else (graph.layers, before)
        for layer in layers:
            for names in _columns(layer):
                wished = {name: mean(middles, beside[name], middles[name]) for name in names}
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
    graph: LayerGraph, boxes: Mapping[str, Box], bends: Mapping[str, tuple[Spot, Spot]]
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
