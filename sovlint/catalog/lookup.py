"""What people ask of a provider beside its entry: who holds the company, which hosts and plug-ins lead there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sovlint.catalog.build import source
from sovlint.catalog.shared import whole_plugin
from sovlint.model.profile import Company, HostPattern, PluginUse, Share

Data = Mapping[str, Any]


def company(index: Data, entity: str) -> Company:
    """A company of the index with everybody who holds it, to the top (``control.py`` refuses circles)."""
    data = index["entities"][entity]
    held = data.get("owners", ())
    return Company(
        data["name"], data["seat"], source(index, data["source"]),
        None if held is None else tuple(_share(index, each) for each in held),
    )  # fmt: skip


def _share(index: Data, data: Data) -> Share:
    holders = tuple(company(index, each) for each in data.get("group") or [data["entity"]])
    return Share(holders, data["majority"], data.get("share"), data.get("since"), source(index, data["source"]))


def hosts_of(index: Data, provider_id: str) -> tuple[HostPattern, ...]:
    """The patterns of hosts that lead to a provider, as they are written."""
    return tuple(
        HostPattern(entry["host"], entry.get("service"), source(index, entry["source"]))
        for entry in index["endpoints"].values()
        if entry["provider"] == provider_id
    )


def plugins_of(index: Data, provider_id: str) -> tuple[PluginUse, ...]:
    """The plug-ins that a provider may be behind; those that anybody may be behind aren't listed."""
    chosen = {plugin: whole_plugin(index["plugins"], plugin).get("provider", {}) for plugin in index["plugins"]}
    return tuple(
        PluginUse(plugin, data.get("default") == provider_id)
        for plugin, data in chosen.items()
        if provider_id in data.get("candidates", ())
    )
