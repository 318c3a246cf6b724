"""The result of today's world against that of a world that is supposed, on the same day and of the same files."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TypeVar

from sovlint.exceptions.record import SEVERITIES, VERDICTS
from sovlint.model.findings.change import Move
from sovlint.model.findings.finding import (
    Finding,
    Report,
    SupposedFinding,
    SupposedOutcome,
    Verdict,
)
from sovlint.model.findings.supposed import Becomes, StateChange
from sovlint.model.placement import Placed, Placement
from sovlint.model.source import Span
from sovlint.model.value import Fact, Known

T = TypeVar("T")


def outcome(
    before: Report, after: Report, titles: Sequence[str], where: Span
) -> SupposedOutcome:
    """What would be otherwise in ``after``, whose world is the supposed one."""
    moves = tuple(_moves(before.placed, after.placed))
    states = tuple(_states(before, after))
    reached = {each.before.code for each in states}
    concerned = {each.after.provider_name for each in moves}
    concerned |= {
        place.provider_name
        for place in _placements(after.placed)
        if reached & {*_codes(place.control), *_codes(place.country)}
    }
    return SupposedOutcome(
        titles=tuple(titles),
        where=where,
        as_of=after.as_of,
        findings=tuple(_findings(before, after)),
        moves=moves,
        states=states,
        companies=tuple(sorted(filter(None, concerned))),
        before=_counts(before),
        after=_counts(after),
    )


def _counts(report: Report) -> Mapping[Verdict, int]:
    """How many findings count, by verdict; of compliant ones, all."""
    found = Counter(
        each.verdict
        for each in report.findings
        if each.counts or each.verdict is Verdict.COMPLIANT
    )
    return {verdict: found[verdict] for verdict in reversed(VERDICTS)}


def _findings(before: Report, after: Report) -> Iterator[SupposedFinding]:
    """What becomes of each finding, the worst first."""
    found = (
        SupposedFinding(becomes, was, would)
        for was, would in _pairs(before.findings, after.findings, _about)
        if (becomes := _becomes(was, would)) is not None
    )
    order = tuple(Becomes)
    return iter(sorted(found, key=lambda one: (order.index(one.becomes), *_place(one.told))))


def _becomes(was: Finding | None, would: Finding | None) -> Becomes | None:
    counted, counts = was is not None and was.counts, would is not None and would.counts
    if counts and not counted:
        return Becomes.NEW
    if counted and not counts:
        return Becomes.GONE
    if was is None or would is None or not counts:
        return None
    if _badness(would) != _badness(was):
        return Becomes.WORSE if _badness(would) > _badness(was) else Becomes.MILDER
    same = (was.headline, was.remarks) == (would.headline, would.remarks)
    return None if same else Becomes.OTHERWISE


def _badness(one: Finding) -> tuple[int, int]:
    return VERDICTS.index(one.verdict), SEVERITIES.index(one.severity)


def _place(one: Finding) -> tuple[object, ...]:
    verdict, severity = _badness(one)
    return -severity, -verdict, one.span, one.policy, one.resource.address


def _about(one: Finding) -> Hashable:
    """What a finding is about. Places stay what they are called, whatever is supposed of them."""
    return one.identity, one.span


def _moves(before: Iterable[Placed], after: Iterable[Placed]) -> Iterator[Move]:
    """Placements of which a fact would be otherwise."""
    for was, would in _pairs(
        before, after, lambda one: (one.resource.identity, one.resource.span)
    ):
        if was is None or would is None:
            continue
        for one, other in zip(was.placements, would.placements, strict=False):
            if _facts(one) != _facts(other):
                yield Move(would.resource, one, other)


def _facts(place: Placement) -> tuple[object, ...]:
    """What is known of a placement that a supposition may change."""
    held = tuple(
        (each.name, _value(each.held))
        for each in sorted(place.holdings, key=lambda one: one.name)
    )
    facts = (place.country, place.area, place.control, place.technology)
    return *map(_value, facts), held


def _value(fact: Fact[T]) -> object:
    return fact.value if isinstance(fact, Known) else fact.among


def _states(before: Report, after: Report) -> Iterator[StateChange]:
    """States in reach of something that is used here whose laws or adequacy would be otherwise."""
    used = {
        code
        for place in (*_placements(before.placed), *_placements(after.placed))
        for code in (*_codes(place.control), *_codes(place.country))
    }
    for code in sorted(used & set(after.world.states)):
        was, would = before.world.states[code], after.world.states[code]
        if was != would:
            yield StateChange(was, would)


def _codes(fact: Fact[str] | Fact[tuple[str, ...]]) -> tuple[str, ...]:
    if not isinstance(fact, Known) or not fact.value:
        return ()
    return fact.value if isinstance(fact.value, tuple) else (fact.value,)


def _placements(placed: Iterable[Placed]) -> Iterator[Placement]:
    return (place for each in placed for place in each.placements)


def _pairs(
    before: Iterable[T], after: Iterable[T], key: Callable[[T], Hashable]
) -> Iterator[tuple[T | None, T | None]]:
    """Each that is with the one that would be, by what they are about, in their order."""
    found: dict[Hashable, tuple[list[T], list[T]]] = defaultdict(lambda: ([], []))
    for number, side in enumerate((before, after)):
        for each in side:
            found[key(each)][number].append(each)
    for were, would in found.values():
        yield from zip_longest(were, would)
