"""Where it goes: replication, backups, exports and logs that a repository declares, and the classes that go along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sovlint.catalog.entries import FlowRule
from sovlint.model.placement import ClassClaim, Classes, Flow, How
from sovlint.model.resource import Resource
from sovlint.model.text import Note
from sovlint.model.value import Step
from sovlint.resolve.placements import Placer
from sovlint.resolve.reading import refers_to

SELF = "self"
MAX_ROUNDS = 20
"""Chains of copies longer than this are not followed further."""


def flows(resources: Sequence[Resource], placer: Placer) -> list[Flow]:
    """All flows that resources declare between resources of the same root."""
    found = []
    for resource in resources:
        entry = placer.entry(resource)
        for rule in entry.flows if entry else ():
            found.extend(_flows(resource, rule, placer))
    return found


def _flows(resource: Resource, rule: FlowRule, placer: Placer) -> list[Flow]:
    step = Step(resource.where, Note("resolve.flow-here", {"kind": rule.kind}))
    return [
        Flow(rule.kind, source, target, None, step)
        for source in _ends(resource, rule.source, placer)
        for target in _ends(resource, rule.target, placer)
        if source is not target
    ]


def _ends(resource: Resource, path: str, placer: Placer) -> list[Resource]:
    if path == SELF:
        return [resource]
    ends: dict[int, Resource] = {}
    for found in resource.attributes.read(path):
        for address in refers_to(found.value):
            end = placer.find(resource, address)
            if end is not None:
                ends[id(end)] = end
                break
    return list(ends.values())


def propagate(classes: Mapping[int, Classes], flowing: Sequence[Flow]) -> dict[int, Classes]:
    """Classes after data has flowed: a propagated class is no stronger than the weakest step of its chain.

    Classes are by ``id()`` of the resource: two manifests may give objects of one name, and each keeps its own.
    """
    result = dict(classes)
    for _ in range(MAX_ROUNDS):
        changed = False
        for flow in flowing:
            if flow.target is None:
                continue
            carried = [_carried(claim, flow) for claim in result[id(flow.source)].claims]
            target = result[id(flow.target)]
            merged = _merged(target, carried)
            if merged is not target:
                result[id(flow.target)] = merged
                changed = True
        if not changed:
            break
    return result


def _carried(claim: ClassClaim, flow: Flow) -> ClassClaim:
    how = claim.how if claim.how in (How.INFERRED, How.DEFAULT) else How.PROPAGATED
    parents = tuple(step for step in (flow.because, claim.because) if step is not None)
    note = Note("resolve.class-propagated", {"kind": flow.kind, "address": flow.source.address})
    return ClassClaim(claim.data_class, how, Step(None, note, parents))


def _merged(target: Classes, carried: Sequence[ClassClaim]) -> Classes:
    order = list(How)
    held = {claim.data_class: claim for claim in target.claims}
    better = [
        claim for claim in carried
        if claim.data_class not in held or order.index(claim.how) < order.index(held[claim.data_class].how)
    ]  # fmt: skip
    if not better:
        return target
    held.update({claim.data_class: claim for claim in better})
    return replace(target, claims=tuple(held[name] for name in sorted(held)))
