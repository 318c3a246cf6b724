"""The schemas of the contracts: valid, alike where they share a shape, and strict."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.test_hostile import run, tree

FOLDER = Path(__file__).parents[2] / "sovlint/schemas"
NAMES = ("facts", "report", "provider", "providers", "where")


def schema(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def accepts(name: str, data: Any) -> bool:
    return Draft202012Validator(schema(name)).is_valid(data)


@pytest.mark.parametrize("name", NAMES)
def test_each_is_a_valid_schema_of_draft_2020_12(name: str) -> None:
    found = schema(name)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(found)


def test_facts_and_report_share_their_shapes() -> None:
    facts, report = schema("facts")["$defs"], schema("report")["$defs"]
    shared = facts.keys() & report.keys()
    assert {"placement", "place", "failure", "coverage"} <= shared
    assert [name for name in shared if facts[name] != report[name]] == []


PROVIDER = {
    "schema": "sovlint-provider/1",
    "id": "s3ns",
    "name": "S3NS",
    "status": "active",
    "control": ["FR"],
    "control_derived": [
        {"entity": "thales", "through": "owner", "jurisdiction": "FR",
         "source": {"url": "https://example.org", "date": "2026-01-01", "supports": "x"}},
    ],
    "held_from_outside": [
        {"qualification": "secnumcloud", "version": "3.2", "clause": "19.6", "area": "EU",
         "limits": {"single": 24, "together": 39}, "single_at_least": 0, "at_least": 0, "at_most": 29.4,
         "within": None, "by": None},
    ],
    "laws": [
        {"jurisdiction": "US", "name": {"en": "Act", "fr": "loi"}, "kind": "orders", "since": "2018", "until": None,
         "continues_until": None, "standing": "in-force",
         "source": {"url": "https://example.org", "date": "2026-01-01", "supports": "x"}},
    ],
    "technology_from": [
        {"entity": "Maker", "jurisdiction": "US", "licensed": True, "since": "2024-01-15", "until": None,
         "services": [], "source": {"url": "https://example.org", "date": "2026-01-01", "supports": "x"}},
    ],
    "run_apart": [
        {"regions": ["us"], "operator": "Inc.", "control": ["US"], "control_derived": [], "unknown": {}},
    ],
    "technology": ["US"],
    "qualifications": [
        {"name": "secnumcloud", "version": "3.2", "offer": "PREMI3NS", "since": "2025-12-17", "until": "2028-12-17",
         "valid": True, "activities": [1, 2], "transfer_table": "https://example.org/table"},
    ],
    "regions": [{"region": "u-france-east1", "country": "FR"}, {"region": "global", "country": None}],
    "sources": [{"url": "https://example.org", "date": "2026-01-01", "supports": "x"}],
    "notes": {"en": "a", "fr": "b"},
    "unknown": {"qualifications.hds": "not-in-catalogue"},
}  # fmt: skip

PROVIDERS = {
    "schema": "sovlint-providers/1",
    "providers": [
        {"id": "viamedis", "name": "Viamedis", "status": "active", "control": ["FR"], "technology": None,
         "qualifications": [], "countries": [], "unknown": {"control": "no-evidence: owners of Viamedis"}},
    ],
    "doubtful": ["almerys"],
}  # fmt: skip

WHERE = {
    "schema": "sovlint-where/1",
    "query": "eu-west-2",
    "matches": [
        {"provider": "aws", "service": None, "region": "eu-west-2", "country": "GB"},
        {"provider": "outscale", "service": None, "region": "eu-west-2", "country": "FR"},
    ],
}


@pytest.mark.parametrize(
    ("name", "example"), [("provider", PROVIDER), ("providers", PROVIDERS), ("where", WHERE)]
)
def test_an_example_is_accepted_and_nothing_short_of_it(
    name: str, example: dict[str, Any]
) -> None:
    assert accepts(name, example)
    for key in example:
        assert not accepts(
            name, {other: value for other, value in example.items() if other != key}
        ), key
    assert not accepts(name, {**example, "surplus": 1})


def test_no_match_is_an_empty_list() -> None:
    assert accepts("where", {**WHERE, "matches": []})


@pytest.mark.parametrize(
    "change",
    [
        {"control": ["France"]},
        {"control": None},
        {"regions": [{"region": "x"}]},
        {"schema": "sovlint-provider/2"},
    ],
)
def test_a_wrong_provider_is_refused(change: dict[str, Any]) -> None:
    assert not accepts("provider", {**PROVIDER, **change})


@pytest.mark.parametrize(("command", "name"), [("facts", "facts"), ("scan", "report")])
def test_a_name_over_two_lines_fits(tmp_path: Path, command: str, name: str) -> None:
    """A type that the catalogue doesn't have is named where its role is unknown."""
    text = 'resource "aws_s3_bucket\nodd" "b" {\n  tags = { data-classification = "health" }\n}\n'
    root = tree(tmp_path / "r", {"main.tf": text})
    data = json.loads(
        run(root, "--format", "json", "--allow-failures", command=command).stdout
    )
    assert [
        error.json_path for error in Draft202012Validator(schema(name)).iter_errors(data)
    ] == []
    assert "\n" in json.dumps(data["resources" if name == "facts" else "findings"]).replace(
        "\\n", "\n"
    )
