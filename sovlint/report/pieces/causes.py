"""Findings that wait for one thing, told as one: how many, the first ones, and what settles them. JSON has them all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, cast

from msgspec import Struct

from sovlint.model.findings.cause import ABOUT_HOSTS, Cause, CauseKind
from sovlint.model.findings.finding import Finding, Severity, Verdict
from sovlint.model.redaction.redact import mask
from sovlint.model.text import Note
from sovlint.model.value import Unknown, known_of
from sovlint.report.messages import counted, phrase
from sovlint.report.pieces import settling
from sovlint.rules.domains import by_domain

FEWEST: Final = 2
"""So many placements that wait for one thing are told together; one alone is told where it is found."""

NAMED: Final = 3
"""Placements that are named; the rest are counted."""


_SEVERITY: Final = {severity: rank for rank, severity in enumerate(Severity)}


class CauseGroup(Struct, frozen=True):
    """Findings over all policies that wait for one thing: those that count first, worst first, then what is excused."""

    cause: Cause
    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The one that speaks for all: the worst that counts, the first of these by place."""
        return self.findings[0]

    @property
    def placements(self) -> tuple[Finding, ...]:
        """The worst finding of each placement of each resource: each placement once, in the order of the findings."""
        found: dict[tuple[object, ...], Finding] = {}
        for one in self.findings:
            found.setdefault(_placement_of(one), one)
        return tuple(found.values())

    @property
    def count(self) -> int:
        """How many placements wait."""
        return len(self.placements)

    @property
    def policies(self) -> tuple[str, ...]:
        """The policies that can't be answered, worst first."""
        return tuple(dict.fromkeys(one.policy for one in self.findings))

    @property
    def severity(self) -> Severity:
        """The worst that counts."""
        return self.first.severity

    @property
    def policy(self) -> str:
        """The one that formats with a rule a result file it under: of the worst, excused or not, the first by name, so
        that it doesn't depend on which placements there are."""
        worst = min(_SEVERITY[one.severity] for one in self.findings)
        return min(one.policy for one in self.findings if _SEVERITY[one.severity] == worst)

    @property
    def told(self) -> tuple[Finding, ...]:
        """The placements that are told: those that count; all of them where everything is excused."""
        placements = self.placements
        return tuple(one for one in placements if one.counts) or placements

    @property
    def excused(self) -> int:
        """How many more placements wait of which every finding is excused."""
        return self.count - len(self.told)

    @property
    def counts(self) -> bool:
        """Whether anything in it isn't excused; only then is it told among what must be mended."""
        return self.first.counts

    @property
    def fingerprint(self) -> str:
        """That of the cause: whatever waits for it."""
        return self.cause.fingerprint


def grouped(
    findings: Iterable[Finding], fewest: int = FEWEST
) -> tuple[list[Finding], list[CauseGroup]]:
    """``findings``, which are in order, as those that are told by themselves and those that are told together.

    Where fewer than ``fewest`` placements would be told of a cause, its findings are told by themselves, but for what
    waits for who answers at a host: that is one finding over all policies. Formats whose
    readers know a finding again by its fingerprint want every cause (1): else a second placement would make another
    finding of the first. Nothing is lost or told twice, and
    groups are in the order of their first findings.
    """
    listed = list(findings)
    waiting: dict[str, list[Finding]] = {}
    for one in listed:
        if one.cause is not None and one.cause.shared and one.verdict is Verdict.UNPROVEN:
            waiting.setdefault(one.cause.id, []).append(one)
    groups: list[CauseGroup] = []
    for found in waiting.values():
        found.sort(key=lambda one: not one.counts)
        group = CauseGroup(cast("Cause", found[0].cause), tuple(found))
        if len(group.told) >= fewest or group.cause.kind in ABOUT_HOSTS:
            groups.append(group)
    together = {one for group in groups for one in group.findings}
    return [one for one in listed if one not in together], groups


def told(
    found: tuple[list[Finding], list[CauseGroup]],
) -> tuple[list[Finding], list[CauseGroup]]:
    """What is grouped, without what is excused: groups that have something that isn't stay, and count the rest."""
    alone, together = found
    unexcused = [one for one in alone if one.suppressed is None]
    return unexcused, [group for group in together if group.first.suppressed is None]


def _placement_of(finding: Finding) -> tuple[object, ...]:
    return (*finding.resource.identity, finding.resource.span, finding.placement)


def headline(group: CauseGroup, language: str) -> str:
    """How many placements wait, and for what; which policies ask; how many are excused, or matter less than the
    first."""
    said = _waiting(group, language)
    first = group.first
    if len(group.policies) > 1:
        said = phrase("report.cause-asked", language, headline=said, policies=group.policies)
    less = sum(1 for one in group.told if one.severity is not first.severity)
    if less:
        severity = Note(f"report.{first.severity.value}")
        said = counted(
            "report.cause-lighter", less, language, headline=said, severity=severity
        )
    if group.excused:
        said = counted("report.cause-excused", group.excused, language, headline=said)
    return said


def hosts_of(group: CauseGroup) -> list[str]:
    """The hosts of placements that are told, at which nobody knows who answers: one for each placement."""
    facts = (one.placement.provider for one in group.told if one.placement is not None)
    return [fact.host for fact in facts if isinstance(fact, Unknown) and fact.host]


def _waiting(group: CauseGroup, language: str) -> str:
    """How many placements wait, and for what."""
    if group.cause.kind in ABOUT_HOSTS:
        return _waiting_for_hosts(group, language)
    first = group.first
    provider = first.placement.provider_name if first.placement else ""
    key, params = "report.cause-thing", dict[str, object](why=group.cause.why)
    if group.cause.is_contract:
        key, params["provider"] = (
            "report.cause",
            provider or group.cause.name.partition("/")[0],
        )
    return counted(key, len(group.told), language, **params)


def _waiting_for_hosts(group: CauseGroup, language: str) -> str:
    """The hosts of a domain, or the domains of the repository's own; the first of them where there are many."""
    found = by_domain(hosts_of(group))
    domain, met = next(iter(found.items()), (group.cause.name, {}))
    names = list(found) if group.cause.kind == CauseKind.HOUSE else list(met)
    listed = [mask(name) for name in names[:NAMED]]
    if left := len(names) - len(listed):
        listed.append(counted("report.more-hosts", left, language))
    key = "report.cause-host" if names != [domain] else "report.cause-host-alone"
    if group.cause.kind == CauseKind.HOUSE:
        key = "report.cause-house"
    params: dict[str, object] = {"domain": mask(domain), "hosts": tuple(listed)}
    return counted(key, len(group.told), language, **params)


def named_first(group: CauseGroup) -> tuple[tuple[Finding, ...], int]:
    """The findings of the placements that are named, one of those that are told alike, and how many placements more
    there are."""
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for one in group.told:
        alike.setdefault((*one.resource.identity, one.span, _role_of(one)), []).append(one)
    named = [found[0] for found in alike.values()][:NAMED]
    shown = sum(len(found) for found in list(alike.values())[:NAMED])
    return tuple(named), len(group.told) - shown


def _role_of(finding: Finding) -> object:
    place = finding.placement
    if place is None:
        return None
    return (
        place.sent,
        *(known_of(fact) for fact in (place.role, place.provider, place.region)),
    )


def asked(finding: Finding, language: str) -> str:
    """What settles a finding, in a sentence, for formats that have a line for each; empty where no attestation does."""
    cause = finding.cause
    if cause is None or not cause.claim:
        return ""
    provider = cause.name.partition("/")[0]
    subject = tuple(f"{provider} {region}".strip() for region in settling.regions((finding,)))
    return phrase("report.to-attest", language, claim=cause.claim, subjects=subject)


def by_cause(findings: Iterable[Finding]) -> list[list[Finding]]:
    """The findings that wait for something, those that wait for one thing together."""
    found: dict[str, list[Finding]] = {}
    for one in findings:
        if one.cause is not None:
            found.setdefault(one.cause.id, []).append(one)
    return list(found.values())


def drafts(
    groups: Iterable[Sequence[Finding]], keys: settling.ConfigKeys
) -> tuple[settling.Settling, ...]:
    """What settles all groups of findings, each entry asked for once, below those ``keys`` that the configuration has."""
    made = (settling.settling(found) for found in groups)
    joined = settling.joined(draft for draft in made if draft is not None)
    return tuple(draft.below(keys) for draft in joined)
