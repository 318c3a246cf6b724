"""Whether a run over all repositories may pass: what is new against a run before, and the budgets of teams. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from sovlint.fleet.whole.budgets import Budget
from sovlint.fleet.whole.compare import Compared, MovedFinding, compare_runs
from sovlint.fleet.whole.view import (
    UNPROVEN,
    FleetFinding,
    FoundTotal,
    RepositoryLine,
    RunSide,
)

FAILING: Final[Mapping[str, frozenset[str]]] = {
    "error": frozenset({"error"}),
    "warning": frozenset({"error", "warning"}),
    "never": frozenset(),
}
"""``--fail-on`` -> the severities that fail the gate, as with ``sovlint scan``."""


class GateRules(Struct, frozen=True):
    """What fails: findings of these severities (``fail_on``), unproven ones too or not, repositories that couldn't be
    read or not; and the budgets of teams."""

    fail_on: str = "error"
    unproven: bool = True
    allow_failures: bool = False
    budgets: Mapping[str, Budget] = {}

    def bites(self, finding: FleetFinding | FoundTotal) -> bool:
        """Whether a finding that counts would fail the gate where it is new."""
        if finding.verdict == UNPROVEN and not self.unproven:
            return False
        return finding.severity in FAILING[self.fail_on]


class TeamOutcome(Struct, frozen=True):
    """What there is of one team (empty: of repositories that nobody owns): what is new, gone and at another place.

    ``failing`` counts those of the new and moved that fail the gate by themselves. ``standing`` counts all of its findings
    that could, which a budget bounds; ``allowed`` is ``None`` without a budget, and ``ended`` whether that has ended.
    """

    team: str
    new: tuple[FleetFinding, ...]
    gone: tuple[FleetFinding, ...]
    moved: tuple[MovedFinding, ...]
    failing: int
    standing: int
    allowed: int | None = None
    until: date | None = None
    ended: bool = False

    @property
    def over(self) -> int:
        """By how many findings its budget is exceeded."""
        return 0 if self.allowed is None else max(self.standing - self.allowed, 0)

    @property
    def fails(self) -> bool:
        """Whether the gate fails by it: above its budget where it has one, else by what is new."""
        return self.over > 0 if self.allowed is not None else self.failing > 0


class GateOutcome(Struct, frozen=True):
    """What the gate says of a run: teams, the failing ones first. ``against`` is the run it is held against, ``None`` of
    the first run: then everything is old. ``failed`` are repositories that couldn't be read and could before, or that
    were never read. ``idle``: budgets of teams that own nothing here."""

    run: str
    against: str | None
    teams: tuple[TeamOutcome, ...]
    compared: Compared
    failed: tuple[RepositoryLine, ...]
    allow_failures: bool
    idle: tuple[str, ...] = ()

    @property
    def fails(self) -> bool:
        """Whether something is new that fails, or a budget is exceeded."""
        return any(each.fails for each in self.teams)

    @property
    def is_unread(self) -> bool:
        """Whether repositories couldn't be read, and nobody allowed that."""
        return bool(self.failed) and not self.allow_failures


def gate(after: RunSide, before: RunSide | None, rules: GateRules) -> GateOutcome:
    """Hold a run against the one before, by rules."""
    compared = compare_runs(before, after)
    owners = {each.name: each.owners for each in after.repositories}
    old = {each.name: each.owners for each in before.repositories} if before else {}
    day = date.fromisoformat(after.run.as_of)
    new = _by_team(compared.new, owners)
    gone = _by_team(compared.gone, {**old, **owners})
    moved: dict[str, list[MovedFinding]] = {}
    for each in compared.moved:
        for team in owners.get(each.after.repository) or ("",):
            moved.setdefault(team, []).append(each)
    standing = _standing(after.totals, owners, rules)
    names = {*new, *gone, *moved, *(name for name in rules.budgets if standing[name])}
    teams = [
        _team(
            name,
            (new.get(name, []), gone.get(name, []), moved.get(name, [])),
            standing[name],
            rules,
            day,
        )
        for name in names
    ]
    known = {owner for each in owners.values() for owner in each}
    return GateOutcome(
        run=after.run.id,
        against=before.run.id if before else None,
        teams=tuple(sorted(teams, key=_order)),
        compared=compared,
        failed=tuple(each for each in after.repositories if not each.is_read),
        allow_failures=rules.allow_failures,
        idle=tuple(sorted(set(rules.budgets) - known)),
    )


def _standing(
    totals: Iterable[FoundTotal], owners: Mapping[str, tuple[str, ...]], rules: GateRules
) -> Counter[str]:
    """How many findings each team has that could fail the gate."""
    found: Counter[str] = Counter()
    for each in totals:
        if rules.bites(each):
            for team in owners.get(each.repository) or ("",):
                found[team] += each.count
    return found


def _team(
    name: str,
    became: tuple[Sequence[FleetFinding], Sequence[FleetFinding], Sequence[MovedFinding]],
    standing: int,
    rules: GateRules,
    day: date,
) -> TeamOutcome:
    new, gone, moved = became
    budget = rules.budgets.get(name)
    failing = sum(map(rules.bites, new)) + sum(rules.bites(each.after) for each in moved)
    return TeamOutcome(
        name,
        tuple(new),
        tuple(gone),
        tuple(moved),
        failing,
        standing,
        budget.allowed(day) if budget else None,
        budget.until if budget else None,
        budget is not None and day > budget.until,
    )


def _by_team(
    findings: Iterable[FleetFinding], owners: Mapping[str, tuple[str, ...]]
) -> dict[str, list[FleetFinding]]:
    """Findings by the owners of their repository; each counts with every owner."""
    found: dict[str, list[FleetFinding]] = {}
    for each in findings:
        for team in owners.get(each.repository) or ("",):
            found.setdefault(team, []).append(each)
    return found


def _order(team: TeamOutcome) -> tuple[object, ...]:
    return (
        not team.fails,
        -team.failing,
        -team.over,
        -len(team.new),
        team.team == "",
        team.team,
    )
