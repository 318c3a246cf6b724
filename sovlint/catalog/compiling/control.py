"""Control: the states able to compel a provider, derived for a day from who owns and runs what.

One rule: the seat of the operator; the seat of every holder, through any chain, of more than half of capital or votes,
of a majority held together as a group, or of a sourced right of control; sourced special reach; and the control of every
provider whose cloud the service runs on. Smaller and unknown shares control nothing. Where a region has an operator of
its own, that company takes the place of the provider's; so does a cloud of its own. Where nobody names the holders, and
all of them are known to be in an area (``within.py``), the area stands for their states.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from sovlint.catalog.compiling import ownership, within
from sovlint.catalog.compiling.within import WithinProof
from sovlint.catalog.compiling.written_data import Data

OWNERS, HOST, SECOND, AGED = "owners", "host", "second", "aged"
"""What may not be known of a company: who owns it, and whose cloud its service runs on; a second source that all of it is
held in an area; whether that is still so, where the sources were read over a year ago."""

WITHIN = "within"
"""How an area is reached in which all of a company is held."""

_OF_HOLDERS = {
    WithinProof.UNSAID: OWNERS,
    WithinProof.ONE_SOURCE: SECOND,
    WithinProof.AGED: AGED,
}
"""What isn't known of a company's holders, by what is said of where they are."""

EVERYWHERE = ""
"""Stands for the regions of a provider that have no operator of their own."""


class ControlError(Exception):
    """Ownership or hosting that goes round in a circle: ``kind`` and ``id`` of the entry where it was met."""

    def __init__(self, kind: str, entry: str, chain: tuple[str, ...]) -> None:
        super().__init__(f"{' > '.join((*chain, entry))} goes round in a circle")
        self.kind = kind
        self.id = entry


class ControlLink(Struct, frozen=True):
    """One step: the entity's name, how it was reached, the state that it answers to, and the id of the source.

    ``background``: the seat, or a holding on the way there, rests on background knowledge. ``of`` is the company that
    an owner holds, ``how`` (``ownership.how``), and ``share`` and ``since`` how much of it and from when, if known.
    """

    entity: str
    through: str
    jurisdiction: str
    source: str
    background: bool
    of: str | None = None
    how: str | None = None
    share: float | None = None
    since: str | None = None


def operator(parts: Data, provider: str, region: str = EVERYWHERE) -> str:
    """The entity that runs a provider in a region."""
    data = parts["providers"][provider]
    own = data.get("regions", {}).get(region, {}).get("operator")
    return str(own["entity"] if own else data["operator"])


def hosts(parts: Data, provider: str, region: str = EVERYWHERE) -> Sequence[Data] | None:
    """The providers whose cloud a region runs on; ``None``: nobody found what it runs on."""
    data = parts["providers"][provider]
    own = data.get("regions", {}).get(region, {}).get("runs_on")
    found: Sequence[Data] | None = [own] if own else data.get("runs_on", ())
    return found


def regions_apart(parts: Data, provider: str) -> list[str]:
    """The regions of a provider that have an operator of their own, or a cloud of their own underneath."""
    return [
        code
        for code, data in parts["providers"][provider].get("regions", {}).items()
        if "operator" in data or "runs_on" in data
    ]


def steps(
    parts: Data, provider: str, day: date, region: str = EVERYWHERE
) -> list[ControlLink]:
    """All steps by which states control ``provider`` on ``day``, nearest first, each once."""
    return list(dict.fromkeys(_steps(parts, provider, day, region, ())))


def _steps(
    parts: Data, provider: str, day: date, region: str, chain: tuple[str, ...]
) -> Iterator[ControlLink]:
    if provider in chain:
        return
    yield from _climb(parts, operator(parts, provider, region), day)
    for below in hosts(parts, provider, region) or ():
        doubtful = _background(parts, below["source"])
        for step in _steps(parts, below["provider"], day, EVERYWHERE, (*chain, provider)):
            unsure = doubtful or step.background
            yield ControlLink(
                step.entity, "runs-on", step.jurisdiction, below["source"], unsure, step.of
            )


def _climb(parts: Data, entity: str, day: date) -> Iterator[ControlLink]:
    """The steps at and above the company ``entity``; each holder's own holders once, however often it is met."""
    data = parts["entities"][entity]
    unsure = _background(parts, data["source"])
    yield ControlLink(data["name"], "seat", data["seat"], data["source"], unsure)
    yield from _above(parts, entity, day, False, set())


def _above(
    parts: Data, entity: str, day: date, doubtful: bool, seen: set[tuple[str, bool]]
) -> Iterator[ControlLink]:
    if (entity, doubtful) in seen:
        return
    seen.add((entity, doubtful))
    data = parts["entities"][entity]
    for reach in data.get("reach", ()):
        if ownership.perhaps(reach, day):
            unsure = doubtful or _background(parts, reach["source"])
            yield ControlLink(
                data["name"], "reach", reach["jurisdiction"], reach["source"], unsure
            )
    if _within_alone(parts, data, day) is WithinProof.PROVED:
        said = data["held_within"]
        yield ControlLink(data["name"], WITHIN, said["area"], said["source"], doubtful)
    for edge in ownership.controlling(data, day):
        for owner in ownership.holders(edge):
            holder = parts["entities"][owner]
            held = doubtful or _background(parts, edge["source"])
            unsure = held or _background(parts, holder["source"])
            yield ControlLink(
                holder["name"], "owner", holder["seat"], edge["source"], unsure, data["name"],
                ownership.how(edge), edge.get("share"), edge.get("since"),
            )  # fmt: skip
            yield from _above(parts, owner, day, held, seen)


def unfound(
    parts: Data, provider: str, day: date, region: str = EVERYWHERE
) -> list[tuple[str, str]]:
    """What nobody found, or read, of who controls a provider on ``day``: ``OWNERS`` or ``HOST``, and whose.

    Where a state that settles it controls the provider anyway, more would change nothing: none. Another state outside
    every area isn't enough, whatever its laws: a policy set may accept it, and then the others count.
    """
    found = steps(parts, provider, day, region)
    states = (parts["jurisdictions"][step.jurisdiction] for step in found)
    if any(state.get("settles") for state in states):
        return []
    unread = (
        [(OWNERS, found[0].entity)]
        if all(step.background or step.through == WITHIN for step in found)
        else []
    )
    return list(dict.fromkeys([*unread, *_unfound(parts, provider, day, region, set())]))


def _unfound(
    parts: Data, provider: str, day: date, region: str, seen: set[str]
) -> Iterator[tuple[str, str]]:
    seen.add(provider)
    data = parts["providers"][provider]
    for entity in above(parts, operator(parts, provider, region), day):
        company = parts["entities"][entity]
        held = _within_alone(parts, company, day)
        if held in _OF_HOLDERS:
            yield _OF_HOLDERS[held], company["name"]
    if hosts(parts, provider, region) is None:
        yield HOST, data["name"]
    for below in hosts(parts, provider, region) or ():
        if below["provider"] not in seen:
            yield from _unfound(parts, below["provider"], day, EVERYWHERE, seen)


def _within_alone(parts: Data, company: Data, day: date) -> WithinProof | None:
    """How far it is proved that all of a company is held in an area; ``None`` where its holders are known anyway."""
    if ownership.closed(company, day, lambda source: not _background(parts, source)):
        return None
    return within.proved(parts, company, day)


def held_until(
    parts: Data, provider: str, day: date, region: str = EVERYWHERE
) -> date | None:
    """The last day on which all that proves who controls a provider counts; ``None`` where none of it ages."""
    return min(_held_until(parts, provider, day, region, set()), default=None)


def _held_until(
    parts: Data, provider: str, day: date, region: str, seen: set[str]
) -> Iterator[date]:
    seen.add(provider)
    for entity in above(parts, operator(parts, provider, region), day):
        company = parts["entities"][entity]
        if _within_alone(parts, company, day) is WithinProof.PROVED:
            last = within.last_day(parts, company["held_within"])
            yield from () if last is None else (last,)
    for below in hosts(parts, provider, region) or ():
        if below["provider"] not in seen:
            yield from _held_until(parts, below["provider"], day, EVERYWHERE, seen)


def above(parts: Data, entity: str, day: date | None = None) -> list[str]:
    """An entity and everybody who controls it on ``day``, or ever, through any chain, nearest first."""
    found: dict[str, None] = {}
    waiting = [entity]
    while waiting:
        next_one = waiting.pop(0)
        if next_one in found:
            continue
        found[next_one] = None
        data = parts["entities"][next_one]
        edges = (
            (data.get("owners") or ()) if day is None else ownership.controlling(data, day)
        )
        waiting += [owner for edge in edges for owner in ownership.holders(edge)]
    return list(found)


def sources(parts: Data, provider: str, day: date, region: str = EVERYWHERE) -> set[str]:
    """The ids of the sources that show who controls ``provider`` on ``day``, and that nobody else does: seats, all that
    is known of who holds whom and of special reach, and whose cloud it runs on."""
    return set(_sources(parts, provider, day, region, set()))


def _sources(
    parts: Data, provider: str, day: date, region: str, seen: set[str]
) -> Iterator[str]:
    seen.add(provider)
    data = parts["providers"][provider]
    if own := data.get("regions", {}).get(region, {}).get("operator"):
        yield own["source"]
    for entity in above(parts, operator(parts, provider, region), day):
        company = parts["entities"][entity]
        dispersed = company.get("no_majority")
        yield company["source"]
        yield from (
            edge["source"]
            for edge in (*(company.get("owners") or ()), *company.get("reach", ()))
            if ownership.perhaps(edge, day)
        )
        yield from [dispersed["source"]] if dispersed else ()
        yield from (
            within.source_keys(company["held_within"]) if "held_within" in company else ()
        )
    for below in hosts(parts, provider, region) or ():
        yield below["source"]
        if below["provider"] not in seen:
            yield from _sources(parts, below["provider"], day, EVERYWHERE, seen)


def turns(parts: Data, provider: str, region: str = EVERYWHERE) -> list[date]:
    """The days on which what controls a provider may change, and the first day of all, in order."""
    days = {date.min}
    for entity in _entities(parts, provider, region, set()):
        data = parts["entities"][entity]
        dispersed = data.get("no_majority")
        for dated in (
            *(data.get("owners") or ()),
            *data.get("reach", ()),
            *([dispersed] if dispersed else ()),
        ):
            days.update(ownership.turns(dated))
        if said := data.get("held_within"):
            days.update((*ownership.turns(said), *within.turns(parts, said)))
    return sorted(days)


def _entities(parts: Data, provider: str, region: str, seen: set[str]) -> Iterator[str]:
    """Everybody who ever stands above a provider, and above those whose cloud it runs on."""
    seen.add(provider)
    yield from above(parts, operator(parts, provider, region))
    for below in hosts(parts, provider, region) or ():
        if below["provider"] not in seen:
            yield from _entities(parts, below["provider"], EVERYWHERE, seen)


def refuse_circles(parts: Data, provider: str) -> None:
    """Raises ``ControlError`` where ownership on some day, or hosting, above or below a provider goes in a circle."""
    _no_host_twice(parts, provider, ())
    for region in (EVERYWHERE, *regions_apart(parts, provider)):
        for day in turns(parts, provider, region):
            _no_owner_twice(parts, operator(parts, provider, region), day, (), set())


def _no_host_twice(parts: Data, provider: str, chain: tuple[str, ...]) -> None:
    if provider in chain:
        raise ControlError("providers", provider, chain)
    for region in (EVERYWHERE, *regions_apart(parts, provider)):
        for below in hosts(parts, provider, region) or ():
            _no_host_twice(parts, below["provider"], (*chain, provider))


def _no_owner_twice(
    parts: Data, entity: str, day: date, chain: tuple[str, ...], done: set[str]
) -> None:
    if entity in chain:
        raise ControlError("entities", entity, chain)
    if entity in done:
        return
    for edge in ownership.controlling(parts["entities"][entity], day):
        for owner in ownership.holders(edge):
            _no_owner_twice(parts, owner, day, (*chain, entity), done)
    done.add(entity)


def _background(parts: Data, source: str) -> bool:
    return bool(parts["sources"][source]["background"])
