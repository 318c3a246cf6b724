"""Waivers against findings: approved by somebody else than their owner, for as long as the policy allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sovlint.errors import SovlintError, did_you_mean
from sovlint.exceptions.ledger import Fault, LedgerEntry, Rules, unapproved
from sovlint.files.nothing_said import says_nothing
from sovlint.model.exception import Kind, State, Waiver
from sovlint.model.findings.finding import Finding
from sovlint.model.text import Note


class Waivers:
    """The waivers of the configuration, in its order."""

    def __init__(self, waivers: Iterable[Waiver], rules: Rules) -> None:
        self._pairs = [
            (waiver, _entry(waiver, policy, rules)) for waiver, policy in _pairs(waivers)
        ]
        self.entries = [entry for _, entry in self._pairs]

    def covering(self, finding: Finding) -> list[LedgerEntry]:
        """The waivers that cover a finding, in no matter which state."""
        resource = finding.resource
        return [
            entry
            for waiver, entry in self._pairs
            if entry.policy == finding.policy
            and waiver.about(resource.address, resource.span.path)
        ]


def check_names(waivers: Iterable[Waiver], rules: Rules) -> None:
    """Raise ``SovlintError`` for the first waiver of a policy that doesn't exist: it would never apply, silently."""
    for problem in unknown(waivers, rules):
        raise problem


def unknown(waivers: Iterable[Waiver], rules: Rules) -> Iterator[SovlintError]:
    """An error for each policy waived that doesn't exist, with what was probably meant."""
    for waiver, policy in _pairs(waivers):
        if policy not in rules.known:
            problem = f"there is no policy `{policy}` to waive. {did_you_mean(policy, rules.known)}".rstrip()
            yield SovlintError(
                f"{waiver.where.span().position}: {problem}",
                f"Known: {', '.join(sorted(rules.known))}.",
            )


def faulty(
    waivers: Iterable[Waiver], rules: Rules, state: State = State.INVALID
) -> Iterator[tuple[str, Note]]:
    """The place of each waiver that can't hold under these policies, or that ended (``EXPIRED``), and why."""
    for waiver, policy in _pairs(waivers):
        fault = _fault(waiver, policy, rules)
        if fault is not None and fault.state is state and policy in rules.known:
            yield waiver.where.span().position, fault.why


def _pairs(waivers: Iterable[Waiver]) -> Iterator[tuple[Waiver, str]]:
    return ((waiver, policy) for waiver in waivers for policy in waiver.policies)


def _entry(waiver: Waiver, policy: str, rules: Rules) -> LedgerEntry:
    return LedgerEntry(
        kind=Kind.WAIVER,
        policy=policy,
        reason=waiver.reason,
        until=waiver.expires,
        where=waiver.where.span(),
        fault=_fault(waiver, policy, rules),
        owner=waiver.owner,
        approver=waiver.approver,
        ticket=waiver.ticket,
    )


def _fault(waiver: Waiver, policy: str, rules: Rules) -> Fault | None:
    why = unapproved(waiver.owner, waiver.approver, waiver.issued, rules.day)
    if why is not None:
        return Fault(State.INVALID, why)
    if says_nothing(waiver.reason):
        return Fault(State.INVALID, Note("exceptions.reason-none", {"reason": waiver.reason}))
    return rules.fault(policy, waiver.expires, waiver.issued)
