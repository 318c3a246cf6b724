"""Findings put together for people: one block for what is said of one placement, and of all that are like it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sovlint.model.finding import Finding, Severity, Verdict
from sovlint.model.placement import Placement
from sovlint.model.redact import shown
from sovlint.model.resource import Resource
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Known
from sovlint.report.contract import FACTS
from sovlint.report.frames import Mark
from sovlint.report.messages import counted, say
from sovlint.report.trail import finding_places

MOST_PLACES: Final = 10
"""Frames of one block, the resource itself and module calls apart; JSON has them all."""

_SEVERITY: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
_VERDICT: Final = {Verdict.VIOLATION: 0, Verdict.UNPROVEN: 1, Verdict.COMPLIANT: 2}


@dataclass(frozen=True, slots=True)
class Other:
    """A further resource that a block is about: how to find it, and where it is declared, if that is elsewhere."""

    subject: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Findings on one placement, worst first, and whatever else is told in the very same words.

    ``others`` are those with the very same findings for the very same reasons: further instances of a ``count`` or
    ``for_each``, further variants, and resources of the same type that differ in their names only.
    """

    findings: tuple[Finding, ...]
    marks: tuple[Mark, ...]
    others: tuple[Other, ...] = ()


def rank(finding: Finding) -> tuple[bool, int, int]:
    """Worst first: errors before warnings, violations before unproven ones, compliant ones at the end."""
    compliant = finding.verdict is Verdict.COMPLIANT
    return compliant, _SEVERITY[finding.severity], _VERDICT[finding.verdict]


def blocks(findings: Iterable[Finding], language: str) -> list[Block]:
    """The blocks of ``findings``, worst first, then by place."""
    grouped: dict[tuple[object, ...], list[Finding]] = {}
    for finding in sorted(findings, key=_order):
        grouped.setdefault(_placement_key(finding), []).append(finding)
    merged: dict[tuple[object, ...], list[list[Finding]]] = {}
    for group in grouped.values():
        merged.setdefault(_signature(group, language), []).append(group)
    return [_block(alike, language) for alike in merged.values()]


def subject(resource: Resource, language: str) -> str:
    """A resource as a person looks for it: its address, and where it is read from."""
    kind = "-variant" if resource.variant else "-root" if resource.root else ""
    params = {"address": resource.address, "root": resource.root or ".", "variant": resource.variant or ""}
    return say(Note(f"report.subject{kind}", params), language)


def _block(alike: Sequence[Sequence[Finding]], language: str) -> Block:
    first = tuple(alike[0])
    resource = first[0].resource
    main = Mark(resource.where.span(), subject(resource, language), primary=True)
    others = dict.fromkeys(_other(group[0].resource, resource, language) for group in alike[1:])
    return Block(first, (main, *_secondary(first, language)), tuple(others))


def _other(resource: Resource, first: Resource, language: str) -> Other:
    """``resource`` beside ``first``: its place where that differs, its root and variant where they do."""
    span = resource.where.span()
    if span == first.where.span():
        return Other(subject(resource, language))
    at_home = (resource.root, resource.variant) == (first.root, first.variant)
    return Other(shown(resource.address) if at_home else subject(resource, language), span)


def _secondary(findings: Sequence[Finding], language: str) -> tuple[Mark, ...]:
    """What led there, each place once, and the module calls."""
    resource = findings[0].resource
    seen = dict.fromkeys(place for finding in findings for place in _labelled(finding, language))
    marks = list(seen)[:MOST_PLACES]
    if left := len(seen) - len(marks):
        last = marks[-1]
        marks[-1] = Mark(last.span, f"{last.label} ({counted('report.more-places', left, language)})")
    called = say(Note("report.called-here"), language)
    return (*marks, *(Mark(call.span(), called) for call in resource.chain))


def _labelled(finding: Finding, language: str) -> list[Mark]:
    return [Mark(place.span, say(place.note, language)) for place in finding_places(finding)]


def _order(finding: Finding) -> tuple[object, ...]:
    where = finding.resource.where.span()
    return (*rank(finding), where, finding.resource.identity, finding.policy, _place_text(finding.placement))


def _placement_key(finding: Finding) -> tuple[object, ...]:
    compliant = finding.verdict is Verdict.COMPLIANT
    return (*finding.resource.identity, finding.resource.where.span(), _place_text(finding.placement), compliant)


def _place_text(placement: Placement | None) -> str:
    """A placement's facts as text, to tell one from another."""
    if placement is None:
        return ""
    facts = [getattr(placement, name) for name in FACTS]
    return repr([fact.value if isinstance(fact, Known) else fact.text() for fact in facts])


def _signature(group: Sequence[Finding], language: str) -> tuple[object, ...]:
    """What two groups must share to be told as one: all that is said of them but the address and where that stands."""
    resource = group[0].resource
    said = tuple(
        (
            (one.policy, one.verdict, one.severity),
            *(_without_address(one, say(sentence, language)) for sentence in (one.headline, *one.remarks)),
            *((claim.data_class, claim.how) for claim in one.claims),
        )
        for one in group
    )
    return (
        said,
        resource.type,
        tuple(call.span() for call in resource.chain),
        _place_text(group[0].placement),
        tuple(_beyond(mark, resource) for mark in _secondary(group, language)),
    )


def _beyond(mark: Mark, resource: Resource) -> Mark | str:
    """A place that led to a finding; one inside of the resource itself counts by what was seen there alone."""
    own = resource.where.span()
    inside = mark.span.path == own.path and own.line <= mark.span.line <= own.end_line
    return mark.label.replace(shown(resource.address), "") if inside else mark


def _without_address(finding: Finding, sentence: str) -> str:
    return sentence.replace(shown(finding.resource.address), "")
