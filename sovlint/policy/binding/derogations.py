"""Derogations from a law that makes a policy binding: decisions that somebody attests, each until the end that it states."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from sovlint.model.attestation import Attestation
from sovlint.model.placement import Placed, Placement
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Step
from sovlint.policy.binding.bind import Bound, Reach
from sovlint.policy.policies import Policy, Requirement


class Asked(Struct, frozen=True):
    """A policy that binds a placement, and the derogation from its law there, if somebody attests one."""

    policy: Policy
    require: Requirement
    scope: Reach
    bound: Bound
    derogation: Attestation | None = None


def derogation(
    policy: Policy,
    placed: Placed,
    placement: Placement,
    attested: Iterable[Attestation],
    day: date,
) -> Attestation | None:
    """The attestation of a derogation from the law that makes ``policy`` binding, for this placement on ``day``; the one
    that ends last. ``None`` where nobody attests one, and for what a set says."""
    law = policy.by_law
    if not policy.in_law or law is None:
        return None
    resource = placed.resource
    place = _value(placement.provider), _value(placement.region)
    called = "" if isinstance(placement.provider, Known) else placement.provider_name
    found = [
        each
        for each in attested
        if each.derogation == law.stated
        and each.valid(day)
        and each.at(*place)
        and each.of_service(_value(placement.service))
        and each.of_vendor(called)
        and each.about(resource.address, resource.span.path)
    ]
    return max(found, key=lambda each: each.expires, default=None)


def said_of(attestation: Attestation, policy: Policy) -> Note:
    """What a finding says of a derogation: what it means, the decision, and until when it counts."""
    law = policy.by_law
    return Note(
        "policy.derogation",
        {
            "text": law.derogation if law is not None else "",
            "evidence": attestation.evidence,
            "owner": attestation.owner,
            "until": attestation.expires.isoformat(),
        },
    )


def step_of(attestation: Attestation) -> Step:
    """The attestation as evidence of a finding."""
    return Step(attestation.where, Note("policy.derogation-here"))


def _value(fact: Fact[str]) -> str | None:
    return fact.value if isinstance(fact, Known) else None
