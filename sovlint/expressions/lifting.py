"""Functions of plain values over unknown ones: each combination of what they may be; causes and secrecy go along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from math import prod

from sovlint.expressions.kinds import Failed, NotKnown, members_of
from sovlint.model.partial.parts import Parts, ends_alike
from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import (
    MAX_AMONG,
    Because,
    Known,
    Step,
    StepKind,
    Unknown,
    Value,
    either,
    is_null,
)


def merged(*causes: Because) -> Because:
    """One chain out of several."""
    found = tuple(dict.fromkeys(cause for cause in causes if cause is not None))
    if len(found) <= 1:
        return found[0] if found else None
    return Step(None, Note("terraform.combined"), found, kind=StepKind.COMBINED)


def because(value: Value, *causes: Because) -> Value:
    """The same value with further causes."""
    cause = merged(value.because, *causes)
    if cause is value.because:
        return value
    if isinstance(value, Known):
        return Known(value.value, cause, value.sensitive)
    return value.but(because=cause)


def hop(
    value: Value,
    where: Located | None,
    note: Note,
    kind: StepKind = StepKind.PASSED_ON,
    refers: str | None = None,
) -> Value:
    """The same value as seen one step further on: ``where`` it was passed along, and what is said of that."""
    parents = () if value.because is None else (value.because,)
    step = Step(where, note, parents, refers, kind)
    return (
        Known(value.value, step, value.sensitive)
        if isinstance(value, Known)
        else value.but(because=step)
    )


def hidden(value: Value) -> Value:
    """The same value, marked sensitive."""
    if value.sensitive:
        return value
    return (
        Known(value.value, value.because, True)
        if isinstance(value, Known)
        else value.but(sensitive=True)
    )


def plainly_unknown(value: Unknown) -> Unknown:
    """Only the reason of an unknown: what was known of the whole says nothing of a part."""
    return type(value)(
        value.reason,
        value.detail,
        value.because,
        sensitive=value.sensitive,
        note=value.note,
        kind=value.kind,
    )


def one_of(values: Iterable[Value], otherwise: Unknown) -> Value:
    """One of several values, not known which (``model.value.either``); it leads back to all of them."""
    found = list(values)
    result = either(found, otherwise)
    if isinstance(result, Known) or result.among:
        return result
    causes = merged(*(value.because for value in found))
    return _in_common(found, result.but(because=causes or result.because))


def in_place_of_null(value: Value, otherwise: Callable[[], Value]) -> Value:
    """A value, with something else where it is null, or may be among others."""
    members = members_of(value)
    if not any(map(is_null, members)):
        return value
    if isinstance(value, Known):
        return otherwise()
    return one_of([in_place_of_null(each, otherwise) for each in members], value)


def _in_common(values: Sequence[Value], result: Unknown) -> Unknown:
    """What several values that aren't all known have in common: how their texts begin and end, what elements are."""
    if any(isinstance(value, Failed) for value in values):
        return result
    if any(value.sensitive for value in values):
        result = result.but(sensitive=True)
    texts = [_texts(value) for value in values]
    if texts and all(texts):
        parts = ends_alike(text for each in texts for text in each)
        return result.but(parts=parts) if any(parts) else result
    entries = [_entries(value) for value in values]
    shared = (
        [key for key in entries[0] if all(key in each for each in entries)] if entries else []
    )
    if shared:
        return result.but(
            entries={key: one_of([each[key] for each in entries], result) for key in shared},
            overridable=False,
        )
    return result


def _texts(value: Value) -> list[Parts]:
    if isinstance(value, Unknown) and value.parts:
        return [value.parts]
    members = members_of(value)
    texts: list[Parts] = [
        (member.value,) for member in members if isinstance(member.value, str)
    ]
    return texts if len(texts) == len(members) else []


def _entries(value: Value) -> Mapping[str, Value]:
    """Those that are surely of this value. A list has none: its elements aren't reached by key."""
    if isinstance(value, Unknown):
        return {} if value.overridable else value.entries or {}
    return value.value if isinstance(value.value, dict) else {}


def lift(arguments: Sequence[Value], function: Callable[..., object]) -> Value:
    """Apply ``function`` to known arguments, and to every combination of the members of those known to be among some.

    Sensitive arguments give a sensitive result. ``function`` gives a value or what a known one holds, and may raise
    ``NotKnown``.
    """
    result = _lift(arguments, function)
    if not any(argument.sensitive for argument in arguments):
        return result
    if isinstance(result, Unknown) and result.detail not in [
        a.detail for a in arguments if isinstance(a, Unknown)
    ]:
        result = type(result)(
            result.reason, "a sensitive value", result.because, among=result.among
        )
    return hidden(result)


def _lift(arguments: Sequence[Value], function: Callable[..., object]) -> Value:
    first: Unknown | None = None
    choices: list[tuple[Known[object], ...]] = []
    for argument in arguments:
        if isinstance(argument, Known):
            choices.append((argument,))
        elif argument.among:
            first = argument if first is None else first
            choices.append(argument.among)
        else:
            return _as_read(argument, arguments, function)
    causes = [argument.because for argument in arguments]
    if first is None:
        return because(_apply(function, [choice[0] for choice in choices]), *causes)
    if any(isinstance(each, Unknown) and each.kind is not first.kind for each in arguments):
        first = first.but(kind=None)  # which of them was read can't be told any more
    if prod(map(len, choices)) > MAX_AMONG:
        return plainly_unknown(first)
    return because(
        one_of([_apply(function, combination) for combination in product(*choices)], first),
        *causes,
    )


def _as_read(
    unknown: Unknown,
    arguments: Sequence[Known[object] | Unknown],
    function: Callable[..., object],
) -> Value:
    """Why it isn't known, with what comes of the arguments as they were read where others contradict them."""
    result = plainly_unknown(unknown)
    read = [each.read if isinstance(each, Unknown) else each for each in arguments]
    known = [each for each in read if each is not None]
    if unknown.read is None or len(known) < len(read):
        return result
    found = _apply(function, known)
    return result.but(read=found) if isinstance(found, Known) else result


def _apply(function: Callable[..., object], arguments: Sequence[Known[object]]) -> Value:
    try:
        found = function(*(argument.value for argument in arguments))
    except NotKnown as stop:
        return plainly_unknown(stop.unknown)
    return found if isinstance(found, (Known, Unknown)) else Known(found)
