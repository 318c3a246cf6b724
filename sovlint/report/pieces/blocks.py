"""Findings put together for people: one block for what is said of one placement, and of all that are like it."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.model.findings.cause import Cause
from sovlint.model.findings.finding import Finding, Severity, Verdict
from sovlint.model.findings.standing import is_within
from sovlint.model.placement import Placement, Source
from sovlint.model.redaction.redact import safe_text
from sovlint.model.resources.resource import Resource
from sovlint.model.source import Span
from sovlint.model.value import Known, Unknown
from sovlint.report.messages import counted, phrase, say
from sovlint.report.pieces import causes
from sovlint.report.pieces.contract import FACTS
from sovlint.report.pieces.frames import Mark
from sovlint.report.pieces.headlines import any_role
from sovlint.report.pieces.trail import finding_places

MOST_PLACES: Final = 10
"""Frames of one block, the resource itself and module calls apart; JSON has more (``trail.MOST``)."""

LIKENESS: Final = ("provider", "region", "country", "area", "control", "technology")
"""The facts that placements told as one share; what of role and service bears on a verdict is in the sentences."""

_SEVERITY: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
_VERDICT: Final = {Verdict.VIOLATION: 0, Verdict.UNPROVEN: 1, Verdict.COMPLIANT: 2}


class Other(Struct, frozen=True):
    """A further placement that a block is about: how to find it, and where it is declared, if that is elsewhere."""

    subject: str
    span: Span | None = None


class FindingBlock(Struct, frozen=True):
    """Findings on one placement, worst first, and whatever else is told in the very same words.

    ``marks`` begins with the resource itself. ``others`` are those with the very same findings for the very same
    reasons: further instances of a ``count`` or ``for_each``, further variants, and other resources and roles of which
    all is said alike. Of what waits for one ``cause``, the findings are those on all placements that do, and
    ``marks`` the first of these.
    """

    findings: tuple[Finding, ...]
    marks: tuple[Mark, ...]
    others: tuple[Other, ...] = ()
    sources: tuple[Source, ...] = ()
    """What the findings rest on, those of the others too."""
    cause: Cause | None = None


def rank(finding: Finding) -> tuple[bool, int, int]:
    """Worst first: errors before warnings, violations before unproven ones, compliant ones at the end."""
    compliant = finding.verdict is Verdict.COMPLIANT
    return compliant, _SEVERITY[finding.severity], _VERDICT[finding.verdict]


def blocks(findings: Iterable[Finding], language: str) -> list[FindingBlock]:
    """The blocks of ``findings``, worst first, then by place; what is excused is only counted."""
    ordered, together = causes.told(causes.grouped(sorted(findings, key=order)))
    alone = [
        (order(found[0][0]), _block(found, language)) for found in alike(ordered, language)
    ]
    waiting = [(order(group.first), _waiting(group, language)) for group in together]
    return [block for _, block in sorted((*alone, *waiting), key=lambda found: found[0])]


def alike(ordered: Iterable[Finding], language: str) -> list[list[list[Finding]]]:
    """Findings, worst first, by placement; those placements together of which the very same is said."""
    grouped: dict[tuple[object, ...], list[Finding]] = {}
    for finding in ordered:
        grouped.setdefault(_placement_key(finding), []).append(finding)
    merged: dict[tuple[object, ...], list[list[Finding]]] = {}
    for group in grouped.values():
        merged.setdefault(_signature(group, language), []).append(group)
    return list(merged.values())


def named(finding: Finding, language: str) -> str:
    """A placement in short: its resource, its role and its region."""
    place = finding.placement
    region = (
        place.region.value
        if place and isinstance(place.region, Known) and not place.region.sensitive
        else ""
    )
    about = f"{subject(finding.resource, language)} ({_role(finding, language)})"
    return f"{about}, {safe_text(region)}" if region else about


def told_at(finding: Finding) -> Span:
    """Where a placement is told: at the setting, where something is sent to a host that nobody knows."""
    where = _setting_of(finding)
    return finding.span if where is None else where


def placed_at(finding: Finding, language: str) -> tuple[Span, str]:
    """Where a placement is told, and what it is in short: the setting and the host, where something is sent to a host
    that nobody knows."""
    place, where = finding.placement, _setting_of(finding)
    if place is None or where is None:
        return finding.span, named(finding, language)
    host = place.provider.host if isinstance(place.provider, Unknown) else None
    about = {"subject": subject(finding.resource, language), "key": place.sent, "host": host}
    return where, phrase("report.sent-to-host", language, **about)


def _setting_of(finding: Finding) -> Span | None:
    """The setting by which something is sent to a host that nobody knows."""
    place = finding.placement
    if place is None or not place.sent or not isinstance(place.provider, Unknown):
        return None
    where = place.written
    return None if place.provider.host is None or where is None else where.span()


def subject(resource: Resource, language: str) -> str:
    """A resource as a person looks for it: its address, and where it is read from, unless its own path says so."""
    at_home = resource.root in (None, "", posixpath.dirname(resource.span.path))
    kind = "" if at_home else "-root"
    if resource.variant:
        kind = "-environment" if resource.root is None else "-variant"
    return phrase(
        f"report.subject{kind}",
        language,
        address=resource.address,
        root=resource.root or ".",
        variant=resource.variant or "",
    )


def _block(found: Sequence[Sequence[Finding]], language: str) -> FindingBlock:
    """One block of groups that are alike; the first of those in the most frequent role speaks for all."""
    roles = Counter(_role(group[0], language) for group in found)
    found = sorted(found, key=lambda group: -roles[_role(group[0], language)])
    first = tuple(found[0])
    resource = first[0].resource
    main = Mark(first[0].span, subject(resource, language), primary=True)
    others = dict.fromkeys(_other(group[0], first[0], language) for group in found[1:])
    sources = dict.fromkeys(
        source for group in found for finding in group for source in finding.sources
    )
    marks = (main, *_declared(first[0], language), *_secondary(first, language))
    return FindingBlock(first, marks, tuple(others), tuple(sources))


def _declared(finding: Finding, language: str) -> Iterator[Mark]:
    """Where that is declared which a finding is about, where it stands in another file: in a helper of its template."""
    own = finding.resource.where.span()
    if own.path != finding.span.path:
        yield Mark(own, phrase("report.declared-here", language))


def _waiting(group: causes.CauseGroup, language: str) -> FindingBlock:
    """One block of all that waits for one thing."""
    first, _ = causes.named_first(group)
    marks = tuple(Mark(*placed_at(each, language), primary=True) for each in first)
    sources = dict.fromkeys(source for each in group.findings for source in each.sources)
    return FindingBlock(group.findings, marks, (), tuple(sources), group.cause)


def _other(finding: Finding, first: Finding, language: str) -> Other:
    """What ``finding`` is about, beside ``first``: place, root, variant and role, as far as they differ."""
    resource, home = finding.resource, first.resource
    span = finding.span
    elsewhere = span != first.span
    alike = elsewhere and (resource.root, resource.variant) == (home.root, home.variant)
    name = safe_text(resource.address) if alike else subject(resource, language)
    role, usual = (_role(one, language) for one in (finding, first))
    return Other(name if role == usual else f"{name} ({role})", span if elsewhere else None)


def _role(finding: Finding, language: str) -> str:
    role = finding.placement.role if finding.placement else None
    return phrase(
        f"report.role-{role.value}" if isinstance(role, Known) else "report.unknown-role",
        language,
    )


def _secondary(findings: Sequence[Finding], language: str) -> tuple[Mark, ...]:
    """What led there, each place once, and the module calls."""
    resource = findings[0].resource
    seen = dict.fromkeys(
        Mark(place.span, say(place.note, language), own=is_within(resource, place.span))
        for finding in findings
        for place in finding_places(finding)
        if not _is_where_it_stands(place.span, finding)
    )
    marks = list(seen)[:MOST_PLACES]
    if left := len(seen) - len(marks):
        marks[-1] = replace(
            marks[-1],
            label=f"{marks[-1].label} ({counted('report.more-places', left, language)})",
        )
    leads = (Mark(lead.span(), say(lead.note, language)) for lead in resource.chain)
    return (*marks, *(lead for lead in leads if lead.span != resource.span))


def _is_where_it_stands(span: Span, finding: Finding) -> bool:
    """Whether a finding stands there, and not at the setting that says what is sent: that it is written there is all
    that there is to say."""
    placement = finding.placement
    written = placement.written if placement and placement.sent else None
    return written is not None and span == finding.span != written.span()


def order(finding: Finding) -> tuple[object, ...]:
    """A key to sort by: the worst first (``rank``), then by place; the same in every run."""
    where = finding.span
    return (
        *rank(finding),
        where,
        finding.resource.identity,
        finding.policy,
        _place_text(finding.placement),
    )


def _placement_key(finding: Finding) -> tuple[object, ...]:
    compliant = finding.verdict is Verdict.COMPLIANT
    return (
        *finding.resource.identity,
        finding.resource.span,
        _place_text(finding.placement),
        compliant,
    )


def _place_text(placement: Placement | None, names: Sequence[str] = FACTS) -> str:
    """A placement's facts as text, to tell one from another."""
    if placement is None:
        return ""
    facts = [getattr(placement, name) for name in names]
    return repr([fact.value if isinstance(fact, Known) else fact.text() for fact in facts])


def _signature(group: Sequence[Finding], language: str) -> tuple[object, ...]:
    """What two groups must share to be told as one: all that is said of them but address, role and own place."""
    said = tuple(
        (
            (one.policy, one.verdict, one.severity),
            *(
                _without_address(one, say(sentence, language))
                for sentence in (any_role(one.headline), *one.remarks)
            ),
            *((claim.data_class, claim.how) for claim in one.claims),
        )
        for one in group
    )
    return (
        said,
        tuple(call.span() for call in group[0].resource.chain),
        _place_text(group[0].placement, LIKENESS),
        tuple(
            _without_address(group[0], mark.label) if mark.own else mark
            for mark in _secondary(group, language)
        ),
    )


def _without_address(finding: Finding, sentence: str) -> str:
    return sentence.replace(safe_text(finding.resource.address), "")
