"""``make docs``: the JSON Schemas of what sovlint answers with, made of ``sovlint/contract``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal, get_args, get_origin

from msgspec import Struct
from msgspec.json import schema_components

from sovlint.catalog.schema import (
    JsonSchema,
    in_written_order,
    is_struct,
    types_met,
    with_texts,
    written,
)
from sovlint.contract import Facts, Map, Offers, Report

FOLDER: Final = Path(__file__).parent.parent / "sovlint" / "schemas"
ANSWERS: Final[Mapping[str, tuple[type[Struct], str]]] = {
    "report": (Report, "What `sovlint scan --format json` prints"),
    "facts": (Facts, "What `sovlint facts --format json` prints"),
    "map": (Map, "What `sovlint map --format json` prints"),
    "offers": (Offers, "A file of offers"),
}
"""Every answer by the name of its schema, with the schema's title."""


def files() -> Mapping[Path, str]:
    """The text of each schema, by its file."""
    return {FOLDER / f"{name}.json": written(described(name)) + "\n" for name in ANSWERS}


def described(name: str) -> JsonSchema:
    """The schema of an answer, in which each key says what it is for."""
    answer, title = ANSWERS[name]
    met = types_met([answer])
    structs = {kind.__name__: kind for kind in met if is_struct(kind)}
    orders = {
        frozenset(get_args(kind)): list(get_args(kind))
        for kind in met
        if get_origin(kind) is Literal
    }
    _, found = schema_components([answer], ref_template="#/$defs/{name}")
    parts = {
        _defined_as(part): _struct(
            structs[part], in_written_order(_plain_schema(schema), orders, unique=True)
        )
        for part, schema in sorted(found.items())
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:sovlint:schema:{name}",
        "title": title,
        **parts.pop(_defined_as(answer.__name__)),
        "$defs": parts,
    }


def _struct(kind: type[Struct], schema: JsonSchema) -> JsonSchema:
    texts = with_texts(kind, schema)
    return {key: value for key, value in texts.items() if key != "title"}


def _plain_schema(schema: Any) -> Any:
    """A schema as people write it: no key's default, and ``null`` among the types that a value may have."""
    if isinstance(schema, list):
        return [_plain_schema(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _plain_schema(value) for key, value in schema.items() if key != "default"}
    if "$ref" in found:
        prefix, _, name = found["$ref"].rpartition("/")
        return {**found, "$ref": f"{prefix}/{_defined_as(name)}"}
    if "const" not in found and found.get("enum", [])[1:] == []:
        found = _with_constant(found)
    return _with_null(found)


def _with_constant(schema: JsonSchema) -> JsonSchema:
    """One word that is allowed is a constant."""
    words = schema.get("enum")
    if not isinstance(words, list) or not words:
        return schema
    kept = {key: value for key, value in schema.items() if key != "enum"}
    return {**kept, "const": words[0]}


def _with_null(schema: JsonSchema) -> JsonSchema:
    """``[{"type": "string"}, {"type": "null"}]`` as one schema of two types."""
    options = [each for each in schema.get("anyOf", ()) if each != {"type": "null"}]
    if len(options) != 1 or not isinstance(options[0].get("type"), str):
        return schema
    kept = {key: value for key, value in schema.items() if key != "anyOf"}
    return {**kept, **options[0], "type": [options[0]["type"], "null"]}


def _defined_as(name: str) -> str:
    """The name under which a struct's schema is found: ``UnreadKind`` → ``unread_kind``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
