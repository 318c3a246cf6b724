"""Which entries an entry names, by what its type says: ``ProviderId``, ``PluginId`` and their like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from sovlint.catalog.checks.written import Faults, listed
from sovlint.catalog.compiling.written_data import Data
from sovlint.catalog.entries.files import FILES
from sovlint.catalog.schema import JsonSchema, definitions
from sovlint.documents import Path
from sovlint.model.decoding import IN

Mention = tuple[Path, str, str]
"""Where in an entry, the section, and the name that must be there."""
SOURCES: Final = "sources"
_FILES_OF_ONE: Final = {"providers": "provider", "schemes": "scheme", "plugins": "plugin"}
"""Sections whose entries are files."""


def unlisted(section: str, data: Any, parts: Data) -> Faults:
    """What an entry of a section names that isn't there."""
    for at, other, name in _in(data, _entry(section), ()):
        if other != SOURCES:  # those are of its file, see ``sources_named``
            yield from listed(parts, other, name, at)


def sources_named(kind: str, data: Any) -> Iterator[tuple[Path, str]]:
    """The sources that a file of some kind names."""
    found = _in(data, definitions()[kind], ())
    yield from ((at, name) for at, section, name in found if section == SOURCES)


@cache
def _entry(section: str) -> JsonSchema:
    """The schema of the entries of a section."""
    known = definitions()
    if section in _FILES_OF_ONE:
        return dict(known[_FILES_OF_ONE[section]])
    found = next(
        keys[section]
        for keys in (known[kind]["properties"] for kind in FILES)
        if section in keys
    )
    entry: JsonSchema = found.get("additionalProperties") or found["items"]
    return entry


_NAMING: Final[dict[int, bool]] = {}
"""Whether something that fits a schema may name entries, by the schema's identity: ``definitions`` keeps them all."""


def _names_some(schema: JsonSchema) -> bool:
    known = _NAMING.get(id(schema))
    if known is None:
        _NAMING[id(schema)] = True  # of one that is within itself
        known = IN in schema or any(map(_names_some, _inner(schema)))
        _NAMING[id(schema)] = known
    return known


def _inner(schema: JsonSchema) -> Iterator[JsonSchema]:
    """The schemas of which a schema is made."""
    if "$ref" in schema:
        yield definitions()[schema["$ref"].rpartition("/")[2]]
    yield from schema.get("anyOf", ())
    yield from schema.get("properties", {}).values()
    yield from (schema[key] for key in ("additionalProperties", "items") if schema.get(key))


def _in(data: Any, schema: JsonSchema, at: Path) -> Iterator[Mention]:
    if not _names_some(schema):
        return
    schema = definitions()[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    for each in schema.get("anyOf", ()):
        yield from _in(data, each, at)
    if isinstance(data, str) and IN in schema:
        yield at, schema[IN], data
    elif isinstance(data, Mapping):
        known, others = schema.get("properties", {}), schema.get("additionalProperties") or {}
        for key, inner in data.items():
            yield from _in(inner, known.get(key, others), (*at, key))
    elif isinstance(data, list) and "items" in schema:
        for index, inner in enumerate(data):
            yield from _in(inner, schema["items"], (*at, index))
