"""``import sovlint`` answers what the commands print."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec import UNSET
from msgspec.json import encode

import sovlint
from sovlint import contract
from tests.scratch import ROOT, alone

DAY = date(2026, 11, 24)
STORE = """resource "scaleway_object_bucket" "a" {
  name   = "a"
  region = "fr-par"
  tags   = { data-classification = "health" }
}
"""


def printed(command: str, *more: str) -> Any:
    line = [sys.executable, "-m", "sovlint", command, str(alone("mutuelle")), "-f", "json"]
    done = subprocess.run([*line, "--as-of", str(DAY), *more], capture_output=True, cwd=ROOT)
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


def test_scan_answers_what_the_command_prints() -> None:
    report = sovlint.scan(alone("mutuelle"), as_of=DAY)
    told = json.loads(encode(report))
    for finding in told["findings"]:
        assert finding.pop("messages")["en"] == finding["message"]
    assert told == printed("scan")


def test_facts_answers_what_the_command_prints() -> None:
    told = json.loads(encode(sovlint.facts(alone("mutuelle"), as_of=DAY, language="fr")))
    assert told == printed("facts", "--lang", "fr")


def test_a_finding_speaks_both_languages(tmp_path: Path) -> None:
    (tmp_path / "a.tf").write_text(STORE, encoding="utf-8")
    found = sovlint.scan(tmp_path, language="fr").findings
    assert "violation" in {each.verdict for each in found}
    for each in found:
        assert each.messages is not UNSET
        assert each.message == each.messages.fr
        assert each.messages.fr.startswith("Données de santé")
        assert each.messages.en.startswith("Health data")
        assert (each.path, each.line, each.end_line) == ("a.tf", 1, 5)


def test_unsaved_text_is_read_in_place_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "a.tf"
    file.write_text(STORE, encoding="utf-8")
    edited = STORE.replace('"fr-par"', '"nl-ams"').encode()
    found = sovlint.facts(str(tmp_path), unsaved={file: edited})
    assert [each.country for each in found.resources[0].placements] == ["NL"]
    assert file.read_text(encoding="utf-8") == STORE


def test_unsaved_text_is_read_where_no_file_is_yet(tmp_path: Path) -> None:
    (tmp_path / "b.tf").write_text("locals {}\n", encoding="utf-8")
    found = sovlint.facts(tmp_path, unsaved={str(tmp_path / "a.tf"): STORE.encode()})
    assert [each.path for each in found.resources] == ["a.tf"]


@pytest.mark.parametrize("path", ["../outside.tf", ".git/a.tf", "left/out.tf"])
def test_unsaved_text_is_read_nowhere_that_a_file_would_not_be(
    tmp_path: Path, path: str
) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "sovlint.yaml").write_text("exclude: [left/]\n", encoding="utf-8")
    found = sovlint.facts(root, unsaved={root / path: STORE.encode()})
    assert found.resources == ()


def test_several_paths_and_options_of_the_command_line(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.tf").write_text(STORE.replace('"a"', f'"{name}"'), "utf-8")
    paths = [tmp_path / "a.tf", tmp_path / "b.tf"]
    report = sovlint.scan(paths, policy_set="eu-control", show="compliant")
    assert report.policy_set == "eu-control"
    assert {each.path for each in report.findings} == {"a.tf", "b.tf"}


def test_what_is_asked_wrongly_is_an_error_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(sovlint.SovlintError, match="doesn't exist"):
        sovlint.scan(tmp_path / "nowhere")


def test_a_file_that_cannot_be_read_is_a_failure_of_the_answer(tmp_path: Path) -> None:
    (tmp_path / "a.tf").write_text(STORE, encoding="utf-8")
    (tmp_path / "b.tf").write_text("resource {{{", encoding="utf-8")
    report = sovlint.scan(tmp_path)
    assert {each.path for each in report.failures} == {"b.tf"}
    assert {each.path for each in report.findings} == {"a.tf"}


def test_other_names_are_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'lint_all'"):
        sovlint.lint_all  # type: ignore[attr-defined]  # noqa: B018


CALLER = """
import sovlint
from sovlint.contract import Finding, Report

report: Report = sovlint.scan("x", policy_set="sovereign-health")
worst: list[Finding] = [each for each in report.findings if each.verdict == "violation"]
lines: list[int] = [each.line for each in worst]
countries = [each.placement.country for each in worst if each.placement is not None]
"""
WRONG = """
import sovlint

sovlint.scan("x", policy_sett="sovereign-health")
sovlint.scan("x").findings[0].line.upper()
"""


def test_a_strict_type_checker_reads_the_types(tmp_path: Path) -> None:
    for name, text in (("right", CALLER), ("wrong", WRONG)):
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    options = ("--strict", "--config-file=", "--no-incremental")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *options, "right.py", "wrong.py"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": str(ROOT)},
    )
    told = [line for line in done.stdout.splitlines() if "error" in line]
    assert [
        line for line in told if not line.startswith(("wrong.py:4:", "wrong.py:5:", "Found"))
    ] == []
    assert any("policy_sett" in line for line in told)
    assert any("upper" in line for line in told)


def test_the_example_of_the_page_runs_and_prints_what_the_page_says() -> None:
    page = (ROOT / "docs/python.md").read_text(encoding="utf-8")
    code = page.split("```python\n")[1].split("```")[0]
    expected = page.split("```text\n")[1].split("```")[0]
    assert len(code.splitlines()) <= 15
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=alone("mutuelle").parents[1],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (done.stdout, done.stderr) == (expected, "")


def test_a_report_is_told_by_its_type(tmp_path: Path) -> None:
    (tmp_path / "a.tf").write_text(STORE, encoding="utf-8")
    assert isinstance(sovlint.scan(tmp_path), contract.Report)
    assert isinstance(sovlint.facts(tmp_path), contract.Facts)
