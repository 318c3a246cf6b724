"""One placement, judged by the policies that bind it: findings, with what could take its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.model.attestation import CONTROL
from sovlint.model.findings.finding import Finding, Verdict
from sovlint.model.findings.rests import Rests
from sovlint.model.placement import Placed, Placement
from sovlint.model.resources.resource import Resource
from sovlint.model.text import Note
from sovlint.model.value import Because, StepKind, unroll
from sovlint.policy import housekeeping, phrases, unjudged
from sovlint.policy.binding.bind import lightened
from sovlint.policy.binding.derogations import Asked, said_of, step_of
from sovlint.policy.binding.run_policies import RunPolicies
from sovlint.policy.finding import Case, compose
from sovlint.policy.policies import (
    ASSUMED_CLASS_JUDGED,
    OWNERSHIP_AGES_SOON,
    QUALIFICATION_ENDS_SOON,
    Policy,
    Requirement,
)
from sovlint.policy.remedies import Adviser
from sovlint.policy.requirements.local import Local
from sovlint.policy.requirements.logic import Answer, judge

# --- What a finding says of a value that comes from a variable's default: one given elsewhere would change it.


class FromDefaults(Struct):
    """Remarks on chains, each worked out once: many placements rest on the same ones."""

    told: dict[Because, Note | None] = field(default_factory=dict)

    def remark(self, because: Because) -> Note | None:
        """A remark where a chain goes back to a variable's default."""
        if because not in self.told:
            self.told[because] = _remark(because)
        return self.told[because]


def _remark(because: Because) -> Note | None:
    step = next((step for step in unroll(because) if step.kind is StepKind.DEFAULT), None)
    if step is None:
        return None
    span = step.where.span() if step.where is not None else None
    if span is None:
        return Note("policy.from-default")
    return Note("policy.from-default-at", {"where": f"{span.path}:{span.line}"})


class PlacementJudge(Struct):
    """Judges placements. ``waiting``: the resources of which something waits for whoever calls the library that they are
    in; ``unheld``: what an attestation could have filled."""

    policies: RunPolicies
    adviser: Adviser | None
    local: Local
    waiting: list[Resource] = field(default_factory=list)
    unheld: list[housekeeping.Unheld] = field(default_factory=list)
    defaults: FromDefaults = field(default_factory=FromDefaults)

    def findings(self, placed: Placed, placement: Placement) -> Sequence[Finding]:
        """The findings of the policies that bind one placement, and of qualifications soon over that they rest on."""
        world = self.policies.world
        subject = phrases.subject(placement, world)
        ending: set[str] = set()
        found: list[Finding] = []
        asked_of = self.policies.asked(placed, placement)
        for asked in asked_of.binding:
            case = self._case(placed, placement, asked)
            if case.verdict is Verdict.UNPROVEN and self.local.spares(placed, placement):
                continue
            if case.waits_for_caller:
                self.waiting.append(placed.resource)
                continue
            is_whole = case.placement is placement
            said = subject if is_whole else phrases.subject(case.placement, world)
            finding = replace(
                compose(case, said, world, self.defaults.remark), cause=case.cause
            )
            if self._ages(finding, case.answer):
                finding = replace(finding, rests=Rests.WEAK)
            found.append(finding)
            self._note_unheld(case)
            found += self._soon_over(finding, case.answer, ending)
        if asked_of.assuming:
            policy = self.policies.policy_set.housekeeping[ASSUMED_CLASS_JUDGED]
            found.append(
                unjudged.assumed(placed, placement, policy, asked_of.assuming, world)
            )
        binding = [asked.policy for asked in asked_of.binding]
        return self._advised(placed, placement, binding, found)

    def _case(self, placed: Placed, placement: Placement, asked: Asked) -> Case:
        """What a policy that binds a placement answers."""
        judged, answer = self._answer(asked.require, placement)
        body = asked.policy.bodies.get(self.policies.policy_set.body or "")
        told = [Note("policy.says", {"text": body})] if body is not None else []
        lifted = asked.derogation
        if lifted is not None:
            told.append(said_of(lifted, asked.policy))
        return Case(
            placed,
            judged,
            asked.policy,
            asked.scope,
            lightened(asked.bound, placement),
            answer,
            tuple(told),
            step_of(lifted) if lifted is not None else None,
        )

    def _answer(self, require: Requirement, placement: Placement) -> tuple[Placement, Answer]:
        """What a requirement says, and of which placement. Where a value that was read isn't the only one, what it
        violates by itself is violated all the same: another value elsewhere makes no verdict better. What complies only
        by a hint isn't proved."""
        answer = self._judged(require, placement)
        if answer.verdict is Verdict.COMPLIANT and placement.proved is not None:
            return placement, self._judged(require, placement.proved)
        read = placement.read if answer.verdict is Verdict.UNPROVEN else None
        if read is not None:
            again = self._judged(require, read)
            if again.verdict is Verdict.VIOLATION:
                return read, again
        return placement, answer

    def _judged(self, require: Requirement, placement: Placement) -> Answer:
        """What a requirement says of a placement, by what this run takes for proved."""
        accept, strict = (
            self.policies.policy_set.accept,
            self.policies.request.require_sources,
        )
        return judge(require, placement, self.policies.world, accept, strict)

    def _advised(
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
        guards = self.policies.guards_of(placed, placement)
        remedies = self.adviser.remedies(placement, binding, guards)
        if remedies is None or not (violated or remedies.proved):
            return found
        return [
            replace(each, remedies=remedies) if each.policy in concerned else each
            for each in found
        ]

    def _soon_over(
        self, finding: Finding, answer: Answer, told: set[str]
    ) -> Iterator[Finding]:
        """What a compliant finding rests on and that ends soon, each told once a placement: qualifications, and sources
        of who controls whoever runs it."""
        if finding.verdict is not Verdict.COMPLIANT:
            return
        keeping = self.policies.policy_set.housekeeping
        world, day = self.policies.world, self.policies.request.as_of
        leaves = [
            leaf for leaf in answer.leaves if leaf.holding and leaf.holding.name not in told
        ]
        told.update(leaf.holding.name for leaf in leaves if leaf.holding)
        ending = keeping[QUALIFICATION_ENDS_SOON]
        yield from housekeeping.ends_soon(finding, leaves, ending, world, day)
        if CONTROL not in told and any(leaf.kind == CONTROL for leaf in answer.leaves):
            told.add(CONTROL)
            ageing = keeping[OWNERSHIP_AGES_SOON]
            yield from housekeeping.ages_soon(finding, ageing, world, day)

    def _ages(self, finding: Finding, answer: Answer) -> bool:
        """Whether it complies by who controls a company, and the sources of that are to be read again soon."""
        if finding.verdict is not Verdict.COMPLIANT:
            return False
        if not any(leaf.kind == CONTROL for leaf in answer.leaves):
            return False
        policy = self.policies.policy_set.housekeeping[OWNERSHIP_AGES_SOON]
        world, day = self.policies.world, self.policies.request.as_of
        return any(housekeeping.ages_soon(finding, policy, world, day))

    def _note_unheld(self, case: Case) -> None:
        """Keep in mind what an attestation could have filled."""
        for name in (name for leaf in case.answer.leaves for name in leaf.lacks):
            self.unheld.append(
                housekeeping.Unheld(case.placed.resource, case.placement, name)
            )
