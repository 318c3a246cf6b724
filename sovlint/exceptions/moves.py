"""What is elsewhere than it was: the placements of a resource at a revision against those of today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sovlint.model.findings.change import Move
from sovlint.model.placement import CONFIG_ROLE, Placed, Placement
from sovlint.model.value import Fact, Known


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
