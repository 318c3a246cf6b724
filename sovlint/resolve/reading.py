"""Reading attributes in the order in which they decide; null falls through to the next source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from sovlint.catalog.entries import When
from sovlint.model.attributes import Attributes, Found
from sovlint.model.resource import Resource
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Reason, Step, StepKind, Unknown, Value, either, same, unroll

T = TypeVar("T")


def text(value: Value) -> Fact[str | None]:
    """A value as text; ``None`` for null. What can't be text is unknown."""
    if isinstance(value, Unknown):
        if not value.among:
            return value
        return either([text(member) for member in value.among], value)
    inner = value.value
    if inner is None or isinstance(inner, str):
        return Known(inner or None, value.because, value.sensitive)
    if isinstance(inner, (int, float)) and not isinstance(inner, bool):
        return Known(str(inner), value.because, value.sensitive)
    return Unknown(
        Reason.UNSUPPORTED_EXPRESSION, because=value.because, sensitive=value.sensitive, note=Note("resolve.not-text")
    )


def noted(found: Found, key: str, **params: object) -> Fact[str | None]:
    """The text at a place, with a step that says what was seen there."""
    fact = text(found.value)
    parents = () if fact.because is None else (fact.because,)
    step = Step(found.where, Note(key, params), parents)
    if isinstance(fact, Known):
        return Known(fact.value, step, fact.sensitive)
    return fact.but(because=step)


def first(facts: Sequence[Callable[[], Fact[str | None] | None]]) -> Fact[str] | None:
    """The first of several sources that gives text. One that may be null may fall through to the next."""
    for position, source in enumerate(facts):
        fact = source()
        if fact is None or (isinstance(fact, Known) and fact.value is None):
            continue
        if isinstance(fact, Known) and fact.value is not None:
            return Known(fact.value, fact.because, fact.sensitive)
        assert isinstance(fact, Unknown)
        if not fact.among or not any(member.value is None for member in fact.among):
            return fact
        rest = first(facts[position + 1 :])
        sure: list[Fact[str]] = [Known(str(m.value), m.because, m.sensitive) for m in fact.among if m.value is not None]
        otherwise = fact.bare()
        return either([*sure, otherwise if rest is None else rest], fact)
    return None


def at(attributes: Attributes, paths: Sequence[str], key: str) -> list[Callable[[], Fact[str | None] | None]]:
    """Sources for ``first``: one for each path, read only when it is its turn."""

    def source(path: str) -> Callable[[], Fact[str | None] | None]:
        def read() -> Fact[str | None] | None:
            found = attributes.read(path)
            if not found:
                return None
            if len(found) == 1:
                return noted(found[0], key, name=path.rpartition(".")[2])
            return several([noted(item, key, name=path.rpartition(".")[2]) for item in found], path)

        return read

    return [source(path) for path in paths]


def several(facts: Sequence[Fact[str | None]], path: str) -> Fact[str | None]:
    """Several values at one path: one of them, not known which, unless all agree."""
    return either(facts, Unknown(Reason.MULTI_VALUED, path, facts[0].because))


PASSING = (StepKind.PASSED_ON, StepKind.DEFAULT)
"""Steps that pass a value along as it is."""


def nearest(value: Value, find: Callable[[str], T | None]) -> list[T]:
    """What ``find`` finds at the addresses that a value was read from: on each branch of its chain, the nearest."""
    found: dict[int, T] = {}
    members = value.among or () if isinstance(value, Unknown) else ()
    stack = [cause for cause in (value.because, *(member.because for member in members)) if cause is not None]
    seen: set[int] = set()
    while stack:
        step = stack.pop(0)
        # Steps, and what is found, are told apart as objects: one `find` gives the same one each time.
        if id(step) in seen:
            continue
        seen.add(id(step))
        end = find(step.refers) if step.refers else None
        if end is None:
            stack.extend(step.parents)
        else:
            found.setdefault(id(end), end)
    return list(found.values())


def refers_to(value: Value) -> str | None:
    """The address of the resource that a value, as a whole, was read from; ``None`` where it isn't a plain reference.

    A value put together from several, or chosen among several by what isn't known, is none.
    """
    step = _reference(value)
    return step.refers if step is not None else None


def _reference(value: Value) -> Step | None:
    """The step at which a value, as a whole, was read from a resource."""
    step = value.because
    while step is not None and step.refers is None:
        parents = [parent for parent in step.parents if step.kind in PASSING or not _passes(parent)]
        step = parents[0] if len(parents) == 1 and step.kind in (*PASSING, StepKind.COMBINED) else None
    return step


def _passes(step: Step) -> bool:
    """Whether a chain only tells how a known value was passed along: which one was chosen isn't in doubt for it."""
    return all(each.refers is None and each.kind in (*PASSING, StepKind.COMBINED) for each in unroll(step))


def repeats(value: Value, attributes: Attributes, paths: Sequence[str]) -> bool:
    """Whether a value may be that of an attribute as it stands; text made from it is surely another.

    A value of which nothing is known but where it comes from may be. Text that the plug-in made of the resource's
    arguments is known from what it was there.
    """
    if isinstance(value, Unknown) and not value.parts:
        return True
    origin = _reference(value)
    if origin is not None and origin.text is not None:
        return origin.text == ((value.value,) if isinstance(value, Known) else value.parts)
    own = [found.value for path in paths for found in attributes.read(path)]
    return any(_same_text(value, each) for each in own)


def _same_text(one: Value, other: Value) -> bool:
    if isinstance(one, Known):
        members = (other,) if isinstance(other, Known) else other.among or ()
        return any(same(one.value, member.value) for member in members)
    return isinstance(other, Unknown) and one.parts == other.parts


def holds(resource: Resource, conditions: Sequence[When], unless: Sequence[When]) -> Fact[bool]:
    """Whether all of ``conditions`` and none of ``unless`` hold for a resource (Kleene's logic)."""
    facts = [_condition(resource, condition) for condition in conditions]
    facts += [_negated(_condition(resource, condition)) for condition in unless]
    doubt: Unknown | None = None
    for fact in facts:
        if isinstance(fact, Unknown):
            doubt = fact
        elif not fact.value:
            return Known(False)
    return Known(True) if doubt is None else doubt


def evidence(resource: Resource, conditions: Sequence[When]) -> tuple[Step, ...]:
    """Where the attributes stand that ``conditions`` ask about."""
    return tuple(
        Step(found.where, Note("resolve.condition-here", {"name": condition.path.rpartition(".")[2]}))
        for condition in conditions
        for found in resource.attributes.read(condition.path)
    )


def _negated(fact: Fact[bool]) -> Fact[bool]:
    return Known(not fact.value) if isinstance(fact, Known) else fact


def _condition(resource: Resource, condition: When) -> Fact[bool]:
    answers = [_matches(found.value, condition) for found in resource.attributes.read(condition.path)]
    doubt: Unknown | None = None
    for answer in answers:
        if isinstance(answer, Unknown):
            doubt = answer
        elif answer.value:
            return Known(True)
    return Known(False) if doubt is None else doubt


def _matches(value: Value, condition: When) -> Fact[bool]:
    def test(inner: object) -> bool:
        if condition.values:
            return str(inner).lower() in condition.values
        return inner not in (None, "", False, (), {}) and not (isinstance(inner, (tuple, dict, list)) and not inner)

    if isinstance(value, Known):
        return Known(test(value.value))
    if not value.among:
        if not condition.values and _is_something(value):
            return Known(True)
        return value.bare()
    return either([Known(test(member.value)) for member in value.among], value)


def _is_something(value: Unknown) -> bool:
    """Whether an unknown surely isn't null or empty: text with literals, entries, what a resource computes."""
    computed = (
        value.reason is Reason.COMPUTED_AT_APPLY and value.because is not None and value.because.refers is not None
    )
    return computed or bool(value.entries) or any(value.parts or ())
