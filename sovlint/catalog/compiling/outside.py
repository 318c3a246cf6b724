"""What parties from outside an area hold of a company: a fact of its own beside control, as far as shares are known.

A referential may allow them a part (SecNumCloud 3.2, 19.6: 24 % for one, 39 % together), so that who has a majority
isn't enough. Directly or through others: what a company holds of another is held by its own holders in turn; whoever is
controlled from outside counts as outside altogether. Only shares that were read, and surely held on the day, bound it;
a majority whose share isn't known may be one of votes, so that it keeps nobody else out of the capital.
"""

from __future__ import annotations

from datetime import date

from sovlint.catalog.compiling import ownership
from sovlint.catalog.compiling.control import above
from sovlint.catalog.compiling.written_data import Data

ShareBounds = tuple[float, float, float]
"""Per cent: the least that one party surely holds, the least and the most that all hold together."""

ALL = 100.0
NOT_KNOWN: ShareBounds = (0.0, 0.0, ALL)


def areas(parts: Data) -> list[str]:
    """The areas that some referential asks about."""
    versions = (
        version for scheme in parts["schemes"].values() for version in scheme["versions"]
    )
    return sorted(
        {
            version["limits_owners"]["area"]
            for version in versions
            if "limits_owners" in version
        }
    )


def bounds(
    parts: Data, entity: str, area: str, day: date, chain: tuple[str, ...] = ()
) -> ShareBounds:
    """What parties from outside ``area`` hold of an entity on ``day``. Nothing of whom nobody can hold."""
    data = parts["entities"][entity]
    if data.get("kind") in ownership.TOPS:
        return 0.0, 0.0, 0.0
    if entity in chain:
        return NOT_KNOWN
    single = together = inside = 0.0
    for edge in data.get("owners") or ():
        if parts["sources"][edge["source"]]["background"] or not ownership.surely(edge, day):
            continue
        share = edge.get("share", float(ownership.HALF) if ownership.majority(edge) else 0.0)
        held = [
            _of_holder(parts, each, area, day, (*chain, entity))
            for each in ownership.holders(edge)
        ]
        single = (
            max(single, *(share * one / ALL for one, _, _ in held))
            if len(held) == 1
            else single
        )
        together += share * min(least for _, least, _ in held) / ALL
        inside += edge.get("share", 0.0) * (ALL - max(most for _, _, most in held)) / ALL
    together, inside = min(together, ALL), min(inside, ALL)
    return _rounded(single), _rounded(together), _rounded(max(ALL - inside, together))


def _of_holder(
    parts: Data, holder: str, area: str, day: date, chain: tuple[str, ...]
) -> ShareBounds:
    """How much of a holder's part counts as held from outside: all of it where somebody from there controls it."""
    states = parts["jurisdictions"]
    seats = (parts["entities"][each]["seat"] for each in above(parts, holder, day))
    if any(area not in states[seat].get("areas", ()) for seat in seats):
        return ALL, ALL, ALL
    return bounds(parts, holder, area, day, chain)


def _rounded(value: float) -> float:
    return round(value, 2)
