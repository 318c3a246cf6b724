"""The whole page of a fleet: its summary as HTML, all rows as data, and a script that shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from sovlint.fleet.whole.companies import CompanyLine, companies
from sovlint.fleet.whole.page.board import board, soon, team_lines, trend_rows, worst_of
from sovlint.fleet.whole.page.data import (
    PageData,
    RepositoryFigures,
    company_called,
    company_data,
    figures,
    shown,
    states_in_order,
    teams,
)
from sovlint.fleet.whole.page.trend_chart import chart
from sovlint.fleet.whole.view import UNPROVEN, VIOLATION, FleetView
from sovlint.model.world import World
from sovlint.report.messages import phrase, written_number
from sovlint.report.page.companies import (
    laws_in_words,
    outside,
    state_name,
    states_in_words,
)
from sovlint.report.page.drawing import atlas, diagram
from sovlint.report.page.drawing.flows import FlowEdge, FlowNode
from sovlint.report.page.drawing.marks import CountryMark, laws_of
from sovlint.report.page.shipped import STYLES, own_parts, ready, templates
from sovlint.report.page.words import Both, joined, named, said, token, told

# --- What the maps and the diagram of the page are drawn from: marks of countries, repositories and what they use of others.

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


HERE: Final = Path(__file__).parent
STATIC_ROWS: Final = 200
"""Rows that stand in the page itself, for whoever has no script."""
MOST_LAPSES: Final = 300


class CompanyRow(Struct, frozen=True):
    """A company, in words."""

    id: str
    name: Both
    states: Both
    laws: Both
    is_outside: bool
    data: Both
    countries: Both
    repositories: int
    placements: int
    verdict: str


class RepositoryRow(Struct, frozen=True):
    """A repository, in words."""

    name: Both
    owners: Both
    worst: str
    reason: Both
    violations: int
    unproven: int
    unread: int


def render(view: FleetView, world: World, language: str) -> str:
    """The page, which opens in ``language`` (``en`` or ``fr``); the same bytes for the same view."""
    ordered = figures(view, world)
    used = companies(view.uses, world)
    drawn_marks, flows = marks(view, world), FlowsDrawn(view, ordered)
    about = board(view, ordered, used)
    lapses = soon(view)
    unread = sorted(
        (each for each in ordered if each.line.is_read and each.line.unread),
        key=lambda each: (-each.line.unread, each.line.name),
    )
    return (
        templates(HERE / "templates")
        .get_template("organisation.html")
        .render(
            language=language,
            **own_parts([*STYLES, HERE / "organisation.css"], HERE / "organisation.js"),
            figure=_figure,
            view=view,
            board=about,
            worst=[_company(each, view, world) for each in about.worst],
            teams=team_lines(ordered),
            team_count=len(teams(view)),
            trend=trend_rows(view.trend),
            trend_drawn=_drawn(lambda each: chart(view.trend, each)),
            world=_drawn(lambda each: atlas.world(drawn_marks, each)),
            eea=_drawn(lambda each: atlas.eea(drawn_marks, each)),
            flows=_drawn(
                lambda each: diagram.diagram(
                    flows.nodes(each),
                    flows.edges(each),
                    each,
                    unit="whole.repositories",
                    back="whole.all-teams",
                )
            ),
            flows_left=flows.left,
            companies=[_company(each, view, world) for each in used[:STATIC_ROWS]],
            companies_left=max(len(used) - STATIC_ROWS, 0),
            repositories=[_repository(each) for each in ordered[:STATIC_ROWS]],
            repositories_left=max(len(ordered) - STATIC_ROWS, 0),
            failed=[_repository(each) for each in ordered if not each.line.is_read][
                :STATIC_ROWS
            ],
            failed_left=max(sum(not each.line.is_read for each in ordered) - STATIC_ROWS, 0),
            unread=[_repository(each) for each in unread[:STATIC_ROWS]],
            unread_left=max(len(unread) - STATIC_ROWS, 0),
            lapses=lapses[:MOST_LAPSES],
            lapses_left=max(len(lapses) - MOST_LAPSES, 0),
            data=ready(PageData(view, world, ordered, used).text()),
        )
    )


def _figure(count: int) -> Both:
    """A number as each language writes it."""
    return told(lambda language: written_number(count, language))


def _drawn(draw: Callable[[str], str]) -> dict[str, str]:
    """A drawing in each language: what draws it has escaped all that it was given."""
    return {language: ready(draw(language)) for language in ("en", "fr")}


def _company(each: CompanyLine, view: FleetView, world: World) -> CompanyRow:
    countries: Sequence[Both] = [
        state_name(code, world) if code else said("page.place-unknown")
        for code in each.countries
    ]
    return CompanyRow(
        id=each.id,
        name=company_called(each.id, view),
        states=states_in_words(states_in_order(each.states, world), each.others, world),
        laws=laws_in_words(each.states, world),
        is_outside=any(outside(code, world) for code in each.states),
        data=company_data(each, world),
        countries=joined(countries),
        repositories=len(each.repositories),
        placements=each.placements,
        verdict=each.verdict or "-",
    )


def _repository(each: RepositoryFigures) -> RepositoryRow:
    worst = worst_of(each)
    reason = said(f"whole.status-{each.line.status}")
    if each.line.reason:
        reason = said("whole.reason", status=reason, reason=shown(each.line.reason))
    return RepositoryRow(
        named(shown(each.line.name)),
        joined(named(shown(owner)) for owner in each.line.owners),
        worst,
        reason,
        each.violations,
        each.unproven,
        each.line.unread,
    )
