"""Questions about the place itself: its country, whose it is, which region, which service, and of which kind that is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from sovlint.model.attestation import COUNTRY
from sovlint.model.findings.finding import Verdict
from sovlint.model.placement import GLOBAL_REGION, WHAT_IT_IS, Placement, Shows
from sovlint.model.text import Bilingual, Note
from sovlint.model.value import Fact, Known, Reason, Unknown, UnknownKind
from sovlint.model.world import World
from sovlint.policy import phrases
from sovlint.policy.phrases import members
from sovlint.policy.requirements.leaf import (
    Explained,
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

_SHOWN_BY: Mapping[str, Collection[Shows]] = dict.fromkeys(
    ("country", "adequate"), (Shows.PLACE, *WHAT_IT_IS)
)
"""What shows the answer to a question, where that isn't only whose the host is."""


def country(placement: Placement, world: World, wanted: str, accept: tuple[str, ...]) -> Leaf:
    """Whether it sits in the state ``wanted``. A service without a region sits in none in particular: unproven."""
    fact: Fact[str] = placement.country
    there = decide(fact, lambda code: _is(code == wanted)) is Verdict.COMPLIANT
    if _is_anywhere(placement) and not there:
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
    """Whether it sits in the area ``wanted``, in whichever of its states, or in a state that an adequacy decision (GDPR
    45) covers. Whom a decision covers that is about some organisations alone isn't known: unproven."""
    fact: Fact[Any] = placement.country
    inside = decide(placement.area, lambda areas: _is(wanted in areas))
    verdict = decide(fact, lambda code: _adequacy(code, wanted, world))
    if inside is Verdict.COMPLIANT:
        fact, verdict = placement.area, inside
    elif _is_anywhere(placement) and verdict is not Verdict.COMPLIANT:
        fact = Unknown(Reason.NO_EVIDENCE, because=fact.because, kind=UnknownKind.NO_REGION)
        verdict = Verdict.UNPROVEN
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
    """Whether it sits in the region ``wanted`` (``provider/region``) of that provider. One that is made of
    several, or is in no state in particular, may include that region: unproven."""
    company, _, code = wanted.partition(BETWEEN)

    def answer(found: str) -> Verdict:
        if found == code:
            return Verdict.COMPLIANT
        return _is_apart(placement, world, company, found)

    fact = placement.region
    if isinstance(fact, Known) and answer(fact.value) is Verdict.UNPROVEN:
        fact = _spread(fact)
    return _of_provider("region", placement, fact, wanted, answer)


def _is_apart(placement: Placement, world: World, company: str, code: str) -> Verdict:
    """Whether a region of a company surely includes none of its others: violation, else unproven."""
    offering = world.offering
    is_spread = offering is not None and offering.is_spread(company, code)
    if is_spread or code == GLOBAL_REGION or not members(placement.country):
        return Verdict.UNPROVEN
    return Verdict.VIOLATION


def _spread(region: Known[str]) -> Unknown:
    """In which region something sits that is in several, or in none in particular."""
    key = "policy.no-region" if region.value == GLOBAL_REGION else "policy.region-spread"
    return Unknown(
        Reason.MULTI_VALUED,
        region.value,
        region.because,
        sensitive=region.sensitive,
        note=Note(key, {"region": region.value}),
    )


def service(placement: Placement, world: World, wanted: str, accept: tuple[str, ...]) -> Leaf:
    """Whether it is the service ``wanted`` (``provider/service``) of that provider."""
    _, _, name = wanted.partition(BETWEEN)
    return _of_provider(
        "service", placement, placement.service, wanted, lambda found: _is(found == name)
    )


def kind(placement: Placement, world: World, wanted: str, accept: tuple[str, ...]) -> Leaf:
    """Whether its service is of the kind ``wanted``. Of one that serves several purposes nobody can tell."""
    facts = (placement.provider, placement.service)
    verdicts = {
        _of_kind(each, name, wanted, world)
        for each in members(placement.provider)
        for name in members(placement.service) or _any_service(each, world)
    }
    verdict = verdicts.pop() if len(verdicts) == 1 else Verdict.UNPROVEN
    name = world.kinds.get(wanted, Bilingual(wanted, wanted))
    return _leaf("kind", verdict, name, placement, facts)


def _any_service(provider: str, world: World) -> tuple[str | None, ...]:
    """What a service that isn't known may be: one that nobody listed (``None``), or any that is listed."""
    return (None, *(world.offering.services(provider) if world.offering else ()))


def _of_kind(provider: str, service: str | None, wanted: str, world: World) -> Verdict:
    """Whether a service is of a kind; ``None``: one that isn't listed by its name."""
    offering = world.offering
    kinds = offering.kinds(provider, service) if offering is not None else None
    if kinds is None or (len(kinds) > 1 and wanted in kinds):
        return Verdict.UNPROVEN
    return _is(wanted in kinds)


def _of_provider(
    kind: str,
    placement: Placement,
    fact: Fact[str],
    wanted: str,
    answer: Callable[[str], Verdict],
) -> Leaf:
    """A region or a service of a provider: both must be the ones, and either may speak against it. ``answer``: what is
    to be said of a region or service by its code."""
    company, _, _ = wanted.partition(BETWEEN)
    facts: tuple[Fact[Any], ...] = (placement.provider, fact)
    answers = [
        decide(placement.provider, lambda found: _is(found == company)),
        decide(fact, answer),
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
    facts: Sequence[Fact[Any]],
    lacks: tuple[str, ...] = (),
    why: Note | None = None,
) -> Leaf:
    """What was found of a place, and of the facts that it was asked of."""
    open_facts = tuple(each for fact in facts for each in unknowns(fact, verdict))

    def explain() -> Explained:
        params: dict[str, object] = {"name": name}
        if verdict is Verdict.UNPROVEN:
            params["why"] = why or _why(open_facts, placement)
        shown = placement.shown_by(*_SHOWN_BY.get(kind, WHAT_IT_IS))
        weak = unsourced(shown, placement)
        return Explained(
            Note(f"policy.{kind}.{verdict.value}", params),
            (*(fact.because for fact in facts), *placement.because),
            cited(shown),
            vouched(placement.country) if kind in _SHOWN_BY else (),
            basis_of(verdict, weak),
            weak,
        )

    return Leaf(kind, verdict, explain, open_facts, lacks=lacks)


def _why(open_facts: tuple[Unknown, ...], placement: Placement) -> Note:
    if not open_facts:
        return Note("policy.kind-unknown")
    if open_facts[0].kind is UnknownKind.NO_REGION:
        return Note("policy.no-region")
    return phrases.unknown(open_facts[0], placement)
