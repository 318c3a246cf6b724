"""Short questions to values that may be unknown, and the chains of steps that they bring along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar, cast

from sovlint.model.text import Note
from sovlint.model.value import Because, Fact, Known, Reason, Step, Unknown, Value

T = TypeVar("T")


def value_of(fact: Fact[T] | None) -> T | None:
    """What is known; ``None`` where it isn't, or where there is nothing."""
    return fact.value if isinstance(fact, Known) else None


def members(fact: Fact[T]) -> Sequence[Known[T]]:
    """What it may be, as far as that is known: itself, or one of a few."""
    return (
        (fact,) if isinstance(fact, Known) else cast("tuple[Known[T], ...]", fact.among or ())
    )


def no_evidence(detail: str, because: Because = None, note: Note | None = None) -> Unknown:
    """A fact of which nothing tells; ``note`` says why."""
    return Unknown(Reason.NO_EVIDENCE, detail, because, note=note)


def steps(*causes: Because) -> tuple[Step, ...]:
    """The steps among what may have led to something."""
    return tuple(cause for cause in causes if cause is not None)


def with_step(fact: Fact[T], step: Step) -> Fact[T]:
    """The same fact, with ``step`` as its chain."""
    if isinstance(fact, Known):
        return Known(fact.value, step, fact.sensitive)
    return fact.but(because=step)


def several(facts: Sequence[Value], detail: str, note: Note) -> Unknown:
    """Why it isn't known which of several facts counts; ``note`` says it, with what led to each."""
    because = Step(None, note, steps(*(fact.because for fact in facts)))
    return Unknown(Reason.MULTI_VALUED, detail, because, note=note)


def one_of_names(names: Sequence[str], because: Because, note: Note) -> Unknown:
    """One of several names, not known which."""
    return Unknown(
        Reason.MULTI_VALUED,
        ", ".join(names),
        because,
        among=tuple(map(Known, names)),
        note=note,
    )
