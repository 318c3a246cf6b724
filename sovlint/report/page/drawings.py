"""What the maps and the diagram are drawn from: marks of countries, nodes and flows of a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sovlint.model.findings.finding import Report
from sovlint.model.resources.resource import Resource
from sovlint.model.world import World
from sovlint.report.messages import phrase
from sovlint.report.page.drawing.flows import FlowEdge, FlowNode
from sovlint.report.page.drawing.marks import CountryMark, laws_of
from sovlint.report.page.tagging import NOBODY, classes_of, company_id, company_name, root_id
from sovlint.report.page.words import cut, token
from sovlint.report.pieces import blocks
from sovlint.report.pieces.landings import Landed, MapLine

MOST_NODES: Final = 2000
"""Nodes of the diagram; ``sovlint facts`` has them all."""

LONGEST_LABEL: Final = 90


def marks(lines: Sequence[MapLine], world: World) -> tuple[CountryMark, ...]:
    """A mark for each line of the map."""
    return tuple(
        CountryMark(
            line.country,
            line.count,
            _laws(line, world),
            line.verdict.value if line.verdict else None,
            (company_id(line.landed[0].placement),),
            _sorted(token(name) for one in line.landed for name in classes_of(one)),
            _sorted(root_id(one.placed.resource) for one in line.landed),
        )
        for line in lines
    )


def _laws(line: MapLine, world: World) -> tuple[str, ...]:
    if not line.compelled_by:
        return laws_of(None, world)
    known = laws_of(line.compelled_by, world)
    return tuple(dict.fromkeys((*known, *(laws_of(None, world) if line.others else ()))))


class Drawing:
    """The nodes and edges of a report: what carries a class or takes part in a flow, as many as are drawn."""

    def __init__(self, report: Report, landed: Sequence[Landed]) -> None:
        self._report = report
        moving = {
            each.number
            for flow in report.flows
            for each in (flow.source, flow.target)
            if each
        }
        placed = [
            one for one in landed if classes_of(one) or one.placed.resource.number in moving
        ]
        self._drawn = placed[:MOST_NODES]
        self.left = len(placed) - len(self._drawn)
        self._first: dict[int, str] = {}
        self._of_company: dict[str, str] = {}
        self._classes: dict[int, tuple[str, ...]] = {}
        for number, one in enumerate(self._drawn):
            self._first.setdefault(one.placed.resource.number, f"n{number}")
            self._of_company.setdefault(company_id(one.placement), f"n{number}")
            self._classes[one.placed.resource.number] = _sorted(map(token, classes_of(one)))

    def nodes(self, language: str) -> list[FlowNode]:
        """What is drawn, and the companies that something goes to and that nothing else is at."""
        drawn = [
            FlowNode(
                f"n{number}",
                cut(blocks.subject(one.placed.resource, language), LONGEST_LABEL),
                company_name(one.placement)[language],
                _sorted(map(token, classes_of(one))),
                one.verdict.value if one.verdict else None,
                root_id(one.placed.resource),
                company_id(one.placement),
            )
            for number, one in enumerate(self._drawn)
        ]
        beyond = dict.fromkeys(
            flow.target_provider for flow in self._report.flows if flow.target_provider
        )
        names = self._report.world.providers
        return drawn + [
            FlowNode(
                f"p-{token(each)}",
                cut(names.get(each, each), LONGEST_LABEL),
                names.get(each, each),
                company=token(each),
                root=NOBODY,
            )
            for each in beyond
            if token(each) not in self._of_company
        ]

    def edges(self, language: str) -> list[FlowEdge]:
        """What goes from one that is drawn to another; the same once."""
        return list(dict.fromkeys(self._edges(language)))

    def _edges(self, language: str) -> Iterator[FlowEdge]:
        for flow in self._report.flows:
            source = self._first.get(flow.source.number)
            target = self._target(flow.target, flow.target_provider)
            if source and target and source != target:
                yield FlowEdge(
                    source,
                    target,
                    phrase(f"resolve.flow-{flow.kind}", language),
                    self._classes[flow.source.number],
                )

    def _target(self, resource: Resource | None, provider: str | None) -> str | None:
        if resource is not None:
            return self._first.get(resource.number)
        if provider is None:
            return None
        name = token(provider)
        return self._of_company.get(name, f"p-{name}")


def _sorted(ids: object) -> tuple[str, ...]:
    return tuple(sorted(set(ids)))  # type: ignore[call-overload]
