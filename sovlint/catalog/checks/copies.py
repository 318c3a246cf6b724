"""Entries that look copied from another: two unrelated providers with the very same regions, or the very same remarks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any, Final

from sovlint.catalog.compiling.written_data import Data
from sovlint.model.lookups.contents import LookAlike

FEWEST: Final = 2
"""Regions from which on the same ones are no chance."""
REGIONS, NOTES = "regions", "notes"


def copied(parts: Data) -> Iterator[LookAlike]:
    """Pairs of providers that nothing relates and that say the very same; each pair once for each thing."""
    for what, told in ((REGIONS, _regions), (NOTES, _notes)):
        alike: dict[Any, list[str]] = {}
        for provider, data in parts["providers"].items():
            said = told(data, parts)
            if said:
                alike.setdefault(said, []).append(provider)
        for names in alike.values():
            for one, other in combinations(sorted(names), 2):
                if not _related(one, other, parts):
                    yield LookAlike(what, one, other)


def _regions(provider: Data, parts: Data) -> Any:
    """Codes of regions with their countries, zones and where that was read: codes such as ``eu`` are everybody's. Nothing
    where there are too few to tell."""
    regions = provider.get("regions", {})
    read = [parts["sources"][each["source"]]["url"] for each in regions.values()]
    if len(regions) < FEWEST or not all(read):
        return None
    return tuple(
        sorted(
            (
                code,
                each.get("country") or "",
                tuple(each.get("zones", ())),
                parts["sources"][each["source"]]["url"],
            )
            for code, each in regions.items()
        )
    )


def _notes(provider: Data, _: Data) -> Any:
    notes = provider.get("notes")
    return notes and notes["en"]


def _related(one: str, other: str, parts: Data) -> bool:
    """Whether something says that one has to do with the other: one operator, a cloud underneath, services alike, or an
    owner in common."""
    entries = [parts["providers"][each] for each in (one, other)]
    if parts["like"].get(one) == other or parts["like"].get(other) == one:
        return True
    hosts = [
        {each["provider"] for each in entry.get("runs_on") or ()} | {name}
        for name, entry in zip((one, other), entries, strict=True)
    ]
    if hosts[0] & hosts[1]:
        return True
    owners = [_above(entry["operator"], parts) for entry in entries]
    return bool(owners[0] & owners[1])


def _above(entity: str, parts: Data) -> set[str]:
    """A company and all above it."""
    found: set[str] = set()
    waiting = [entity]
    while waiting:
        each = waiting.pop()
        if each in found or each not in parts["entities"]:
            continue
        found.add(each)
        for holding in parts["entities"][each].get("owners") or ():
            waiting += [*holding.get("group", ()), *filter(None, [holding.get("entity")])]
    return found
