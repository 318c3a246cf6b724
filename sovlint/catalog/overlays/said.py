"""``replaces: true`` in a file of an overlay: at its head for all its entries, in a section for all of that, or in
one of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sovlint.documents import Path

REPLACES: Final = "replaces"
HEAD: Final[Path] = ()


def taken_out(data: dict[str, Any]) -> frozenset[Path]:
    """The places that say that they replace what ships; the words themselves are taken out of ``data``, since no entry
    has such a key."""
    return frozenset(at for at, entry in list(_entries(data)) if _says(entry))


def _says(entry: dict[str, Any]) -> bool:
    return entry.get(REPLACES) is True and entry.pop(REPLACES)


def _entries(data: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The file, its sections, and each mapping in one of them."""
    yield HEAD, data
    for section, entries in data.items():
        if isinstance(entries, dict):
            yield (section,), entries
        if isinstance(entries, dict | list):
            listed = entries.items() if isinstance(entries, dict) else enumerate(entries)
            yield from (
                ((section, key), each) for key, each in listed if isinstance(each, dict)
            )
