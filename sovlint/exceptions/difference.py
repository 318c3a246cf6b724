"""What a change adds, removes, moves and leaves: a report against the same scan at another revision."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from sovlint.exceptions.record import Record, excused, excusing, match, recorded
from sovlint.model.exception import STOOD_THERE
from sovlint.model.findings.change import Move
from sovlint.model.findings.finding import Difference, Finding, Report
from sovlint.model.findings.identity import Identity
from sovlint.model.placement import CONFIG_ROLE, Placed, Placement
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known

# --- What is elsewhere than it was: the placements of a resource at a revision against those of today.


def moves(before: Iterable[Placed], after: Iterable[Placed]) -> Iterator[Move]:
    """One for each placement that is with another company, in another region or country; what is new is no move."""
    were: dict[tuple[str, str, str], list[Placement]] = defaultdict(list)
    for each in before:
        were[each.resource.identity].extend(_landing(each))
    for each in after:
        yield from _moved(each, were.get(each.resource.identity, ()))


def _landing(placed: Placed) -> list[Placement]:
    return [each for each in placed.placements if _part(each.role) != CONFIG_ROLE]


def _moved(placed: Placed, were: Sequence[Placement]) -> Iterator[Move]:
    """Placements in one role, in their order; those that are where one was, apart."""
    are = _landing(placed)
    left = [each for each in were if not any(_same(each, other) for other in are)]
    for place in are:
        if any(_same(place, other) for other in were):
            continue
        there = next((each for each in left if _part(each.role) == _part(place.role)), None)
        if there is not None:
            left.remove(there)
            yield Move(placed.resource, there, place)


def _same(one: Placement, other: Placement) -> bool:
    return _whereabouts(one) == _whereabouts(other)


def _whereabouts(place: Placement) -> tuple[str | None, ...]:
    return tuple(map(_part, (place.role, place.provider, place.region, place.country)))


def _part(fact: Fact[str]) -> str | None:
    return str(fact.value) if isinstance(fact, Known) else None


class ComparedWith(Struct, frozen=True):
    """What is compared with: the revision as it was asked for, the commit that it means, and the report of the same
    scan there, ``None`` where nothing of what is scanned was there. ``differs``: whether it was configured otherwise."""

    name: str
    commit: str
    report: Report | None
    differs: bool = False


def compared(
    report: Report, base: ComparedWith, stood: frozenset[Finding] | None = None
) -> Report:
    """``report`` with what stood at the base already suppressed, and what stands no more told.

    ``stood``: the findings that did, where somebody knows already.
    """
    before = base.report
    counted = [each for each in before.findings if each.counts] if before else []
    taken = _excused_by_records(report, counted) if stood is None else _known(report, stood)
    reason = Note(STOOD_THERE, {"base": base.name})
    findings = tuple(excused(report.findings, taken, reason))
    removed, covered = _apart(counted, report)
    removed, elsewhere = _told_apart(removed, counted, findings)
    unread = len({failure.path for failure in before.failures}) if before else 0
    moved = tuple(moves(before.placed, report.placed)) if before else ()
    found = Difference(
        base=base.name,
        commit=base.commit,
        removed=tuple(removed),
        left=len(taken),
        excused=covered,
        unread=unread,
        differs=base.differs,
        moves=moved,
        elsewhere=elsewhere,
    )
    return replace(report, findings=findings, difference=found)


def _excused_by_records(report: Report, stood: Iterable[Finding]) -> dict[Finding, Record]:
    records = recorded(stood, lambda each: each.resource.span)
    return excusing(records, match(records, report.findings))


def _known(report: Report, stood: frozenset[Finding]) -> dict[Finding, Record]:
    """Each of these findings that counts, with a record of itself."""
    old = [each for each in report.findings if each in stood and each.counts]
    return {each: recorded([each], lambda one: one.resource.span)[0] for each in old}


def _apart(stood: Sequence[Finding], report: Report) -> tuple[list[Finding], int]:
    """Of the findings that stood: those that stand no more, and how many of the others an exception covers since.

    What became worse still stands, and counts as new.
    """
    counting = Counter(each.identity for each in report.findings if each.counts)
    hidden = Counter(each.identity for each in report.findings if each.suppressed)
    removed, excused = [], 0
    for finding in stood:
        if counting[finding.identity]:
            counting[finding.identity] -= 1
        elif hidden[finding.identity]:
            hidden[finding.identity] -= 1
            excused += 1
        else:
            removed.append(finding)
    return removed, excused


def _told_apart(
    removed: Iterable[Finding], stood: Iterable[Finding], findings: Iterable[Finding]
) -> tuple[list[Finding], int]:
    """Of what stands no more: what is gone, and how many of the same policy, resource and role count elsewhere now.

    Those are new, and not mended.
    """
    known = {each.identity for each in stood}
    new = Counter(
        _wherever(each) for each in findings if each.counts and each.identity not in known
    )
    gone, elsewhere = [], 0
    for each in removed:
        if new[_wherever(each)]:
            new[_wherever(each)] -= 1
            elsewhere += 1
        else:
            gone.append(each)
    return gone, elsewhere


def _wherever(finding: Finding) -> Identity:
    return replace(finding.identity, provider=None, region=None)
