"""Kleene's three-valued logic over the tree of a requirement: what isn't proved never helps, and never harms alone."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from sovlint.model.findings.finding import Basis, Verdict
from sovlint.model.placement import Placement
from sovlint.model.world import World
from sovlint.policy.policies import Need, Requirement
from sovlint.policy.requirements.leaf import Leaf
from sovlint.policy.requirements.predicates import PREDICATES

_ORDER = (Verdict.VIOLATION, Verdict.UNPROVEN, Verdict.COMPLIANT)
_FIRMEST_FIRST = (None, *Basis)
_OPPOSITE = {
    Verdict.VIOLATION: Verdict.COMPLIANT,
    Verdict.UNPROVEN: Verdict.UNPROVEN,
    Verdict.COMPLIANT: Verdict.VIOLATION,
}


class Answer(Struct, frozen=True):
    """A verdict, the leaves that decided it, and what is behind what they say of who can compel (``None``: they decide
    without)."""

    verdict: Verdict
    leaves: tuple[Leaf, ...]
    basis: Basis | None = None


def judge(
    tree: Requirement, placement: Placement, world: World, accept: tuple[str, ...]
) -> Answer:
    """What a requirement says of a placement."""
    if isinstance(tree, Need):
        leaf = PREDICATES[tree.kind](placement, world, tree.value, accept)
        return Answer(leaf.verdict, (leaf,), leaf.basis)
    return combine(
        tree.kind, [judge(member, placement, world, accept) for member in tree.members]
    )


def combine(kind: str, answers: Sequence[Answer]) -> Answer:
    """``all``, ``any`` or ``not`` of answers; the leaves kept are those of the members that gave the verdict."""
    if kind == "not":
        (only,) = answers
        return Answer(_OPPOSITE[only.verdict], only.leaves, only.basis)
    choose = min if kind == "all" else max
    verdict = choose((answer.verdict for answer in answers), key=_ORDER.index)
    deciding = [answer for answer in answers if answer.verdict is verdict]
    # Where one member would have done, the firmest stands for all; else the weakest does.
    one_does = verdict is (Verdict.VIOLATION if kind == "all" else Verdict.COMPLIANT)
    basis = (min if one_does else max)(
        (answer.basis for answer in deciding), key=_FIRMEST_FIRST.index
    )
    return Answer(
        verdict, tuple(leaf for answer in deciding for leaf in answer.leaves), basis
    )
