"""What the files of plug-ins say together: types shared with another plug-in, and what was decided of a type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

from msgspec.structs import fields

DATA: Final = "types"
CONFIG: Final = "config"
UNDECIDED: Final = "undecided"


def whole_plugin(plugins: Mapping[str, Any], plugin_id: str) -> Mapping[str, Any]:
    """The data of a plug-in, with what it doesn't say itself taken from the one named by ``same_types_as``.

    Types, and what tells the two plug-ins apart, stay where they are.
    """
    data: Mapping[str, Any] = plugins[plugin_id]
    shared = plugins[data["same_types_as"]] if "same_types_as" in data else {}
    return {**{key: shared[key] for key in _inherited() if key in shared}, **data}


@cache
def _inherited() -> tuple[str, ...]:
    from sovlint.catalog.entries.plugins import SharedKeys

    return tuple(key.encode_name for key in fields(SharedKeys) if key.name != "id")


def decision(plugin: Mapping[str, Any], name: str) -> str | None:
    """Where a plug-in's own file lists a type: ``types``, ``config`` or ``undecided``; ``None``: nowhere.

    A whole name counts before a pattern, and among patterns an undecided one before ``config``: what nobody has
    looked at must not pass for a type without payload.
    """
    if name in plugin.get(DATA, {}):
        return DATA
    undecided, config = plugin.get(UNDECIDED, ()), plugin.get(CONFIG, ())
    if name in undecided or (name not in config and _covered(undecided, name)):
        return UNDECIDED
    return CONFIG if name in config or _covered(config, name) else None


def _covered(patterns: Iterable[str], name: str) -> bool:
    """Whether a pattern has a name: ``*`` ends it, or begins it (any kind of a group)."""
    return any(
        (pattern.endswith("*") and name.startswith(pattern[:-1]))
        or (pattern.startswith("*") and name.endswith(pattern[1:]))
        for pattern in patterns
    )
