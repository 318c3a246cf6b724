"""Whether the catalogue's conditions hold for a resource (Kleene's logic), and where what they ask about stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sovlint.catalog.entries import PlacementRule
from sovlint.model.resources.resource import Resource
from sovlint.model.text import Note
from sovlint.model.value import Fact, Step, Value
from sovlint.resolve.values import value_of
from sovlint.rules.keys import Condition, negated, one_of


def holds(resource: Resource, rule: PlacementRule) -> Fact[bool]:
    """Whether all that a rule asks for holds for a resource, and nothing that excludes it does."""

    def read(path: str) -> Iterator[Value]:
        return (found.value for found in resource.attributes.read(path))

    against = [negated(each.held(read)) for each in rule.when]
    return negated(one_of((*against, *(each.held(read) for each in rule.unless))))


def may_hold(resource: Resource, rule: PlacementRule) -> bool:
    """Whether it isn't certain that a rule says nothing of a resource."""
    return value_of(holds(resource, rule)) is not False


def is_excluded(resource: Resource, conditions: Sequence[Condition]) -> bool:
    """Whether one of several conditions surely holds for a resource."""

    def read(path: str) -> Iterator[Value]:
        return (found.value for found in resource.attributes.read(path))

    return any(value_of(each.held(read)) for each in conditions)


def evidence(resource: Resource, conditions: Sequence[Condition]) -> tuple[Step, ...]:
    """Where the attributes stand that ``conditions`` ask about."""
    return tuple(
        Step(
            found.where,
            found.note or Note("resolve.condition-here", {"name": path.rpartition(".")[2]}),
        )
        for condition in conditions
        for path in condition.paths
        for found in resource.attributes.read(path)
    )
