"""Findings that wait for one thing, told as one: how many, the first ones, and what settles them. JSON has them all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from sovlint.model.findings.cause import Cause
from sovlint.model.findings.finding import Finding
from sovlint.model.placement import GLOBAL_REGION
from sovlint.model.text import BLANK, Note
from sovlint.model.value import Fact, Known
from sovlint.report.messages import counted, phrase

FEWEST: Final = 2
"""So many findings that wait for one thing are told together; one alone is told where it is found."""

NAMED: Final = 3
"""Placements that are named; the rest are counted."""

_CODE: Final = re.compile(r"(?=.*[-0-9])[A-Za-z][A-Za-z0-9-]*")

_ENTRY: Final = 6
"""Lines of one attestation."""


class CauseGroup(Struct, frozen=True):
    """Findings of one policy that wait for one thing, worst first."""

    cause: Cause
    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The one that speaks for all."""
        return self.findings[0]


def grouped(findings: Iterable[Finding]) -> tuple[list[Finding], list[CauseGroup]]:
    """``findings``, which are in order, as those that are told by themselves and those that are told together."""
    waiting: dict[tuple[str, str], list[Finding]] = {}
    listed = list(findings)
    for one in listed:
        if one.cause is not None and one.counts:
            waiting.setdefault((one.policy, one.cause.id), []).append(one)
    groups = [
        CauseGroup(found[0].cause, tuple(found))
        for found in waiting.values()
        if len(found) >= FEWEST and found[0].cause is not None
    ]
    together = {id(one) for group in groups for one in group.findings}
    return [one for one in listed if id(one) not in together], groups


def headline(group: CauseGroup, language: str) -> str:
    """How many placements wait, of whom, and for what; how many of them matter less than the first."""
    first, count = group.first, len(group.findings)
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
