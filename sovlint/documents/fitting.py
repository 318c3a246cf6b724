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
    {"$schema", "$id", "$defs", "title", "description", "x-description-fr", "default", "format", "then", "else"}
)
"""Keywords by which nothing is refused, or not by themselves."""


def fits(data: Any, schema: Schema) -> bool:
    """Whether data surely fits a schema (draft 2020-12). ``False`` where it doesn't, and where a keyword isn't known
    here or may mean something else than it says: JSON Schema takes 1.0 for an integer, for one."""
    return _fits(data, schema, schema)


def _fits(data: Any, schema: Any, root: Schema) -> bool:
    if isinstance(schema, bool):
        return schema
    return all(
        keyword in _SAY_NOTHING
        or keyword.startswith("x-")
        or (keyword in _KEYWORDS and _KEYWORDS[keyword](data, schema, root))
        for keyword in schema
    )


def _type(data: Any, schema: Schema, root: Schema) -> bool:
    names = schema["type"]
    return any(_TYPES[name](data) for name in ([names] if isinstance(names, str) else names))


def _enum(data: Any, schema: Schema, root: Schema) -> bool:
    return isinstance(data, str | None) and data in schema["enum"]


def _const(data: Any, schema: Schema, root: Schema) -> bool:
    return type(data) is type(schema["const"]) and not isinstance(data, dict | list) and data == schema["const"]


def _reference(data: Any, schema: Schema, root: Schema) -> bool:
    prefix, _, name = schema["$ref"].rpartition("/")
    return prefix == "#/$defs" and _fits(data, root["$defs"][name], root)


def _properties(data: Any, schema: Schema, root: Schema) -> bool:
    known = schema["properties"]
    return not isinstance(data, dict) or all(_fits(data[key], known[key], root) for key in data.keys() & known.keys())


def _additional(data: Any, schema: Schema, root: Schema) -> bool:
    if not isinstance(data, dict):
        return True
    others = data.keys() - schema.get("properties", {}).keys()
    return "patternProperties" not in schema and all(
        _fits(data[key], schema["additionalProperties"], root) for key in others
    )


def _items(data: Any, schema: Schema, root: Schema) -> bool:
    return not isinstance(data, list) or all(_fits(item, schema["items"], root) for item in data)


def _unique(data: Any, schema: Schema, root: Schema) -> bool:
    if not isinstance(data, list) or not schema["uniqueItems"]:
        return True
    return all(isinstance(item, str) for item in data) and len(set(data)) == len(data)


def _condition(data: Any, schema: Schema, root: Schema) -> bool:
    if schema["if"].keys() != {"type"}:
        return False
    return _fits(data, schema.get("then" if _type(data, schema["if"], root) else "else", True), root)


def _dependent(data: Any, schema: Schema, root: Schema) -> bool:
    if not isinstance(data, dict):
        return True
    return all(data.keys() >= set(needed) for key, needed in schema["dependentRequired"].items() if key in data)


def _number(data: Any) -> bool:
    return _TYPES["number"](data)


_KEYWORDS: Mapping[str, Callable[[Any, Schema, Schema], bool]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "$ref": _reference,
    "anyOf": lambda data, schema, root: any(_fits(data, each, root) for each in schema["anyOf"]),
    "allOf": lambda data, schema, root: all(_fits(data, each, root) for each in schema["allOf"]),
    "if": _condition,
    "dependentRequired": _dependent,
    "properties": _properties,
    "required": lambda data, schema, root: not isinstance(data, dict) or data.keys() >= set(schema["required"]),
    "additionalProperties": _additional,
    "propertyNames": lambda data, schema, root: (
        not isinstance(data, dict) or all(_fits(key, schema["propertyNames"], root) for key in data)
    ),
    "minProperties": lambda data, schema, root: not isinstance(data, dict) or len(data) >= schema["minProperties"],
    "maxProperties": lambda data, schema, root: not isinstance(data, dict) or len(data) <= schema["maxProperties"],
    "items": _items,
    "minItems": lambda data, schema, root: not isinstance(data, list) or len(data) >= schema["minItems"],
    "maxItems": lambda data, schema, root: not isinstance(data, list) or len(data) <= schema["maxItems"],
    "uniqueItems": _unique,
    "minLength": lambda data, schema, root: not isinstance(data, str) or len(data) >= schema["minLength"],
    "maxLength": lambda data, schema, root: not isinstance(data, str) or len(data) <= schema["maxLength"],
    "pattern": lambda data, schema, root: not isinstance(data, str) or re.search(schema["pattern"], data) is not None,
    "minimum": lambda data, schema, root: not _number(data) or data >= schema["minimum"],
    "maximum": lambda data, schema, root: not _number(data) or data <= schema["maximum"],
}
