"""What is otherwise than at another revision, or would be in a world that somebody supposes."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from sovlint.contract.findings import Finding, Verdicts
from sovlint.contract.places import Placement
from sovlint.contract.shape import Count, Day, Line, Shape


class Move(Shape, frozen=True):
    """A placement that is elsewhere than it was."""

    root: str | None
    variant: str | None
    address: str
    path: str
    line: Line
    before: Placement
    after: Placement


class Difference(Shape, frozen=True):
    """What stood at the revision that was compared with and stands no more."""

    base: str
    commit: str
    left: Count
    """Findings that stood there already."""

    excused: Count
    """Findings that counted there and are excused since by an ignore comment or a waiver."""

    removed: tuple[Finding, ...]
    unread: Count
    """Files that couldn't be read there; what they held counts as new."""

    differs: bool
    """Whether it was configured otherwise: what is gone may only be judged no more."""

    moves: tuple[Move, ...]
    """What is with another company, or in another region or country, than it was there."""


class OutcomeFinding(Shape, frozen=True):
    """A finding that would be otherwise; null where there is none before or after."""

    becomes: Literal["new", "gone", "worse", "milder", "otherwise"]
    """otherwise: it is as grave, for other reasons."""

    before: Finding | None
    after: Finding | None


class StateOnDay(Shape, frozen=True):
    """By what a state can compel on a day, and whether data may be transferred to it."""

    laws: tuple[str, ...]
    """Those by which it can compel whoever it controls."""

    adequate: bool
    """Whether a decision of adequacy (GDPR 45) covers transfers to it, wholly or in part, without a certificate."""

    partly: bool
    """Whether one covers some organisations alone."""


class OutcomeState(Shape, frozen=True):
    """A state whose laws or adequacy would be otherwise."""

    state: str
    before: StateOnDay
    after: StateOnDay


class Outcome(Shape, frozen=True):
    """What would be otherwise where something is supposed, against the same day with nothing supposed."""

    titles: Annotated[tuple[str, ...], Meta(min_length=1)]
    """What is supposed, all at once."""

    path: str
    line: Line
    as_of: Day
    """The day that is judged: today, or the first one on which all of it would be so."""

    companies: tuple[str, ...]
    """The names of the companies in use that it concerns."""

    before: Verdicts
    after: Verdicts
    findings: tuple[OutcomeFinding, ...]
    placements: tuple[Move, ...]
    """Placements of which a fact would be otherwise."""

    states: tuple[OutcomeState, ...]
    """States with something in their reach here, whose laws or adequacy would be otherwise."""
