"""Whether the catalogue's conditions hold for a resource (Kleene's logic), and where what they ask about stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from sovlint.catalog.entries import PlacementRule, When
from sovlint.model.resource import Resource
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Reason, Step, Unknown, Value, either
from sovlint.resolve.values import value_of


def holds(resource: Resource, rule: PlacementRule) -> Fact[bool]:
    """Whether all that a rule asks for holds for a resource, and nothing that excludes it does."""
    against = [_negated(_condition(resource, condition)) for condition in rule.when]
    against += [_condition(resource, condition) for condition in rule.unless]
    return _negated(_any(against))


def may_hold(resource: Resource, rule: PlacementRule) -> bool:
    """Whether it isn't certain that a rule says nothing of a resource."""
    return value_of(holds(resource, rule)) is not False


def evidence(resource: Resource, conditions: Sequence[When]) -> tuple[Step, ...]:
    """Where the attributes stand that ``conditions`` ask about."""
    return tuple(
        Step(
            found.where,
            Note("resolve.condition-here", {"name": condition.path.rpartition(".")[2]}),
        )
        for condition in conditions
        for found in resource.attributes.read(condition.path)
    )


def _any(facts: Iterable[Fact[bool]]) -> Fact[bool]:
    """Whether one of several holds."""
    answer: Fact[bool] = Known(False)
    for fact in facts:
        if isinstance(fact, Unknown):
            answer = fact
        elif fact.value:
            return fact
    return answer


def _negated(fact: Fact[bool]) -> Fact[bool]:
    return Known(not fact.value) if isinstance(fact, Known) else fact


def _condition(resource: Resource, condition: When) -> Fact[bool]:
    return _any(
        _matches(found.value, condition) for found in resource.attributes.read(condition.path)
    )


def _matches(value: Value, condition: When) -> Fact[bool]:
    if isinstance(value, Known):
        return Known(_is_met(value.value, condition))
    if value.among:
        return either(
            [Known(_is_met(member.value, condition)) for member in value.among], value
        )
    if not condition.values and _is_something(value):
        return Known(True)
    return value.bare()


def _is_met(inner: object, condition: When) -> bool:
    if condition.values:
        text = str(inner).lower()
        return any(value == text or fnmatchcase(text, value) for value in condition.values)
    return inner not in (None, "", False, (), {}, [])


def _is_something(value: Unknown) -> bool:
    """Whether an unknown surely isn't null or empty: text with literals, entries, what a resource computes."""
    computed = (
        value.reason is Reason.COMPUTED_AT_APPLY
        and value.because is not None
        and value.because.refers is not None
    )
    return computed or bool(value.entries) or any(value.parts or ())
