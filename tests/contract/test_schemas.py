"""The schemas of answers are made of the types, and every answer that is printed fits its type."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from msgspec import ValidationError, convert
from msgspec.json import decode, encode
from msgspec.structs import fields

from docs import schemas
from sovlint import contract
from sovlint.contract.shape import Shape
from tests.scratch import ROOT, alone

COMMANDS = {"report": "scan", "facts": "facts", "map": "map"}


def shapes() -> Iterator[type[Shape]]:
    waiting: list[type[Shape]] = list(Shape.__subclasses__())
    while waiting:
        found = waiting.pop()
        waiting += found.__subclasses__()
        yield found


@cache
def printed(name: str) -> bytes:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "sovlint",
            COMMANDS[name],
            str(alone("mutuelle")),
            "-f",
            "json",
        ],
        capture_output=True,
        cwd=ROOT,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


@pytest.mark.parametrize("file", sorted(schemas.files()), ids=lambda file: file.name)
def test_make_docs_has_written_it(file: Path) -> None:
    assert file.read_text(encoding="utf-8") == schemas.files()[file]


@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_printed_fits_the_type_and_the_schema_and_loses_nothing(name: str) -> None:
    text = printed(name)
    kind, _ = schemas.ANSWERS[name]
    answer = decode(text, type=kind)
    assert json.loads(encode(answer)) == json.loads(text)
    Draft202012Validator(schemas.described(name)).validate(json.loads(text))


def test_a_key_that_nobody_declared_is_refused() -> None:
    told = json.loads(printed("map"))
    with pytest.raises(ValidationError, match="surplus"):
        convert({**told, "surplus": 1}, contract.Map)
    assert not Draft202012Validator(schemas.described("map")).is_valid({**told, "surplus": 1})


def test_every_part_is_frozen_and_says_what_it_is() -> None:
    found = list(shapes())
    assert len(found) >= 40
    assert [each.__name__ for each in found if not each.__struct_config__.frozen] == []
    assert [each.__name__ for each in found if not (each.__doc__ or "").strip()] == []
    assert [
        each.__name__ for each in found if not each.__struct_config__.forbid_unknown_fields
    ] == []


def test_names_of_parts_are_unique() -> None:
    """A schema has each part under its name."""
    names = [each.__name__ for each in shapes()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", schemas.ANSWERS)
def test_every_text_below_a_field_is_in_the_schema(name: str) -> None:
    described = schemas.described(name)
    kind, _ = schemas.ANSWERS[name]
    told = [key for key, each in described["properties"].items() if "description" in each]
    assert set(described["properties"]) == {each.encode_name for each in fields(kind)}
    assert told or name == "offers"


def test_a_path_of_a_place_says_what_it_is_relative_to() -> None:
    place = schemas.described("report")["$defs"]["place"]
    assert place["required"] == ["path", "line", "note"]
    assert place["properties"]["path"]["description"].startswith("Relative to the git root")
    assert place["properties"]["line"] == {"type": "integer", "minimum": 1}


@pytest.mark.parametrize(
    ("change", "accepted"),
    [({}, True), ({"as_of": "yesterday"}, False), ({"resources": None}, False)],
)
def test_type_and_schema_accept_the_same(change: dict[str, Any], accepted: bool) -> None:
    told = {**json.loads(printed("facts")), **change}
    try:
        fits = isinstance(convert(told, contract.Facts), contract.Facts)
    except ValidationError:
        fits = False
    valid = Draft202012Validator(schemas.described("facts")).is_valid(told)
    assert (fits, valid) == (accepted, accepted)
