"""The ledger of exceptions: each as far as it speaks of one policy, whether it holds, and which findings it meets."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from msgspec import Struct, field

from sovlint.errors import nearest
from sovlint.model.exception import Absorbed, Audited, Kind, State, Suppression
from sovlint.model.findings.finding import Finding, PolicyText
from sovlint.model.source import Span
from sovlint.model.text import Note


class Fault(Struct, frozen=True):
    """Why an exception excuses nothing, and what that makes of it."""

    state: State
    why: Note


class Rules(Struct, frozen=True):
    """What exceptions are held against: the policies judged by, the ids of all that exist, and the day."""

    policies: Mapping[str, PolicyText]
    known: Collection[str]
    day: date

    def fault(self, policy: str, until: date | None, since: date) -> Fault | None:
        """Why an exception from ``since`` to ``until`` doesn't hold for a policy today; ``None`` where it does."""
        if policy not in self.known:
            close = nearest(policy, self.known)
            meant = Note("exceptions.meant", {"policy": close}) if close else ""
            return Fault(
                State.INVALID,
                Note("exceptions.no-such-policy", {"policy": policy, "meant": meant}),
            )
        text = self.policies.get(policy)
        if text is None:
            return Fault(State.UNUSED, Note("exceptions.not-judged", {"policy": policy}))
        if not text.waivable:
            return Fault(State.INVALID, Note("exceptions.not-waivable", {"policy": policy}))
        longest = text.longest_waiver_days
        if longest is not None and (until is None or (until - since).days > longest):
            return Fault(
                State.INVALID,
                Note("exceptions.too-long", {"policy": policy, "days": longest}),
            )
        if until is not None and until < self.day:
            return Fault(
                State.EXPIRED, Note("exceptions.expired", {"until": until.isoformat()})
            )
        return None


def unapproved(owner: str, approver: str | None, issued: date, day: date) -> Note | None:
    """Why nobody's word can be taken: who owns it approves it, or its day hasn't come."""
    if approver is not None and _role(owner) == _role(approver):
        return Note("exceptions.approves-itself", {"owner": owner})
    if issued > day:
        return Note("exceptions.not-yet", {"issued": issued.isoformat()})
    return None


def _role(name: str) -> str:
    """A role without what makes no difference: blanks and case."""
    return " ".join(name.split()).casefold()


class LedgerEntry(Struct):
    """An exception as far as it speaks of one policy.

    ``met``: findings that it covers, whether it holds or not; it excuses them where it has no ``fault``.
    """

    kind: Kind
    policy: str
    reason: str
    until: date | None
    where: Span
    fault: Fault | None
    owner: str | None = None
    approver: str | None = None
    ticket: str | None = None
    met: list[Finding] = field(default_factory=list)

    @property
    def state(self) -> State:
        """What became of it."""
        if self.fault is not None:
            return self.fault.state
        return State.USED if self.met else State.UNUSED

    def suppression(self) -> Suppression:
        """What a finding that it excuses says of it."""
        return Suppression(self.kind, self.reason, self.until, self.where)

    def audited(self) -> Audited:
        """Its line in the audit."""
        return Audited(
            kind=self.kind,
            state=self.state,
            policies=(self.policy,) if self.policy else (),
            reason=self.reason,
            until=self.until,
            where=self.where,
            absorbed=tuple(absorbed(finding) for finding in self.met)
            if self.state is State.USED
            else (),
            why=self.fault.why if self.fault else None,
            owner=self.owner,
            approver=self.approver,
            ticket=self.ticket,
        )


def absorbed(finding: Finding) -> Absorbed:
    """What the audit says of a finding that is excused."""
    where = finding.resource.span
    return Absorbed(finding.identity, where.path, where.line)
