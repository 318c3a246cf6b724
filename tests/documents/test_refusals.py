"""What is wrong with a document under a schema: sentences of ours, in both languages, for every keyword that is used."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sovlint import documents
from sovlint.catalog.schema import definitions
from sovlint.documents.validation import faults
from sovlint.report.french import in_language

SCHEMAS = Path(__file__).parents[2] / "sovlint" / "schemas"
TEXT = {"type": "string"}
ROWS: dict[str, tuple[dict[str, Any], str, str]] = {
    # keyword: the schema of `x`, a value in YAML, what is said
    "type": ({"type": ["array", "null"]}, "FR", "`x` must be of type array or null, not 'FR'."),
    "const": ({"const": True}, "false", "`x` must be true, not false."),
    "enum": ({"enum": ["one", "two"]}, "tow", "`x` can't be 'tow': one of one, two. Did you mean `two`?"),
    "required": ({"required": ["a"]}, "{}", "`x` lacks the key `a`."),
    "additionalProperties": (
        {"properties": {"abc": TEXT}, "additionalProperties": False}, "{abd: x}",
        "unknown key `abd` in `x`. Did you mean `abc`?",
    ),
    "dependentRequired": (
        {"dependentRequired": {"sren31": ["source"]}}, "{sren31: true}",
        "`x` lacks the key `source`, which `sren31` takes.",
    ),
    "minLength": ({"minLength": 1}, "''", "`x` must not be empty."),
    "minItems": ({"minItems": 2}, "[a]", "`x` is too short: 2 at least."),
    "minProperties": ({"minProperties": 1}, "{}", "`x` must not be empty."),
    "maxLength": ({"maxLength": 2}, "abc", "`x` is too long: 2 at most."),
    "maxItems": ({"maxItems": 1}, "[a, b]", "`x` is too long: 1 at most."),
    "maxProperties": ({"maxProperties": 1}, "{a: 1, b: 2}", "`x` is too long: 1 at most."),
    "minimum": ({"minimum": 1}, "0", "`x` can't be 0: 1 is the least."),
    "maximum": ({"maximum": 100}, "101", "`x` can't be 101: 100 is the most."),
    "exclusiveMinimum": ({"exclusiveMinimum": 0}, "0", "`x` can't be 0: it is more than 0."),
    "uniqueItems": ({"uniqueItems": True}, "[a, a]", "`x` has something twice."),
    "pattern": ({"pattern": "^a"}, "b", "`x`: 'b' does not match '^a'."),
    "anyOf": (
        {"anyOf": [{"required": ["path"]}, {"required": ["reference"]}]}, "{a: 1}",
        "`x` takes one of these keys: `path`, `reference`.",
    ),
    "oneOf": (
        {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}, "{a: 1, b: 2}",
        "`x` takes one of these keys: `a`, `b`.",
    ),
    "not": ({"not": {"const": "none"}}, "none", "`x` can't be 'none': it has none of the forms that are allowed."),
    "contains": ({"contains": TEXT}, "[1]", "`x` can't be a list: it has none of the forms that are allowed."),
    "propertyNames": (
        {"propertyNames": {"pattern": "^a"}}, "{b: 1}", "`x`: 'b' does not match '^a'."
    ),
}  # fmt: skip
ELSEWHERE = {"format", "if", "allOf", "then", "else", "items", "properties"}
"""Keywords that refuse nothing by themselves."""


def used(schema: Any) -> Iterator[str]:
    """The keywords of a schema that refuse something, and of those inside."""
    if isinstance(schema, dict):
        yield from (key for key, held in schema.items() if _refuses(key, held))
        for held in schema.values():
            yield from used(held)
    elif isinstance(schema, list):
        for held in schema:
            yield from used(held)


def _refuses(key: str, held: Any) -> bool:
    known = {
        *ROWS,
        "exclusiveMaximum",
        "dependentSchemas",
        "patternProperties",
        "unevaluatedProperties",
    }
    return key in known and not (
        key in ("type", "enum", "pattern") and isinstance(held, dict)
    )


def test_every_keyword_that_schemas_use_has_its_sentence() -> None:
    schemas = [json.loads(path.read_text("utf-8")) for path in SCHEMAS.glob("*.json")]
    assert {*used(schemas), *used(definitions())} - {*ROWS} == set()


@pytest.mark.parametrize("keyword", ROWS)
def test_it_is_said_in_both_languages_and_in_no_other(keyword: str) -> None:
    schema, value, said = ROWS[keyword]
    (document,) = documents.load(f"x: {value}\n".encode(), "a.yaml")
    found = faults(document, {"type": "object", "properties": {"x": schema}})
    assert [sentence.en for _, sentence in found] == [said]
    assert [in_language(sentence.en, "fr") for _, sentence in found] == [
        sentence.fr for _, sentence in found
    ]
    (french,) = [sentence.fr for _, sentence in found]
    assert not re.search(r"[][]|None|True|False|\b(the|must|lacks|one of)\b", french), french


def test_of_the_whole_document() -> None:
    (document,) = documents.load(b"- a\n", "a.yaml")
    ((_, said),) = faults(document, {"type": ["object", "null"]})
    assert said.en == "`the document` must be of type object or null, not a list."
    assert said.fr == in_language(said.en, "fr")
    assert said.fr == "`le document` doit être un ensemble de clés ou vide, et non une liste."
