"""Findings about an inventory: services that code uses, and that it doesn't have, or has otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sovlint.model.findings.finding import Finding, Verdict
from sovlint.model.sameness import Differs, Mismatch
from sovlint.model.text import Note
from sovlint.model.value import Known, Step
from sovlint.model.world import World
from sovlint.policy.policies import Policy


def differing(
    mismatches: Iterable[Mismatch], policy: Policy, world: World
) -> Iterator[Finding]:
    """A finding for each difference, at the code that shows it; which side is right, only their owner knows."""
    for each in mismatches:
        resource, placement = each.resource, each.placement
        params: dict[str, object] = {
            "provider": _named(each, world),
            "said": each.said,
            "found": _place(each),
        }
        because = list(placement.because)
        if each.entry is not None:
            params["entry"] = each.entry.address
            because.append(Step(each.entry.where, Note("policy.inventory-entry")))
        remarks = (Note("policy.inventory-more", {"count": each.more}),) if each.more else ()
        yield Finding(
            policy.id, Verdict.VIOLATION, policy.severity, resource, placement, (),
            Note(_HEADLINES[each.differs], params), remarks, tuple(step for step in because if step is not None),
        )  # fmt: skip


_HEADLINES = {
    Differs.UNDECLARED: "policy.inventory-lacks",
    Differs.REGION: "policy.inventory-elsewhere",
    Differs.PRODUCT: "policy.inventory-product",
    Differs.SELF_HOSTED: "policy.inventory-own",
}


def _named(each: Mismatch, world: World) -> str | Note:
    name = _name(each, world)
    return (
        name
        if each.kind is None
        else Note("policy.inventory-kind", {"provider": name, "kind": each.kind})
    )


def _name(each: Mismatch, world: World) -> str:
    provider = each.placement.provider
    known = str(provider.value) if isinstance(provider, Known) else ""
    return each.placement.provider_name or world.providers.get(known, known)


def _place(each: Mismatch) -> str:
    product = each.differs is Differs.PRODUCT
    for fact in (
        (each.placement.service,)
        if product
        else (each.placement.region, each.placement.country)
    ):
        if isinstance(fact, Known):
            return str(fact.value)
    return ""
