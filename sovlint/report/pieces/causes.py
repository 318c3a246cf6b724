"""Findings that wait for one thing, told as one: how many, the first ones, and what settles them. JSON has them all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Final, cast

from msgspec import Struct

from sovlint.model.findings.cause import Cause
from sovlint.model.findings.finding import Finding, Verdict
from sovlint.model.placement import GLOBAL_REGION
from sovlint.model.text import BLANK, Note
from sovlint.model.value import Fact, Known
from sovlint.report.messages import counted, phrase

FEWEST: Final = 2
"""So many placements that wait for one thing are told together; one alone is told where it is found."""

NAMED: Final = 3
"""Placements that are named; the rest are counted."""

_CODE: Final = re.compile(r"(?=.*[-0-9])[A-Za-z][A-Za-z0-9-]*")

_ENTRY: Final = 6
"""Lines of one attestation."""


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
    def excused(self) -> int:
        """How many placements wait of which every finding is excused."""
        counting = {_placement_of(one) for one in self.findings if one.counts}
        return sum(1 for one in self.placements if _placement_of(one) not in counting)

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

    Causes for which fewer than ``fewest`` placements wait are told by themselves. Nothing is lost or told twice, and
    groups are in the order of their first findings.
    """
    listed = list(findings)
    waiting: dict[str, list[Finding]] = {}
    for one in listed:
        if one.cause is not None and one.verdict is Verdict.UNPROVEN:
            waiting.setdefault(one.cause.id, []).append(one)
    groups: list[CauseGroup] = []
    for found in waiting.values():
        found.sort(key=lambda one: not one.counts)
        group = CauseGroup(cast("Cause", found[0].cause), tuple(found))
        if group.count >= fewest:
            groups.append(group)
    together = {id(one) for group in groups for one in group.findings}
    return [one for one in listed if id(one) not in together], groups


def _placement_of(finding: Finding) -> tuple[object, ...]:
    # Placements have no name: they are told apart as objects.
    return (*finding.resource.identity, finding.resource.span, id(finding.placement))


def headline(group: CauseGroup, language: str) -> str:
    """How many placements wait, of whom, and for what; how many of them matter less than the first."""
    first, count = group.first, group.count
    provider = first.placement.provider_name if first.placement else ""
    said = counted(
        "report.cause", count, language, provider=provider or group.cause.name, why=group.cause.why
    )
    less = sum(1 for one in group.findings if one.severity is not first.severity)
    if not less:
        return said
    return phrase(
        "report.cause-lighter", language, headline=said, count=less, severity=_severity(first)
    )


def to_attest(findings: Sequence[Finding]) -> list[str]:
    """Lines of ``sovlint.yaml`` that settle what ``findings`` of one cause wait for, once their blanks are filled; none
    where no attestation does."""
    cause = findings[0].cause
    if cause is None or not cause.claim:
        return []
    lines = ["attestations:"]
    for region in regions(findings):
        lines += [
            f"  - claim: {{qualification: {cause.claim}}}",
            f"    subject: {{provider: {cause.name}{f', region: {_scalar(region)}' if region else ''}}}",
            *(f"    {key}: {BLANK}" for key in ("evidence", "owner", "issued", "expires")),
        ]
    return lines


def asked(finding: Finding, language: str) -> str:
    """What settles a finding, in a sentence, for formats that have a line for each; empty where nothing is known to."""
    cause = finding.cause
    if cause is None or not cause.claim:
        return ""
    subject = tuple(f"{cause.name} {region}".strip() for region in regions((finding,)))
    return phrase("report.to-attest", language, claim=cause.claim, subjects=subject)


def drafts(groups: Iterable[Sequence[Finding]]) -> list[str]:
    """The lines of all groups of findings as one list of attestations; each asked for once."""
    entries: dict[str, None] = {}
    for found in groups:
        lines = to_attest(found)[1:]
        entries.update(
            dict.fromkeys("\n".join(lines[at : at + _ENTRY]) for at in range(0, len(lines), _ENTRY))
        )
    return (
        ["attestations:", *(line for entry in entries for line in entry.split("\n"))]
        if entries
        else []
    )


def regions(findings: Iterable[Finding]) -> list[str]:
    """The regions that ``findings`` are about, each once and sorted; an empty one where there is none to name."""
    found = {
        region
        for one in findings
        if one.placement is not None
        for region in _possible(one.placement.region)
    }
    return sorted(found) or [""]


def _severity(finding: Finding) -> Note:
    return Note(f"report.{finding.severity.value}")


def _scalar(text: str) -> str:
    """A code as YAML has it: as it is where nothing but a text reads like that."""
    return text if _CODE.fullmatch(text) else json.dumps(text)


def _possible(region: Fact[str]) -> list[str]:
    members = (region,) if isinstance(region, Known) else region.among or ()
    return [
        str(member.value)
        for member in members
        if not member.sensitive and member.value != GLOBAL_REGION
    ]
