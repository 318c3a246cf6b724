"""Findings about processors that an inventory lists without a contract (GDPR, article 28)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from sovlint.model.findings.finding import Finding, Verdict
from sovlint.model.placement import ClassClaim, How, Placed
from sovlint.model.resources.resource import Resource
from sovlint.model.text import Note
from sovlint.model.value import Known, Step
from sovlint.model.world import World
from sovlint.policy import phrases
from sovlint.policy.binding.bind import covered
from sovlint.policy.policies import Policy

INVENTORY: Final = "saas"
"""The front end of inventories."""
ENTRY: Final = "vendor"
"""What every entry of an inventory has that people write, and neither a sub-processor nor a CycloneDX document."""
PROCESSOR: Final = "processor"
PAPERS: Final = ("contract.reference", "dpa.reference")
GUESSES: Final = frozenset({How.INFERRED, How.DEFAULT})


def without_contract(
    all_placed: Iterable[Placed], policy: Policy, world: World
) -> Iterator[Finding]:
    """A finding for each entry of an inventory whose company processes data of the policy's classes, and that names
    neither a contract nor a data processing agreement. What is only guessed of its data counts for nothing."""
    classes = covered(policy.classes, world.covers)
    for placed in all_placed:
        claims = [each for each in placed.classes.claims if _counts(each, classes)]
        if claims and _is_processor(placed) and not _has_paper(placed.resource):
            yield _finding(placed, claims, policy, world)


def _counts(claim: ClassClaim, classes: frozenset[str]) -> bool:
    return claim.data_class in classes and claim.how not in GUESSES


def _is_processor(placed: Placed) -> bool:
    """Whether it is an entry whose company has the data; what one runs oneself has no processor that the entry names."""
    resource = placed.resource
    if resource.front_end != INVENTORY or not resource.attributes.read(ENTRY):
        return False
    roles = (each.role for each in placed.placements)
    return any(isinstance(role, Known) and role.value == PROCESSOR for role in roles)


def _has_paper(resource: Resource) -> bool:
    return any(resource.attributes.read(path) for path in PAPERS)


def _finding(
    placed: Placed, claims: list[ClassClaim], policy: Policy, world: World
) -> Finding:
    resource, placement = placed.resource, placed.placements[0]
    params = {
        "data": phrases.data(claims, world),
        "provider": phrases.provider(placement, world),
    }
    because = (Step(resource.where, Note("policy.inventory-entry")),)
    return Finding(
        policy.id, Verdict.VIOLATION, policy.severity, resource, placement, tuple(claims),
        Note("policy.no-contract", params), (), because, policy.cites,
    )  # fmt: skip
