"""From ``because`` chains to places that can be shown: each once, in order, those without a place left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct

from sovlint.model.findings.finding import Finding
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Because, Step, StepKind, unroll

MOST: Final = 40
"""No more places than this are listed for one thing."""


class Waypoint(Struct, frozen=True):
    """A place that led to a fact, and what was seen there."""

    span: Span
    note: Note


def places(chains: Iterable[Because], limit: int = MOST) -> tuple[Waypoint, ...]:
    """The places of ``chains``, from the use back to the origin; at most ``limit`` of them."""
    found: dict[tuple[Span, Note], Waypoint] = {}
    seen: set[Step] = set()
    for chain in chains:
        for step in unroll(chain, seen):
            if step.where is None:
                continue
            place = Waypoint(step.where.span(), step.note)
            found.setdefault((place.span, place.note), place)
            if len(found) >= limit:
                return tuple(found.values())
    return tuple(found.values())


def finding_places(finding: Finding) -> tuple[Waypoint, ...]:
    """What led to a finding: first how the data class got there, then how the placement came about."""
    return places((*(claim.because for claim in finding.claims), *_deciding(finding)))


def put_in(finding: Finding) -> tuple[Waypoint, ...]:
    """The values that a template puts in, by which a placement is what it is."""
    steps = (step for chain in _deciding(finding) for step in unroll(chain))
    found = (
        Waypoint(step.where.span(), step.note)
        for step in steps
        if step.where is not None and step.kind is StepKind.PUT_IN
    )
    return tuple(dict.fromkeys(found))[:MOST]


def shown_spans(finding: Finding) -> Iterator[Span]:
    """Every span that a report may show of a finding: ``lint`` collects the source lines of these as excerpts."""
    yield finding.resource.span
    yield finding.resource.where.span()
    yield finding.span
    yield from (call.span() for call in finding.resource.chain)
    yield from (place.span for place in finding_places(finding))


def _deciding(finding: Finding) -> tuple[Because, ...]:
    """The chains of the policy's answer, and those of the placement, which say who and where."""
    return (*finding.because, *(finding.placement.because if finding.placement else ()))
