"""Control: the states able to compel a provider, derived from who owns and runs what.

One rule (design, section 7): the seat of the operator; the seat of every holder, through any chain, of more than half
of capital or votes, or of a majority held together as a group; sourced special reach; and the control of every
provider whose cloud the service runs on. Smaller and unknown shares control nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Parts = Mapping[str, Any]

OWNERS, HOST = "owners", "host"
"""What may not be known of a company: who owns it, and whose cloud its service runs on."""


class ControlError(Exception):
    """Ownership or hosting that goes round in a circle: ``kind`` and ``id`` of the entry where it was met."""

    def __init__(self, kind: str, entry: str, chain: tuple[str, ...]) -> None:
        super().__init__(f"{' > '.join((*chain, entry))} goes round in a circle")
        self.kind = kind
        self.id = entry


@dataclass(frozen=True, slots=True)
class Link:
    """One step: the entity's name, how it was reached, the state that it answers to, and the id of the source.

    ``background``: the seat, or a holding on the way there, rests on background knowledge.
    """

    entity: str
    through: str
    jurisdiction: str
    source: str
    background: bool


def steps(parts: Parts, provider: str, chain: tuple[str, ...] = ()) -> list[Link]:
    """All steps by which states control ``provider``, nearest first, each once. Raises ``ControlError`` on a circle."""
    if provider in chain:
        raise ControlError("providers", provider, chain)
    data = parts["providers"][provider]
    found = list(_of_entity(parts, data["operator"], ()))
    for below in data.get("runs_on") or ():
        doubtful = _background(parts, below["source"])
        for step in steps(parts, below["provider"], (*chain, provider)):
            found.append(Link(step.entity, "runs-on", step.jurisdiction, below["source"], doubtful or step.background))
    return list(dict.fromkeys(found))


def _of_entity(
    parts: Parts, entity: str, chain: tuple[str, ...], holding: str | None = None, doubtful: bool = False
) -> Iterator[Link]:
    """The steps at and above ``entity``, reached through the source ``holding`` (the operator itself: none)."""
    if entity in chain:
        raise ControlError("entities", entity, chain)
    data = parts["entities"][entity]
    name, through = data["name"], "owner" if holding else "seat"
    unsure = doubtful or _background(parts, data["source"])
    yield Link(name, through, data["seat"], holding or data["source"], unsure)
    for reach in data.get("reach", ()):
        unsure = doubtful or _background(parts, reach["source"])
        yield Link(name, "reach", reach["jurisdiction"], reach["source"], unsure)
    for share in _majorities(data):
        for owner in share.get("group") or [share["entity"]]:
            unsure = doubtful or _background(parts, share["source"])
            yield from _of_entity(parts, owner, (*chain, entity), share["source"], unsure)


def unfound(parts: Parts, provider: str) -> list[tuple[str, str]]:
    """What nobody found, or read, of who controls a provider: ``OWNERS`` or ``HOST``, and the name of whose.

    Only for providers that ``steps`` can follow. Where a state outside every area controls the provider anyway, more
    would change nothing: none.
    """
    found = steps(parts, provider)
    if any(not parts["jurisdictions"][step.jurisdiction].get("areas") for step in found):
        return []
    unread = [(OWNERS, found[0].entity)] if all(step.background for step in found) else []
    return list(dict.fromkeys([*unread, *_unfound(parts, provider)]))


def _unfound(parts: Parts, provider: str) -> Iterator[tuple[str, str]]:
    data = parts["providers"][provider]
    waiting = [data["operator"]]
    while waiting:
        entity = parts["entities"][waiting.pop(0)]
        if entity.get("owners", ()) is None:
            yield OWNERS, entity["name"]
        for share in _majorities(entity):
            waiting += share.get("group") or [share["entity"]]
    if data.get("runs_on", ()) is None:
        yield HOST, data["name"]
    for below in data.get("runs_on") or ():
        yield from _unfound(parts, below["provider"])


def _majorities(entity: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [share for share in entity.get("owners") or () if share["majority"]]


def _background(parts: Parts, source: str) -> bool:
    return bool(parts["sources"][source][3])
