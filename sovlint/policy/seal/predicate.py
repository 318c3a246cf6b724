"""Whether an objective of the framework reaches a level: a bound that is proved, a level that is attested, or neither."""

from __future__ import annotations

from sovlint.model.attestation import SEAL
from sovlint.model.findings.finding import Verdict
from sovlint.model.placement import AttestedLevel, Placement
from sovlint.model.text import Note
from sovlint.model.world import World
from sovlint.policy.requirements.leaf import Explained, Leaf
from sovlint.policy.seal.ceilings import ceiling
from sovlint.policy.seal.framework import framework, levels


def seal(placement: Placement, world: World, wanted: str, accept: tuple[str, ...]) -> Leaf:
    """Whether it reaches a level (``SOV-2=3``). What is proved bounds it, whatever is attested; only what somebody
    attests reaches it."""
    objective, level = levels(wanted)
    name = framework().objectives[objective].name
    said: dict[str, object] = {"objective": objective, "name": name, "level": level}
    bound = ceiling(objective, placement, world)
    if bound is not None and bound.at_most < level:
        params = {**said, "at_most": bound.at_most, "why": bound.why}
        criterion = {"criterion": bound.criterion.id, "called": bound.criterion.name}
        note = Note("policy.seal.violation", {**params, **criterion})
        explained = Explained(note, bound.because, bound.sources)
        return Leaf("seal", Verdict.VIOLATION, lambda: explained)
    attested = _attested(objective, placement)
    if level == 0 or (attested is not None and attested.level >= level):
        because = (attested.because,) if attested is not None else ()
        remarks = (_vouched(attested),) if attested is not None else ()
        note = Note("policy.seal.compliant", said)
        explained = Explained(note, because, remarks=remarks)
        return Leaf("seal", Verdict.COMPLIANT, lambda: explained)
    reached = Note("policy.seal-attested", {"level": attested.level}) if attested else None
    why = reached or Note("policy.seal-open", {"criteria": _open(objective)})
    note = Note("policy.seal.unproven", {**said, "why": why})
    return Leaf("seal", Verdict.UNPROVEN, lambda: Explained(note), lacks=(SEAL,))


def _attested(objective: str, placement: Placement) -> AttestedLevel | None:
    """The highest level of an objective that somebody attests."""
    found = [each for each in placement.levels if each.objective == objective]
    return max(found, key=lambda each: each.level, default=None)


def _vouched(attested: AttestedLevel) -> Note:
    return Note("policy.attested", {"owner": attested.owner, "until": attested.until})


def _open(objective: str) -> tuple[Note, ...]:
    """The criteria whose answers decide: code shows none of them."""
    return tuple(
        Note("policy.seal-criterion", {"criterion": each.id, "called": each.name})
        for each in framework().objectives[objective].criteria
        if not each.inert
    )
