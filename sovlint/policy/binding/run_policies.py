"""The policies of one run, and which of them ask something of a placement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.model.attestation import Attestation
from sovlint.model.findings.finding import Severity
from sovlint.model.placement import ClassClaim, Placed, Placement
from sovlint.model.request import Request
from sovlint.model.value import Known
from sovlint.model.world import World
from sovlint.policy.binding.bind import (
    CARE_ONLY,
    STRICT,
    Bound,
    Reach,
    Unbound,
    bind,
    is_asked,
    reach,
)
from sovlint.policy.binding.derogations import Asked, derogation
from sovlint.policy.policies import Policy, PolicySet, Requirement, lesser

_SOMEBODY: Final = Known("processor")
"""The role of whoever gets what is sent."""


class PoliciesAsked(Struct, frozen=True):
    """The policies that bind a placement; and with what they bind, those that would if data is there at all."""

    binding: tuple[Asked, ...]
    assuming: tuple[tuple[Policy, Reach], ...]


class RunPolicies(Struct):
    """What the policies of a run bind. ``guards`` are asked of what could take the place of something, and judge nothing.
    ``unjudged`` and ``left_out`` are the resources met so far of which nothing is asked: because neither is their role
    known, nor their class more than a guess; and by the reading of ``hds_scope`` alone that was chosen."""

    policy_set: PolicySet
    world: World
    request: Request
    guards: Sequence[Policy]
    attested: Sequence[Attestation]
    scopes: list[tuple[Policy, Requirement, Reach]] = field(default_factory=list)
    guarding: list[tuple[Policy, Reach]] = field(default_factory=list)
    unjudged: set[tuple[str, str, str]] = field(default_factory=set)
    left_out: set[tuple[str, str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.scopes = [
            (policy, policy.require, self._reach(policy))
            for policy in (*self.policy_set.law, *self.policy_set.policies)
            if policy.require is not None
        ]
        self.guarding = [
            (policy, self._reach(policy))
            for policy in self.guards
            if policy.require is not None
        ]

    def asked(self, placed: Placed, placement: Placement) -> PoliciesAsked:
        """The policies that ask something of a placement.

        As law has a policy, it takes the place of what the set says of it. Where a derogation lifts the law, what the
        set says counts; if that doesn't bind, the law is told as a note.
        """
        binding: list[Asked] = []
        assuming: list[tuple[Policy, Reach]] = []
        taken: set[str] = set()
        lifted: dict[str, Asked] = {}
        for policy, require, scope in self.scopes:
            if policy.id in taken:
                continue
            bound = self._bound(policy, scope, placed, placement)
            if bound is Unbound.ASSUMED:
                assuming.append((policy, scope))
            if isinstance(bound, Unbound) or not is_asked(bound, placement):
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
            binding.append(replace(each, derogation=before.derogation) if before else each)
        return PoliciesAsked((*binding, *lifted.values()), tuple(assuming))

    def sending(self, placed: Placed) -> Iterator[tuple[Severity, tuple[ClassClaim, ...]]]:
        """What policies would ask of a resource that has no place which they bind, if it sent data to somebody."""
        for policy, _, scope in self.scopes:
            found = bind(
                policy, scope, placed.classes.claims, _SOMEBODY, self.request.inferred
            )
            if isinstance(found, Bound):
                yield lesser(policy.unproven, found.ceiling), found.claims

    def guards_of(self, placed: Placed, placement: Placement) -> Sequence[Policy]:
        """The guards that bind a placement, or what would take its place."""
        claims, role, inferred = placed.classes.claims, placement.role, self.request.inferred
        return [
            policy
            for policy, scope in self.guarding
            if isinstance(bind(policy, scope, claims, role, inferred), Bound)
        ]

    def assuming(self) -> Sequence[tuple[Policy, Reach]]:
        """The policies that bind the class which is assumed of what has none."""
        return [(policy, scope) for policy, _, scope in self.scopes if scope.assumed]

    def _reach(self, policy: Policy) -> Reach:
        return reach(policy, self.world.covers, self.request.hds_scope, self.request.assume)

    def _bound(
        self, policy: Policy, scope: Reach, placed: Placed, placement: Placement
    ) -> Bound | Unbound:
        """How a policy binds a placement; a resource of which it asks nothing is kept where that is told."""
        claims, role = placed.classes.claims, placement.role
        found = bind(policy, scope, claims, role, self.request.inferred)
        if found is Unbound.UNJUDGED:
            self.unjudged.add(placed.resource.identity)
        elif found is Unbound.NO and self._is_spared_by_reading(policy, placed, placement):
            self.left_out.add(placed.resource.identity)
        return found

    def _is_spared_by_reading(
        self, policy: Policy, placed: Placed, placement: Placement
    ) -> bool:
        """Whether a policy doesn't bind a placement only for the reading of ``hds_scope`` that was chosen."""
        if self.request.hds_scope != CARE_ONLY or not policy.contested:
            return False
        whole = reach(policy, self.world.covers, STRICT, self.request.assume)
        bound = bind(
            policy, whole, placed.classes.claims, placement.role, self.request.inferred
        )
        return isinstance(bound, Bound)
