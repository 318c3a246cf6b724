"""The questions that a policy may ask of a placement. Each says what it found, and from which evidence.

A fact that isn't known is decided all the same where every member of ``among`` gives the same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from sovlint.model.finding import Verdict
from sovlint.model.placement import GLOBAL_REGION, Holding, Placement, Source
from sovlint.model.text import Bilingual, Note
from sovlint.model.value import Because, Fact, Known, Reason, StepKind, Unknown
from sovlint.model.world import World
from sovlint.policy import phrases


@dataclass(frozen=True, slots=True)
class Leaf:
    """What one predicate found: ``note`` is a fragment of the headline, ``because`` the chains of the facts that
    decided, ``unknowns`` those that left it unproven. ``holding`` is the qualification asked about, if one was."""

    kind: str
    verdict: Verdict
    note: Note
    because: tuple[Because, ...] = ()
    sources: tuple[Source, ...] = ()
    remarks: tuple[Note, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    holding: Holding | None = None


Predicate = Callable[[Placement, World, str, tuple[str, ...]], Leaf]
"""(placement, world, what is asked for, states accepted besides those of the area asked for) -> Leaf."""


def decide(fact: Fact[Any], test: Callable[[Any], Verdict]) -> Verdict:
    """``test`` of a known value; of an unknown one where all that it may be give one answer, else unproven."""
    members = (fact,) if isinstance(fact, Known) else fact.among or ()
    answers = {test(member.value) for member in members}
    return answers.pop() if len(answers) == 1 else Verdict.UNPROVEN


def area(placement: Placement, world: World, wanted: str, accept: tuple[str, ...]) -> Leaf:
    """Whether it sits in the area ``wanted``. A service without a region sits nowhere in particular: unproven."""
    nowhere = isinstance(placement.region, Known) and placement.region.value == GLOBAL_REGION
    fact: Fact[tuple[str, ...]] = placement.area
    if nowhere and isinstance(fact, Known) and wanted not in fact.value:
        fact = Unknown(Reason.NO_EVIDENCE, because=fact.because)
    verdict = decide(fact, lambda areas: Verdict.COMPLIANT if wanted in areas else Verdict.VIOLATION)
    params: dict[str, object] = {"area": phrases.area_name(wanted, world)}
    if isinstance(fact, Unknown) and verdict is Verdict.UNPROVEN:
        params["why"] = Note("policy.no-region") if nowhere else phrases.unknown(fact, placement)
    return Leaf(
        "area",
        verdict,
        Note(f"policy.area.{verdict.value}", params),
        (placement.area.because, placement.country.because, *_chains(placement)),
        placement.sources,
        (
            *(
                _adequate(_codes(placement.country), world, "policy.adequate-place")
                if verdict is Verdict.VIOLATION
                else ()
            ),
            *_vouched(placement.country),
        ),
        _unknowns(fact, verdict),
    )


def control(placement: Placement, world: World, wanted: str, accept: tuple[str, ...]) -> Leaf:
    """Whether every state able to compel whoever runs it is one of the area ``wanted``, or accepted.

    Nobody at all isn't an answer: some state always can. Adequacy (GDPR 45) doesn't make it so, and is said.
    """
    bounds = _Bounds(world, wanted, accept)
    verdict = decide(placement.control, lambda codes: bounds.verdict(codes) if codes else Verdict.UNPROVEN)
    remarks: tuple[Note, ...] = ()
    taken = tuple(code for code in _codes(placement.control) if code in accept and not bounds.inside(code))
    if taken:
        remarks += (Note("policy.accepted", {"states": _names(taken, world), "area": bounds.name}),)
    if verdict is Verdict.VIOLATION:
        remarks += _adequate(bounds.surely_outside(placement.control), world, "policy.adequate-control")
        if placement.background:
            remarks += (Note("policy.background"),)
    return _of_states("control", placement, placement.control, verdict, bounds, remarks)


def technology(placement: Placement, world: World, wanted: str, accept: tuple[str, ...]) -> Leaf:
    """Whether all companies that make or license what it runs on are of the area ``wanted``; open source adds none."""
    bounds = _Bounds(world, wanted, ())
    verdict = decide(placement.technology, bounds.verdict)
    return _of_states("technology", placement, placement.technology, verdict, bounds)


def holds(placement: Placement, world: World, wanted: str, accept: tuple[str, ...]) -> Leaf:
    """Whether the service holds the qualification ``wanted`` on the day asked about."""
    found = next((each for each in placement.holdings if each.name == wanted), None)
    holding = found or Holding(wanted, Unknown(Reason.NO_EVIDENCE))
    verdict = decide(holding.held, lambda held: Verdict.COMPLIANT if held else Verdict.VIOLATION)
    params: dict[str, object] = {"title": world.qualifications.get(wanted, Bilingual(wanted, wanted))}
    remarks: tuple[Note, ...] = ()
    if isinstance(holding.held, Unknown) and verdict is Verdict.UNPROVEN:
        params["why"] = holding.note or phrases.unknown(holding.held, placement)
    elif holding.note:
        remarks += (holding.note,)
    if verdict is Verdict.COMPLIANT:
        remarks += _rests_on(holding)
    return Leaf(
        "holds",
        verdict,
        Note(f"policy.holds.{verdict.value}", params),
        (holding.held.because, *_chains(placement)),
        holding.sources,
        remarks,
        _unknowns(_cause(holding.held, placement), verdict),
        holding,
    )


PREDICATES: Mapping[str, Predicate] = {"area": area, "control": control, "technology": technology, "holds": holds}
"""Every predicate by the key that a policy's ``require`` names it with."""


@dataclass(frozen=True, slots=True)
class _Bounds:
    """An area, and the states accepted besides those that lie in it."""

    world: World
    area: str
    accept: tuple[str, ...]

    @property
    def name(self) -> Bilingual:
        return phrases.area_name(self.area, self.world)

    def inside(self, code: str) -> bool:
        return code in self.world.states and self.area in self.world.states[code].areas

    def outside(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(code for code in codes if code not in self.accept and not self.inside(code))

    def verdict(self, codes: tuple[str, ...]) -> Verdict:
        outside = self.outside(codes)
        if any(code in self.world.states for code in outside):
            return Verdict.VIOLATION
        # A code that the catalogue has no state for may be anybody's.
        return Verdict.UNPROVEN if outside else Verdict.COMPLIANT

    def surely_outside(self, fact: Fact[tuple[str, ...]]) -> tuple[str, ...]:
        """Codes out of bounds that every possible value has."""
        members = (fact,) if isinstance(fact, Known) else cast("tuple[Known[tuple[str, ...]], ...]", fact.among or ())
        return tuple(code for code in self.outside(_codes(fact)) if all(code in member.value for member in members))


def _of_states(
    kind: str,
    placement: Placement,
    fact: Fact[tuple[str, ...]],
    verdict: Verdict,
    bounds: _Bounds,
    remarks: tuple[Note, ...] = (),
) -> Leaf:
    key, params, world = f"policy.{kind}.{verdict.value}", dict[str, object](area=bounds.name), bounds.world
    if verdict is Verdict.VIOLATION:
        sure = bounds.surely_outside(fact)
        states = sure or bounds.outside(_codes(fact))
        params["states"] = phrases.compelling(states, world) if kind == "control" else _names(states, world)
        key += "" if sure else ".among"
    elif verdict is Verdict.COMPLIANT:
        params["states"] = _names(_codes(fact), world)
        key += "" if params["states"] else ".none"
    else:
        params["why"] = phrases.unknown(fact, placement) if isinstance(fact, Unknown) else Note("policy.state-unknown")
    because = (fact.because, placement.provider.because)
    remarks += _vouched(fact)
    return Leaf(kind, verdict, Note(key, params), because, placement.sources, remarks, _unknowns(fact, verdict))


def _codes(fact: Fact[Any]) -> tuple[str, ...]:
    """All codes that a fact names or may name, each once, in order."""
    members = (fact,) if isinstance(fact, Known) else fact.among or ()
    values: list[Any] = [member.value for member in members]
    return tuple(dict.fromkeys(code for value in values for code in ((value,) if isinstance(value, str) else value)))


def _names(codes: tuple[str, ...], world: World) -> tuple[Bilingual, ...]:
    return tuple(phrases.state_name(code, world) for code in codes)


def _adequate(codes: tuple[str, ...], world: World, key: str) -> tuple[Note, ...]:
    found = tuple(code for code in codes if code in world.states and world.states[code].adequate)
    return (Note(key, {"states": _names(found, world)}),) if found else ()


def _vouched(fact: Fact[Any]) -> tuple[Note, ...]:
    """That a fact rests on an attestation, if it does."""
    step = fact.because if isinstance(fact, Known) else None
    if step is None or step.kind is not StepKind.VOUCHED:
        return ()
    return (Note("policy.attested", {"owner": step.note.params["owner"], "until": step.note.params["until"]}),)


def _rests_on(holding: Holding) -> tuple[Note, ...]:
    until = holding.until.isoformat() if holding.until else ""
    if holding.attested:  # until is then the attestation's end, not the offer's
        return (Note("policy.attested", {"owner": holding.attested, "until": until}),)
    if holding.offer:
        key = "policy.offer-until" if until else "policy.offer"
        return (Note(key, {"offer": holding.offer, "until": until}),)
    return ()


def _chains(placement: Placement) -> tuple[Because, ...]:
    """What place and service rest on: who runs it and where."""
    return (placement.region.because, placement.provider.because, *placement.because)


def _cause(held: Fact[bool], placement: Placement) -> Fact[Any]:
    """What a qualification that isn't known waits for: in a library, the provider or region that its caller gives."""
    for fact in (placement.provider, placement.region):
        if isinstance(held, Unknown) and isinstance(fact, Unknown) and fact.reason is Reason.CALLER_NOT_IN_REPO:
            return fact
    return held


def _unknowns(fact: Fact[Any], verdict: Verdict) -> tuple[Unknown, ...]:
    return (fact,) if isinstance(fact, Unknown) and verdict is Verdict.UNPROVEN else ()
