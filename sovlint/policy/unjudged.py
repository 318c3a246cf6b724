"""What no policy can judge: under ``--assume`` a finding for each such resource, otherwise a remark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from sovlint.model.classrules import ClassRule
from sovlint.model.findings.cause import Cause
from sovlint.model.findings.finding import Finding, Severity, Verdict
from sovlint.model.placement import ClassClaim, How, Placed, Placement
from sovlint.model.resources.reading import Remark
from sovlint.model.resources.resource import Resource, written
from sovlint.model.text import Bilingual, Note
from sovlint.model.value import Step, Unknown, UnknownKind
from sovlint.model.world import World
from sovlint.policy import causes, phrases
from sovlint.policy.binding.bind import STRONG, Reach
from sovlint.policy.policies import Policy, greatest, lesser

MOST_FILES = 3
"""So many of the files are named that nobody reads."""
MOST_SOURCES = 10
"""So many sources of modules that aren't here are named."""

Assuming = Sequence[tuple[Policy, Reach]]
"""Policies that bind the assumed class, with what each binds."""


class UnreadData(Struct, frozen=True):
    """Files of one kind to which a rule gives a class, and that nobody reads. ``title``: what people call the kind.
    ``said``: the one file says so itself."""

    rule: ClassRule
    kind: str
    title: Bilingual | Note
    paths: tuple[str, ...]
    said: bool = False


def unread(
    found: Iterable[UnreadData], policy: Policy, binding: Assuming, world: World
) -> Iterator[Finding]:
    """One unproven finding for each, where a policy of ``binding`` asks something of its class. It costs no more than
    the gravest of these lets an unproven fact cost."""
    for each in found:
        bound = [
            (asking, scope)
            for asking, scope in binding
            if scope.classes & {*each.rule.classes}
        ]
        if not bound:
            continue
        why = "resolve.class-declared-somehow" if each.said else "resolve.class-configured"
        step = Step(each.rule.where, Note(why))
        wanted = {name for _, scope in bound for name in scope.classes}
        claims = tuple(
            ClassClaim(name, How.DECLARED, step)
            for name in each.rule.classes
            if name in wanted
        )
        shown = [*each.paths[:MOST_FILES]]
        if len(each.paths) > MOST_FILES:
            shown.append("...")
        params = {
            "data": phrases.data(claims, world),
            "glob": each.rule.glob,
            "kind": each.title,
            "count": len(each.paths),
            "files": tuple(shown),
        }
        about = each.kind if each.said else f"data.paths[{each.rule.glob}]/{each.kind}"
        yield Finding(
            policy.id,
            Verdict.UNPROVEN,
            lesser(policy.unproven, greatest(asking.unproven for asking, _ in bound)),
            written(about, "glob", each.rule.where),
            None,
            claims,
            Note("policy.unread-declared" if each.said else "policy.unread-data", params),
            because=(step,),
        )


def assumed(
    placed: Placed, placement: Placement, policy: Policy, assuming: Assuming, world: World
) -> Finding:
    """One unproven finding, however many policies of ``assuming`` would judge the assumed class there.

    What may carry the data and can't be judged must not pass for clean. It costs what the gravest of these policies
    lets an unproven fact cost, and no more than ``policy`` does.
    """
    claims = _bound(placed, assuming)
    finding = _unproven(
        placed, policy, assuming, claims, _headline(placed, placement, claims, world)
    )
    chain = (*finding.because, placement.role.because)
    return replace(
        finding,
        placement=placement,
        because=tuple(dict.fromkeys(filter(None, chain))),
        cause=_cause(placed.resource, placement),
    )


def _cause(resource: Resource, placement: Placement) -> Cause | None:
    """What it waits for: the module that isn't here, or somebody who knows what the type does."""
    if resource.is_elsewhere and _source(resource) and resource.unreadable is not None:
        return causes.of_module(resource.unreadable, resource)
    if isinstance(placement.role, Unknown):
        return causes.of_type(placement.role, resource)
    return None


def lacking(placed: Placed, policy: Policy, assuming: Assuming, world: World) -> Finding:
    """One unproven finding for a resource that is judged where it is, and has charts in it that aren't here: what they
    send elsewhere isn't known."""
    claims = _bound(placed, assuming)
    params = {"data": phrases.data(claims, world), "charts": tuple(placed.resource.lacks)}
    finding = _unproven(
        placed, policy, assuming, claims, Note("policy.unjudged-charts", params)
    )
    return replace(finding, cause=causes.of_charts(placed.resource))


def unsaid(
    placed: Placed,
    unknown: Unknown,
    policy: Policy,
    bound: Sequence[tuple[Severity, tuple[ClassClaim, ...]]],
    world: World,
) -> Sequence[Finding]:
    """One unproven finding for a resource that may be given settings which aren't known. ``bound``: how severe what was
    found of it is, or would be, and by which classes.

    It costs no more than the gravest of these would. Where only values aren't known, it asks for a class that isn't
    guessed, and warns.
    """
    claims = tuple(dict.fromkeys(claim for _, each in bound for claim in each))
    costs = lesser(policy.unproven, greatest(severity for severity, _ in bound))
    key = "policy.unjudged-settings"
    if unknown.kind is UnknownKind.VALUES_UNTOLD:
        claims = tuple(claim for claim in claims if claim.how in STRONG)
        costs = lesser(costs, Severity.WARNING)
        key = "policy.unjudged-values"
    if not claims:
        return ()
    params = {"data": phrases.data(claims, world), "why": unknown.why()}
    chain = (*(claim.because for claim in claims), unknown.because)
    found = Finding(
        policy.id,
        Verdict.UNPROVEN,
        costs,
        placed.resource,
        None,
        claims,
        Note(key, params),
        tuple(phrases.of_classes(claims, placed.classes)),
        tuple(dict.fromkeys(each for each in chain if each is not None)),
        cause=causes.of_fact(unknown, placed.resource),
    )
    return (found,)


def _unproven(
    placed: Placed,
    policy: Policy,
    assuming: Assuming,
    claims: tuple[ClassClaim, ...],
    headline: Note,
) -> Finding:
    """A finding that costs no more than ``policy`` does, nor than what is not proved costs under the gravest of
    ``assuming``."""
    severity = lesser(policy.unproven, greatest(each.unproven for each, _ in assuming))
    remarks = tuple(phrases.of_classes(claims, placed.classes))
    because = tuple(claim.because for claim in claims if claim.because is not None)
    return Finding(
        policy.id,
        Verdict.UNPROVEN,
        severity,
        placed.resource,
        None,
        claims,
        headline,
        remarks,
        because,
    )


def _bound(placed: Placed, assuming: Assuming) -> tuple[ClassClaim, ...]:
    """The classes of a resource that some of the policies bind."""
    classes = {name for _, scope in assuming for name in scope.classes}
    return tuple(claim for claim in placed.classes.claims if claim.data_class in classes)


def _headline(
    placed: Placed, placement: Placement, claims: Sequence[ClassClaim], world: World
) -> Note:
    data = phrases.data(claims, world)
    if placed.resource.is_elsewhere:
        source = _source(placed.resource)
        missing = placed.resource.is_missing and source
        key = "policy.unjudged-module" if source else "policy.unjudged-module-unnamed"
        key = "policy.unjudged-module-path" if missing else key
        key = "policy.unjudged-module-rest" if source and placed.resource.entry else key
        return Note(key, {"data": data, "source": source} if source else {"data": data})
    why = placement.role.why() if isinstance(placement.role, Unknown) else ""
    return Note("policy.unjudged", {"data": data, "why": why})


def absent_modules(unjudged: Sequence[Resource]) -> list[Remark]:
    """One remark for all calls of modules that aren't here and that no policy judged, with their sources; and one for
    each path at which there should be one.

    Each of them may hold anything: without a word of it, they would pass for clean.
    """
    missing = _missing([resource for resource in unjudged if resource.is_missing])
    calls = Counter(
        (_source(resource), resource.entry is not None)
        for resource in unjudged
        if not resource.is_missing
    )
    if not calls:
        return missing
    counted = sorted(calls.items(), key=lambda item: (-item[1], item[0]))
    named = [
        Note(
            "policy.module-source-rest" if is_known else "policy.module-source",
            {"source": source, "count": count},
        )
        for (source, is_known), count in counted
        if source
    ]
    params = {"count": calls.total(), "sources": tuple(named[:MOST_SOURCES])}
    if not named:
        return [*missing, Remark(Note("policy.modules-absent-unnamed", params))]
    key = (
        "policy.modules-absent-more" if len(named) > MOST_SOURCES else "policy.modules-absent"
    )
    return [*missing, Remark(Note(key, params))]


def _missing(calls: Sequence[Resource]) -> list[Remark]:
    """One remark for each call of a path at which there is no module."""
    spans = {(resource.span, _source(resource)) for resource in calls}
    return [
        Remark(Note("policy.module-path-unjudged", {"source": source}), span.path, span.line)
        for span, source in sorted(spans, key=lambda each: (each[0].path, each[0].line))
    ]


def _source(resource: Resource) -> str:
    """The source of a module that isn't here; empty where it may not be shown."""
    unknown = resource.unreadable
    return unknown.detail if unknown is not None and not unknown.sensitive else ""
