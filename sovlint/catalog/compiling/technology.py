"""Technology: the states whose companies make, or license to the operator, what a service runs on.

What a provider lists, with that of every provider whose cloud is underneath. Open source and the operator's own
software add none, where a source says so (``own_technology``); what nobody says is not known.
What is licensed from others may be so from a day, or until one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from sovlint.catalog.compiling import ownership
from sovlint.catalog.compiling.written_data import Data


class TechnologyStates(Struct, frozen=True):
    """``codes`` of every service (``None``: not known), and ``services``: codes of those that differ."""

    codes: tuple[str, ...] | None
    services: Mapping[str, tuple[str, ...]]


def technology(parts: Data, provider: str, day: date) -> TechnologyStates:
    """What a provider's services run on, on ``day``. Providers below must not go round in a circle (``control``)."""
    data = parts["providers"][provider]
    listed = [entry for entry in data.get("technology", ()) if ownership.perhaps(entry, day)]
    everywhere = {entry["jurisdiction"] for entry in listed if "services" not in entry}
    known = ("own_technology" in data or bool(everywhere)) and data.get(
        "runs_on", ()
    ) is not None
    for below in data.get("runs_on") or ():
        found = technology(parts, below["provider"], day).codes
        known = known and found is not None
        everywhere.update(found or ())
    apart: dict[str, set[str]] = {}
    for entry in listed:
        for service in entry.get("services", ()):
            apart.setdefault(service, set(everywhere)).add(entry["jurisdiction"])
    return TechnologyStates(
        tuple(sorted(everywhere)) if known or _outside(parts, everywhere) else None,
        {service: tuple(sorted(codes)) for service, codes in apart.items()},
    )


def turns(parts: Data, provider: str) -> list[date]:
    """The days on which what a provider runs on may change, and the first day of all, in order."""
    data = parts["providers"][provider]
    days = {
        date.min,
        *(day for entry in data.get("technology", ()) for day in ownership.turns(entry)),
    }
    for below in data.get("runs_on") or ():
        days.update(turns(parts, below["provider"]))
    return sorted(days)


def _outside(parts: Data, codes: set[str]) -> bool:
    """Whether a state outside every area is among them: then what isn't known besides changes nothing."""
    return any(not parts["jurisdictions"][code].get("areas") for code in codes)
