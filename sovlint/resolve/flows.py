"""Where it goes: replication, backups, exports and logs that a repository declares, and the classes that go along."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import partial

from msgspec.structs import replace

from sovlint.catalog.entries import FlowRule, PlacementRule
from sovlint.model.placement import ClassClaim, Classes, Flow, How
from sovlint.model.resources.resource import Resource
from sovlint.model.resources.sent import Link
from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import Known, Step, StepKind, Value
from sovlint.resolve.chosen import Selections
from sovlint.resolve.classes.data_classes import strongest
from sovlint.resolve.conditions import is_excluded, may_hold
from sovlint.resolve.facts.endpoints import known_host
from sovlint.resolve.names.forms import as_text
from sovlint.resolve.places.inside_values import scopes
from sovlint.resolve.places.placer import Placer
from sovlint.resolve.places.sends import Destinations
from sovlint.resolve.references import answering_address, nearest, refers_to
from sovlint.resolve.started import started
from sovlint.resolve.values import steps
from sovlint.rules.names.copied import is_target

SELF = "self"
_CONFIG = "config"

_CALL = "call"
_NOT_CALLED = {"keys", "registry", "state"}
_COPIED = "replication"

_BY_ROLE = {"logs": "logs", "replica": "replication", "backup": "backup"}
"""Kinds of flows to an address that is a placement in one of these roles; to any other it is an export."""


def flows(
    resources: Sequence[Resource],
    placer: Placer,
    destinations: Destinations,
    classes: Mapping[int, Classes],
) -> list[Flow]:
    """All flows that resources declare: between resources of the same root, and to companies that they send to."""
    found: list[Flow] = [*started(resources, placer.resources)]
    chosen = Selections(resources, placer.resources)
    for resource in resources:
        found.extend(_linked(resource, placer, classes))
        found.extend(_sent(resource, destinations))
        entry = placer.resources.entry(resource)
        listed = () if entry is None else entry.flows
        told = {
            end.replace(".*", "") for flow in listed for end in (flow.source, flow.target)
        }
        found.extend(_copied(resource, told, placer))
        if entry is None:
            continue
        for flow in entry.flows:
            found.extend(_flows(resource, flow, placer))
        for choosing in entry.chooses:
            step = _declared(choosing.kind, resource.where)
            for source in chosen.by(resource, choosing):
                found.extend(_between(source, resource, choosing.kind, step))
        told = {end for flow in entry.flows for end in (flow.source, flow.target)}
        for rule in entry.rules:
            if rule.each_endpoint and rule.each_endpoint not in told:
                for scope in scopes(resource, rule):
                    found.extend(
                        _to_endpoint(resource, scope, rule, rule.each_endpoint, placer)
                    )
    return found


def _linked(
    resource: Resource, placer: Placer, classes: Mapping[int, Classes]
) -> Iterator[Flow]:
    """Flows along the links that a resource has. What is declared of settings holds for whoever reads them."""
    own = _declared_classes(resource, classes)
    for link in resource.links:
        step = _declared(link.kind, link.where)
        for end in _linked_ends(resource, link, placer):
            if link.kind == _CALL and _takes_none(end, placer):
                continue
            said = _declared_classes(end, classes) if link.kind == _CONFIG else frozenset()
            yield from _between(resource, end, link.kind, step, link.back or not said <= own)


def _linked_ends(resource: Resource, link: Link, placer: Placer) -> Sequence[Resource]:
    """The resources that a link leads to: by their address, or by their name."""
    if link.name is None:
        return placer.resources.nearest_declared(resource, link.address)
    found = placer.resources.names_here.named(resource, link.address, link.name)
    return [each.resource for each in found]


def _takes_none(end: Resource, placer: Placer) -> bool:
    """Whether a thing that is only named in what calls it gets no data by that: keys, images, states."""
    entry = placer.resources.entry(end)
    roles = set() if entry is None else {rule.role for rule in entry.rules}
    return bool(roles) and roles <= _NOT_CALLED


def _copied(resource: Resource, told: Set[str], placer: Placer) -> Iterator[Flow]:
    """Flows between a resource and what its arguments name as a source or a target, where no rule of its type tells
    it."""
    for path in resource.copies:
        if path in told:
            continue
        for end in _ends(resource, path, placer):
            if _is_config(end, placer) or _takes_none(end, placer):
                continue
            if is_target(path):
                yield from _between(
                    resource, end, "export", _declared("export", resource.where)
                )
            else:
                yield from _between(
                    end, resource, _COPIED, _declared(_COPIED, resource.where)
                )


def _declared_classes(resource: Resource, classes: Mapping[int, Classes]) -> frozenset[str]:
    held = classes.get(resource.number, Classes())
    return frozenset(each.data_class for each in held.claims if each.how is How.DECLARED)


def _between(
    one: Resource, other: Resource, kind: str, step: Step, back: bool = False
) -> Iterator[Flow]:
    """A flow from one resource to another; both ways where data comes back."""
    if one.number != other.number:
        yield Flow(kind, one, other, None, step)
        if back:
            yield Flow(kind, other, one, None, step)


def _sent(resource: Resource, destinations: Destinations) -> Iterator[Flow]:
    """Flows to the companies that answer at the addresses which a resource sends data to, where they are known, and to
    what is of this repository."""
    for sent, end in destinations.of(resource):
        kind = _BY_ROLE.get(sent.role, "export")
        if isinstance(end, Resource):
            kind = sent.link or kind
            yield from _between(resource, end, kind, _declared(kind, sent.where), sent.back)
        elif end is not None and isinstance(end.provider, Known) and sent.key:
            step = Step(sent.where, Note("resolve.sent-here", {"key": sent.key}))
            yield Flow(kind, resource, None, end.provider.value, step)


def _to_endpoint(
    resource: Resource, scope: Resource, rule: PlacementRule, path: str, placer: Placer
) -> Iterator[Flow]:
    """Flows to what answers at the addresses that data is sent to, where that is of this repository.

    ``scope`` is the resource as the rule looks at it.
    """
    if not may_hold(scope, rule):
        return
    kind = _BY_ROLE.get(rule.role or "", "export")
    for found in scope.attributes.read(path):
        address = answering_address(found.value)
        end = placer.resources.declared(resource, address) if address else None
        if end is not None:
            yield from _between(resource, end, kind, _declared(kind, found.where))


def _flows(resource: Resource, rule: FlowRule, placer: Placer) -> Iterator[Flow]:
    if is_excluded(resource, rule.unless):
        return
    step = _declared(rule.kind, resource.where)
    targets = _ends(resource, rule.target, placer)
    for source in _ends(resource, rule.source, placer):
        for target in targets:
            yield from _between(source, target, rule.kind, step)
        # What isn't here is a placement of the resource that declares the flow.
        if rule.outside or (rule.goes_out and not targets and _is_config(resource, placer)):
            yield from _between(source, resource, rule.kind, step)


def _ends(resource: Resource, path: str, placer: Placer) -> list[Resource]:
    """The resources at one end of a flow; where it may be one of several, all of them."""
    if path == SELF:
        return [resource]
    ends: dict[int, Resource] = {}
    for found in resource.attributes.read(path):
        for end in _read_from(resource, found.value, placer) or _named(
            resource, path, found.value, placer
        ):
            ends[end.number] = end
    return list(ends.values())


def _named(resource: Resource, path: str, value: Value, placer: Placer) -> list[Resource]:
    """The resources that a value names without a reference, or that serve the host which it is."""
    found = placer.resources.names_here.named(resource, path, value)
    host = None if found else known_host(value)
    serving = placer.served.at(host, resource) if host else ()
    return [match.resource for match in found] or [
        each.resource
        for each in serving
        if each.leads is None and not placer.resources.is_looked_up(each.resource)
    ]


def _read_from(resource: Resource, value: Value, placer: Placer) -> list[Resource]:
    """The resources that a value was read from. Of text that is made with the name of one without payload (a zone's, in
    a host's) nothing goes there."""
    ends = nearest(value, partial(placer.resources.declared, resource))
    if refers_to(value) is not None or not as_text(value):
        return ends
    return [end for end in ends if not _is_config(end, placer)]


def _is_config(resource: Resource, placer: Placer) -> bool:
    entry = placer.resources.entry(resource)
    return entry is not None and entry.config


def propagate(classes: Mapping[int, Classes], flowing: Sequence[Flow]) -> dict[int, Classes]:
    """Classes after data has flowed: a propagated class is no stronger than the weakest step of its chain.

    Classes are by the number of the resource: two manifests may give objects of one name, and each keeps its own. Flows
    are followed until nothing changes; what a resource carries only grows or gets surer, so that comes to an end.
    """
    result = dict(classes)
    onward: dict[int, list[tuple[Flow, int]]] = {}
    for flow in flowing:
        if flow.target is not None and not flow.source.is_left_out:
            onward.setdefault(flow.source.number, []).append((flow, flow.target.number))
    queue = deque(onward)
    waiting = set(queue)
    while queue:
        source = queue.popleft()
        waiting.discard(source)
        for flow, end in onward[source]:
            held = result[end].claims
            claims = strongest(
                (*held, *(_carried(claim, flow) for claim in result[source].claims))
            )
            if claims != held:
                result[end] = replace(result[end], claims=claims)
                if end in onward and end not in waiting:
                    waiting.add(end)
                    queue.append(end)
    return result


def _carried(claim: ClassClaim, flow: Flow) -> ClassClaim:
    how = claim.how if claim.how in (How.INFERRED, How.DEFAULT) else How.PROPAGATED
    note = Note(
        "resolve.class-propagated", {"kind": flow.kind, "address": flow.source.address}
    )
    step = Step(
        None,
        note,
        steps(flow.because, claim.because),
        flow.source.address,
        StepKind.PROPAGATED,
    )
    return ClassClaim(claim.data_class, how, step)


def _declared(kind: str, where: Located) -> Step:
    return Step(where, Note("resolve.flow-here", {"kind": Note(f"resolve.flow-{kind}")}))
