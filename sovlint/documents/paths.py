"""What stands in plain data at a path, and the paths to all that a dotted path with ``*`` in it means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sovlint.documents.places import Path
from sovlint.rules.keys import ANY, KeyPath


def data_at(data: Any, path: Path) -> Any:
    """The plain data at a path; ``None`` where there is nothing."""
    for part in path:
        if isinstance(data, dict) and isinstance(part, str):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int) and 0 <= part < len(data):
            data = data[part]
        else:
            return None
    return data


def paths_to(data: Any, keys: KeyPath, above: Path = ()) -> Iterator[Path]:
    """The paths of all that keys lead to, null too, in source order; ``*`` stands for any key or index."""
    if not keys:
        yield above
        return
    for part, item in _children(data, keys[0]):
        yield from paths_to(item, keys[1:], (*above, part))


def _children(data: Any, key: str) -> Iterator[tuple[str | int, Any]]:
    if isinstance(data, dict):
        if key == ANY:
            yield from data.items()
        elif key in data:
            yield key, data[key]
    elif isinstance(data, list):
        if key == ANY:
            yield from enumerate(data)
        elif key.isdecimal() and int(key) < len(data):
            yield int(key), data[int(key)]
