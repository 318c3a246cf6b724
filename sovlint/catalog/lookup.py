"""What people ask of a provider beside its entry: who holds the company, which hosts and plug-ins lead there."""

from __future__ import annotations

from datetime import date
from typing import Final

from sovlint.catalog.compiling import ownership, within
from sovlint.catalog.compiling.shared import whole_plugin
from sovlint.catalog.compiling.written_data import Data
from sovlint.catalog.decoded import source
from sovlint.model.lookups.profile import Company, HeldWithin, HostPattern, PluginUse, Share

_STATE: Final = "state"


def company(index: Data, entity: str, day: date) -> Company:
    """A company of the index with everybody who holds it on a day, to the top (``control.py`` refuses circles)."""
    data = index["entities"][entity]
    held, dispersed = data.get("owners", ()), data.get("no_majority")
    shares = None if held is None else tuple(
        _share(index, each, day) for each in held if ownership.perhaps(each, day)
    )  # fmt: skip
    return Company(
        data["name"],
        data["seat"],
        source(index, data["source"]),
        shares,
        source(index, dispersed["source"])
        if dispersed and ownership.perhaps(dispersed, day)
        else None,
        data.get("kind") in ownership.TOPS,
        _held_within(index, data, day),
    )


def _held_within(index: Data, data: Data, day: date) -> HeldWithin | None:
    said = data.get("held_within")
    if said is None:
        return None
    keys = within.source_keys(said)
    return HeldWithin(
        said["area"],
        within.proved(index, data, day).value,
        within.last_day(index, said),
        tuple(source(index, key) for key in keys),
    )


def _share(index: Data, data: Data, day: date) -> Share:
    return Share(
        tuple(company(index, each, day) for each in ownership.holders(data)),
        ownership.majority(data),
        data.get("share"),
        data.get("since"),
        source(index, data["source"]),
        data.get("until"),
        data.get("control", False),
    )


def family(index: Data, provider_id: str, day: date) -> tuple[str, ...]:
    """The providers whose operators one company or person controls on a day, or that control each other: one group. A
    state that holds several makes none of them."""
    group = _group(index, provider_id, day)
    return tuple(
        provider
        for provider in index["providers"]
        if provider == provider_id or not group.isdisjoint(_group(index, provider, day))
    )


def _group(index: Data, provider_id: str, day: date) -> frozenset[str]:
    """The operators of a provider, and everybody who controls one but states."""
    provider, entities = index["providers"][provider_id], index["entities"]
    apart = (each.get("operator") for each in provider.get("regions", {}).values())
    left = [provider["operator"], *(each["entity"] for each in apart if each)]
    found: set[str] = set()
    while left:
        entity = left.pop()
        if entity not in found and entities[entity].get("kind") != _STATE:
            found.add(entity)
            held = ownership.controlling(entities[entity], day)
            left += (holder for edge in held for holder in ownership.holders(edge))
    return frozenset(found)


def hosts_of(index: Data, provider_id: str) -> tuple[HostPattern, ...]:
    """The patterns of hosts that lead to a provider, as they are written."""
    return tuple(
        HostPattern(entry["host"], entry.get("service"), source(index, entry["source"]))
        for entry in index["endpoints"].values()
        if entry["provider"] == provider_id
    )


def plugins_of(index: Data, provider_id: str) -> tuple[PluginUse, ...]:
    """The plug-ins that a provider may be behind; those that anybody may be behind aren't listed."""
    chosen = {
        plugin: whole_plugin(index["plugins"], plugin).get("provider", {})
        for plugin in index["plugins"]
    }
    return tuple(
        PluginUse(plugin, data.get("default") == provider_id)
        for plugin, data in chosen.items()
        if provider_id in data.get("candidates", ())
    )
