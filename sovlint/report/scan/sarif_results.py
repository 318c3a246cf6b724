"""Findings as SARIF's results (3.27)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from sovlint.model.exception import Kind, Suppression
from sovlint.model.findings.finding import Finding, Report, Verdict
from sovlint.model.redaction.redact import mask
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.report.messages import say, word
from sovlint.report.pieces import causes, contract
from sovlint.report.pieces.blocks import named, told_at
from sovlint.report.pieces.causes import CauseGroup
from sovlint.report.pieces.frames import Excerpts
from sovlint.report.pieces.json_text import Json, filled
from sovlint.report.pieces.listing import group_message, message
from sovlint.report.pieces.trail import MOST, finding_places, put_in
from sovlint.report.scan.sarif_rules import LEVEL
from sovlint.report.scan.sarif_text import location, message_text

GITHUB_PRINT: Final = "primaryLocationLineHash"

PRINT: Final = "sovlint/v1"
"""The key of fingerprints; the number is that of the way they are made."""


def result(
    finding: Finding,
    rule: int,
    fingerprint: str,
    excerpts: Excerpts,
    compared: bool,
    language: str,
) -> Json:
    """One result. ``rule`` is the index of its rule; ``compared`` whether results are told from those of before.

    A kind other than ``fail`` demands the level ``none`` (3.27.9), and GitHub shows nothing of that: what isn't proved
    is a ``fail`` too, and says so in its message and properties.
    """
    compliant = finding.verdict is Verdict.COMPLIANT
    flow = code_flow(finding, excerpts, language)
    related = _numbered(_leading(finding, excerpts, language))
    return {
        "ruleId": finding.policy,
        "ruleIndex": rule,
        "kind": "pass" if compliant else "fail",
        "level": "none" if compliant else LEVEL[finding.severity],
        "message": {"text": message_text(message(finding, language))},
        "locations": [_own(finding, finding.span, excerpts)],
        **filled(relatedLocations=related, codeFlows=[flow] if flow else None),
        "partialFingerprints": {PRINT: fingerprint},
        "suppressions": [_suppression(finding.suppressed, language)]
        if finding.suppressed
        else [],
        **filled(baselineState=_state(finding) if compared else None),
        "properties": _properties(finding),
    }


def group_result(
    group: CauseGroup, rule: int, report: Report, compared: bool, language: str
) -> Json:
    """One result for all that waits for one thing, at the first place of it, under the policy that asks the most.

    It is suppressed only where each of its findings is. GitHub knows an alert again by ``primaryLocationLineHash``
    alone, and makes it of the line where it is not given: then another first place would be another alert.
    """
    first, excerpts = group.first, report.excerpts
    said = group_message(group, report.config_keys, language)
    words = "\n".join(map(message_text, said.split("\n")))
    excused = not group.counts
    others = [_place_of(one, excerpts, language) for one in causes.named_first(group)[0][1:]]
    related = _numbered([*_values(first, excerpts, language), *others])
    found = [one.suppressed for one in group.findings if one.suppressed is not None]
    suppressions = (
        [_suppression(each, language) for each in _each_once(found)] if excused else []
    )
    flow = code_flow(first, excerpts, language)
    states = {_state(one) for one in group.findings}
    return {
        "ruleId": group.policy,
        "ruleIndex": rule,
        "kind": "fail",
        "level": LEVEL[group.severity],
        "message": {"text": words},
        "locations": [_own(first, told_at(first), excerpts)],
        **filled(relatedLocations=related, codeFlows=[flow] if flow else None),
        "partialFingerprints": {PRINT: group.fingerprint, GITHUB_PRINT: group.fingerprint},
        "suppressions": suppressions,
        **filled(
            baselineState=("new" if "new" in states else "unchanged") if compared else None
        ),
        "properties": {
            **_properties(first),
            "cause": contract.cause_id(group.cause),
            "policies": sorted(group.policies),
            "placements": group.count,
            "excused": group.excused if group.counts else group.count,
            "findings": len(group.findings),
        },
    }


def _place_of(finding: Finding, excerpts: Excerpts, language: str) -> Json:
    return {
        **location(told_at(finding), excerpts),
        "message": {"text": message_text(named(finding, language))},
    }


def _each_once(found: Iterable[Suppression]) -> list[Suppression]:
    """The exceptions of several findings: one that excuses many is told once."""
    return list({(each.kind, each.where): each for each in found}.values())


def code_flow(finding: Finding, excerpts: Excerpts, language: str) -> Json | None:
    """How it came about (3.36): from the origin of each fact to the resource."""
    places = finding_places(finding)
    if not places:
        return None
    here = Note("formats.resource", {"address": finding.resource.address})
    steps = [(place.span, say(place.note, language)) for place in reversed(places)]
    steps.append((finding.resource.span, say(here, language)))
    told: list[Json] = []
    near = finding.resource.span
    for span, words in reversed(steps):
        near = near if span.repository else span
        message = {"message": {"text": message_text(words)}}
        told.insert(0, {**location(near, excerpts), **_elsewhere(span), **message})
    return {"threadFlows": [{"locations": [{"location": each} for each in told]}]}


def _elsewhere(span: Span) -> Json:
    """A line of another repository's file (3.33): the physical location is that of the file here that leads there, since
    viewers open whatever file is named."""
    if not span.repository:
        return {}
    named = f"{mask(span.path)}:{span.line}"
    return {"logicalLocations": [{"fullyQualifiedName": named, "kind": "module"}]}


def _own(finding: Finding, where: Span, excerpts: Excerpts) -> Json:
    resource = finding.resource
    named = {"fullyQualifiedName": mask(resource.address), "kind": "resource"}
    return {**location(where, excerpts), "logicalLocations": [named]}


def _leading(finding: Finding, excerpts: Excerpts, language: str) -> list[Json]:
    """What leads to the resource, outermost first; then the values that its template puts in."""
    leads = [
        _told(lead.span(), lead.note, excerpts, language)
        for lead in finding.resource.chain[:MOST]
    ]
    return [*leads, *_values(finding, excerpts, language)]


def _values(finding: Finding, excerpts: Excerpts, language: str) -> Iterator[Json]:
    """The places of the values that a template puts in, by which the placement is what it is."""
    for place in put_in(finding):
        yield _told(place.span, place.note, excerpts, language)


def _told(span: Span, note: Note, excerpts: Excerpts, language: str) -> Json:
    return {**location(span, excerpts), "message": {"text": say(note, language)}}


def _numbered(found: Iterable[Json]) -> list[Json]:
    return [{"id": number, **each} for number, each in enumerate(found, start=1)]


def _suppression(found: Suppression, language: str) -> Json:
    """An exception (3.35); the place of an ignore comment is in the source, of the others outside of it."""
    return {
        "kind": "inSource" if found.kind is Kind.INLINE else "external",
        "status": "accepted",
        "justification": word(found.reason, language),
        "location": location(found.where, {}),
        "properties": contract.fields(found, "kind", "until"),
    }


def _state(finding: Finding) -> str:
    before = finding.suppressed is not None and finding.suppressed.kind is Kind.BASELINE
    return "unchanged" if before else "new"


def _properties(finding: Finding) -> Json:
    placed = finding.placement
    names = ("role", "provider", "region", "country", "control", "technology")
    values, unknown, _ = contract.facts_of(
        {name: getattr(placed, name) for name in names} if placed else {}
    )
    return {
        **contract.fields(finding, "verdict", "severity", "basis"),
        "cause": contract.cause_id(finding.cause),
        **contract.fields(finding.resource, "root", "variant"),
        "data": contract.strongest(finding.claims),
        "placement": {**values, "unknown": unknown} if placed else None,
    }
