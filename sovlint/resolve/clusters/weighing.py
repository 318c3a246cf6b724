"""What evidence of one cluster comes to: the strongest level decides, weaker ones fill what it leaves open.

A level that contradicts itself, or a stronger one, leaves the fact open among what they name: there may be two
clusters. Only annotations that contradict the address of an API server, or what makes the cluster that is pointed at,
change nothing, and that is said. What is still to be filled in may contradict too: then nothing as strong or weaker
decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import cast

from msgspec import Struct, field

from sovlint.catalog.load import Catalog
from sovlint.model.landing import Evidence, Level
from sovlint.model.resources.reading import Remark
from sovlint.model.text import Note
from sovlint.model.value import (
    Because,
    Fact,
    Known,
    Reason,
    Step,
    StepKind,
    Unknown,
    UnknownKind,
    Value,
    either,
    is_proved,
    map_fact,
)
from sovlint.resolve.attribute_texts import first, text
from sovlint.resolve.facts.endpoints import who_answers
from sovlint.resolve.facts.service_place import ServicePlace, region_of
from sovlint.resolve.values import no_evidence, one_of_names, several, with_step


class Shown(Struct, frozen=True):
    """One thing seen, looked up: the providers that it may be (``default``: the first, where nothing else tells)."""

    level: int
    step: Step
    providers: tuple[str, ...]
    region: Value | None = None
    default: bool = True
    later: Unknown | None = None
    """Why it isn't known whose cluster this shows."""


class WeighedPlace(Struct, frozen=True):
    """Where a cluster is: ``provider`` and ``region`` as a ``Named`` has them (``None``: nothing shows it);
    ``possible``: all that the provider may be; ``disputes``: contradictions, to be said."""

    provider: Value | None = None
    region: Value | None = None
    possible: tuple[str, ...] = ()
    disputes: tuple[Remark, ...] = ()


class _Scale(Struct):
    possible: tuple[str, ...] = ()
    default: bool = True
    by: Because = None
    sure: bool = False
    """Whether an API server's address decided it, or what makes the cluster."""
    seen: list[Shown] = field(default_factory=list)
    """What was taken into account."""
    disputes: list[Remark] = field(default_factory=list)


Made = Callable[[str, str], ServicePlace | None]
"""Where the cluster is that a resource of a root and address makes; ``None`` where it doesn't say."""


def weigh(
    evidence: Iterable[Evidence],
    catalog: Catalog,
    made: Made = lambda root, address: None,
    own: bool = False,
) -> WeighedPlace:
    """Where a cluster is, by all that shows it; ``own``: where the very workload is that all of it is about."""
    return weighed(looked_up(evidence, catalog, made, own), catalog)


def firmer(one: Value | None, other: Value | None) -> Value | None:
    """One of two facts, as far as the other proves it: what agrees with a hint loses nothing by that."""
    agree = isinstance(one, Known) and isinstance(other, Known) and one.value == other.value
    return other if one is None or (agree and not is_proved(one)) else one


def weighed(shown: Sequence[Shown], catalog: Catalog) -> WeighedPlace:
    """The same, of what was looked up."""
    scale = _Scale()
    for level in sorted({each.level for each in shown}):
        later = next(
            (each for each in shown if each.level == level and each.later is not None), None
        )
        if later is not None and not scale.possible:
            weaker = any(each.level >= level and each.providers for each in shown)
            return _undecided(later) if weaker or level <= Level.SERVER else WeighedPlace()
        same = [each for each in shown if each.level == level and each.providers]
        torn = _weigh_level(same, scale)
        if torn is not None:
            against = [*scale.seen, *same]
            return WeighedPlace(torn, None, named_by(against), (_dispute(torn, against),))
        scale.seen.extend(same)
    if not scale.possible:
        return WeighedPlace()
    provider = _provider(scale, shown, catalog)
    return WeighedPlace(
        provider,
        _region(provider, shown, scale, catalog),
        scale.possible,
        tuple(scale.disputes),
    )


def looked_up(
    evidence: Iterable[Evidence], catalog: Catalog, made: Made, own: bool = False
) -> list[Shown]:
    """What evidence shows by the catalogue; without what shows nothing. What is declared proves where a cluster is, and
    what makes it; all else hints at it, unless it is about the very thing (``own``)."""
    found = []
    for each in evidence:
        proves = own or each.level <= Level.CREATED
        step = Step(each.where, each.note, kind=StepKind.SEEN if proves else StepKind.HINTED)
        if (shown := _looked_up(each, step, catalog, made)) is not None:
            found.append(shown)
    return found


def _looked_up(evidence: Evidence, step: Step, catalog: Catalog, made: Made) -> Shown | None:
    if evidence.level is Level.OFFERED:
        return None
    if evidence.later is not None:
        return Shown(evidence.level, step, (), later=evidence.later)
    if evidence.level is Level.DECLARED:
        return _declared(evidence, step, catalog)
    if evidence.level is Level.CREATED:
        return _created(evidence, made)
    if evidence.level is Level.SERVER:
        host = None if evidence.host is None else first((text(evidence.host),))
        if host is None:
            return None
        match = who_answers(host, catalog)
        if isinstance(match, Unknown):
            open_ = isinstance(evidence.host, Unknown)
            return Shown(evidence.level, step, (), later=match) if open_ else None
        region: Value | None = Known(match.value.region, step) if match.value.region else None
        return Shown(evidence.level, step, (match.value.provider,), region)
    region = None if evidence.region is None else with_step(evidence.region, step)
    if evidence.alone and isinstance(region, Known):
        return Shown(evidence.level, step, holders(str(region.value), catalog), region, False)
    return Shown(evidence.level, step, evidence.providers, region, evidence.default)


def _declared(evidence: Evidence, step: Step, catalog: Catalog) -> Shown:
    """What the configuration says of a destination, by the company's id."""
    found = (catalog.find_provider(name) for name in evidence.providers)
    ids = tuple(each.id for each in found if each is not None)
    return Shown(evidence.level, step, ids or evidence.providers, evidence.region)


def _created(evidence: Evidence, made: Made) -> Shown:
    """Where the first of the resources that say it puts the cluster that they make."""
    places = [
        place for root, address in evidence.made if (place := made(root, address)) is not None
    ]
    at = next(
        (each for each in places if isinstance(each.provider, Known)),
        places[0] if places else None,
    )
    step = Step(evidence.where, evidence.note, at.steps if at else ())
    if at is None:
        return Shown(evidence.level, step, (), later=no_evidence("cluster", step))
    if isinstance(at.provider, Unknown):
        return Shown(evidence.level, step, (), later=at.provider.bare())
    region = at.region_code
    unsaid = isinstance(region, Unknown) and region.reason is Reason.NO_EVIDENCE
    return Shown(
        evidence.level,
        step,
        (at.provider.value,),
        None if unsaid else with_step(region, step),
    )


def holders(code: str, catalog: Catalog) -> tuple[str, ...]:
    """The providers of clusters that list a region or zone of this name. Services that run on a cloud use its names."""
    return tuple(
        name
        for name in catalog.cluster_hints.hosts
        if catalog.find_region(name, code) is not None
    )


def _weigh_level(same: Sequence[Shown], scale: _Scale) -> Unknown | None:
    """Take one level into account; what it leaves open where it contradicts itself and nothing stronger decides."""
    possible: tuple[str, ...] = ()
    outweighed = scale.sure and all(each.level == Level.ANNOTATIONS for each in same)
    for each in same:
        both = tuple(one for one in possible if one in each.providers)
        if possible and not both:
            if outweighed:
                scale.disputes.append(
                    weaker_remark(scale.possible[0], each.providers[0], each.step)
                )
                return None
            return _torn([*scale.seen, *same])
        possible = both or each.providers
    if not possible:
        return None
    agreed = tuple(one for one in scale.possible if one in possible)
    if scale.possible and not agreed:
        if not outweighed:
            return _torn([*scale.seen, *same])
        scale.disputes.append(
            weaker_remark(scale.possible[0], same[0].providers[0], same[0].step)
        )
    elif not scale.possible:
        scale.possible, scale.by = possible, same[0].step
        scale.sure = same[0].level <= Level.SERVER
        scale.default = any(each.default for each in same)
    else:
        scale.possible = agreed
        scale.default = scale.default or any(each.default for each in same)
    return None


def _undecided(later: Shown) -> WeighedPlace:
    """Open, since what would decide it is still to be filled in."""
    assert later.later is not None
    note = Note("resolve.cluster-later", {"at": place_of(later.step)})
    open_ = Unknown(
        later.later.reason,
        later.later.detail,
        later.step,
        note=note,
        kind=UnknownKind.CLUSTER_LATER,
    )
    return WeighedPlace(open_)


def place_of(step: Step) -> str:
    """``path:line`` of a step, for a message."""
    span = step.where.span() if step.where else None
    return f"{span.path}:{span.line}" if span else ""


def remark_at(note: Note, step: Because) -> Remark:
    """A remark where a step is."""
    span = step.where.span() if step is not None and step.where else None
    return Remark(note, span.path if span else None, span.line if span else None)


def _torn(same: Sequence[Shown]) -> Unknown:
    names = named_by(same)
    note = Note("resolve.cluster-contradictory", {"names": names})
    return one_of_names(names, Step(None, note, tuple(each.step for each in same)), note)


def named_by(same: Sequence[Shown]) -> tuple[str, ...]:
    """The providers that are named, of those that an entry tells by default that one."""
    named = (each.providers[:1] if each.default else each.providers for each in same)
    return tuple(sorted({name for names in named for name in names}))


def _dispute(torn: Unknown, same: Sequence[Shown]) -> Remark:
    return remark_at(
        Note("resolve.cluster-disputed", {"names": named_by(same)}), same[0].step
    )


def weaker_remark(one: str, other: str, step: Because) -> Remark:
    """What is said where something weaker speaks of another provider, or of another region."""
    return remark_at(Note("resolve.cluster-outweighed", {"one": one, "other": other}), step)


def _provider(scale: _Scale, shown: Sequence[Shown], catalog: Catalog) -> Value:
    """Of several that it may be, those that have the region that is named; else the first, where that is the rule."""
    for each in shown:
        if len(scale.possible) > 1 and isinstance(each.region, Known):
            code = str(each.region.value)
            fit = tuple(
                one for one in scale.possible if catalog.find_region(one, code) is not None
            )
            scale.possible = fit or scale.possible
    if len(scale.possible) == 1 or scale.default:
        return Known(scale.possible[0], scale.by)
    note = Note("resolve.cluster-one-of", {"names": scale.possible})
    return one_of_names(scale.possible, scale.by, note)


def _region(
    provider: Value, shown: Sequence[Shown], scale: _Scale, catalog: Catalog
) -> Value | None:
    """The region that the strongest level names; one that nodes or volumes need besides leaves it open, and what else
    names another is said."""
    if isinstance(provider, Unknown):
        return None
    decided: Fact[str] | None = None
    for level in sorted({each.level for each in shown}):
        same = [each for each in shown if each.level == level]
        found = [
            code for each in same if (code := code_of(provider, each, catalog)) is not None
        ]
        if not found:
            continue
        open_ = several(found, "region", Note("resolve.cluster-regions"))
        here = either(found, open_)
        if decided is None:
            decided = here
        elif level < Level.ANNOTATIONS and (isinstance(here, Known) or here.among):
            decided = either([decided, here], open_)
        elif (
            isinstance(decided, Known)
            and isinstance(here, Known)
            and here.value != decided.value
        ):
            scale.disputes.append(weaker_remark(decided.value, here.value, here.because))
    return decided


def code_of(provider: Known[object], shown: Shown, catalog: Catalog) -> Fact[str] | None:
    """The catalogue's code of a region that is named; ``None`` where it isn't this provider's: a house's own word."""
    if shown.region is None or (shown.providers and provider.value not in shown.providers):
        return None
    named = cast("Fact[str]", provider)
    found = region_of(named, cast("Fact[str]", shown.region), catalog)
    if (
        isinstance(found, Unknown)
        and found.reason is Reason.NOT_IN_CATALOGUE
        and not shown.providers
    ):
        return None
    return with_step(map_fact(found, lambda region: Known(region.code)), shown.step)
