"""Findings recorded before (in a baseline, at another revision) against those of today.

A record excuses what has the very same identity and is no worse: what was unproven doesn't excuse a violation, nor a
warning an error, nor one data class another, nor one unknown host another; and one record excuses no more findings than
were recorded.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import astuple, replace

from sovlint.model.exception import Kind, Suppression
from sovlint.model.findings.finding import Finding, Severity, Verdict
from sovlint.model.findings.identity import Identity
from sovlint.model.redaction.redact import mask
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Unknown

VERDICTS: Final = (Verdict.COMPLIANT, Verdict.UNPROVEN, Verdict.VIOLATION)
SEVERITIES: Final = (Severity.NOTE, Severity.WARNING, Severity.ERROR)
"""From best to worst."""


class Record(Struct, frozen=True):
    """``count`` findings that are alike in all that is told here, once declared in the file ``path``.

    ``data`` are the classes; ``unknown`` says why parts of the identity that are ``None`` aren't known (``role: ...``);
    ``where`` is where that is written down.
    """

    identity: Identity
    verdict: Verdict
    severity: Severity
    data: tuple[str, ...]
    unknown: tuple[str, ...]
    path: str
    count: int
    where: Span

    def admits(self, finding: Finding) -> bool:
        """Whether a finding of its identity is no worse than what was recorded."""
        return (
            VERDICTS.index(finding.verdict) <= VERDICTS.index(self.verdict)
            and SEVERITIES.index(finding.severity) <= SEVERITIES.index(self.severity)
            and {claim.data_class for claim in finding.claims} <= set(self.data)
            and unknowns(finding) == self.unknown
        )


def recorded(findings: Iterable[Finding], where: Callable[[Finding], Span]) -> list[Record]:
    """Records of ``findings``, those that are alike as one, sorted; ``where`` says where one is written down."""
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for each in findings:
        key = (
            each.identity,
            each.verdict,
            each.severity,
            _data(each),
            unknowns(each),
            _path(each),
        )
        alike.setdefault(key, []).append(each)
    made = [
        Record(
            first.identity, first.verdict, first.severity, _data(first), unknowns(first), _path(first), len(each),
            where(first),
        )
        for each in alike.values()
        for first in each[:1]
    ]  # fmt: skip
    return in_order(made)


def in_order(records: Iterable[Record]) -> list[Record]:
    """Records as a file has them: so that two branches merge line by line."""
    return sorted(
        records,
        key=lambda record: json.dumps([*astuple(record.identity), *astuple(record)[1:-2]]),
    )


def unknowns(finding: Finding) -> tuple[str, ...]:
    """Why role, provider and region aren't known, where they aren't: a host is no other host."""
    placement = finding.placement
    if placement is None:
        return ()
    facts = {
        "role": placement.role,
        "provider": placement.provider,
        "region": placement.region,
    }
    return tuple(
        f"{name}: {mask(fact.text())}"
        for name, fact in facts.items()
        if isinstance(fact, Unknown)
    )


def _data(finding: Finding) -> tuple[str, ...]:
    return tuple(sorted({claim.data_class for claim in finding.claims}))


def _path(finding: Finding) -> str:
    return mask(finding.resource.span.path)


def match(records: Sequence[Record], findings: Iterable[Finding]) -> list[list[Finding]]:
    """The findings that each of ``records`` excuses, in their order.

    Those of the file that was recorded come before others, and then the worst; each gets the mildest record that will
    do. Without a root the file is part of what something is: two manifests may have one address.
    """
    met: list[list[Finding]] = [[] for _ in records]
    anywhere: dict[Identity, list[int]] = {}
    in_file: dict[tuple[Identity, str], list[int]] = {}
    for number, record in enumerate(records):
        anywhere.setdefault(record.identity, []).append(number)
        in_file.setdefault((record.identity, record.path), []).append(number)
    waiting = (
        [each for each in findings if each.counts and each.identity in anywhere]
        if anywhere
        else []
    )
    waiting.sort(key=_badness, reverse=True)

    def chosen(finding: Finding, numbers: Iterable[int]) -> bool:
        """Whether one of these records excuses a finding; the mildest that will do does then."""
        fitting = [
            each
            for each in numbers
            if len(met[each]) < records[each].count and records[each].admits(finding)
        ]
        if fitting:
            met[min(fitting, key=lambda number: _badness(records[number]))].append(finding)
        return bool(fitting)

    left = [
        each
        for each in waiting
        if not chosen(each, in_file.get((each.identity, _path(each)), ()))
    ]
    for finding in left:
        if finding.identity.root is not None:
            chosen(finding, anywhere[finding.identity])
    return met


def excusing(
    records: Sequence[Record], met: Sequence[Sequence[Finding]]
) -> dict[Finding, Record]:
    """Which record excuses a finding."""
    return {
        finding: record
        for record, findings in zip(records, met, strict=True)
        for finding in findings
    }


def excused(
    findings: Iterable[Finding], taken: Mapping[Finding, Record], reason: Note
) -> list[Finding]:
    """``findings``, those that a record excuses suppressed for a reason; ``taken`` is what ``excusing`` gives."""
    return [
        replace(each, suppressed=Suppression(Kind.BASELINE, reason, None, taken[each].where))
        if each in taken
        else each
        for each in findings
    ]


def _badness(one: Finding | Record) -> tuple[int, int]:
    return VERDICTS.index(one.verdict), SEVERITIES.index(one.severity)
