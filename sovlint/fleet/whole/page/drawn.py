"""What the maps and the diagram of the page are drawn from: marks of countries, repositories and what they use of others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from sovlint.fleet.whole.page.board import worst_of
from sovlint.fleet.whole.page.data import RepositoryFigures, shown
from sovlint.fleet.whole.view import UNPROVEN, VIOLATION, FleetView
from sovlint.model.world import World
from sovlint.report.messages import phrase
from sovlint.report.page.drawing.flows import FlowEdge, FlowNode
from sovlint.report.page.drawing.marks import CountryMark, laws_of
from sovlint.report.page.words import token

MOST_NODES: Final = 80
"""Repositories that are drawn: those of which most is used, and those that use them."""


def marks(view: FleetView, world: World) -> tuple[CountryMark, ...]:
    """A mark for each country, company and law."""
    found: Counter[tuple[str, str, tuple[str, ...], str]] = Counter()
    for each in view.uses:
        known = laws_of(each.states, world) if each.states else ()
        unknown = laws_of(None, world) if each.others or not each.states else ()
        laws = tuple(dict.fromkeys((*known, *unknown)))
        found[each.country, each.company, laws, each.verdict] += each.count
    return tuple(
        CountryMark(
            country if country in world.states else None,
            count,
            laws,
            verdict or None,
            (token(company),),
        )
        for (country, company, laws, verdict), count in sorted(found.items())
    )


class FlowsDrawn:
    """Repositories with flows, as many as are drawn, in groups by who owns them."""

    def __init__(self, view: FleetView, ordered: Sequence[RepositoryFigures]) -> None:
        degree = Counter(name for each in view.flows for name in (each.source, each.target))
        used = Counter(each.target for each in view.flows)
        ranked = sorted(degree, key=lambda name: (-used[name], -degree[name], name))
        self._names = {name: f"r{number}" for number, name in enumerate(ranked[:MOST_NODES])}
        self._flows = [
            each
            for each in view.flows
            if each.source in self._names and each.target in self._names
        ]
        self._figures = {each.line.name: each for each in ordered}
        self.left = len(ranked) - len(self._names)

    def nodes(self, language: str) -> list[FlowNode]:
        """The repositories that are drawn."""
        return [
            FlowNode(
                number,
                shown(name),
                self._group(name, language),
                verdict=verdict_of(self._figures[name]),
                root=token(
                    self._figures[name].line.owners[0]
                    if self._figures[name].line.owners
                    else ""
                ),
            )
            for name, number in self._names.items()
        ]

    def edges(self, language: str) -> list[FlowEdge]:
        """From what offers something to what uses it; the same once."""
        return list(
            dict.fromkeys(
                FlowEdge(
                    self._names[each.source],
                    self._names[each.target],
                    phrase(f"whole.kind-{each.kind}", language),
                )
                for each in self._flows
            )
        )

    def _group(self, name: str, language: str) -> str:
        """The team of a repository; else the folder that it stands in."""
        owners = self._figures[name].line.owners
        if owners:
            return shown(owners[0])
        folder = name.rpartition("/")[0]
        return shown(folder) if folder else phrase("whole.nobody", language)


def verdict_of(each: RepositoryFigures) -> str | None:
    """The worst verdict on a repository, ``None`` where there is none: what nobody judged complies with nothing."""
    found = worst_of(each)
    if found == "fine":
        return "compliant" if each.line.compliant else None
    return found if found in (VIOLATION, UNPROVEN) else None
