"""Which states can compel a provider, as a fact: known, or unknown where not all of it was found."""

from __future__ import annotations

from datetime import date
from typing import cast

from sovlint.catalog.compiling.control import AGED, EVERYWHERE, HOST, OWNERS, SECOND
from sovlint.catalog.entries import Provider, Region
from sovlint.catalog.load import Catalog
from sovlint.model.placement import NOBODY_KNOWS
from sovlint.model.text import Note
from sovlint.model.value import Fact, Known, Unknown, UnknownKind, either
from sovlint.resolve.facts.owner_limits import owners_limited
from sovlint.resolve.values import members, no_evidence

_OPEN_ENDS = {
    OWNERS: "resolve.owners-of",
    HOST: "resolve.host-of",
    SECOND: "resolve.second-of",
    AGED: "resolve.aged-of",
}
"""How what isn't known of who controls a company is named."""


def control(
    provider: Provider, region: Fact[Region], catalog: Catalog, day: date
) -> Fact[tuple[str, ...]]:
    """Who controls a provider in a region; where that isn't known, whoever does in any region that it may be.

    What was not found of it, only a qualification in force can make up for.
    """
    codes = control_codes(provider, region)
    found = [control_in(provider, code, catalog, day) for code in codes]
    return found[0] if len(found) == 1 else either(found, cast(Unknown, region))


def control_codes(provider: Provider, region: Fact[Region]) -> tuple[str, ...]:
    """The regions that it may be, as far as that bears on who runs it."""
    if not provider.run_apart:
        return (EVERYWHERE,)
    return tuple(each.value.code for each in members(region)) or (
        EVERYWHERE,
        *provider.run_apart,
    )


def control_in(
    provider: Provider, region: str, catalog: Catalog, day: date
) -> Fact[tuple[str, ...]]:
    """Who controls a provider in the region with a code (``EVERYWHERE``: in those that are run like all others)."""
    found = catalog.control(provider.id, day, region)
    same_company = found.operator == catalog.control(provider.id, day).operator
    left = found.open
    if left and same_company and owners_limited(provider.id, catalog, day):
        left = _of_hosts(provider, found.open, catalog, day)
    if not left:
        return Known(found.states)
    open_ends = tuple(Note(_OPEN_ENDS[what], {"name": name}) for what, name in left)
    detail = ", ".join(f"{what} of {name}" for what, name in left)
    note = Note("resolve.control-open", {"what": open_ends})
    if all(
        catalog.jurisdictions[state].areas
        for state in found.states
        if state in catalog.jurisdictions
    ):
        return no_evidence(detail, note=note).but(kind=UnknownKind.OWNERS_UNFOUND)
    # A state outside every area counts whoever else there is; one that a policy set accepts doesn't settle it.
    at_least = Known(found.states), Known((*found.states, NOBODY_KNOWS))
    return no_evidence(detail, note=note).but(among=at_least, kind=UnknownKind.OWNERS_UNFOUND)


def _of_hosts(
    provider: Provider, found: tuple[tuple[str, str], ...], catalog: Catalog, day: date
) -> tuple[tuple[str, str], ...]:
    """What of the open ends is the hosts': a qualification limits who holds the company, not who holds its host."""
    below = {
        end for host in provider.runs_on or () for end in catalog.control(host, day).open
    }
    return tuple(end for end in found if end[0] == HOST or end in below)


def counts_until(
    provider: Provider, region: Fact[Region], catalog: Catalog, day: date
) -> date | None:
    """The last day on which all that shows who controls it counts, in every region that it may be; ``None`` where none
    of it ages."""
    ends = (
        catalog.control(provider.id, day, code).ages
        for code in control_codes(provider, region)
    )
    return min((end for end in ends if end is not None), default=None)


def states_found(
    provider: Provider, region: Fact[Region], catalog: Catalog, day: date
) -> tuple[str, ...]:
    """All states that are known to be able to compel it, in any region that it may be."""
    found = (
        catalog.control(provider.id, day, code).states
        for code in control_codes(provider, region)
    )
    return tuple(dict.fromkeys(state for states in found for state in states))
