"""Which resources a value was read from, by its chain, and whether it is an attribute of theirs as it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from sovlint.model.attributes import Attributes
from sovlint.model.value import Known, Step, StepKind, Unknown, Value, same, unroll
from sovlint.resolve.values import members, steps

T = TypeVar("T")

PASSING = (StepKind.PASSED_ON, StepKind.DEFAULT)
"""Steps that pass a value along as it is."""


def nearest(value: Value, find: Callable[[str], T | None]) -> list[T]:
    """What ``find`` finds at the addresses that a value was read from: on each branch of its chain, the nearest."""
    found: dict[int, T] = {}
    stack = [*steps(value.because, *(member.because for member in members(value)))]
    seen: set[Step] = set()
    while stack:
        step = stack.pop(0)
        if step in seen:
            continue
        seen.add(step)
        end = find(step.refers) if step.refers else None
        if end is None:
            stack.extend(step.parents)
        else:
            found.setdefault(id(end), end)  # one `find` gives the same object each time
    return list(found.values())


def answering_address(value: Value) -> str | None:
    """The address of the resource that answers at a value, taken as an address."""
    return value.host_of if isinstance(value, Unknown) else None


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
        parents = [
            parent for parent in step.parents if step.kind in PASSING or not _passes(parent)
        ]
        step = (
            parents[0]
            if len(parents) == 1 and step.kind in (*PASSING, StepKind.COMBINED)
            else None
        )
    return step


def _passes(step: Step) -> bool:
    """Whether a chain only tells how a known value was passed along: which one was chosen isn't in doubt for it."""
    return all(
        each.refers is None and each.kind in (*PASSING, StepKind.COMBINED)
        for each in unroll(step)
    )


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
    own = (found.value for path in paths for found in attributes.read(path))
    return any(_same_text(value, each) for each in own)


def _same_text(one: Value, other: Value) -> bool:
    if isinstance(one, Known):
        return any(same(one.value, member.value) for member in members(other))
    return isinstance(other, Unknown) and one.parts == other.parts
