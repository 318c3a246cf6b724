"""A policy set against placements: one finding per policy and placement that it binds.

The rules are those of the design's section 6: ``bind`` says what is judged, ``logic`` and ``predicates`` what is found,
``finding`` what it costs and how it reads, ``housekeeping`` what there is to say of the evidence itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.model.attestation import CONTROL, Attestation
from sovlint.model.findings.finding import Finding, Severity, Verdict
from sovlint.model.findings.remedy import Market
from sovlint.model.placement import ClassClaim, Placed, Placement
from sovlint.model.request import Request
from sovlint.model.resources.reading import Remark
from sovlint.model.resources.resource import Resource
from sovlint.model.resources.sent import SentBy
from sovlint.model.text import Note
from sovlint.model.value import (
    Because,
    Fact,
    Known,
    Reason,
    StepKind,
    Unknown,
    UnknownKind,
    unroll,
)
from sovlint.model.world import World
from sovlint.policy import housekeeping, phrases, unjudged
from sovlint.policy.bind import (
    CARE_ONLY,
    STRICT,
    Bound,
    Reach,
    Unbound,
    bind,
    is_asked,
    lightened,
    reach,
    settles,
)
from sovlint.policy.derogations import Asked, derogation, said_of, step_of
from sovlint.policy.finding import Case, compose
from sovlint.policy.policies import (
    ASSUMED_CLASS_JUDGED,
    ATTESTATION_EXPIRED,
    DATA_CLASS_JUDGED,
    DATA_CLASS_KNOWN,
    OWNERSHIP_AGES_SOON,
    QUALIFICATION_ENDS_SOON,
    Policy,
    PolicySet,
    Requirement,
    lesser,
)
from sovlint.policy.remedies import Adviser
from sovlint.policy.requirements.local import Local
from sovlint.policy.requirements.logic import Answer, judge
from sovlint.policy.unknown_names import check_names

UNPLACED = Placement.unknown(Unknown(Reason.NO_EVIDENCE))
"""Stands in for a resource without any placement: data in no known place is unproven, not forgotten."""

_SOMEBODY: Final = Known("processor")
"""The role of whoever gets what is sent."""


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
    run = _Run(policy_set, world, request, guards, adviser, Local(placed), attestations)
    findings = [finding for each in placed for finding in run.resource(each)]
    findings += housekeeping.strange_classes(placed, keeping[DATA_CLASS_KNOWN], world)
    findings += housekeeping.strange_keys(placed, keeping[DATA_CLASS_KNOWN])
    late, remarks = housekeeping.expired(
        attestations, run.unheld, keeping[ATTESTATION_EXPIRED], world, request.as_of
    )
    said = (
        *housekeeping.library_remarks(run.waiting),
        *unjudged.absent_modules(run.absent),
        *run.local.remarks(),
        *remarks,
    )
    return Judgement((*findings, *late), said, len(run.unjudged), len(run.left_out))


class _Run(Struct):
    """One evaluation: what is asked, and what turns up on the way."""

    policy_set: PolicySet
    world: World
    request: Request
    guards: Sequence[Policy]
    adviser: Adviser | None
    local: Local
    attested: Sequence[Attestation]
    scopes: list[tuple[Policy, Requirement, Reach]] = field(default_factory=list)
    guarding: list[tuple[Policy, Reach]] = field(default_factory=list)
    waiting: list[Resource] = field(default_factory=list)
    absent: list[Resource] = field(default_factory=list)
    unheld: list[housekeeping.Unheld] = field(default_factory=list)
    unjudged: set[tuple[str, str, str]] = field(default_factory=set)
    left_out: set[tuple[str, str, str]] = field(default_factory=set)
    defaults: dict[Because, Note | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.scopes = [
            (policy, policy.require, self.reach(policy))
            for policy in (*self.policy_set.law, *self.policy_set.policies)
            if policy.require is not None
        ]
        self.guarding = [
            (policy, self.reach(policy))
            for policy in self.guards
            if policy.require is not None
        ]

    def reach(self, policy: Policy) -> Reach:
        """What a policy binds in this run."""
        return reach(policy, self.world.covers, self.request.hds_scope, self.request.assume)

    def resource(self, placed: Placed) -> Iterator[Finding]:
        """All findings about one resource but those on strange classes and attestations."""
        found: list[Finding] = []
        if placed.classes.claims and not _absent(placed.resource.exists):
            for placement in placed.placements or _unplaced(placed):
                if not _absent(placement.sure):
                    found += self.placement(placed, placement)
        found += self.lacking(placed, found)
        found += self.unsaid(placed, found)
        unread = housekeeping.class_unknown(
            placed, self.policy_set.housekeeping[DATA_CLASS_KNOWN], bool(found)
        )
        if unread is not None:
            if housekeeping.class_waits_for_caller(placed):
                self.waiting.append(placed.resource)
            else:
                yield unread
        if not found and not _absent(placed.resource.exists) and placed.resource.is_elsewhere:
            self.absent.append(placed.resource)
        yield from found

    def placement(self, placed: Placed, placement: Placement) -> Sequence[Finding]:
        """The findings of the policies that bind one placement, and of qualifications soon over that they rest on."""
        subject = phrases.subject(placement, self.world)
        ending: set[str] = set()
        found: list[Finding] = []
        binding: list[Policy] = []
        assuming: list[tuple[Policy, Reach]] = []
        for asked in self.asked(placed, placement, assuming):
            binding.append(asked.policy)
            case, judged = self.case(placed, placement, asked)
            if case.verdict is Verdict.UNPROVEN and self.local.spares(placed, placement):
                continue
            if case.waits_for_caller:
                self.waiting.append(placed.resource)
                continue
            said = subject if judged is placement else phrases.subject(judged, self.world)
            finding = replace(
                compose(case, said, self.world, self.from_default), cause=case.cause
            )
            found.append(finding)
            self.note_unheld(case)
            found += self.soon_over(finding, case.answer, ending)
        if assuming:
            policy = self.policy_set.housekeeping[ASSUMED_CLASS_JUDGED]
            found.append(unjudged.assumed(placed, placement, policy, assuming, self.world))
        return self.advised(placed, placement, binding, found)

    def case(
        self, placed: Placed, placement: Placement, asked: Asked
    ) -> tuple[Case, Placement]:
        """What a policy that binds a placement answers, and the placement that it answers for."""
        judged, answer = self.answer(asked.require, placement)
        bound = lightened(asked.bound, placement)
        body = asked.policy.bodies.get(self.policy_set.body or "")
        told = [Note("policy.says", {"text": body})] if body is not None else []
        lifted = asked.derogation
        if lifted is not None:
            told.append(said_of(lifted, asked.policy))
        case = Case(
            placed,
            judged,
            asked.policy,
            asked.scope,
            bound,
            answer,
            tuple(told),
            step_of(lifted) if lifted is not None else None,
        )
        return case, judged

    def asked(
        self,
        placed: Placed,
        placement: Placement,
        assuming: list[tuple[Policy, Reach]],
    ) -> Iterator[Asked]:
        """The policies that bind a placement; those that would, if data is there at all, join ``assuming``.

        As law has a policy, it takes the place of what the set says of it. Where a derogation lifts the law, what the
        set says counts; if that doesn't bind, the law is told as a note.
        """
        taken: set[str] = set()
        lifted: dict[str, Asked] = {}
        for policy, require, scope in self.scopes:
            if policy.id in taken:
                continue
            bound = self.bound(policy, scope, placed, placement, assuming)
            if bound is None or not is_asked(bound, placement):
                continue
            each = Asked(policy, require, scope, bound)
            found = derogation(policy, placed, placement, self.attested, self.request.as_of)
            if found is not None:
                lifted[policy.id] = replace(
                    each,
                    bound=replace(bound, ceiling=Severity.NOTE),
                    derogation=found,
                )
                continue
            taken.add(policy.id)
            before = lifted.pop(policy.id, None)
            yield replace(each, derogation=before.derogation) if before else each
        yield from lifted.values()

    def bound(
        self,
        policy: Policy,
        scope: Reach,
        placed: Placed,
        placement: Placement,
        assuming: list[tuple[Policy, Reach]],
    ) -> Bound | None:
        """How a policy binds a placement; where it doesn't, what that means is kept."""
        claims, role = placed.classes.claims, placement.role
        found = bind(policy, scope, claims, role, self.request.inferred)
        if isinstance(found, Bound):
            return found
        if found is Unbound.ASSUMED:
            assuming.append((policy, scope))
        elif found is Unbound.UNJUDGED:
            self.unjudged.add(placed.resource.identity)
        elif self.spared(policy, placed, placement):
            self.left_out.add(placed.resource.identity)
        return None

    def answer(self, require: Requirement, placement: Placement) -> tuple[Placement, Answer]:
        """What a requirement says of a placement. Where a value that was read isn't the only one, what it violates by
        itself is violated all the same: another value elsewhere makes no verdict better."""
        answer = self.judged(require, placement)
        read = placement.read if answer.verdict is Verdict.UNPROVEN else None
        if read is not None:
            again = self.judged(require, read)
            if again.verdict is Verdict.VIOLATION:
                return read, again
        return placement, answer

    def judged(self, require: Requirement, placement: Placement) -> Answer:
        """What a requirement says of a placement, by what this run takes for proved."""
        accept, strict = self.policy_set.accept, self.request.require_sources
        return judge(require, placement, self.world, accept, strict)

    def lacking(self, placed: Placed, found: Sequence[Finding]) -> Sequence[Finding]:
        """A finding where something is judged of a resource, and something in it isn't here to read: whatever else is
        found may be waived, and nobody has looked at that. Where all of it can't be judged, that is told already."""
        policy = self.policy_set.housekeeping[ASSUMED_CLASS_JUDGED]
        weak = not any(map(settles, placed.classes.claims))
        judged = bool(found) and all(each.policy != policy.id for each in found)
        assuming = [(policy, scope) for policy, _, scope in self.scopes if scope.assumed]
        if not (placed.resource.lacks and weak and judged and assuming):
            return ()
        return (unjudged.lacking(placed, policy, assuming, self.world),)

    def unsaid(self, placed: Placed, found: Sequence[Finding]) -> Sequence[Finding]:
        """A finding where something is judged of a resource that may be given settings which aren't known: they may
        send data elsewhere. What waits for the caller of a library is told once a folder."""
        unknown = placed.resource.unsaid
        if unknown is None or _absent(placed.resource.exists):
            return ()
        keeping = self.policy_set.housekeeping
        bound = [
            (each.severity, each.claims)
            for each in found
            if each.claims and each.policy not in keeping
        ]
        if unknown.kind is UnknownKind.VALUES_UNTOLD and not bound:
            bound = list(self.sending(placed))
        if not bound:
            return ()
        if housekeeping.waits_for_caller(placed.resource, unknown):
            self.waiting.append(placed.resource)
            return ()
        policy = keeping[DATA_CLASS_JUDGED]
        return unjudged.unsaid(placed, unknown, policy, bound, self.world)

    def sending(self, placed: Placed) -> Iterator[tuple[Severity, tuple[ClassClaim, ...]]]:
        """What policies would ask of a resource that has no place which they bind, if it sent data to somebody."""
        for policy, _, scope in self.scopes:
            found = bind(
                policy, scope, placed.classes.claims, _SOMEBODY, self.request.inferred
            )
            if isinstance(found, Bound):
                yield lesser(policy.unproven, found.ceiling), found.claims

    def advised(
        self,
        placed: Placed,
        placement: Placement,
        binding: Sequence[Policy],
        found: Sequence[Finding],
    ) -> Sequence[Finding]:
        """``found`` with what complies with all of ``binding`` and could take the place of what doesn't.

        What isn't proved may comply as it is: for that, only what is proved to is worth naming.
        """
        asked = {policy.id for policy in binding}
        concerned = {
            finding.policy for finding in found if finding.verdict is not Verdict.COMPLIANT
        } & asked
        if self.adviser is None or not concerned:
            return found
        violated = any(
            finding.verdict is Verdict.VIOLATION
            for finding in found
            if finding.policy in asked
        )
        remedies = self.adviser.remedies(
            placement, binding, self.guards_of(placed, placement)
        )
        if remedies is None or not (violated or remedies.proved):
            return found
        return [
            replace(each, remedies=remedies) if each.policy in concerned else each
            for each in found
        ]

    def guards_of(self, placed: Placed, placement: Placement) -> Sequence[Policy]:
        """The guards that bind a placement, or what would take its place."""
        claims, role, inferred = placed.classes.claims, placement.role, self.request.inferred
        return [
            policy
            for policy, scope in self.guarding
            if isinstance(bind(policy, scope, claims, role, inferred), Bound)
        ]

    def spared(self, policy: Policy, placed: Placed, placement: Placement) -> bool:
        """Whether a policy doesn't bind a placement only for the reading of ``hds_scope`` that was chosen."""
        if self.request.hds_scope != CARE_ONLY or not policy.contested:
            return False
        whole = reach(policy, self.world.covers, STRICT, self.request.assume)
        bound = bind(
            policy, whole, placed.classes.claims, placement.role, self.request.inferred
        )
        return isinstance(bound, Bound)

    def soon_over(
        self, finding: Finding, answer: Answer, told: set[str]
    ) -> Iterator[Finding]:
        """What a compliant finding rests on and that ends soon, each told once a placement: qualifications, and sources
        of who controls whoever runs it."""
        if finding.verdict is Verdict.COMPLIANT:
            leaves = [
                leaf
                for leaf in answer.leaves
                if leaf.holding and leaf.holding.name not in told
            ]
            told.update(leaf.holding.name for leaf in leaves if leaf.holding)
            policy = self.policy_set.housekeeping[QUALIFICATION_ENDS_SOON]
            yield from housekeeping.ends_soon(
                finding, leaves, policy, self.world, self.request.as_of
            )
            if CONTROL not in told and any(leaf.kind == CONTROL for leaf in answer.leaves):
                told.add(CONTROL)
                policy = self.policy_set.housekeeping[OWNERSHIP_AGES_SOON]
                yield from housekeeping.ages_soon(
                    finding, policy, self.world, self.request.as_of
                )

    def note_unheld(self, case: Case) -> None:
        """Keep in mind what an attestation could have filled."""
        for name in (name for leaf in case.answer.leaves for name in leaf.lacks):
            self.unheld.append(
                housekeeping.Unheld(case.placed.resource, case.placement, name)
            )

    def from_default(self, because: Because) -> Note | None:
        """A remark where a chain goes back to a variable's default: a value given elsewhere would change it."""
        if because not in self.defaults:
            step = next(
                (step for step in unroll(because) if step.kind is StepKind.DEFAULT), None
            )
            span = step.where.span() if step is not None and step.where is not None else None
            if step is None:
                self.defaults[because] = None
            elif span is None:
                self.defaults[because] = Note("policy.from-default")
            else:
                self.defaults[because] = Note(
                    "policy.from-default-at", {"where": f"{span.path}:{span.line}"}
                )
        return self.defaults[because]


def _unplaced(placed: Placed) -> Sequence[Placement]:
    """What is judged of a resource without any placement; one that is nothing but variables whose values nobody knows is
    one question, and no more."""
    sends = placed.resource.sends
    asked = bool(sends) and all(each.by is SentBy.UNTOLD for each in sends)
    return () if asked else (UNPLACED,)


def _absent(exists: Fact[bool]) -> bool:
    return isinstance(exists, Known) and not exists.value
