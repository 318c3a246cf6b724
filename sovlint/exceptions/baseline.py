"""The baseline against findings: what it excuses, what a new one records, and what is left of it once pruned."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.exceptions.baseline_file import Baseline
from sovlint.exceptions.ledger import absorbed
from sovlint.exceptions.record import Record, excused, excusing, in_order, match
from sovlint.exceptions.record import recorded as records
from sovlint.model.exception import Audited, Kind, State
from sovlint.model.findings.finding import Finding, PolicyText, Report
from sovlint.model.source import Span
from sovlint.model.text import Note

GONE: Final = "exceptions.matches-no-more"
"""What the audit says of an entry that nothing matches any more."""
Policies = Mapping[str, PolicyText]


class Absorbing(Struct, frozen=True):
    """Findings, those that the baseline excuses suppressed, and what became of each of its entries."""

    findings: list[Finding]
    audited: list[Audited]


def absorb(
    baseline: Baseline,
    findings: Sequence[Finding],
    policies: Policies,
    known: Collection[str],
) -> Absorbing:
    """Excuse what was recorded of ``findings``; ``policies`` are those judged by, ``known`` the ids of all."""
    records = [
        each if _waivable(each.identity.policy, policies) else replace(each, count=0)
        for each in baseline.records
    ]
    met = match(records, findings)
    taken = excusing(records, met)
    reason = Note("exceptions.in-baseline", {"file": baseline.name})
    audited = [
        _audited(record, found, policies, known)
        for record, found in zip(baseline.records, met, strict=True)
    ]
    return Absorbing(excused(findings, taken, reason), audited)


def _waivable(policy: str, policies: Policies) -> bool:
    """Whether a policy may be waived at all."""
    text = policies.get(policy)
    return text is None or text.waivable


def recorded(report: Report, name: str) -> tuple[Baseline, Report]:
    """A baseline of all findings of a report that count, and the report as that excuses them.

    Findings of policies that can't be waived are left out, and count.
    """
    where = Span(name, 1, 1, 1, 1)
    counting = (
        each
        for each in report.findings
        if each.counts and _waivable(each.policy, report.policies)
    )
    made = Baseline(name, tuple(records(counting, lambda _: where)))
    absorbing = absorb(made, report.findings, report.policies, report.policies)
    return made, replace(
        report,
        findings=tuple(absorbing.findings),
        exceptions=(*report.exceptions, *absorbing.audited),
    )


def with_others(made: Baseline, kept: Iterable[Record]) -> Baseline:
    """A baseline and what one before it had of other files, but for what is in both, in their order."""
    have = {(each.identity, each.path) for each in made.records}
    others = (each for each in kept if (each.identity, each.path) not in have)
    return replace(made, records=tuple(in_order((*made.records, *others))))


def pruned(baseline: Baseline, audited: Iterable[Audited]) -> Baseline:
    """What is left of a baseline once all that nothing matches any more is gone, going by the audit of a run.

    What wasn't judged stays.
    """
    told = {each.where: each for each in audited if each.kind is Kind.BASELINE}
    kept = []
    for record in baseline.records:
        each = told.get(record.where)
        if each is not None and each.absorbed:
            kept.append(replace(record, count=len(each.absorbed)))
        elif each is None or each.why is None or each.why.key != GONE:
            kept.append(record)
    return Baseline(baseline.name, tuple(kept))


def _audited(
    record: Record, met: Sequence[Finding], policies: Policies, known: Collection[str]
) -> Audited:
    policy = record.identity.policy
    state, why = State.USED, None
    if not met and policy in known and policy not in policies:
        state, why = State.UNUSED, Note("exceptions.not-judged", {"policy": policy})
    elif not _waivable(policy, policies):
        state, why = State.INVALID, Note("exceptions.not-waivable", {"policy": policy})
    elif not met:
        state, why = State.UNUSED, Note(GONE)
    return Audited(
        kind=Kind.BASELINE,
        state=state,
        policies=(policy,),
        reason="",
        until=None,
        where=record.where,
        absorbed=tuple(map(absorbed, met)),
        why=why,
    )
