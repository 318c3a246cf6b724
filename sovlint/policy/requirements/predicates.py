"""The questions that a policy may ask of a placement. Each says what it found, and from which evidence.

A fact that isn't known is decided all the same where every member of ``among`` gives the same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sovlint.model.attestation import COUNTRY
from sovlint.model.findings.finding import Verdict
from sovlint.model.placement import GLOBAL_REGION, WHAT_IT_IS, Holding, Placement, Shows
from sovlint.model.text import Bilingual, Note
from sovlint.model.value import Because, Fact, Known, Reason, Unknown, UnknownKind
from sovlint.model.world import World
from sovlint.policy import phrases
from sovlint.policy.requirements import where
from sovlint.policy.requirements.bounds import Bounds, codes_of
from sovlint.policy.requirements.control import control
from sovlint.policy.requirements.leaf import (
    Explained,
    Leaf,
    adequate,
    basis_of,
    cited,
    decide,
    names,
    unknowns,
    unsourced,
    vouched,
)

Predicate = Callable[[Placement, World, str, tuple[str, ...]], Leaf]
"""(placement, world, what is asked for, states accepted besides those of the area asked for) -> Leaf."""


def area(placement: Placement, world: World, wanted: str, accept: tuple[str, ...]) -> Leaf:
    """Whether it sits in the area ``wanted``. A service without a region sits nowhere in particular: unproven."""
    nowhere = isinstance(placement.region, Known) and placement.region.value == GLOBAL_REGION
    fact: Fact[tuple[str, ...]] = placement.area
    if nowhere and isinstance(fact, Known) and wanted not in fact.value:
        fact = Unknown(Reason.NO_EVIDENCE, because=fact.because, kind=UnknownKind.NO_REGION)
    verdict = decide(
        fact, lambda areas: Verdict.COMPLIANT if wanted in areas else Verdict.VIOLATION
    )

    def explain() -> Explained:
        params: dict[str, object] = {"area": phrases.area_name(wanted, world)}
        if isinstance(fact, Unknown) and verdict is Verdict.UNPROVEN:
            params["why"] = (
                Note("policy.no-region") if nowhere else phrases.unknown(fact, placement)
            )
        outside = codes_of(placement.country) if verdict is Verdict.VIOLATION else ()
        shown = placement.shown_by(Shows.PLACE, *WHAT_IT_IS)
        weak = unsourced(shown, placement)
        return Explained(
            Note(f"policy.area.{verdict.value}", params),
            (placement.area.because, placement.country.because, *_chains(placement)),
            cited(shown),
            (
                *adequate(outside, world, "policy.adequate-place"),
                *vouched(placement.country),
            ),
            basis_of(verdict, weak),
            weak,
        )

    lacks = (COUNTRY,) if verdict is Verdict.UNPROVEN else ()
    return Leaf("area", verdict, explain, unknowns(fact, verdict), lacks=lacks)


def technology(
    placement: Placement, world: World, wanted: str, accept: tuple[str, ...]
) -> Leaf:
    """Whether all companies that make or license what it runs on are of the area ``wanted``; open source adds none."""
    bounds, fact = Bounds(world, wanted, ()), placement.technology
    verdict = decide(fact, bounds.verdict)

    def explain() -> Explained:
        key, params = (
            f"policy.technology.{verdict.value}",
            dict[str, object](area=bounds.name),
        )
        if verdict is Verdict.VIOLATION:
            sure = bounds.surely_outside(fact)
            params["states"] = names(sure or bounds.outside(codes_of(fact)), world)
            key += "" if sure else ".among"
        elif verdict is Verdict.COMPLIANT:
            params["states"] = names(codes_of(fact), world)
            key += "" if params["states"] else ".none"
        else:
            params["why"] = (
                phrases.unknown(fact, placement)
                if isinstance(fact, Unknown)
                else Note("policy.state-unknown")
            )
        because = (fact.because, placement.provider.because)
        shown = placement.shown_by(Shows.TECHNOLOGY, *WHAT_IT_IS)
        weak = unsourced(shown, placement)
        return Explained(
            Note(key, params),
            because,
            cited(shown),
            vouched(fact),
            basis_of(verdict, weak),
            weak,
        )

    return Leaf("technology", verdict, explain, unknowns(fact, verdict))


def holds(placement: Placement, world: World, wanted: str, accept: tuple[str, ...]) -> Leaf:
    """Whether the service holds the qualification ``wanted`` on the day asked about."""
    found = next((each for each in placement.holdings if each.name == wanted), None)
    holding = found or Holding(wanted, Unknown(Reason.NO_EVIDENCE))
    verdict = decide(
        holding.held, lambda held: Verdict.COMPLIANT if held else Verdict.VIOLATION
    )

    def explain() -> Explained:
        params: dict[str, object] = {
            "title": world.qualifications.get(wanted, Bilingual(wanted, wanted))
        }
        remarks: tuple[Note, ...] = ()
        if isinstance(holding.held, Unknown) and verdict is Verdict.UNPROVEN:
            params["why"] = holding.note or phrases.unknown(holding.held, placement)
        elif holding.note:
            remarks += (holding.note,)
        if verdict is Verdict.COMPLIANT:
            remarks += _rests_on(holding)
        if verdict is not Verdict.VIOLATION:
            remarks += _activities(holding)
        weak = unsourced((*holding.evidence, *placement.shown_by(*WHAT_IT_IS)), placement)
        return Explained(
            Note(f"policy.holds.{verdict.value}", params),
            (holding.held.because, *_chains(placement)),
            holding.sources,
            remarks,
            basis_of(verdict, weak),
            weak,
        )

    return Leaf(
        "holds",
        verdict,
        explain,
        unknowns(_cause(holding.held, placement), verdict),
        holding,
        (wanted,) if verdict is Verdict.UNPROVEN else (),
    )


def _seal(placement: Placement, world: World, wanted: str, accept: tuple[str, ...]) -> Leaf:
    """Whether an objective of the Cloud Sovereignty Framework reaches a level; few ask, so that it is imported late."""
    from sovlint.policy.seal.predicate import seal

    return seal(placement, world, wanted, accept)


PREDICATES: Mapping[str, Predicate] = {
    "area": area,
    "control": control,
    "technology": technology,
    "holds": holds,
    "country": where.country,
    "adequate": where.adequate,
    "provider": where.provider,
    "region": where.region,
    "service": where.service,
    "kind": where.kind,
    "seal": _seal,
}
"""Every predicate by the key that a policy's ``require`` names it with."""


def _rests_on(holding: Holding) -> tuple[Note, ...]:
    until = holding.until.isoformat() if holding.until else ""
    if holding.attested:  # until is then the attestation's end, not the offer's
        return (Note("policy.attested", {"owner": holding.attested, "until": until}),)
    if holding.offer:
        key = "policy.offer-until" if until else "policy.offer"
        return (Note(key, {"offer": holding.offer, "until": until}),)
    return ()


def _activities(holding: Holding) -> tuple[Note, ...]:
    """Which activities the offer is certified for, where a source says it."""
    if not holding.activities:
        return ()
    params = {"offer": holding.offer, "activities": holding.activities}
    return (Note("policy.activities", params),)


def _chains(placement: Placement) -> tuple[Because, ...]:
    """What place and service rest on: who runs it and where."""
    return (placement.region.because, placement.provider.because, *placement.because)


def _cause(held: Fact[bool], placement: Placement) -> Fact[Any]:
    """What a qualification that isn't known waits for: in a library, the provider or region that its caller gives."""
    for fact in (placement.provider, placement.region):
        if (
            isinstance(held, Unknown)
            and isinstance(fact, Unknown)
            and fact.reason is Reason.CALLER_NOT_IN_REPO
        ):
            return fact
    return held
