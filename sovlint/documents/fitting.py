"""Telling quickly that data fits a JSON Schema, as most does; what is wrong where it may not is left to jsonschema."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Schema = Mapping[str, Any]

_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "object": lambda data: isinstance(data, dict),
    "array": lambda data: isinstance(data, list),
    "string": lambda data: isinstance(data, str),
    "boolean": lambda data: isinstance(data, bool),
    "integer": lambda data: isinstance(data, int) and not isinstance(data, bool),
    "number": lambda data: isinstance(data, int | float) and not isinstance(data, bool),
    "null": lambda data: data is None,
}
_SAY_NOTHING = frozenset(
    {"$schema", "$id", "$defs", "title", "description", "default", "format", "then", "else"}
)
"""Keywords by which nothing is refused, or not by themselves."""


def fits(data: Any, schema: Schema) -> bool:
    """Whether data surely fits a schema (draft 2020-12). ``False`` where it doesn't, and where a keyword isn't known
    here or may mean something else than it says: JSON Schema takes 1.0 for an integer, for one."""
    return _fits(data, schema, schema)


def _fits(data: Any, schema: Any, root: Schema) -> bool:
    if isinstance(schema, bool):
        return schema
    return all(_fits_keyword(keyword, data, schema, root) for keyword in schema)


def _fits_keyword(keyword: str, data: Any, schema: Schema, root: Schema) -> bool:
    if keyword in _SAY_NOTHING or keyword.startswith("x-"):
        return True
    for kind, checks in _OF_TYPES.items():
        if keyword in checks:
            return not _TYPES[kind](data) or checks[keyword](data, schema[keyword])
    return keyword in _WITH_SCHEMAS and _WITH_SCHEMAS[keyword](data, schema, root)


def _is_type(data: Any, names: str | list[str]) -> bool:
    return any(_TYPES[name](data) for name in ([names] if isinstance(names, str) else names))


def _is_constant(data: Any, wanted: Any) -> bool:
    return type(data) is type(wanted) and not isinstance(data, dict | list) and data == wanted


def _are_unique(data: list[Any], wanted: bool) -> bool:
    return not wanted or (
        all(isinstance(item, str) for item in data) and len(set(data)) == len(data)
    )


_OF_TYPES: Mapping[str, Mapping[str, Callable[[Any, Any], bool]]] = {
    "object": {
        "required": lambda data, keys: data.keys() >= set(keys),
        "dependentRequired": lambda data, keys: all(
            data.keys() >= set(keys[key]) for key in data.keys() & keys.keys()
        ),
        "minProperties": lambda data, least: len(data) >= least,
        "maxProperties": lambda data, most: len(data) <= most,
    },
    "array": {
        "minItems": lambda data, least: len(data) >= least,
        "maxItems": lambda data, most: len(data) <= most,
        "uniqueItems": _are_unique,
    },
    "string": {
        "minLength": lambda data, least: len(data) >= least,
        "maxLength": lambda data, most: len(data) <= most,
        "pattern": lambda data, pattern: re.search(pattern, data) is not None,
    },
    "number": {
        "minimum": lambda data, least: data >= least,
        "maximum": lambda data, most: data <= most,
    },
}
"""Keywords that say something of one type alone: data, and what the keyword wants."""


def _reference(data: Any, schema: Schema, root: Schema) -> bool:
    prefix, _, name = schema["$ref"].rpartition("/")
    return prefix == "#/$defs" and _fits(data, root["$defs"][name], root)


def _properties(data: Any, schema: Schema, root: Schema) -> bool:
    known = schema["properties"]
    return not isinstance(data, dict) or all(
        _fits(data[key], known[key], root) for key in data.keys() & known.keys()
    )


def _additional(data: Any, schema: Schema, root: Schema) -> bool:
    if not isinstance(data, dict):
        return True
    others = data.keys() - schema.get("properties", {}).keys()
    return "patternProperties" not in schema and all(
        _fits(data[key], schema["additionalProperties"], root) for key in others
    )


def _condition(data: Any, schema: Schema, root: Schema) -> bool:
    if schema["if"].keys() != {"type"}:
        return False
    return _fits(
        data,
        schema.get("then" if _is_type(data, schema["if"]["type"]) else "else", True),
        root,
    )


_WITH_SCHEMAS: Mapping[str, Callable[[Any, Schema, Schema], bool]] = {
    "type": lambda data, schema, root: _is_type(data, schema["type"]),
    "enum": lambda data, schema, root: (
        isinstance(data, str | None) and data in schema["enum"]
    ),
    "const": lambda data, schema, root: _is_constant(data, schema["const"]),
    "$ref": _reference,
    "anyOf": lambda data, schema, root: any(
        _fits(data, each, root) for each in schema["anyOf"]
    ),
    "allOf": lambda data, schema, root: all(
        _fits(data, each, root) for each in schema["allOf"]
    ),
    "if": _condition,
    "properties": _properties,
    "additionalProperties": _additional,
    "propertyNames": lambda data, schema, root: (
        not isinstance(data, dict)
        or all(_fits(key, schema["propertyNames"], root) for key in data)
    ),
    "items": lambda data, schema, root: (
        not isinstance(data, list) or all(_fits(item, schema["items"], root) for item in data)
    ),
}
"""Keywords that say something of any data, or by schemas in them: data, the schema of the keyword, and the whole."""
