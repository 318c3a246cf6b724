"""Questions about the place itself: its country, whose it is, which region, which service, and of which kind that is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sovlint.model.attestation import COUNTRY
from sovlint.model.findings.finding import Verdict
from sovlint.model.placement import GLOBAL_REGION, Placement, Shows
from sovlint.model.text import Bilingual, Note
from sovlint.model.value import Fact, Known, Reason, Unknown, UnknownKind
from sovlint.model.world import World
from sovlint.policy import phrases
from sovlint.policy.phrases import members
from sovlint.policy.requirements.leaf import (
    Leaf,
    basis_of,
    cited,
    decide,
    unknowns,
    unsourced,
    vouched,
)

BETWEEN = "/"
"""What stands between a provider and its region or service: either alone means another thing elsewhere."""

_SHOWN_BY: Mapping[str, tuple[Shows, ...]] = dict.fromkeys(
    ("country", "adequate"), (Shows.PLACE, Shows.HOST)
)
"""What shows the answer to a question, where that isn't only whose the host is."""


def country(placement: Placement, world: World, wanted: str, accept: tuple[str, ...]) -> Leaf:
    """Whether it sits in the state ``wanted``. A service without a region sits in none in particular: unproven."""
    fact: Fact[str] = placement.country
    if _is_anywhere(placement) and fact != Known(wanted):
        fact = Unknown(Reason.NO_EVIDENCE, because=fact.because, kind=UnknownKind.NO_REGION)
    verdict = decide(fact, lambda code: _is(code == wanted))
    lacks = (COUNTRY,) if verdict is Verdict.UNPROVEN else ()
    return _leaf(
        "country",
        verdict,
        phrases.state_name(wanted, world),
        placement,
        (fact,),
        lacks,
    )


def adequate(
    placement: Placement, world: World, wanted: str, accept: tuple[str, ...]
) -> Leaf:
    """Whether it sits in the area ``wanted``, or in a state that an adequacy decision (GDPR 45) covers. Whom a decision
    covers that is about some organisations alone isn't known: unproven."""
    fact: Fact[str] = placement.country
    at_home = decide(fact, lambda code: _adequacy(code, wanted, world)) is Verdict.COMPLIANT
    if _is_anywhere(placement) and not at_home:
        fact = Unknown(Reason.NO_EVIDENCE, because=fact.because, kind=UnknownKind.NO_REGION)
    verdict = decide(fact, lambda code: _adequacy(code, wanted, world))
    why = None
    if isinstance(fact, Known) and verdict is Verdict.UNPROVEN:
        state = phrases.state_name(fact.value, world)
        why = Note("policy.adequate-in-part", {"state": state})
    return _leaf(
        "adequate",
        verdict,
        phrases.area_name(wanted, world),
        placement,
        (fact,),
        (COUNTRY,) if isinstance(fact, Unknown) and verdict is Verdict.UNPROVEN else (),
        why,
    )


def _adequacy(code: str, area: str, world: World) -> Verdict:
    state = world.states.get(code)
    if state is None:
        return Verdict.VIOLATION
    if area in state.areas:
        return Verdict.COMPLIANT
    return Verdict.UNPROVEN if state.partly else _is(state.adequate)


def _is_anywhere(placement: Placement) -> bool:
    """Whether it is a service without a region."""
    region = placement.region
    return isinstance(region, Known) and region.value == GLOBAL_REGION


def provider(
    placement: Placement, world: World, wanted: str, accept: tuple[str, ...]
) -> Leaf:
    """Whether the company ``wanted`` runs it."""
    verdict = decide(placement.provider, lambda found: _is(found == wanted))
    name = world.providers.get(wanted, wanted)
    return _leaf("provider", verdict, Bilingual(name, name), placement, (placement.provider,))


def region(placement: Placement, world: World, wanted: str, accept: tuple[str, ...]) -> Leaf:
    """Whether it sits in the region ``wanted`` (``provider/region``) of that provider."""
    return _of_provider("region", placement, placement.region, wanted)


def service(placement: Placement, world: World, wanted: str, accept: tuple[str, ...]) -> Leaf:
    """Whether it is the service ``wanted`` (``provider/service``) of that provider."""
    return _of_provider("service", placement, placement.service, wanted)


def kind(placement: Placement, world: World, wanted: str, accept: tuple[str, ...]) -> Leaf:
    """Whether its service is of the kind ``wanted``. Of one that serves several purposes nobody can tell."""
    facts = (placement.provider, placement.service)
    verdicts = {
        _of_kind(each, name, wanted, world)
        for each in members(placement.provider)
        for name in members(placement.service) or (None,)
    }
    verdict = verdicts.pop() if len(verdicts) == 1 else Verdict.UNPROVEN
    name = world.kinds.get(wanted, Bilingual(wanted, wanted))
    return _leaf("kind", verdict, name, placement, facts)


def _of_kind(provider: str, service: str | None, wanted: str, world: World) -> Verdict:
    """Whether a service is of a kind; ``None``: one that isn't known, where all of a vendor's may be alike."""
    offering = world.offering
    kinds = offering.kinds(provider, service) if offering is not None else None
    if kinds is None or (len(kinds) > 1 and wanted in kinds):
        return Verdict.UNPROVEN
    return _is(wanted in kinds)


def _of_provider(kind: str, placement: Placement, fact: Fact[str], wanted: str) -> Leaf:
    """A region or a service of a provider: both must be the ones, and either may speak against it."""
    company, _, code = wanted.partition(BETWEEN)
    facts: tuple[Fact[Any], ...] = (placement.provider, fact)
    answers = [
        decide(placement.provider, lambda found: _is(found == company)),
        decide(fact, lambda found: _is(found == code)),
    ]
    verdict = next(
        (each for each in (Verdict.VIOLATION, Verdict.UNPROVEN) if each in answers),
        Verdict.COMPLIANT,
    )
    return _leaf(kind, verdict, Bilingual(wanted, wanted), placement, facts)


def _is(answer: bool) -> Verdict:
    return Verdict.COMPLIANT if answer else Verdict.VIOLATION


def _leaf(
    kind: str,
    verdict: Verdict,
    name: Bilingual,
    placement: Placement,
    facts: Iterable[Fact[Any]],
    lacks: tuple[str, ...] = (),
    why: Note | None = None,
) -> Leaf:
    """What was found of a place, and of the facts that it was asked of."""
    params: dict[str, object] = {"name": name}
    open_facts = tuple(each for fact in facts for each in unknowns(fact, verdict))
    if verdict is Verdict.UNPROVEN:
        params["why"] = why or _why(open_facts, placement)
    because = (*(fact.because for fact in facts), *placement.because)
    shown = placement.shown_by(*_SHOWN_BY.get(kind, (Shows.HOST,)))
    weak = unsourced(shown, placement)
    return Leaf(
        kind,
        verdict,
        Note(f"policy.{kind}.{verdict.value}", params),
        because,
        cited(shown),
        vouched(placement.country) if kind in _SHOWN_BY else (),
        open_facts,
        lacks=lacks,
        basis=basis_of(verdict, weak),
        unsourced=weak,
    )


def _why(open_facts: tuple[Unknown, ...], placement: Placement) -> Note:
    if not open_facts:
        return Note("policy.kind-unknown")
    if open_facts[0].kind is UnknownKind.NO_REGION:
        return Note("policy.no-region")
    return phrases.unknown(open_facts[0], placement)
