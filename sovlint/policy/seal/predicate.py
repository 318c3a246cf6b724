"""Whether an objective of the framework reaches a level: a bound that is proved, a level that is attested, or neither."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from sovlint.model.attestation import SEAL
from sovlint.model.findings.finding import Verdict
from sovlint.model.placement import (
    CONTROL_SHOWN,
    WHAT_IT_IS,
    AttestedLevel,
    Placement,
    Shows,
    Source,
)
from sovlint.model.text import Bilingual, Note
from sovlint.model.value import Because
from sovlint.model.world import World
from sovlint.policy import phrases
from sovlint.policy.phrases import members
from sovlint.policy.requirements.bounds import Bounds, codes_of
from sovlint.policy.requirements.leaf import Explained, Leaf, cited, decide, names
from sovlint.policy.seal.framework import Criterion, framework, levels

# --- What is proved of a placement that bounds the level of an objective: never what raises it.

AREA: Final = "EEA"
"""The area that the framework speaks of: it counts the EEA with the EU where it asks for control and for places."""


class Ceiling(Struct, frozen=True):
    """The highest level of an objective that a criterion leaves, why, and the chains that prove it."""

    objective: str
    criterion: Criterion
    at_most: int
    why: Note
    because: tuple[Because, ...]
    sources: tuple[Source, ...]


class ProvedBound(Struct, frozen=True):
    """Why something is so, the chains that prove it, and what evidence shows it."""

    why: Note
    because: tuple[Because, ...]
    shown: tuple[Shows, ...] = tuple(CONTROL_SHOWN)


def ceilings(placement: Placement, world: World) -> Iterator[Ceiling]:
    """What bounds the objectives of a placement, lowest first for each."""
    rules = sorted(framework().rules, key=lambda rule: rule.at_most)
    for rule in rules:
        proof = _PROOFS[rule.when](placement, Bounds(world, AREA, ()))
        if proof is not None:
            criterion = framework().criterion(rule.criterion)
            objective = rule.criterion.partition(".")[0]
            sources = cited(placement.shown_by(*proof.shown, *WHAT_IT_IS))
            yield Ceiling(
                objective, criterion, rule.at_most, proof.why, proof.because, sources
            )


def ceiling(objective: str, placement: Placement, world: World) -> Ceiling | None:
    """The lowest bound of one objective; ``None`` where nothing is proved."""
    found = (each for each in ceilings(placement, world) if each.objective == objective)
    return next(found, None)


def _compelled(placement: Placement, bounds: Bounds) -> ProvedBound | None:
    """States from outside can surely compel the company, or whoever stands on their soil."""
    company = bounds.surely_outside(placement.control)
    soil = decide(placement.soil, bounds.soil) is Verdict.VIOLATION
    if not (company or soil):
        return None
    on = [each.state for each in members(placement.soil) if each.state and soil]
    codes = tuple(dict.fromkeys((*company, *bounds.outside(tuple(on)))))
    chains = (placement.control.because, *((placement.soil.because,) if soil else ()))
    return ProvedBound(_note("compelled", codes, bounds.world), chains)


def _run(placement: Placement, bounds: Bounds) -> ProvedBound | None:
    """Every state that controls the company is surely outside."""
    sets = members(placement.control)
    wholly = bool(sets) and all(
        codes and bounds.outside(codes) == codes and _known(codes, bounds) for codes in sets
    )
    return _run_by(placement, bounds) if wholly else None


def _run_in_part(placement: Placement, bounds: Bounds) -> ProvedBound | None:
    """Some state that controls the company is surely outside."""
    return _run_by(placement, bounds) if bounds.surely_outside(placement.control) else None


def _run_by(placement: Placement, bounds: Bounds) -> ProvedBound:
    codes = bounds.surely_outside(placement.control) or codes_of(placement.control)
    because = (placement.control.because, placement.provider.because)
    return ProvedBound(_note("run", codes, bounds.world), because)


def _located(placement: Placement, bounds: Bounds) -> ProvedBound | None:
    """It surely sits outside of the area."""
    if decide(placement.area, lambda found: _outside(found, bounds)) is not Verdict.VIOLATION:
        return None
    if phrases.sensitive(placement.country) or not codes_of(placement.country):
        return None
    because = (placement.area.because, placement.country.because)
    note = _note("located", codes_of(placement.country), bounds.world)
    return ProvedBound(note, because, (Shows.PLACE,))


def _made(placement: Placement, bounds: Bounds) -> ProvedBound | None:
    """A company from outside surely makes what it runs on."""
    codes = bounds.surely_outside(placement.technology)
    if not codes:
        return None
    note = _note("made", codes, bounds.world)
    return ProvedBound(note, (placement.technology.because,), (Shows.TECHNOLOGY,))


def _outside(areas: tuple[str, ...], bounds: Bounds) -> Verdict:
    return Verdict.COMPLIANT if bounds.area in areas else Verdict.VIOLATION


def _known(codes: tuple[str, ...], bounds: Bounds) -> bool:
    return all(code in bounds.world.states for code in codes)


def _note(how: str, codes: tuple[str, ...], world: World) -> Note:
    states: tuple[Bilingual, ...] = names(codes, world)
    return Note(f"policy.seal-{how}", {"states": states})


_PROOFS: Mapping[str, Callable[[Placement, Bounds], ProvedBound | None]] = {
    "compelled-from-outside": _compelled,
    "run-from-outside": _run,
    "run-in-part-from-outside": _run_in_part,
    "located-outside": _located,
    "made-outside": _made,
}
"""What ``when`` of a rule asks."""


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
