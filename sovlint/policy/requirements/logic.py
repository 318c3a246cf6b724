"""Kleene's three-valued logic over the tree of a requirement: what isn't proved never helps, and never harms alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from msgspec import Struct

from sovlint.model.findings.finding import Basis, Verdict
from sovlint.model.placement import Placement
from sovlint.model.world import World
from sovlint.policy.policies import Need, Requirement
from sovlint.policy.requirements.leaf import Leaf, without_source
from sovlint.policy.requirements.predicates import PREDICATES

_ORDER = (Verdict.VIOLATION, Verdict.UNPROVEN, Verdict.COMPLIANT)
_FIRMEST_FIRST = (None, *Basis)
_OPPOSITE = {
    Verdict.VIOLATION: Verdict.COMPLIANT,
    Verdict.UNPROVEN: Verdict.UNPROVEN,
    Verdict.COMPLIANT: Verdict.VIOLATION,
}


class Answer(Struct, frozen=True, dict=True):
    """A verdict, and the leaves that decided it. ``weigh`` works out what is behind it, for those who ask."""

    verdict: Verdict
    leaves: tuple[Leaf, ...]
    weigh: Callable[[], Basis | None]

    @cached_property
    def basis(self) -> Basis | None:
        """What is behind it; ``None``: it isn't proved, or it is a violation that doesn't ask who can compel."""
        return self.weigh()


def judge(
    tree: Requirement,
    placement: Placement,
    world: World,
    accept: tuple[str, ...],
    require_sources: bool = False,
) -> Answer:
    """What a requirement says of a placement. ``require_sources``: general knowledge proves nothing that helps."""
    helps = Verdict.COMPLIANT if require_sources else None
    return _judge(tree, placement, world, accept, helps)


def _judge(
    tree: Requirement,
    placement: Placement,
    world: World,
    accept: tuple[str, ...],
    helps: Verdict | None,
) -> Answer:
    """``helps``: the answer to this part of it that general knowledge doesn't prove; ``None``: it proves any."""
    if isinstance(tree, Need):
        leaf = PREDICATES[tree.kind](placement, world, tree.value, accept)
        if leaf.verdict is helps and leaf.unsourced:
            leaf = without_source(leaf, placement)
        return Answer(leaf.verdict, (leaf,), lambda: leaf.basis)
    if tree.kind == "not" and helps is not None:
        helps = _OPPOSITE[helps]
    return combine(
        tree.kind,
        [_judge(member, placement, world, accept, helps) for member in tree.members],
    )


def combine(kind: str, answers: Sequence[Answer]) -> Answer:
    """``all``, ``any`` or ``not`` of answers; the leaves kept are those of the members that gave the verdict."""
    if kind == "not":
        (only,) = answers
        verdict = _OPPOSITE[only.verdict]
        return Answer(verdict, only.leaves, lambda: _behind(verdict, only))
    choose = min if kind == "all" else max
    verdict = choose((answer.verdict for answer in answers), key=_ORDER.index)
    deciding = [answer for answer in answers if answer.verdict is verdict]
    # Where one member would have done, the firmest stands for all; else the weakest does.
    one_does = verdict is (Verdict.VIOLATION if kind == "all" else Verdict.COMPLIANT)
    weigh = min if one_does else max
    return Answer(
        verdict,
        tuple(leaf for answer in deciding for leaf in answer.leaves),
        lambda: weigh((answer.basis for answer in deciding), key=_FIRMEST_FIRST.index),
    )


def _behind(verdict: Verdict, of: Answer) -> Basis | None:
    """What is behind the opposite of an answer."""
    if verdict is not Verdict.COMPLIANT or of.basis is not None:
        return of.basis
    is_weak = any(leaf.unsourced for leaf in of.leaves)
    return Basis.BACKGROUND if is_weak else Basis.SOURCED
