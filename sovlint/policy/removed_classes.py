"""Classes that a change takes away from what stands on: nothing that binds them is judged any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from sovlint.model.findings.finding import Finding, Severity, Verdict
from sovlint.model.findings.own_rules import OwnRule, RuleDetail, RuleKind
from sovlint.model.placement import ClassClaim, Classes, How, Placed
from sovlint.model.redaction.redact import mask
from sovlint.model.text import Note
from sovlint.model.world import World
from sovlint.policy import phrases
from sovlint.policy.policies import DATA_CLASS_REMOVED, Policy, PolicySet, greatest
from sovlint.policy.successors import Successor, declares, successors

_HOLDING = (How.DECLARED, How.INTRINSIC, How.PROPAGATED, How.DEFAULT)
"""How a class still counts as there: by more than a guess."""


def removed_classes(
    before: Sequence[Placed], after: Sequence[Placed], policy_set: PolicySet, world: World
) -> Iterator[Finding]:
    """A finding for each resource that carried a class by declaration, stands on, and carries it no more; and for each
    that came in the place of one that is gone, and doesn't carry it.

    A class that covers it, or that it covers, is none the less: policies bind it still.
    """
    policy = policy_set.housekeeping[DATA_CLASS_REMOVED]
    declared: dict[tuple[str, str, str], list[ClassClaim]] = defaultdict(list)
    for each in before:
        declared[each.resource.identity].extend(_declared(each))
    for each in after:
        were = declared.get(each.resource.identity, ())
        lost = _lost(were, each.classes, world) if were and not each.is_config else []
        if lost:
            yield _finding(
                each, lost, policy, _gravest(lost, policy_set, policy, world), world
            )
    for pair in successors(before, after, partial(_keeps, world)):
        lost = _lost(_declared(pair.gone), pair.came.classes, world)
        if lost:
            severity = _gravest(lost, policy_set, policy, world)
            yield _instead(
                _finding(pair.came, lost, policy, severity, world), lost, pair, world
            )


def fewer_declared(
    before: Sequence[Placed], after: Sequence[Placed], world: World
) -> OwnRule | None:
    """How many resources carried a declared class and do, and which of them do no more, where there are fewer."""
    were, are = (
        {each.resource.identity for each in side if declares(each)}
        for side in (before, after)
    )
    if len(are) >= len(were):
        return None
    kept = {
        pair.gone.resource.identity
        for pair in successors(before, after, partial(_keeps, world))
        if _keeps(world, pair.gone, pair.came)
    }
    classes = {each.resource.identity: _declared(each) for each in before}
    details = tuple(
        RuleDetail(
            one[2], ", ".join(dict.fromkeys(claim.data_class for claim in classes[one]))
        )
        for one in sorted(were - are - kept)
    )
    return OwnRule(RuleKind.FEWER_CLASSES, (f"{len(were)} → {len(are)}",), details=details)


def _declared(each: Placed) -> list[ClassClaim]:
    return [claim for claim in each.classes.claims if claim.how is How.DECLARED]


def _keeps(world: World, was: Placed, now: Placed) -> bool:
    return not _lost(_declared(was), now.classes, world)


def _instead(
    found: Finding, lost: Sequence[ClassClaim], pair: Successor, world: World
) -> Finding:
    """A finding on what came in the place of something else: unproven where only file or state says so."""
    gone = pair.gone.resource
    params = {
        "data": phrases.data(lost, world), "address": gone.address,
        "place": f"{gone.span.path}:{gone.span.line}",
    }  # fmt: skip
    verdict = found.verdict if pair.sure else Verdict.UNPROVEN
    key = "policy.class-gone" if verdict is Verdict.VIOLATION else "policy.class-gone-perhaps"
    return replace(found, verdict=verdict, headline=Note(key, params))


def _lost(were: Sequence[ClassClaim], now: Classes, world: World) -> list[ClassClaim]:
    there = {claim.data_class for claim in now.claims if claim.how in _HOLDING}
    return [
        claim
        for claim in were
        if not any(_alike(claim.data_class, other, world) for other in there)
    ]


def _alike(one: str, other: str, world: World) -> bool:
    return (
        one == other
        or one in world.covers.get(other, ())
        or other in world.covers.get(one, ())
    )


def _gravest(
    lost: Iterable[ClassClaim], policy_set: PolicySet, policy: Policy, world: World
) -> Severity:
    """As grave as what binds such a class, and no less than this policy is by itself."""
    names = {claim.data_class for claim in lost}
    binding = (
        each.severity
        for each in (*policy_set.law, *policy_set.policies)
        if any(
            one == name or name in world.covers.get(one, ())
            for one in each.data
            for name in names
        )
    )
    return greatest((policy.severity, *binding))


def _stood(placed: Placed, lost: Sequence[ClassClaim]) -> Iterator[Note]:
    """Where it was declared, if that isn't where the resource begins."""
    own = placed.resource.span
    steps = (each.because for each in lost if each.because is not None)
    spans = (step.where.span() for step in steps if step.where is not None)
    places = {f"{mask(each.path)}:{each.line}": None for each in spans}
    places.pop(f"{mask(own.path)}:{own.line}", None)
    if places:
        yield Note("policy.class-stood", {"places": tuple(places)})


def _finding(
    placed: Placed,
    lost: Sequence[ClassClaim],
    policy: Policy,
    severity: Severity,
    world: World,
) -> Finding:
    unknown = placed.classes.unknown
    params = {"data": phrases.data(lost, world)}
    headline = Note("policy.class-removed", params)
    if unknown is not None:
        headline = Note("policy.class-removed-unknown", {**params, "why": unknown.why()})
    return Finding(
        policy=policy.id,
        verdict=Verdict.VIOLATION if unknown is None else Verdict.UNPROVEN,
        severity=severity,
        resource=placed.resource,
        placement=None,
        claims=(),
        headline=headline,
        remarks=tuple(_stood(placed, lost)),
        because=(unknown.because,) if unknown is not None and unknown.because else (),
    )
