"""Who holds a company in the end."""

from __future__ import annotations

from msgspec import Struct

from sovlint.model.lookups.profile import Company
from sovlint.model.placement import Source

DEEPEST = 12
"""Owners above owners that are followed."""


class UltimateParent(Struct, frozen=True):
    """Who holds a company in the end, with the sources of every step. ``itself``: nobody holds a majority of it."""

    name: str
    sources: tuple[Source, ...]
    itself: bool = False


def ultimate_parent(company: Company) -> UltimateParent | None:
    """Who holds a company in the end by majorities; ``None`` where some owner on the way wasn't found.

    A company of which nobody holds a majority, or whose holders are persons or a state, is its own: these are no
    undertaking. Several who hold it together are no single parent: then it isn't known either.
    """
    sources: list[Source] = []
    at = company
    for _ in range(DEEPEST):
        if at.dispersed is not None:
            return UltimateParent(at.name, (*sources, at.dispersed), at is company)
        majority = [each for each in at.shares or () if each.majority]
        if len(majority) != 1:
            return None
        sources.append(majority[0].source)
        if all(holder.top for holder in majority[0].holders):
            return UltimateParent(at.name, tuple(sources), at is company)
        if len(majority[0].holders) != 1:
            return None
        at = majority[0].holders[0]
    return None
