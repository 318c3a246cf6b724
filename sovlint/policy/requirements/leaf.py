"""What one predicate finds of a placement, and what the predicates share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from sovlint.model.findings.finding import Basis, Verdict
from sovlint.model.placement import Holding, Source
from sovlint.model.text import Bilingual, Note
from sovlint.model.value import Because, Fact, Known, StepKind, Unknown
from sovlint.model.world import World
from sovlint.policy import phrases


class Leaf(Struct, frozen=True):
    """What one predicate found: ``note`` is a fragment of the headline, ``because`` the chains of the facts that
    decided, ``unknowns`` those that left it unproven. ``holding`` is the qualification asked about, if one was;
    ``lacks`` names what an attestation could have filled: that qualification, or a kind of claim. ``basis`` is what is
    behind an answer on who can compel."""

    kind: str
    verdict: Verdict
    note: Note
    because: tuple[Because, ...] = ()
    sources: tuple[Source, ...] = ()
    remarks: tuple[Note, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    holding: Holding | None = None
    lacks: tuple[str, ...] = ()
    basis: Basis | None = None


def decide(fact: Fact[Any], test: Callable[[Any], Verdict]) -> Verdict:
    """``test`` of a known value; of an unknown one where all that it may be give one answer, else unproven."""
    answers = set(map(test, phrases.members(fact)))
    return answers.pop() if len(answers) == 1 else Verdict.UNPROVEN


def names(codes: tuple[str, ...], world: World) -> tuple[Bilingual, ...]:
    """What states are called."""
    return tuple(phrases.state_name(code, world) for code in codes)


def adequate(codes: tuple[str, ...], world: World, key: str) -> tuple[Note, ...]:
    """That an adequacy decision covers some of these states, if one does."""
    found = tuple(
        code for code in codes if code in world.states and world.states[code].adequate
    )
    return (Note(key, {"states": names(found, world)}),) if found else ()


def vouched(fact: Fact[Any]) -> tuple[Note, ...]:
    """That a fact rests on an attestation, if it does."""
    step = fact.because if isinstance(fact, Known) else None
    if step is None or step.kind is not StepKind.VOUCHED:
        return ()
    return (
        Note(
            "policy.attested",
            {"owner": step.note.params["owner"], "until": step.note.params["until"]},
        ),
    )


def unknowns(fact: Fact[Any], verdict: Verdict) -> tuple[Unknown, ...]:
    """A fact that left a verdict unproven."""
    return (fact,) if isinstance(fact, Unknown) and verdict is Verdict.UNPROVEN else ()
