"""How a finding says who, where and why: fragments of a headline, as notes. No sensitive value gets into one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, cast

from sovlint.model.placement import (
    GLOBAL_REGION,
    ClassClaim,
    Classes,
    How,
    Placement,
    ShownBy,
)
from sovlint.model.text import LANGUAGES, Bilingual, Note
from sovlint.model.value import Fact, Known, StepKind, Unknown
from sovlint.model.world import World

T = TypeVar("T")


def data(claims: Iterable[ClassClaim], world: World) -> Bilingual:
    """The names of the classes that a finding is about, first letter raised: they open a sentence."""
    names = class_names(claims, world)
    return Bilingual(
        *(_raised(", ".join(name[language] for name in names)) for language in LANGUAGES)
    )


def class_names(claims: Iterable[ClassClaim], world: World) -> tuple[Bilingual, ...]:
    """The names of the classes claimed, each once."""
    return tuple(
        world.classes.get(name, Bilingual(name, name))
        for name in dict.fromkeys(claim.data_class for claim in claims)
    )


def of_classes(claims: Iterable[ClassClaim], classes: Classes) -> Iterator[Note]:
    """What there is to say of how the classes got there that a finding is about, and of those that may be there too."""
    hows = {claim.how for claim in claims}
    if hows == {How.INFERRED}:
        yield Note("policy.class-inferred")
    elif hows == {How.DEFAULT}:
        yield Note("policy.class-assumed")
    if classes.unknown is not None:
        yield Note("policy.class-open", {"why": classes.unknown.why()})


def subject(placement: Placement, world: World) -> Mapping[str, Note]:
    """The parameters ``role``, ``provider`` and ``place`` of a headline."""
    return {
        "role": _role(placement.role),
        "provider": provider(placement, world),
        "place": place(placement, world),
    }


def sent(role: Note, key: str, claims: Sequence[ClassClaim]) -> Note:
    """The role of a place that data is sent to: whose data, and by what setting of the resource."""
    origins = [address for address in map(_origin, claims) if address]
    if not origins:
        return Note("policy.role.sent-here", {"role": role, "key": key})
    return Note("policy.role.sent", {"role": role, "key": key, "sender": origins[0]})


def _origin(claim: ClassClaim) -> str:
    """The address of the resource that a propagated class comes from in the first place; empty for any other."""
    step, address = claim.because, ""
    while step is not None and step.kind is StepKind.PROPAGATED:
        address = step.refers or ""
        step = step.parents[-1] if step.parents else None
    return address


def provider(placement: Placement, world: World) -> Note:
    """Who runs it: "with Scaleway", "with one of ...", "with X, which the catalogue doesn't have"."""
    fact = placement.provider
    if sensitive(fact):
        return Note("policy.provider.sensitive")
    if isinstance(fact, Known):
        name = placement.provider_name or world.providers.get(fact.value, fact.value)
        return Note("policy.provider.known", {"provider": name})
    if fact.among:
        names = tuple(world.providers.get(each, each) for each in members(placement.provider))
        return Note("policy.provider.among", {"providers": names})
    if placement.provider_name:
        return Note("policy.provider.unlisted", {"provider": placement.provider_name})
    return Note("policy.provider.unknown")


def place(placement: Placement, world: World) -> Note:
    """Where it sits: "in eu-west-3 (France)", "in one of ...", "in a region that isn't known"."""
    region = placement.region
    if sensitive(region) or sensitive(placement.country):
        return Note("policy.place.sensitive")
    countries = states(placement.country, world)
    if isinstance(region, Known):
        if region.value == GLOBAL_REGION:
            return Note("policy.place.global")
        around = countries or tuple(area_name(area, world) for area in _value(placement.area))
        return _around("policy.place.region", {"region": region.value}, around)
    if region.among:
        return _around("policy.place.among", {"regions": members(region)}, countries)
    if countries:
        return Note("policy.place.country", {"countries": countries})
    return Note("policy.place.unknown")


def _around(key: str, params: Mapping[str, object], around: tuple[Bilingual, ...]) -> Note:
    """A place, with what it lies in where that is known."""
    return Note(f"{key}-in", {**params, "around": around}) if around else Note(key, params)


def states(fact: Fact[str], world: World) -> tuple[Bilingual, ...]:
    """The names of the state, or of the states that it may be; empty where nothing is known."""
    return tuple(state_name(code, world) for code in members(fact))


def members(fact: Fact[T]) -> tuple[T, ...]:
    """The value of a fact, or all that it may be; none where nothing is known of it."""
    return (
        (fact.value,)
        if isinstance(fact, Known)
        else tuple(cast(T, member.value) for member in fact.among or ())
    )


def state_name(code: str, world: World) -> Bilingual:
    """The name of a state, or its code where the catalogue has no name."""
    return world.states[code].name if code in world.states else Bilingual(code, code)


def area_name(area: str, world: World) -> Bilingual:
    """The name of an area, or its id."""
    return world.areas.get(area, Bilingual(area, area))


def compelling(codes: Iterable[str], world: World) -> tuple[Bilingual | Note, ...]:
    """States with the laws by which they can compel: "United States (CLOUD Act, ...)"."""
    found: list[Bilingual | Note] = []
    for code in codes:
        laws = world.states[code].laws if code in world.states else ()
        name = state_name(code, world)
        found.append(
            Note("policy.state-laws", {"state": name, "laws": laws}) if laws else name
        )
    return tuple(found)


def unknown(fact: Unknown, placement: Placement | None = None) -> Note:
    """Which fact isn't known, and why: "region: var.region has no value"."""
    label = _label(fact, placement) if placement else None
    why = fact.why()
    return (
        Note("policy.unknown", {"fact": Note(f"policy.fact.{label}"), "why": why})
        if label
        else why
    )


def unsourced(evidence: Iterable[ShownBy], placement: Placement) -> tuple[Note, ...]:
    """The facts that are general knowledge alone, each once: "the country of fr-par", "who holds X"."""
    if any(map(sensitive, (placement.provider, placement.region, placement.country))):
        return (Note("policy.unsourced.sensitive"),)
    facts = ((str(each.shows), each.about) for each in evidence)
    return tuple(
        Note(f"policy.unsourced.{shows}", {"about": about})
        for shows, about in dict.fromkeys(facts)
    )


def sensitive(fact: Fact[Any]) -> bool:
    """Whether a fact, or a member of what it may be, must not be printed."""
    if isinstance(fact, Known):
        return fact.sensitive
    return fact.sensitive or any(member.sensitive for member in fact.among or ())


def _label(fact: Unknown, placement: Placement) -> str | None:
    """The fact that the cause lies in: the same cause reaches area and control from region or provider."""
    sources = {
        "provider": placement.provider,
        "region": placement.region,
        "country": placement.country,
    }
    for name, candidate in sources.items():
        if isinstance(candidate, Unknown) and candidate.cause == fact.cause:
            return name
    return None


def _role(role: Fact[str]) -> Note:
    return Note(
        f"policy.role.{role.value}" if isinstance(role, Known) else "policy.role.unknown"
    )


def _value(fact: Fact[tuple[str, ...]]) -> tuple[str, ...]:
    return fact.value if isinstance(fact, Known) else ()


def _raised(text: str) -> str:
    return text[:1].upper() + text[1:]
