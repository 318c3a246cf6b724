"""The places of which a report knows something: where resources stand, what bears on them, what is said of a place."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import chain

from sovlint.model.findings.finding import Report
from sovlint.model.placement import Placed
from sovlint.model.resources.resource import Resource
from sovlint.model.source import Span
from sovlint.report.messages import say
from sovlint.report.pieces import listing
from sovlint.report.pieces.blocks import subject
from sovlint.report.pieces.fact_words import place_text
from sovlint.report.pieces.trail import Waypoint, places, shown_spans
from sovlint.report.run import attestations, exceptions


def steps_of(placed: Placed) -> tuple[Waypoint, ...]:
    """Why its classes and its places are what they are."""
    ways = (each.because for each in placed.placements)
    return places((*(claim.because for claim in placed.classes.claims), *chain(*ways)))


def spans_of(placed: Placed) -> Iterator[Span]:
    """Where it is declared, and what bears on it."""
    yield placed.resource.span
    yield from (call.span() for call in placed.resource.chain)
    yield from (each.span for each in steps_of(placed))


def said_of(report: Report, language: str) -> Iterator[tuple[Span, str]]:
    """What is said of places themselves: exceptions and attestations, what couldn't be read, remarks."""
    yield from ((each.where, exceptions.line(each, language)) for each in report.exceptions)
    for vouched in report.attestations:
        yield vouched.where, attestations.line(vouched, language)
    for failure in report.failures:  # of a file, where no line of it is to blame
        text = f"{place_text(failure.path, failure.line)} {say(failure.note, language)}"
        yield Span(failure.path, failure.line or 1, 1, failure.line or sys.maxsize, 1), text
    for remark in report.remarks:
        if remark.path is not None and remark.line is not None:
            text = f"{place_text(remark.path, remark.line)} {say(remark.note, language)}"
            yield Span(remark.path, remark.line, 1, remark.line, 1), text


def known_places(report: Report, language: str) -> Iterator[tuple[Span, str]]:
    """Every place of which something is known: itself, and what it is about."""
    for each in listing.placed(report):
        yield from _about(each.resource, spans_of(each), language)
    for one in report.findings:
        yield from _about(one.resource, shown_spans(one), language)
    yield from said_of(report, language)


def _about(
    resource: Resource, spans: Iterable[Span], language: str
) -> Iterator[tuple[Span, str]]:
    name = subject(resource, language)
    yield from ((span, f"{place_text(span.path, span.line)} {name}") for span in spans)
