"""The companies that repositories depend on: who can compel each, what lands there, and in how many repositories. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from sovlint.fleet.whole.view import UseLine
from sovlint.model.world import World
from sovlint.report.page.drawing.marks import laws_of

HEALTH: Final = "health"
EEA: Final = "eea"
UNKNOWN: Final = "unknown"
TIERS: Final = ("health-outside", "outside", "unknown", "eea", "no-data")
"""How bad it is to depend on a company, the worst first: health data within reach of a state outside the EEA, other data
there, data at somebody of whom nobody knows who compels them, data within reach of EEA states alone, no data."""
VERDICTS: Final = ("violation", "unproven", "compliant", "")


class CompanyLine(Struct, frozen=True):
    """One company (its id, empty for all that nobody knows): the states that can compel it (``others``: perhaps more),
    the countries and the classes of what lands there, the repositories and placements, and the worst verdict.

    ``law`` is the worst of ``LAWS`` (``drawing.marks``), ``tier`` one of ``TIERS``; ``in_tier`` are those of the
    repositories that make it so; ``by_names``: whether nothing but names suggests the health data that do."""

    id: str
    states: tuple[str, ...]
    others: bool
    countries: tuple[str, ...]
    classes: tuple[str, ...]
    repositories: tuple[str, ...]
    placements: int
    verdict: str
    law: str
    tier: str
    in_tier: tuple[str, ...]
    by_names: bool = False


def companies(uses: Iterable[UseLine], world: World) -> tuple[CompanyLine, ...]:
    """The companies of uses, worst first: by tier, then by the number of repositories."""
    found: dict[str, list[UseLine]] = {}
    for each in uses:
        found.setdefault(each.company, []).append(each)
    lines = [_company(name, of, world) for name, of in found.items()]
    return tuple(sorted(lines, key=_order))


def law_of(states: Sequence[str], others: bool, world: World) -> str:
    """The worst of the laws that reach something: of ``us``, ``other``, ``unknown``, ``eea``."""
    known = laws_of(states, world) if states else ()
    unknown = (UNKNOWN,) if others or not states else ()
    return next(law for law in ("us", "other", UNKNOWN, EEA) if law in (*known, *unknown))


def health_classes(world: World) -> frozenset[str]:
    """The classes that count as health data."""
    return frozenset({HEALTH, *world.covers.get(HEALTH, ())})


def tier_of(each: UseLine, world: World) -> str:
    """How bad one use is."""
    law = law_of(each.states, each.others, world)
    if not each.classes:
        return "no-data"
    if law in (UNKNOWN, EEA):
        return law
    return "health-outside" if health_classes(world) & set(each.classes) else "outside"


def worst_verdict(verdicts: Iterable[str]) -> str:
    """The worst of verdicts; empty where there is none."""
    found = set(verdicts)
    return next((each for each in VERDICTS if each in found), "")


def _company(name: str, uses: Sequence[UseLine], world: World) -> CompanyLine:
    tiers = {(tier_of(each, world), each.repository) for each in uses}
    tier = min((tier for tier, _ in tiers), key=TIERS.index)
    health = health_classes(world)
    making = [each for each in uses if tier_of(each, world) == tier == TIERS[0]]
    laws = {law_of(each.states, each.others, world) for each in uses}
    return CompanyLine(
        id=name,
        states=_all(each.states for each in uses),
        others=any(each.others or not each.states for each in uses),
        countries=_all((each.country,) for each in uses),
        classes=_all(each.classes for each in uses),
        repositories=tuple(sorted({each.repository for each in uses})),
        placements=sum(each.count for each in uses),
        verdict=worst_verdict(each.verdict for each in uses),
        law=next(law for law in ("us", "other", UNKNOWN, EEA) if law in laws),
        tier=tier,
        in_tier=tuple(sorted(repository for each, repository in tiers if each == tier)),
        by_names=bool(making)
        and all(health & set(each.classes) <= set(each.inferred) for each in making),
    )


def _all(several: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(sorted({one for each in several for one in each}))


def _order(line: CompanyLine) -> tuple[object, ...]:
    return TIERS.index(line.tier), -len(line.repositories), line.id == "", line.id


def by_repository(uses: Iterable[UseLine]) -> Mapping[str, list[UseLine]]:
    """Uses by the name of their repository."""
    found: dict[str, list[UseLine]] = {}
    for each in uses:
        found.setdefault(each.repository, []).append(each)
    return found
