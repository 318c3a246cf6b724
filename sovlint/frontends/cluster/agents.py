"""Labels and annotations that have an agent watch a pod: what it sees goes to what the agent belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from sovlint.documents.cursor import Cursor
from sovlint.documents.scalars import scalar_text
from sovlint.frontends.cluster.object_index import Objects, address_of, nearest
from sovlint.frontends.cluster.objects import ManifestObject, all_of_scope
from sovlint.model.resources.sent import Link, Sent
from sovlint.rules.cluster.passing import Agent
from sovlint.rules.destination import NOTHING, Setting, Told, sends
from sovlint.rules.hints import Hints

_PARTS = ("labels", "annotations")


def watched(
    found: ManifestObject, spec: Cursor, objects: Objects, hints: Hints
) -> tuple[list[Link], list[Sent]]:
    """Where what agents see of these pods goes: to objects here, and elsewhere; once for each agent."""
    links: list[Link] = []
    sent: list[Sent] = []
    switches: dict[Agent, Cursor] = {}
    for key, written in _written(found, spec, objects):
        for agent in _of_key(str(key), objects, hints):
            if _is_on(agent, written):
                switches.setdefault(agent, written)
    for agent, switch in switches.items():
        here = [
            each for each in _belongs_to(found, agent, switch, objects) if each is not found
        ]
        links += [Link("logs", address_of(each, found), switch.where) for each in here]
        if not here and not agent.here:
            at = Setting(str(switch.path[-1]), NOTHING, switch.where)
            sent += sends(agent, Told(holder=at))
    return links, sent


def _written(
    found: ManifestObject, spec: Cursor, objects: Objects
) -> Iterator[tuple[str, Cursor]]:
    """The labels and annotations of the pods, the nearest first, then those of their namespace."""
    owners = [spec.parent]
    if found.namespace:
        spaces = objects.by_name.get(("Namespace", found.namespace), ())
        owners += [each.get() for each in all_of_scope(found.scope, spaces)]
    for owner in owners:
        for part in _PARTS:
            yield from owner.entries("metadata", part)


def _of_key(key: str, objects: Objects, hints: Hints) -> tuple[Agent, ...]:
    """The agents that a label or an annotation is for."""
    if key not in objects.agents:
        objects.agents[key] = tuple(
            agent
            for agent in hints.agents
            if any(fnmatchcase(key.lower(), each) for each in agent.keys)
        )
    return objects.agents[key]


def _is_on(agent: Agent, written: Cursor) -> bool:
    said = scalar_text(written.data).strip().lower()
    return bool(said) and said not in agent.off


def _belongs_to(
    found: ManifestObject, agent: Agent, switch: Cursor, objects: Objects
) -> Sequence[ManifestObject]:
    """What the agent belongs to here."""
    said = switch.text().strip()
    if agent.named and said.lower() != "true":
        space, _, name = said.rpartition("/")
        for kind in agent.to:
            if met := objects.find(found, kind, name, space or None):
                return met
        return ()
    for kind in agent.to:
        among = _called(agent, kind, objects)
        own = [each for each in among if each.namespace == found.namespace]
        for several in (own, among):
            if met := _of_one_scope(found, several):
                return met
    return ()


def _called(agent: Agent, kind: str, objects: Objects) -> Sequence[ManifestObject]:
    """The objects of a kind that go by a name of what an agent belongs to."""
    at = agent, kind
    if at not in objects.called:
        objects.called[at] = [
            each
            for each in objects.of_type(kind)
            if not agent.called or any(fnmatchcase(each.name, name) for name in agent.called)
        ]
    return objects.called[at]


def _of_one_scope(
    found: ManifestObject, among: Sequence[ManifestObject]
) -> Sequence[ManifestObject]:
    """Those of the scope of what is watched, else of none, else of the one other root that has any."""
    for scope in (found.scope, None):
        same = [each for each in among if each.scope == scope]
        if same:
            return nearest(found, same)
    return nearest(found, among) if len({each.scope for each in among}) == 1 else ()
