"""What is told to fit a schema without jsonschema fits under jsonschema too, and what ships and is valid is told so."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from sovlint.documents import load
from sovlint.documents.fitting import fits

ROOT = Path(__file__).parents[2]
FILES = {
    "sovlint/schemas/config.json": sorted(ROOT.glob("fixtures/**/sovlint.yaml")),
    "sovlint/schemas/inventory.json": sorted(ROOT.glob("fixtures/**/saas.yaml")),
}
STRANGE = st.sampled_from(
    [
        None,
        True,
        0,
        1,
        1.0,
        -1,
        "",
        "x",
        "2026-01-01",
        [],
        ["x"],
        ["x", "x"],
        [1, True],
        {},
        {"x": 1},
    ]
)


@cache
def schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((ROOT / name).read_text("utf-8"))
    return loaded


@cache
def valid(name: str) -> list[Any]:
    return [
        document.data
        for path in FILES[name]
        for document in load(path.read_bytes(), path.name)
    ]


def strange(data: Any, draw: st.DataObject) -> Any:
    """The data with one part of it, anywhere, replaced, renamed or left out."""
    if isinstance(data, dict) and data and draw.draw(st.integers(0, 3)):
        key = draw.draw(st.sampled_from(sorted(data)))
        rest = {other: value for other, value in data.items() if other != key}
        match draw.draw(st.integers(0, 4)):
            case 0:
                return rest
            case 1:
                return {**rest, "unheard-of": data[key]}
        return {**rest, key: strange(data[key], draw)}
    if isinstance(data, list) and data and draw.draw(st.integers(0, 3)):
        at = draw.draw(st.integers(0, len(data) - 1))
        return [*data[:at], strange(data[at], draw), *data[at + 1 :]]
    return draw.draw(STRANGE)


@pytest.mark.parametrize("name", FILES)
def test_what_ships_fits(name: str) -> None:
    documents = valid(name)
    assert len(documents) > 2
    assert all(fits(data, schema(name)) for data in documents)


@pytest.mark.parametrize("name", FILES)
@given(draw=st.data())
def test_what_fits_is_valid(name: str, draw: st.DataObject) -> None:
    data = strange(draw.draw(st.sampled_from(valid(name))), draw)
    if fits(data, schema(name)):
        assert list(Draft202012Validator(schema(name)).iter_errors(data)) == []


@pytest.mark.parametrize(
    ("data", "schema"),
    [
        ({"a": 1}, {"properties": {"a": {"type": "string"}}}),
        ({"b": 1}, {"properties": {"a": {}}, "additionalProperties": False}),
        ({}, {"required": ["a"]}),
        ("a", {"enum": ["b"]}),
        (1, {"const": True}),
        (True, {"type": "integer"}),
        (["a", "a"], {"uniqueItems": True}),
        ("a", {"if": {"type": "string"}, "then": {"minLength": 2}}),
        (1, {"if": {"type": "string"}, "else": {"minimum": 2}}),
        ({"a": 1}, {"dependentRequired": {"a": ["b"]}}),
        ({"a": 1}, {"$ref": "#/$defs/x", "$defs": {"x": {"maxProperties": 0}}}),
        ("a", {"not": {"type": "string"}}),
        ({"A": 1}, {"propertyNames": {"pattern": "^[a-z]+$"}}),
        ([1], {"anyOf": [{"type": "string"}, {"items": {"type": "string"}}]}),
        (3, {"allOf": [{"minimum": 1}, {"maximum": 2}]}),
    ],
)
def test_what_does_not_fit_or_is_not_known_to(data: Any, schema: dict[str, Any]) -> None:
    assert not fits(data, schema)
    assert list(Draft202012Validator(schema).iter_errors(data)) != []


def test_a_scan_with_a_sound_configuration_needs_no_jsonschema(tmp_path: Path) -> None:
    (tmp_path / "sovlint.yaml").write_text(
        "clusters:\n  - {paths: [k8s/**], provider: scaleway, region: fr-par}\n"
    )
    code = (
        "import sys\nfrom sovlint.cli import main\n"
        f"main.main(['facts', {str(tmp_path)!r}], standalone_mode=False)\nprint('jsonschema' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert ran.stdout.splitlines()[-1] == "False"
