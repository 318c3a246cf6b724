"""Texts that attributes hold, in the order in which they decide; null falls through to the next source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from sovlint.model.attributes import Attributes, Found
from sovlint.model.partial.holes import marked_text
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Reason, Step, Unknown, Value, either
from sovlint.resolve.values import steps, with_step


def text(value: Value) -> Fact[str | None]:
    """A value as text; ``None`` for null. What can't be text is unknown."""
    if isinstance(value, Unknown):
        return either(map(text, value.among), value) if value.among else value
    inner = value.value
    if inner is None or isinstance(inner, str):
        return Known(inner or None, value.because, value.sensitive)
    if isinstance(inner, (int, float)) and not isinstance(inner, bool):
        return Known(str(inner), value.because, value.sensitive)
    return Unknown(
        Reason.UNSUPPORTED_EXPRESSION,
        because=value.because,
        sensitive=value.sensitive,
        note=Note("resolve.not-text"),
    )


def noted(found: Found, key: str, **params: object) -> Fact[str | None]:
    """The text at a place, with a step that says what was seen there."""
    fact = text(found.value)
    return with_step(fact, Step(found.where, Note(key, params), steps(fact.because)))


def first(facts: Iterable[Fact[str | None] | None]) -> Fact[str] | None:
    """The first of several sources, read one by one, that gives text. One that may be null may fall through."""
    remaining = iter(facts)
    for fact in remaining:
        if isinstance(fact, Unknown):
            return _or_next(fact, remaining)
        if fact is not None and fact.value is not None:
            return Known(fact.value, fact.because, fact.sensitive)
    return None


def _or_next(fact: Unknown, remaining: Iterator[Fact[str | None] | None]) -> Fact[str]:
    """What isn't known; where it may be null, what comes next in place of that."""
    members = fact.among or ()
    given = [cast("Known[str]", member) for member in members if member.value is not None]
    if len(given) == len(members):
        return fact
    following = first(remaining)
    return either([*given, fact.bare() if following is None else following], fact)


def texts_at(
    attributes: Attributes, paths: Iterable[str], key: str
) -> Iterator[Fact[str | None]]:
    """Sources for ``first``: one for each path, read only when it is its turn."""
    for path in paths:
        facts = [
            noted(found, key, name=path.rpartition(".")[2]) for found in attributes.read(path)
        ]
        if facts:
            yield facts[0] if len(facts) == 1 else _one_of(facts, path)


def first_text(attributes: Attributes, paths: Iterable[str], key: str) -> Fact[str] | None:
    """The text at the first of several paths that has any."""
    return first(texts_at(attributes, paths, key))


def _one_of(facts: Sequence[Fact[str | None]], path: str) -> Fact[str | None]:
    """One of several values at one path, not known which, unless all agree."""
    return either(facts, Unknown(Reason.MULTI_VALUED, path, facts[0].because))


def texts_in(value: object) -> Iterator[tuple[str, str]]:
    """The texts in a value, keys of maps apart, with signs for what isn't known, and what that is; of one that may be
    several, each."""
    match value:
        case Known():
            yield from texts_in(value.value)
        case Unknown():
            yield from _of_unknown(value)
        case str():
            yield value, ""
        case tuple() | list():
            yield from _in_each(value)
        case dict():
            yield from _in_each(value.values())


def _of_unknown(value: Unknown) -> Iterator[tuple[str, str]]:
    inner = (*(value.among or ()), *(value.entries or {}).values())
    if value.encodes is not None:
        yield from texts_in(value.encodes)
    elif inner:
        yield from _in_each(inner)
    elif value.each is None:
        whole = len(value.holes) == (value.parts or ()).count(None)
        told = " ".join(hole.detail for hole in value.holes) if whole else value.detail
        yield marked_text(value.parts or (None,)), told or value.detail


def _in_each(values: Iterable[Value | object]) -> Iterator[tuple[str, str]]:
    for each in values:
        yield from texts_in(each)
