"""Findings recorded before (in a baseline, at another revision) against those of today.

A record excuses what has the very same identity and is no worse: what was unproven doesn't excuse a violation, nor a
warning an error, and one record excuses no more findings than were recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sovlint.model.finding import Finding, Severity, Verdict
from sovlint.model.identity import Identity
from sovlint.model.source import Span

VERDICTS: Final = (Verdict.COMPLIANT, Verdict.UNPROVEN, Verdict.VIOLATION)
SEVERITIES: Final = (Severity.NOTE, Severity.WARNING, Severity.ERROR)
"""From best to worst."""


@dataclass(frozen=True, slots=True)
class Record:
    """``count`` findings of one identity, verdict and severity, once declared in the file ``path``.

    ``where`` is where that is written down.
    """

    identity: Identity
    verdict: Verdict
    severity: Severity
    count: int
    path: str
    where: Span

    def admits(self, finding: Finding) -> bool:
        """Whether a finding of its identity is no worse than what was recorded."""
        return VERDICTS.index(finding.verdict) <= VERDICTS.index(self.verdict) and SEVERITIES.index(
            finding.severity
        ) <= SEVERITIES.index(self.severity)


def match(records: Sequence[Record], findings: Iterable[Finding]) -> list[list[Finding]]:
    """The findings that each of ``records`` excuses, in their order.

    Those of the file that was recorded come before others, and then the worst; each gets the mildest record that will
    do.
    """
    met: list[list[Finding]] = [[] for _ in records]
    numbered: dict[Identity, list[int]] = {}
    for number, record in enumerate(records):
        numbered.setdefault(record.identity, []).append(number)
    if not numbered:
        return met
    waiting = [(each, numbered[each.identity]) for each in findings if each.counts and each.identity in numbered]
    waiting.sort(key=lambda pair: _badness(pair[0]), reverse=True)
    taken: set[int] = set()
    for same_file in (True, False):
        for finding, numbers in waiting:
            path = finding.resource.where.span().path
            fitting = [
                number
                for number in numbers
                if len(met[number]) < records[number].count
                and records[number].admits(finding)
                and (records[number].path == path or not same_file)
            ]
            if fitting and id(finding) not in taken:
                met[min(fitting, key=lambda number: _badness(records[number]))].append(finding)
                taken.add(id(finding))
    return met


def excusing(records: Sequence[Record], met: Sequence[Sequence[Finding]]) -> dict[int, Record]:
    """Which record excuses a finding, by the finding's ``id``."""
    return {id(finding): record for record, findings in zip(records, met, strict=True) for finding in findings}


def _badness(one: Finding | Record) -> tuple[int, int]:
    return VERDICTS.index(one.verdict), SEVERITIES.index(one.severity)
