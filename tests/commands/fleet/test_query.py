"""``sovlint fleet query`` and its like, over what ``sovlint scan --store`` wrote."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sovlint.cli import main
from tests.git_house import git

BUCKET = """provider "aws" {
  region = "eu-west-2"
}

resource "aws_s3_bucket" "a" {
  tags = { data-classification = "health" }
}
"""
POD = """apiVersion: v1
kind: Pod
metadata: {name: a}
spec: {containers: [{name: a, image: "registry.mutual.example/claims/api:1"}]}
"""
QUESTION = "SELECT repository, count(*) AS findings FROM findings GROUP BY ALL"


def run(*arguments: str, **variables: str) -> Result:
    plain = {"CI_PROJECT_PATH": "", "GITHUB_REPOSITORY": "", **variables}
    return CliRunner(env=plain).invoke(main, arguments, prog_name="sovlint")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store that two pipelines wrote into, the second one by an address that a clone has."""
    folder = tmp_path_factory.mktemp("fleet")
    clone = folder / "clone"
    clone.mkdir()
    (clone / "main.tf").write_text(BUCKET, encoding="utf-8")
    (clone / "pod.yaml").write_text(POD, encoding="utf-8")
    git(clone, "init", "-q")
    git(clone, "add", "-A")
    git(clone, "commit", "-q", "-m", "x")
    scan = (
        "scan",
        f"{clone}",
        "--store",
        f"{folder / 'store'}",
        "--lang",
        "en",
        "--as-of",
        "2026-11-24",
    )
    unnamed = run(*scan)
    assert unnamed.exit_code == 2
    assert "--repository group/name" in unnamed.stderr
    first = run(*scan, CI_PROJECT_PATH="mutual/claims")
    assert first.exit_code == 1, first.stderr
    assert "The result of mutual/claims is in the store at" in first.stderr
    git(clone, "remote", "add", "origin", "https://git.example/mutual/other.git")
    assert run(*scan, "-q").exit_code == 1
    part = run(*scan, "--affected")
    assert (part.exit_code, "it can't go with --affected" in part.stderr) == (2, True)
    return f"{folder / 'store'}"


def test_a_question_and_its_forms(store: str) -> None:
    shown = run("fleet", "query", QUESTION, "--store", store, "--lang", "en")
    assert shown.exit_code == 0, shown.stderr
    assert shown.stdout.splitlines()[0].split() == ["repository", "findings"]
    assert shown.stdout.endswith("\n2 rows\n")
    data = json.loads(run("fleet", "query", QUESTION, "--store", store, "-f", "json").stdout)
    assert {each["repository"] for each in data} == {"mutual/claims", "mutual/other"}
    wrong = run("fleet", "query", "SELECT * FROM finding", "--store", store, "--lang", "en")
    assert (wrong.exit_code, type(wrong.exception).__name__) == (2, "SystemExit")
    assert "Did you mean `findings`? Tables: repositories, facts" in wrong.stderr


def test_a_pipeline_tells_what_it_asks(store: str) -> None:
    question = "SELECT DISTINCT key FROM asks"
    data = json.loads(run("fleet", "query", question, "--store", store, "-f", "json").stdout)
    assert {"key": "registry.mutual.example/claims/api"} in data


def test_runs_compact_and_forget(store: str, tmp_path: Path) -> None:
    listed = run("fleet", "runs", "--store", store, "-f", "csv").stdout.splitlines()
    assert [row.split(",")[1] for row in listed] == ["kind", "scan", "scan"]
    compacted = run("fleet", "compact", "--store", store, "--keep", "3", "--lang", "en")
    assert "Runs that went: 0. Results that went: 0; that stay: 2." in compacted.stderr
    forgotten = run("fleet", "forget", "mutual/claims", "--store", store, "--lang", "en")
    assert forgotten.stderr.startswith("Results that were erased: 1.")
    data = json.loads(run("fleet", "query", QUESTION, "--store", store, "-f", "json").stdout)
    assert [each["repository"] for each in data] == ["mutual/other"]
    nowhere = run("fleet", "runs", "--store", f"{tmp_path / 'none'}", "--lang", "en")
    assert (nowhere.exit_code, "There is no store at" in nowhere.stderr) == (2, True)
