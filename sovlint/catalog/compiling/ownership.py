"""Who holds whom on a day: the edges of the ownership graph, and how far they close it.

An edge says how much of a company somebody holds: ``share`` (per cent), or that it is a ``majority``, or a right of
``control``, alone or as a ``group``; and from when (``since``) until when (``until``, inclusive). Dates may be a year
or a month: on a day that may or may not be inside, an edge counts as a holder, but excludes no other one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from sovlint.catalog.compiling.written_data import Data
from sovlint.model import dates

HALF = 50
"""Whoever holds more per cent of capital or votes than this has a majority."""

TOPS = ("person", "state")
"""Kinds of entities that nobody can hold; a family counts as a person."""


def perhaps(dated: Data, day: date) -> bool:
    """Whether something with ``since`` and ``until`` may be so on ``day``."""
    return dates.perhaps(dated.get("since"), dated.get("until"), day)


def surely(dated: Data, day: date) -> bool:
    """Whether it is so on ``day`` whatever its dates mean."""
    return dates.surely(dated.get("since"), dated.get("until"), day)


def turns(dated: Data) -> Iterator[date]:
    """The days from which ``perhaps`` or ``surely`` may answer otherwise than on the day before."""
    if since := dated.get("since"):
        yield from (dates.first_day(since), dates.last_day(since))
    if until := dated.get("until"):
        yield from (
            day + timedelta(days=1)
            for day in (dates.first_day(until), dates.last_day(until))
            if day < date.max
        )


def holders(edge: Data) -> list[str]:
    """The entities that an edge names: one, or those that hold it together."""
    return list(edge.get("group") or [edge["entity"]])


def majority(edge: Data) -> bool:
    """Whether it is more than half of capital or votes, as its source says or its share shows."""
    return bool(edge.get("majority", edge.get("share", 0) > HALF))


def how(edge: Data) -> str:
    """How an edge gives control: by a ``majority``, by one held ``together``, or by a right of ``control``."""
    return (
        "control" if not majority(edge) else "together" if edge.get("group") else "majority"
    )


def controlling(entity: Data, day: date) -> list[Data]:
    """The edges by which somebody may control an entity on ``day``: majorities, and sourced rights of control."""
    return [
        edge
        for edge in entity.get("owners") or ()
        if (majority(edge) or edge.get("control", False)) and perhaps(edge, day)
    ]


def closed(entity: Data, day: date, read: Callable[[str], bool]) -> bool:
    """Whether it is known that no other holder than those of ``controlling`` controls an entity on ``day``.

    So it is where a source that was read (``read`` says so of its id) shows who has the majority, or that nobody has
    one. A right of control alone excludes no majority.
    """
    if entity.get("kind") in TOPS:
        return True
    dispersed = entity.get("no_majority")
    ends = [edge for edge in entity.get("owners") or () if majority(edge)] + (
        [dispersed] if dispersed else []
    )
    return any(surely(end, day) and read(end["source"]) for end in ends)
