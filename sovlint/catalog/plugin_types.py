"""Plug-ins of the index, and their resource types."""

from __future__ import annotations

from msgspec.structs import replace

from sovlint.catalog.compiling.shared import CONFIG, DATA, UNDECIDED, decision, whole_plugin
from sovlint.catalog.compiling.written_data import Data
from sovlint.catalog.entries import Plugin, StandsFor, TypeEntry
from sovlint.catalog.entries.naming import Naming
from sovlint.model.decoding import decode
from sovlint.model.placement import CONFIG_ROLE


def plugin(index: Data, plugin_id: str) -> Plugin:
    """A plug-in, without its types."""
    return decode(Plugin, whole_plugin(index["plugins"], plugin_id))


def naming(index: Data, plugin_id: str) -> Naming:
    """How the resources of a plug-in are named."""
    return decode(Naming, whole_plugin(index["plugins"], plugin_id))


def type_entry(index: Data, plugin_id: str, name: str) -> TypeEntry | None:
    """A resource type of a plug-in: exactly that type, or one that a pattern in ``config`` covers.

    A type that nobody has decided on is as good as one that isn't there.
    """
    data = index["plugins"][plugin_id]
    decided = decision(data, name)
    if decided == DATA:
        return decode(TypeEntry, {"name": name, **data[DATA][name]}).with_outside()
    if decided == CONFIG:
        return TypeEntry(name=name, role=CONFIG_ROLE)
    if decided == UNDECIDED:
        return None
    shared = data.get("same_types_as")
    return type_entry(index, shared, name) if shared else None


def stands_for(index: Data, plugin_id: str, name: str) -> StandsFor | None:
    """What a custom resource (``Kind.group``) stands for; ``None`` where it is a type of its own plug-in."""
    data = index["plugins"][plugin_id]
    if "stands_for" not in data or decision(data, name) is not None:
        return None
    rule = decode(StandsFor, data["stands_for"])
    listed = index["flat_types"][rule.plugin]
    return replace(
        rule,
        type=next((listed[flat] for flat in rule.spellings(name) if flat in listed), None),
    )
