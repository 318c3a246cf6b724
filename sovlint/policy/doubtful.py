"""What is judged only where a class is declared, at resources of which one is only assumed or inferred."""

from __future__ import annotations

from collections.abc import Iterable

from sovlint.model.findings.finding import UnjudgedAddress
from sovlint.model.placement import Placed, Placement
from sovlint.model.value import Unknown
from sovlint.policy.binding.bind import STRONG


def doubtful(placed: Iterable[Placed]) -> tuple[UnjudgedAddress, ...]:
    """The addresses to which, as nothing but a name, a text or a step of a pipeline shows, something may be sent, sorted."""
    return tuple(
        sorted(
            {
                _address(each, placement)
                for each in placed
                if each.classes.claims
                and not any(claim.how in STRONG for claim in each.classes.claims)
                for placement in each.placements
                if placement.asks_for_declared
            }
        )
    )


def _address(placed: Placed, placement: Placement) -> UnjudgedAddress:
    span = placement.written.span() if placement.written else placed.resource.span
    provider = placement.provider
    host = provider.host if isinstance(provider, Unknown) else placement.provider_name
    return UnjudgedAddress(span.path, span.line, host or "", placement.sent)
