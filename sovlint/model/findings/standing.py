"""Where a finding stands: what it is about, or within that the line that decides it."""

from __future__ import annotations

from collections.abc import Iterator

from sovlint.model.placement import Placement
from sovlint.model.resources.resource import Resource
from sovlint.model.source import Span
from sovlint.model.value import Because, StepKind, unroll


def stands_at(resource: Resource, placement: Placement | None) -> Span:
    """Where a finding on a placement of ``resource`` stands: where that is declared. Of what has no head that says what
    it is: where the value is written by which data goes there, else the first line of it that shows where it sits."""
    if placement is None or not resource.headless:
        return resource.span
    setting = placement.written if placement.sent else None
    if setting is not None:
        return _value_of(setting.span(), resource, placement)
    inside = (span for span in _written(placement.because) if is_within(resource, span))
    return next((span for span in inside if span != resource.span), resource.span)


def is_within(resource: Resource, span: Span) -> bool:
    """Whether a place is part of the declaration of a resource."""
    own = resource.span
    if span.path in resource.drawn_from:
        return True
    return span.path == own.path and own.line <= span.line <= own.end_line


def values_put_in(because: tuple[Because, ...]) -> Iterator[Span]:
    """Where the values stand that templates put in, by chains; each once."""
    steps = (step for chain in because for step in unroll(chain))
    found = (
        step.where.span() for step in steps if step.where and step.kind is StepKind.PUT_IN
    )
    yield from dict.fromkeys(found)


def _value_of(setting: Span, resource: Resource, placement: Placement) -> Span:
    """Where the value of a setting is written, if that is below it in what it is part of; else the setting."""
    if setting.path in resource.drawn_from:
        return setting
    inside = is_within(resource, setting)
    for span in _written(placement.because):
        is_below = span.path == setting.path and span.line > setting.line
        if is_below and is_within(resource, span) is inside:
            return span
    return setting


def _written(because: tuple[Because, ...]) -> Iterator[Span]:
    """The places of chains, without those of values that templates put in."""
    for chain in because:
        for step in unroll(chain):
            if step.where is not None and step.kind is not StepKind.PUT_IN:
                yield step.where.span()
