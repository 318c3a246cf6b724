"""A graph in layers: which layer each name is in, and in which order, so that few arrows cross."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

Arrow = tuple[str, str]
_MOST_BENDS: Final = 1_500
"""Where arrows pass through more layers than that, they run behind the boxes."""
SWEEPS: Final = 6


class LayerGraph:
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
        spans = sum(
            self.rank[target] - self.rank[source] - 1 for source, target in self.forward
        )
        chains: dict[Arrow, list[str]] = {}
        for number, (source, target) in enumerate(dict.fromkeys(self.forward)):
            between = range(self.rank[source] + 1, self.rank[target])
            bends = (
                [f"\0{number}.{layer}" for layer in between] if spans <= _MOST_BENDS else []
            )
            for layer, bend in zip(between, bends, strict=False):
                self.layers[layer].append(bend)
            chains[source, target] = [source, *bends, target]
        return chains

    def _order(self) -> None:
        """Puts each layer into an order in which fewer arrows cross: by the middle of what leads there, to and fro."""
        before, after = self.neighbours()
        for sweep in range(SWEEPS):
            beside = after if sweep % 2 else before
            layers = self.layers[::-1] if sweep % 2 else self.layers
            for fixed, layer in pairwise(layers):
                place = {name: index for index, name in enumerate(fixed)}
                wished = {
                    name: mean(place, beside[name], index) for index, name in enumerate(layer)
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


def mean(place: Mapping[str, float], names: Iterable[str], otherwise: float) -> float:
    """The middle of the places of those names that have one; ``otherwise`` where none has."""
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
