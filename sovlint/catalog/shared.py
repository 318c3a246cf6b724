"""Plug-ins that share what another one says: a preview edition with the same resource types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def whole_plugin(plugins: Mapping[str, Any], plugin_id: str) -> Mapping[str, Any]:
    """The data of a plug-in, with what it doesn't say itself taken from the one named by ``same_types_as``.

    Types, and what tells the two plug-ins apart, stay where they are.
    """
    data: Mapping[str, Any] = plugins[plugin_id]
    shared = data.get("same_types_as")
    if not shared:
        return data
    own = ("id", "local_name", "sources_of", "types", "config")
    return {**{key: value for key, value in plugins[shared].items() if key not in own}, **data}
