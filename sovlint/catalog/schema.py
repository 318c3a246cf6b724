"""The JSON JsonSchema of the catalogue's files, made of the types that they are decoded into.

``docs/build.py`` writes ``schema.json`` anew by it, which editors complete by. A field of a struct is a key; the text below
it is what people are told of that key. A struct's ``schema`` holds what types can't say: which keys go together, and
which may be ``null``.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import sys
from collections.abc import Hashable, Iterable, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, Literal, TypeGuard, get_args, get_origin

from msgspec import Struct
from msgspec.json import schema_components
from msgspec.structs import fields

from sovlint.catalog.entries.files import FILES
from sovlint.catalog.overlays.said import REPLACES
from sovlint.model.decoding import IN, KEY
from sovlint.model.placement import ROLES
from sovlint.model.text import Bilingual

JsonSchema = dict[str, Any]

DAY: Final[JsonSchema] = {
    "type": "string",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "description": "A day, YYYY-MM-DD.",
}
SOURCE: Final[JsonSchema] = {
    "type": "string",
    "minLength": 1,
    "description": "A key under `sources`.",
    IN: "sources",
}
REPLACING: Final[JsonSchema] = {
    "const": True,
    "description": "In an overlay: it takes the place of what ships. At the head of a file it says so of all its entries.",
}
_NO_ENTRIES: Final = frozenset({"WrittenSource", Bilingual.__name__})
"""What stands in sections and replaces nothing by itself."""
WIDTH: Final = 116
FILE: Final = Path(__file__).with_name("schema.json")
HEAD: Final[JsonSchema] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "sovlint catalogue files",
    "description": "One definition for each kind of file; see files.py for which file is of which kind.",
    "anyOf": [{"$ref": f"#/$defs/{kind}"} for kind in FILES],
}


@cache
def definitions() -> JsonSchema:
    """What each kind of file must look like, and all that stands in one, by name."""
    names, found = schema_components(
        FILES.values(), schema_hook=_of_own_type, ref_template="#/$defs/{name}"
    )
    met = types_met(FILES.values())
    structs = {kind.__name__: kind for kind in met if is_struct(kind)}
    orders = {
        frozenset(get_args(kind)): list(get_args(kind))
        for kind in met
        if get_origin(kind) is Literal
    }
    made = {
        name: _struct(structs[name], in_written_order(schema, orders))
        for name, schema in found.items()
    }
    kinds = {
        kind: made.pop(name["$ref"].rpartition("/")[2])
        for kind, name in zip(FILES, names, strict=True)
    }
    return {**kinds, **made, "Source": SOURCE, "role": {"enum": list(ROLES)}}


def _of_own_type(kind: Any) -> JsonSchema:
    """The schema of a type that msgspec doesn't know."""
    return {"type": "string", "format": "regex"} if kind is re.Pattern else dict(kind.schema)


def is_struct(kind: Any) -> TypeGuard[type[Struct]]:
    """Whether a type is a struct."""
    return isinstance(kind, type) and issubclass(kind, Struct)


def types_met(kinds: Iterable[Any]) -> set[Any]:
    """All types that types are made of."""
    found: set[Any] = set()
    waiting = list(kinds)
    while waiting:
        kind = waiting.pop()
        if not isinstance(kind, Hashable) or kind in found:
            continue
        found.add(kind)
        waiting += [each.type for each in fields(kind)] if is_struct(kind) else get_args(kind)
    return found


def in_written_order(
    schema: Any, orders: Mapping[frozenset[Any], list[Any]], unique: bool = False
) -> Any:
    """A schema whose words stand as they are written. Repetitions are refused only where ``unique`` says so."""
    if isinstance(schema, list):
        return [in_written_order(each, orders, unique) for each in schema]
    if not isinstance(schema, dict):
        return schema
    found = {
        key: in_written_order(value, orders, unique)
        for key, value in schema.items()
        if unique or key != "uniqueItems"
    }
    if found.get("format") == "date":
        return DAY
    if isinstance(schema.get("enum"), list):
        found["enum"] = orders.get(frozenset(schema["enum"]), schema["enum"])
    return found


def _struct(kind: type[Struct], schema: JsonSchema) -> JsonSchema:
    """A struct's schema, with what only the struct says."""
    extra = getattr(kind, "schema", {})
    properties = {
        key: _property(each, key in extra.get("null", ()))
        for key, each in schema["properties"].items()
        if not _is_key(each)
    }
    required = [
        key
        for key in (*schema.get("required", ()), *extra.get("required", ()))
        if key in properties
    ]
    more = {key: value for key, value in extra.items() if key not in ("null", "required")}
    return {
        "type": "object",
        "description": _plain(schema.get("description", "")),
        "additionalProperties": False,
        "required": required,
        "properties": properties,
        **more,
    }


def _is_key(schema: JsonSchema) -> bool:
    return any(KEY in each for each in (schema, *schema.get("anyOf", ())))


def _property(schema: JsonSchema, null: bool) -> JsonSchema:
    """A key's schema: what may be left out can't be ``null``, unless that is said."""
    found = {key: value for key, value in schema.items() if key != "default"}
    options = found.get("anyOf", [])
    if any(each.get("type") == "number" for each in options):
        options = [each for each in options if each.get("type") != "integer"]
    if "default" in schema and schema["default"] is None and not null:
        options = [each for each in options if each != {"type": "null"}]
    if len(options) != 1:
        return {**found, "anyOf": options} if options else found
    return {**options[0], **{key: value for key, value in found.items() if key != "anyOf"}}


def described() -> JsonSchema:
    """The whole schema, in which each key says what it is for."""
    structs = {kind.__name__: kind for kind in types_met(FILES.values()) if is_struct(kind)}
    found = {}
    for name, schema in definitions().items():
        kind = FILES.get(name) or structs.get(name)
        found[name] = with_texts(kind, schema) if kind and "properties" in schema else schema
    for name in (*FILES, *_entries(found)):
        found[name] = {
            **found[name],
            "properties": {
                **found[name]["properties"],
                REPLACES: {"$ref": f"#/$defs/{REPLACES}"},
            },
        }
    return {**HEAD, "$defs": {**found, REPLACES: REPLACING}}


def _entries(found: Mapping[str, JsonSchema]) -> list[str]:
    """Definitions of what stands in the sections of files."""
    sections = (
        each
        for name in FILES
        for each in found[name]["properties"].values()
        if "type" in each
    )
    held = (each.get("additionalProperties") or each.get("items") for each in sections)
    names = (each["$ref"].rpartition("/")[2] for each in held if each and "$ref" in each)
    return [
        name
        for name in dict.fromkeys(names)
        if "properties" in found.get(name, ()) and name not in _NO_ENTRIES
    ]


def with_texts(kind: type[Struct], schema: JsonSchema) -> JsonSchema:
    """A struct's schema, in which each key says what stands below the field."""
    said = {
        key: text for each in reversed(kind.__mro__) for key, text in _texts(each).items()
    }
    named = {each.encode_name: said[each.name] for each in fields(kind) if each.name in said}
    properties = {
        key: {"description": named[key], **_both(named[key], each)} if key in named else each
        for key, each in schema["properties"].items()
    }
    return {**schema, "properties": properties}


def _both(said: str, schema: JsonSchema) -> JsonSchema:
    """What is said of a field comes before what its type says of itself."""
    own = schema.get("description")
    return {**schema, "description": f"{said} {own}"} if own else schema


def _texts(kind: type) -> dict[str, str]:
    """What stands below the fields of a class, as one writes it for people."""
    body = (
        _bodies(kind.__module__).get(kind.__name__, [])
        if kind.__module__.startswith("sovlint.")
        else []
    )
    return {
        key.target.id: _plain(text.value.value)
        for key, text in pairwise(body)
        if isinstance(key, ast.AnnAssign) and isinstance(key.target, ast.Name)
        if isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }


@cache
def _bodies(module: str) -> Mapping[str, list[ast.stmt]]:
    source = inspect.getsource(sys.modules[module])
    return {
        each.name: each.body
        for each in ast.parse(source).body
        if isinstance(each, ast.ClassDef)
    }


def _plain(text: str) -> str:
    return " ".join(text.replace("``", "`").split())


def written(value: Any, indent: int = 0) -> str:
    """A value as JSON, in which what fits stands on one line."""
    line = json.dumps(value, ensure_ascii=False)
    if indent + len(line) <= WIDTH or not value or not isinstance(value, dict | list):
        return line
    inner = " " * (indent + 2)
    items = value.items() if isinstance(value, dict) else ((None, each) for each in value)
    lines = (
        f"{'' if key is None else f'{json.dumps(key)}: '}{written(each, indent + 2)}"
        for key, each in items
    )
    start, end = "{}" if isinstance(value, dict) else "[]"
    return f"{start}\n{inner}" + f",\n{inner}".join(lines) + f"\n{' ' * indent}{end}"
