"""Ignore comments against findings, and the housekeeping findings about the comments themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from sovlint.exceptions.ledger import Fault, LedgerEntry, Rules
from sovlint.files.nothing_said import says_nothing
from sovlint.model.exception import Ignore, Kind, State
from sovlint.model.findings.finding import Finding, Verdict
from sovlint.model.findings.standing import is_within, values_put_in
from sovlint.model.resources.resource import written
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Because, unroll

WITHOUT_REASON = "ignore-without-reason"
EXPIRED = "ignore-expired"
UNUSED = "ignore-unused"
"""Ids of the housekeeping policies on ignore comments."""

_BY_COMPARISON: Final = "data-class-removed"
"""A policy that only a run against another revision judges by: whether a comment for it is of use, none else can tell."""
_NO_REASON: Final = "exceptions.without-reason"
_REASON_NONE: Final = "exceptions.reason-none"

CoveredLine = tuple[str, int, int | None]
"""Path and line, and the column where a comment covers only what begins there."""


class Inline:
    """The ignore comments of a repository, by the place that each covers."""

    def __init__(self, ignores: Iterable[Ignore], rules: Rules) -> None:
        self._rules = rules
        self.entries: list[LedgerEntry] = []
        self._at: dict[CoveredLine, list[LedgerEntry]] = {}
        self._blocks: list[tuple[Ignore, LedgerEntry]] = []
        for ignore in ignores:
            for policy in ignore.policies or ("",):
                entry = LedgerEntry(
                    Kind.INLINE,
                    policy,
                    ignore.reason,
                    ignore.until,
                    ignore.where,
                    _fault(ignore, policy, rules),
                )
                self.entries.append(entry)
                self._at.setdefault(
                    (ignore.where.path, ignore.line, ignore.column), []
                ).append(entry)
                if ignore.end > ignore.line:
                    self._blocks.append((ignore, entry))

    def covering(self, finding: Finding) -> list[LedgerEntry]:
        """The comments that cover a finding, in no matter which state."""
        if not self._at:
            return []
        found = [entry for place in _places(finding) for entry in self._at.get(place, ())]
        if self._blocks:
            spans = list(_evidence(finding.because))
            found += (
                entry for ignore, entry in self._blocks if _holds(ignore, finding, spans)
            )
        return [entry for entry in found if entry.policy == finding.policy]

    def findings(self) -> Iterator[Finding]:
        """What there is to say of the comments: without a reason, past their end, or of no use."""
        for entry in self.entries:
            policy = _housekeeping(entry)
            text = self._rules.policies.get(policy) if policy else None
            if text is not None:
                about = written(f"ignore[{entry.policy}]", "ignore", entry.where)
                yield Finding(
                    text.id,
                    Verdict.VIOLATION,
                    text.severity,
                    about,
                    None,
                    (),
                    _headline(entry),
                )


def _fault(ignore: Ignore, policy: str, rules: Rules) -> Fault | None:
    if ignore.problem is not None:
        return Fault(State.INVALID, ignore.problem)
    if not ignore.reason:
        return Fault(State.INVALID, Note(_NO_REASON))
    if says_nothing(ignore.reason):
        return Fault(State.INVALID, Note(_REASON_NONE, {"reason": ignore.reason}))
    return rules.fault(policy, ignore.until, rules.day)


def _housekeeping(entry: LedgerEntry) -> str | None:
    """The housekeeping policy that a comment offends, if it offends one."""
    if entry.fault is None:
        return None if entry.met or entry.policy == _BY_COMPARISON else UNUSED
    if entry.fault.why.key in (_NO_REASON, _REASON_NONE):
        return WITHOUT_REASON
    return {State.EXPIRED: EXPIRED, State.INVALID: UNUSED}.get(entry.state)


def _headline(entry: LedgerEntry) -> Note:
    if entry.fault is None:
        return Note("exceptions.covers-nothing", {"policy": entry.policy})
    if not entry.policy:
        return Note("exceptions.comment-void", {"why": entry.fault.why})
    return Note(
        "exceptions.comment-void-for", {"policy": entry.policy, "why": entry.fault.why}
    )


def _places(finding: Finding) -> Iterator[CoveredLine]:
    """Where a comment covers a finding: the first line of what it is about, the line at which it stands, lines within the
    former which led to the finding, the module calls on the way, the provider block in use, and the values that a
    template puts in."""
    resource, placement = finding.resource, finding.placement
    own = resource.span
    spans = [own, finding.span, *(call.span() for call in resource.chain)]
    if placement is not None:
        spans.extend(values_put_in((*finding.because, *placement.because)))
    if resource.headless and placement is not None and placement.written is not None:
        spans.append(placement.written.span())
    if resource.binding is not None and resource.binding.where is not None:
        spans.append(resource.binding.where.span())
    chains = (*(claim.because for claim in finding.claims), *finding.because)
    spans += (span for span in _evidence(chains) if is_within(resource, span))
    for span in dict.fromkeys(spans):
        yield span.path, span.line, None
        yield span.path, span.line, span.column


def _holds(ignore: Ignore, finding: Finding, evidence: Iterable[Span]) -> bool:
    """Whether a comment is on the first line of a block in the resource, and what led to the finding is in that block."""
    span, path = finding.resource.span, ignore.where.path
    is_inside = span.path == path and span.line < ignore.line <= span.end_line
    return is_inside and any(
        each.path == path and ignore.line <= each.line <= ignore.end for each in evidence
    )


def _evidence(chains: Iterable[Because]) -> Iterator[Span]:
    for chain in chains:
        for step in unroll(chain):
            if step.where is not None:
                yield step.where.span()
