"""What all plug-ins say together, as the index has it: see ``PluginTables`` in ``rules/hints.py``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sovlint.catalog.compiling.written_data import Data
from sovlint.model.decoding import grouped

Plugins = Mapping[str, Data]
"""Plug-ins by id, each with what it inherits."""

_BY_TYPE: Final = (
    "computed",
    "answers_at",
    "looks_up",
    "settings_of",
    "renders",
    "block_lists",
    "sets_variables",
)
"""Keys of plug-ins that say something by type already."""
_ONE_RULE: Final = ("objects", "installs", "kept")
"""Keys with rules of which each says its types; the last one about a type counts."""
_ALL_RULES: Final = ("copies", "refers", "passing", "serving", "parameters")
"""Those of which all count."""
_NO_TYPES: Final = ("agents", "proxies", "publishing")
"""Those that aren't of any type."""
_OWN: Final = ("default_tags", "all_tags", "shows", "tag_keys")


def plugin_tables(plugins: Plugins) -> dict[str, Any]:
    """The tables that front ends need, by plug-in, local name and resource type."""
    return {
        **{key: dict(_items(plugins, key)) for key in _BY_TYPE},
        **{key: dict(_rules(plugins, key)) for key in _ONE_RULE},
        **{key: grouped(_rules(plugins, key)) for key in _ALL_RULES},
        "handed_on": next(
            (data["handed_on"] for data in plugins.values() if "handed_on" in data), {}
        ),
        "pods": grouped(
            (kind, path) for path, kinds in _items(plugins, "pods") for kind in kinds
        ),
        "definitions_alone": _listed(plugins, "definitions_alone"),
        **{key: _listed(plugins, key) for key in _NO_TYPES},
        "no_settings": list(_custom(plugins, "config", "read_apart")),
        "ruled": list(_custom(plugins, "types")),
        "own_volumes": _listed(plugins, "own_volumes"),
        "plugins": {name: _hints(plugins[plugin]) for name, plugin in addresses(plugins)},
        "reached_by": [
            name
            for name, plugin in addresses(plugins)
            if plugins[plugin].get("reaches_clusters")
        ],
        "local_names": {
            data["local_name"]: plugin
            for plugin, data in plugins.items()
            if "local_name" in data
        },
        "groups": {
            group: plugin
            for plugin, data in plugins.items()
            for group in data.get("groups", ())
        },
        "states": dict(_states(plugins)),
        "state_readers": dict(_state_readers(plugins)),
    }


def workloads(plugins: Plugins) -> dict[str, Any]:
    """By resource type, where it keeps the settings and the command lines of what runs."""
    rules = grouped(_rules(plugins, "workloads"))
    return {kind: {"rules": of_kind} for kind, of_kind in rules.items()}


def addresses(plugins: Plugins) -> Iterator[tuple[str, str]]:
    """All addresses that plug-ins go by, with their ids."""
    for plugin, data in plugins.items():
        yield from ((address, plugin) for address in (*data.get("sources_of", ()), plugin))


def _custom(plugins: Plugins, *keys: str) -> Iterator[str]:
    """Types of custom resources that stand under these keys."""
    for data in plugins.values():
        if "groups" in data:
            yield from (kind for key in keys for kind in data.get(key, ()))


def _items(plugins: Plugins, key: str) -> Iterator[tuple[str, Any]]:
    for data in plugins.values():
        yield from data.get(key, {}).items()


def _listed(plugins: Plugins, key: str) -> list[Any]:
    return [each for data in plugins.values() for each in data.get(key, ())]


def _rules(plugins: Plugins, key: str) -> Iterator[tuple[str, Data]]:
    for data in plugins.values():
        for rule in data.get(key, ()):
            yield from ((kind, rule) for kind in rule["types"])


def _states(plugins: Plugins) -> Iterator[tuple[str, Data]]:
    """How backends tell states apart, by the name that code calls them by."""
    for plugin, data in plugins.items():
        if "state" in data:
            backend = plugin.rpartition("/")[2]
            yield backend, {"as": backend, **data["state"]}


def _state_readers(plugins: Plugins) -> Iterator[tuple[str, Data]]:
    """What reads the states of each backend."""
    for backend, state in _states(plugins):
        for kind, reader in state.get("read_by", {}).items():
            yield kind, {"backend": backend, **reader}


def _hints(data: Data) -> dict[str, Any]:
    own = {key: data[key] for key in _OWN if key in data}
    return {**own, "tags": [*data.get("tags", ()), *data.get("picks", ())]}
