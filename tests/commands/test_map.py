"""``sovlint map``: the same map in words and as JSON, of what a scan would judge."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from sovlint.cli import main
from tests import scratch

ROOT = Path(__file__).parents[2]
DAY = ("--as-of", "2026-11-24")


def run(*arguments: str, command: str = "map", **environment: str) -> Result:
    return CliRunner().invoke(
        main, [command, *arguments], env=environment, catch_exceptions=False
    )


def test_the_json_fits_its_schema_and_counts_every_placement_once() -> None:
    found: dict[str, Any] = json.loads(
        run(str(scratch.alone("mutuelle")), *DAY, "--format", "json").stdout
    )
    schema = json.loads((ROOT / "sovlint/schemas/map.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(found)
    facts = json.loads(
        run(str(scratch.alone("mutuelle")), *DAY, "--format", "json", command="facts").stdout
    )
    carrying = [
        place["provider"]
        for each in facts["resources"]
        for place in each["placements"]
        if place["role"] != "config"
    ]
    counted: Counter[str | None] = Counter()
    for line in found["lines"]:
        counted[line["provider"]] += line["placements"]
    assert counted == Counter(carrying)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("columns", ["40", "80", "120"])
def test_text_fits_the_terminal_and_leaves_nothing_out(language: str, columns: str) -> None:
    said = run(
        str(scratch.alone("mutuelle")), *DAY, "--lang", language, COLUMNS=columns
    ).stdout
    assert all(len(line) <= int(columns) for line in said.splitlines())
    for company in ("Amazon Web Services", "Outscale", "Viamedis", "SendGrid"):
        assert company in said


def test_it_fails_nothing_and_says_where_nothing_was_judged(tmp_path: Path) -> None:
    assert run(str(scratch.alone("mutuelle"))).exit_code == 0
    (tmp_path / "main.tf").write_text('resource "aws_s3_bucket" "a" {}\n', encoding="utf-8")
    bare = run(str(tmp_path))
    assert (bare.exit_code, "NOTHING WAS JUDGED" in bare.stderr) == (0, True)
    assert "not judged" in bare.stdout
    (tmp_path / "main.tf").unlink()
    assert run(str(tmp_path)).exit_code == 3


def test_what_could_not_be_read_is_told_with_the_map(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_s3_bucket" {\n', encoding="utf-8")
    broken = run(str(tmp_path))
    assert broken.exit_code == 2
    assert "main.tf:" in broken.stdout
    assert "This report is incomplete" in broken.stdout


def test_an_assumed_class_is_judged(tmp_path: Path) -> None:
    text = 'provider "aws" { region = "us-east-1" }\nresource "aws_s3_bucket" "a" {}\n'
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    (line,) = json.loads(run(str(tmp_path), "--assume", "health", "--format", "json").stdout)[
        "lines"
    ]
    assert (line["verdict"], line["country"], line["compelled_by"]) == (
        "violation",
        "US",
        ["US"],
    )
