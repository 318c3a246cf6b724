"""Findings of two runs: what is new, what is gone, what is at another place than it was. Pure.

A finding is the same by its fingerprint within its repository, where it is no worse than it was: a violation that was
unproven before is new, as with a baseline. What was only renamed (a repository, a folder that is a root) is what it was.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from sovlint.fleet.whole.view import FleetFinding, RepositoryLine, RunSide

_GRAVITY: Final[Mapping[str, int]] = {
    name: rank
    for names in (("note", "warning", "error"), ("compliant", "unproven", "violation"))
    for rank, name in enumerate(names)
}

_Key = Callable[[FleetFinding], Hashable]
_Fits = Callable[[FleetFinding, FleetFinding], bool]


class MovedFinding(Struct, frozen=True):
    """What one policy says of one resource, at another company or in another region than before."""

    before: FleetFinding
    after: FleetFinding


class Compared(Struct, frozen=True):
    """Two runs: findings that are new, those that are gone, and those that moved.

    ``renamed``: repositories by their names now, with those that they had."""

    new: tuple[FleetFinding, ...]
    gone: tuple[FleetFinding, ...]
    moved: tuple[MovedFinding, ...]
    renamed: Mapping[str, str]


NOTHING: Final = Compared((), (), (), {})
"""Of the first run nothing is new."""


def compare_runs(before: RunSide | None, after: RunSide) -> Compared:
    """Two runs, with renamed repositories as one."""
    if before is None:
        return NOTHING
    renamed = renamed_repositories(
        before.repositories, after.repositories, before.findings, after.findings
    )
    unread = frozenset(each.name for each in after.repositories if not each.is_read)
    return compare(before.findings, after.findings, renamed, unread)


def compare(
    before: Iterable[FleetFinding],
    after: Iterable[FleetFinding],
    renamed: Mapping[str, str],
    unread: frozenset[str] = frozenset(),
) -> Compared:
    """What became of the findings that count. ``renamed`` is what ``renamed_repositories`` says; of those that are
    ``unread`` now nothing is gone: nobody looked."""
    there, here = list(before), list(after)
    names = {old: new for new, old in renamed.items()}

    def name(each: FleetFinding) -> str:
        return names.get(each.repository, each.repository)

    roots_then = {(name(each), each.root) for each in there}
    roots_now = {(name(each), each.root) for each in here}

    def renamed_root(one: FleetFinding, other: FleetFinding) -> bool:
        left = (name(one), one.root) not in roots_now
        return left and (name(other), other.root) not in roots_then and _no_worse(one, other)

    were, are = ([each for each in side if each.counts] for side in (there, here))
    for key, fits in ((_itself, _no_worse), (_root_aside, renamed_root)):
        _, were, are = _matched(were, are, _within(name, key), fits)
    moved, were, are = _matched(were, are, _within(name, _place_aside), _elsewhere)
    # What is worse than it was is new, and not gone.
    _, were, _ = _matched(were, are, _within(name, _itself), lambda *_: True)
    gone = [each for each in were if name(each) not in unread]
    return Compared(
        tuple(are), tuple(gone), tuple(MovedFinding(*each) for each in moved), renamed
    )


def renamed_repositories(
    before: Sequence[RepositoryLine],
    after: Sequence[RepositoryLine],
    found_before: Iterable[FleetFinding] = (),
    found_after: Iterable[FleetFinding] = (),
) -> dict[str, str]:
    """Repositories of two runs that have another name now: names now, with those before.

    One that is only in the run before and one that is only in this run are the same where they share an address that it
    is cloned from, else a commit, else all that was found in them (fingerprints), and no other one does.
    """
    old = {each.name: each for each in before}
    new = {each.name: each for each in after}
    left = [each for name, each in sorted(old.items()) if name not in new]
    come = [each for name, each in sorted(new.items()) if name not in old]
    if not left or not come:
        return {}
    prints = {
        **_prints(found_before, {each.name for each in left}),
        **_prints(found_after, {each.name for each in come}),
    }
    found: dict[str, str] = {}
    ways: tuple[Callable[[RepositoryLine], Iterable[Hashable]], ...] = (
        lambda each: each.addresses,
        lambda each: [each.commit] if each.commit else [],
        lambda each: [prints[each.name]] if prints.get(each.name) else [],
    )
    for signs in ways:
        taken = set(found.values())
        rest = [each for each in left if each.name not in taken]
        open_ = [each for each in come if each.name not in found]
        found |= _alike(rest, open_, signs)
    return found


def _alike(
    left: Sequence[RepositoryLine],
    come: Sequence[RepositoryLine],
    signs: Callable[[RepositoryLine], Iterable[Hashable]],
) -> dict[str, str]:
    """Pairs that have a sign which no other of either side has."""
    were, are = (_by_sign(side, signs) for side in (left, come))
    return {
        are[sign][0]: were[sign][0]
        for sign in are
        if len(are[sign]) == 1 and len(were.get(sign, ())) == 1
    }


def _by_sign(
    side: Sequence[RepositoryLine], signs: Callable[[RepositoryLine], Iterable[Hashable]]
) -> dict[Hashable, list[str]]:
    found: dict[Hashable, list[str]] = defaultdict(list)
    for each in side:
        for sign in signs(each):
            found[sign].append(each.name)
    return found


def _prints(
    findings: Iterable[FleetFinding], names: set[str]
) -> dict[str, tuple[tuple[str, int], ...]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for each in findings:
        if each.repository in names:
            found[each.repository][each.fingerprint] += 1
    return {name: tuple(sorted(counted.items())) for name, counted in found.items()}


def _itself(each: FleetFinding) -> Hashable:
    """What it is about, in whatever file."""
    return each.fingerprint


def _root_aside(each: FleetFinding) -> Hashable:
    """What it is about but for the root, where a folder may have been renamed."""
    return each.root != "", each.policy, each.variant, each.address, each.role, *_place(each)


def _place_aside(each: FleetFinding) -> Hashable:
    """What it is about but for the place."""
    return each.policy, each.root, each.variant, each.address, each.role


def _place(each: FleetFinding) -> tuple[str, str]:
    return each.company, each.region


def _within(name: Callable[[FleetFinding], str], key: _Key) -> _Key:
    return lambda each: (name(each), key(each))


def _no_worse(before: FleetFinding, after: FleetFinding) -> bool:
    return (
        _GRAVITY[after.verdict] <= _GRAVITY[before.verdict]
        and _GRAVITY[after.severity] <= _GRAVITY[before.severity]
        and set(after.classes) <= set(before.classes)
    )


def _elsewhere(before: FleetFinding, after: FleetFinding) -> bool:
    return _place(before) != _place(after)


def _matched(
    were: Sequence[FleetFinding],
    are: Sequence[FleetFinding],
    key: _Key,
    fits: _Fits,
) -> tuple[list[tuple[FleetFinding, FleetFinding]], list[FleetFinding], list[FleetFinding]]:
    """Pairs of one key, each once, those of the same file first; and what is left of both sides."""
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for number, each in enumerate(were):
        waiting[key(each)].append(number)
    pairs: dict[int, int] = {}
    for in_file in (True, False):
        for number, each in enumerate(are):
            there = waiting.get(key(each))
            if not there or number in pairs:
                continue
            fitting = [
                one
                for one in there
                if (were[one].path == each.path or not in_file) and fits(were[one], each)
            ]
            if fitting:
                mildest = min(fitting, key=lambda one: _badness(were[one]))
                there.remove(mildest)
                pairs[number] = mildest
    taken = set(pairs.values())
    return (
        [(were[pairs[number]], each) for number, each in enumerate(are) if number in pairs],
        [each for number, each in enumerate(were) if number not in taken],
        [each for number, each in enumerate(are) if number not in pairs],
    )


def _badness(each: FleetFinding) -> tuple[int, int]:
    return _GRAVITY[each.verdict], _GRAVITY[each.severity]
