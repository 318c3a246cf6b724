"""A policy set against placements: one finding per policy and placement that it binds.

``bind`` says what is judged, ``logic`` and ``predicates`` what is found, ``finding`` what it costs and how it reads,
``housekeeping`` what there is to say of the evidence itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from sovlint.model.attestation import Attestation
from sovlint.model.findings.finding import Finding
from sovlint.model.findings.remedy import Market
from sovlint.model.placement import Placed, Placement
from sovlint.model.request import Request
from sovlint.model.resources.reading import Remark
from sovlint.model.resources.resource import Resource
from sovlint.model.resources.sent import SentBy
from sovlint.model.value import Fact, Known, Reason, Unknown, UnknownKind
from sovlint.model.world import World
from sovlint.policy import housekeeping, unjudged
from sovlint.policy.binding.bind import settles
from sovlint.policy.binding.run_policies import RunPolicies
from sovlint.policy.placement_judge import PlacementJudge
from sovlint.policy.policies import (
    ASSUMED_CLASS_JUDGED,
    ATTESTATION_EXPIRED,
    DATA_CLASS_JUDGED,
    DATA_CLASS_KNOWN,
    Policy,
    PolicySet,
)
from sovlint.policy.remedies import Adviser
from sovlint.policy.requirements.local import Local
from sovlint.policy.unknown_names import check_names

UNPLACED = Placement.unknown(Unknown(Reason.NO_EVIDENCE))
"""Stands in for a resource without any placement: data in no known place is unproven, not forgotten."""


class Judgement(Struct, frozen=True):
    """All findings, compliant ones too, in the order of the placements; remarks; how many resources weren't judged
    because neither is their role known, nor their class more than read from names; and how many some policy leaves out
    only by the reading of ``hds_scope`` that was chosen."""

    findings: tuple[Finding, ...]
    remarks: tuple[Remark, ...]
    unjudged_roles: int
    left_out: int = 0


def evaluate(
    placed: Sequence[Placed],
    policy_set: PolicySet,
    world: World,
    request: Request,
    attestations: Sequence[Attestation] = (),
    guards: Sequence[Policy] = (),
    market: Market | None = None,
) -> Judgement:
    """Judge every placement by every policy that binds it. Raises ``SovlintError`` where a policy names what isn't.

    With a ``market``, findings tell what could take the place of what doesn't comply. Nothing of that surely violates
    one of the ``guards`` that bind there, judged by or not.
    """
    check_names(policy_set, world)
    keeping = policy_set.housekeeping
    adviser = (
        Adviser(policy_set.accept, world, market, request.require_sources) if market else None
    )
    policies = RunPolicies(policy_set, world, request, guards, attestations)
    local = Local(placed)
    judge = PlacementJudge(policies, adviser, local)
    run = _Run(policies, judge)
    findings = [finding for each in placed for finding in run.resource(each)]
    findings += housekeeping.strange_classes(placed, keeping[DATA_CLASS_KNOWN], world)
    findings += housekeeping.strange_keys(placed, keeping[DATA_CLASS_KNOWN])
    late, remarks = housekeeping.expired(
        attestations, judge.unheld, keeping[ATTESTATION_EXPIRED], world, request.as_of
    )
    said = (
        *housekeeping.library_remarks(judge.waiting),
        *unjudged.absent_modules(run.absent),
        *local.remarks(),
        *remarks,
    )
    return Judgement((*findings, *late), said, len(policies.unjudged), len(policies.left_out))


class _Run(Struct):
    """One evaluation of resources. ``absent``: those of which nothing was judged, and of which some isn't here to read."""

    policies: RunPolicies
    judge: PlacementJudge
    absent: list[Resource] = field(default_factory=list)

    def resource(self, placed: Placed) -> Iterator[Finding]:
        """All findings about one resource but those on strange classes and attestations."""
        found: list[Finding] = []
        if placed.classes.claims and not _absent(placed.resource.exists):
            for placement in placed.placements or _unplaced(placed):
                if not _absent(placement.sure):
                    found += self.judge.findings(placed, placement)
        found += self._lacking(placed, found)
        found += self._unsaid(placed, found)
        unread = housekeeping.class_unknown(
            placed, self.policies.policy_set.housekeeping[DATA_CLASS_KNOWN], bool(found)
        )
        if unread is not None:
            if housekeeping.class_waits_for_caller(placed):
                self.judge.waiting.append(placed.resource)
            else:
                yield unread
        if not found and not _absent(placed.resource.exists) and placed.resource.is_elsewhere:
            self.absent.append(placed.resource)
        yield from found

    def _lacking(self, placed: Placed, found: Sequence[Finding]) -> Sequence[Finding]:
        """A finding where something is judged of a resource, and something in it isn't here to read: whatever else is
        found may be waived, and nobody has looked at that. Where all of it can't be judged, that is told already."""
        policy = self.policies.policy_set.housekeeping[ASSUMED_CLASS_JUDGED]
        weak = not any(map(settles, placed.classes.claims))
        judged = bool(found) and all(each.policy != policy.id for each in found)
        assuming = self.policies.assuming()
        if not (placed.resource.lacks and weak and judged and assuming):
            return ()
        return (unjudged.lacking(placed, policy, assuming, self.policies.world),)

    def _unsaid(self, placed: Placed, found: Sequence[Finding]) -> Sequence[Finding]:
        """A finding where something is judged of a resource that may be given settings which aren't known: they may
        send data elsewhere. What waits for the caller of a library is told once a folder."""
        unknown = placed.resource.unsaid
        if unknown is None or _absent(placed.resource.exists):
            return ()
        keeping = self.policies.policy_set.housekeeping
        bound = [
            (each.severity, each.claims)
            for each in found
            if each.claims and each.policy not in keeping
        ]
        if unknown.kind is UnknownKind.VALUES_UNTOLD and not bound:
            bound = list(self.policies.sending(placed))
        if not bound:
            return ()
        if housekeeping.waits_for_caller(placed.resource, unknown):
            self.judge.waiting.append(placed.resource)
            return ()
        policy = keeping[DATA_CLASS_JUDGED]
        return unjudged.unsaid(placed, unknown, policy, bound, self.policies.world)


def _unplaced(placed: Placed) -> Sequence[Placement]:
    """What is judged of a resource without any placement; one that is nothing but variables whose values nobody knows is
    one question, and no more."""
    sends = placed.resource.sends
    asked = bool(sends) and all(each.by is SentBy.UNTOLD or each.is_asked for each in sends)
    return () if asked else (UNPLACED,)


def _absent(exists: Fact[bool]) -> bool:
    return isinstance(exists, Known) and not exists.value
