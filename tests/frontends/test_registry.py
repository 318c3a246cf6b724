"""All front ends: facts of what each reads fit the published schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from sovlint.cli import main
from sovlint.frontends.registry import FRONT_ENDS
from tests.scratch import ROOT, write

SCHEMA: Any = json.loads((ROOT / "sovlint/schemas/facts.json").read_text(encoding="utf-8"))

READ = {
    "terraform": {"main.tf": 'resource "aws_s3_bucket" "a" {}\n'},
    "kubernetes": {
        "k.yaml": "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: a}\n",
    },
    "compose": {"compose.yaml": "services:\n  db: {image: postgres}\n"},
    "saas": {
        "saas.yaml": "version: 1\nservices:\n  - {id: mail, vendor: brevo, data: [health]}\n"
    },
    "configuration": {".env": "SENTRY_DSN=https://a@o1.ingest.sentry.io/1\n"},
}


@pytest.mark.parametrize("name", FRONT_ENDS)
def test_facts_of_each_fit_the_schema(tmp_path: Path, name: str) -> None:
    write(tmp_path, READ[name])
    facts = json.loads(
        CliRunner().invoke(main, ["facts", str(tmp_path), "--format", "json"]).stdout
    )
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(facts)] == []
    assert {each["front_end"] for each in facts["resources"]} == {name}


def test_the_schema_lists_them_all() -> None:
    assert set(SCHEMA["$defs"]["resource"]["properties"]["front_end"]["enum"]) == set(
        FRONT_ENDS
    )
