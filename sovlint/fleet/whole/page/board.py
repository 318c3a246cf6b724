"""What the page says at the top of its views: where the organisation stands, what is worst, and how that changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from sovlint.fleet.whole.companies import CompanyLine
from sovlint.fleet.whole.page.data import RepositoryFigures
from sovlint.fleet.whole.view import FleetView, LapseLine, Ratio, RepositoryLine, TrendPoint
from sovlint.report.messages import phrase
from sovlint.report.page.words import Both, number, said, told

SOON: Final = timedelta(days=365)
"""How far it looks ahead."""
MOST_WORST: Final = 5
MOST_TEAMS: Final = 8
MOST_ENDS: Final = 10


class RepositoryFigure(Struct, frozen=True):
    """So many repositories, by the worst that is found there."""

    verdict: str
    count: int
    text: Both


class TeamLine(Struct, frozen=True):
    """A team, with what is found in its repositories; ``name`` is empty of those that nobody owns."""

    name: str
    repositories: int
    violations: int
    unproven: int


class EndLine(Struct, frozen=True):
    """What ends within the year, or has ended: its last day, how many days are left, and in how many repositories
    something rests on it."""

    day: date
    days: int
    text: Both
    repositories: int

    @property
    def is_past(self) -> bool:
        """Whether it has ended."""
        return self.days < 0


class FleetBoard(Struct, frozen=True):
    """One page: nothing in it that isn't told elsewhere too."""

    standing: Both
    unread: Both
    """How many files couldn't be read in repositories that were; empty where there are none."""
    figures: tuple[RepositoryFigure, ...]
    proved: Both
    classified: Both
    worst: tuple[CompanyLine, ...]
    teams: tuple[TeamLine, ...]
    ends: tuple[EndLine, ...]


def board(
    view: FleetView, ordered: Sequence[RepositoryFigures], companies: Sequence[CompanyLine]
) -> FleetBoard:
    """What the board is told."""
    ends = soon(view)
    lines = view.repositories
    proved = Ratio(sum(each.proved for each in lines), sum(each.placements for each in lines))
    classified = Ratio(
        sum(each.classified for each in lines), sum(each.resources for each in lines)
    )
    return FleetBoard(
        standing=_standing(companies, ordered),
        unread=_unread(lines),
        figures=_figures(ordered),
        proved=_share("whole.share-proved", "whole.share-proved-none", proved),
        classified=_share(
            "whole.share-classified", "whole.share-classified-none", classified
        ),
        worst=tuple(each for each in companies if each.tier in ("health-outside", "outside"))[
            :MOST_WORST
        ],
        teams=team_lines(ordered)[:MOST_TEAMS],
        ends=tuple(ends[:MOST_ENDS]),
    )


def _standing(companies: Sequence[CompanyLine], ordered: Sequence[RepositoryFigures]) -> Both:
    """Where the organisation stands, in a sentence."""
    outside = {
        name for each in companies if each.tier == "health-outside" for name in each.in_tier
    }
    if outside:
        whom = [each for each in companies if each.tier == "health-outside"]
        by_names = all(each.by_names for each in whom)
        return number(
            "whole.stand-inferred" if by_names else "whole.stand-outside",
            len(outside),
            companies=number("whole.companies", len(whom)),
        )
    if any(each.violations for each in ordered):
        return said("whole.stand-violation")
    if any(each.unproven or not each.line.is_read for each in ordered):
        return said("whole.stand-unproven")
    if ordered and not any(worst_of(each) == "fine" for each in ordered):
        return said("whole.stand-unjudged")
    return said("whole.stand-clean")


def _unread(lines: Sequence[RepositoryLine]) -> Both:
    counts = [each.unread for each in lines if each.is_read and each.unread]
    if not counts:
        return Both("", "")
    files = number("whole.unread-files", sum(counts))
    return said(
        "whole.unread", files=files, repositories=number("whole.repositories", len(counts))
    )


def worst_of(each: RepositoryFigures) -> str:
    """What a repository counts as: ``failed``, ``violation``, ``unproven``, ``fine``; ``unjudged`` where no resource carries
    a data class, ``empty`` where there is nothing that could."""
    if not each.line.is_read:
        return "failed"
    if each.violations:
        return "violation"
    if each.unproven:
        return "unproven"
    if not each.line.placements and not each.line.resources:
        return "empty"
    if not each.line.classified:
        return "unjudged"
    return "fine" if each.line.placements else "empty"


def _figures(ordered: Sequence[RepositoryFigures]) -> tuple[RepositoryFigure, ...]:
    counted = dict.fromkeys(
        ("violation", "unproven", "unjudged", "fine", "empty", "failed"), 0
    )
    for each in ordered:
        counted[worst_of(each)] += 1
    return tuple(
        RepositoryFigure(
            "compliant" if name == "fine" else name,
            count,
            number(f"whole.figure-{name}", count),
        )
        for name, count in counted.items()
    )


def _share(key: str, without: str, share: Ratio) -> Both:
    if share.percent is None:
        return said(without)
    return number(key, share.whole, percent=told(lambda language: percent(share, language)))


def percent(share: Ratio, language: str) -> str:
    """A share in percent, with one figure after the point; never 100 where something is missing."""
    if share.percent is None:
        return phrase("whole.no-share", language)
    text = (
        f"{min(share.percent, 99.9 if share.part < share.whole else 100.0):.1f}".removesuffix(
            ".0"
        )
    )
    return phrase(
        "whole.percent", language, share=text.replace(".", "," if language == "fr" else ".")
    )


def team_lines(ordered: Sequence[RepositoryFigures]) -> tuple[TeamLine, ...]:
    """Teams, worst first. A repository counts with each of its owners."""
    found: dict[str, list[int]] = {}
    for each in ordered:
        for owner in each.line.owners or ("",):
            at = found.setdefault(owner, [0, 0, 0])
            at[0] += 1
            at[1] += each.violations
            at[2] += each.unproven
    lines = [TeamLine(name, *counts) for name, counts in found.items()]
    return tuple(
        sorted(lines, key=lambda each: (-each.violations, -each.unproven, each.name))
    )


def soon(view: FleetView) -> list[EndLine]:
    """What ends within twelve months of the day of the run, and what has ended and should be renewed or taken out."""
    today = date.fromisoformat(view.run.as_of)
    return [
        _end(each, today)
        for each in _together(view.lapses)
        if date.fromisoformat(each.day) <= today + SOON
        and (each.kind != "qualification" or date.fromisoformat(each.day) >= today)
    ]


def _end(each: LapseLine, today: date) -> EndLine:
    day = date.fromisoformat(each.day)
    return EndLine(day, (day - today).days, each.text, len(each.repositories))


def _together(lapses: Sequence[LapseLine]) -> list[LapseLine]:
    """What is said in the same words and ends on the same day, of all repositories together."""
    found: dict[tuple[str, str, Both], list[LapseLine]] = {}
    for each in lapses:
        found.setdefault((each.day, each.kind, each.text), []).append(each)
    return [
        LapseLine(
            kind,
            day,
            text,
            tuple(sorted({name for each in same for name in each.repositories})),
            sum(each.count for each in same),
        )
        for (day, kind, text), same in found.items()
    ]


class TrendRow(Struct, frozen=True):
    """A run as a row of the trend."""

    point: TrendPoint
    proved: Both
    classified: Both


def trend_rows(points: Sequence[TrendPoint]) -> tuple[TrendRow, ...]:
    """The trend as a table, the newest first."""
    return tuple(
        TrendRow(each, _percent(each.proved), _percent(each.classified))
        for each in reversed(points)
    )


def _percent(share: Ratio) -> Both:
    return told(lambda language: percent(share, language))
