"""Folders that are passed over are told, with how many files of names that are read elsewhere each left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sovlint.cli import main
from sovlint.files import passed_over
from tests.git_house import git

BUCKET = 'resource "aws_s3_bucket" "a" {}\n'
CLAIM = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: claim}\n"
FILES = {
    "main.tf": BUCKET,
    "deploy/claim.yaml": CLAIM,
    "deploy/package.json": "{}\n",
    "deploy/other.yaml": "a: b\n",
    ".env": "SENTRY_DSN=https://a@o1.ingest.de.sentry.io/1\n",
    "app.js": "",
}
"""Three of these are read."""


def write(root: Path, *folders: str) -> Path:
    for folder in folders:
        for name, text in FILES.items():
            (root / folder / name).parent.mkdir(parents=True, exist_ok=True)
            (root / folder / name).write_text(text)
    return root


def rules(root: Path, *arguments: str) -> dict[str, list[str]]:
    given = arguments or (str(root),)
    result = CliRunner().invoke(main, ["scan", *given, "--format", "json"])
    return {
        each["kind"]: each["names"]
        for each in json.loads(result.stdout)["rules"]
        if each["kind"] in ("passed-over", "excluded", "ignored-though-tracked")
    }


@pytest.mark.parametrize("name", ["node_modules", ".venv"])
def test_without_git_all_that_is_there_counts(tmp_path: Path, name: str) -> None:
    write(tmp_path, "", f"web/{name}/pack", f"{name}/.git")
    assert rules(tmp_path) == {"passed-over": [f"web/{name}/ (3)"]}


def test_what_is_ignored_and_not_tracked_is_no_part_of_the_repository(tmp_path: Path) -> None:
    write(tmp_path, "", "node_modules/pack", "web/node_modules/pack")
    git(tmp_path, "init", "--quiet")
    (tmp_path / ".gitignore").write_text("/node_modules/\n")
    assert rules(tmp_path) == {"passed-over": ["web/node_modules/ (3)"]}
    git(tmp_path, "add", "--force", "node_modules/pack/main.tf")
    assert rules(tmp_path) == {"passed-over": ["web/node_modules/ (3)", "node_modules/ (1)"]}


def test_one_in_an_ignored_folder_counts_for_what_is_tracked(tmp_path: Path) -> None:
    write(tmp_path, "", "out/node_modules/pack", "out/kept")
    git(tmp_path, "init", "--quiet")
    (tmp_path / ".gitignore").write_text("out/\n")
    git(tmp_path, "add", "--force", "out/kept/deploy/claim.yaml", "out/kept/app.js")
    assert rules(tmp_path) == {"ignored-though-tracked": ["out/kept/deploy/claim.yaml"]}
    git(tmp_path, "add", "--force", "out/node_modules/pack/.env")
    assert rules(tmp_path)["passed-over"] == ["out/node_modules/ (1)"]


@pytest.mark.parametrize("name", [".terraform", ".terragrunt-cache"])
def test_what_terraform_fills_counts_where_it_is_tracked(tmp_path: Path, name: str) -> None:
    write(tmp_path, "", f"{name}/infra")
    assert rules(tmp_path) == {}
    git(tmp_path, "init", "--quiet")
    assert rules(tmp_path) == {}
    git(tmp_path, "add", "--force", f"{name}/infra/main.tf")
    assert rules(tmp_path) == {"passed-over": [f"{name}/ (1)"]}


def test_configuration_files_below_folders_of_others_tests_and_builds(tmp_path: Path) -> None:
    write(
        tmp_path,
        "",
        "docs",
        "src/Build/a",
        "external/a/test",
        "lib/external",
        "lib/external/b",
    )
    found = ["lib/external/ (2)", "docs/ (1)", "external/ (1)", "src/Build/ (1)"]
    assert rules(tmp_path) == {"passed-over": found}


def test_templates_of_charts_are_told_elsewhere(tmp_path: Path) -> None:
    write(tmp_path, "", "chart/templates", "other/templates")
    (tmp_path / "chart/Chart.yaml").write_text("name: a\n")
    assert rules(tmp_path) == {"passed-over": ["other/templates/ (1)"]}


def test_what_is_named_is_read_and_not_counted(tmp_path: Path) -> None:
    write(tmp_path, "", "node_modules/pack", "docs")
    (tmp_path / ".git").mkdir()
    assert rules(tmp_path) == {"passed-over": ["node_modules/ (3)", "docs/ (1)"]}
    assert rules(tmp_path, str(tmp_path / "deploy")) == {}
    assert rules(tmp_path, str(tmp_path / "docs")) == {"passed-over": ["docs/ (1)"]}
    assert rules(tmp_path, str(tmp_path / "main.tf")) == {}
    assert rules(tmp_path, str(tmp_path / "node_modules")).get("passed-over") == [
        "node_modules/ (1)"
    ]
    assert rules(tmp_path, "--affected", str(tmp_path / "main.tf")) == {}


def test_what_the_configuration_leaves_out_is_counted(tmp_path: Path) -> None:
    write(tmp_path, "", "old", "old/node_modules/pack", "older")
    (tmp_path / "sovlint.yaml").write_text(
        'exclude: ["old/**", "older/", "deploy/*.yaml", "app.js"]\n'
    )
    assert rules(tmp_path) == {
        "excluded": ["old/ (3)", "older/ (3)", "deploy/claim.yaml (1)"]
    }


def test_what_is_only_ignored_is_told_by_no_file_that_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, "", "build")
    git(tmp_path, "init", "--quiet")
    (tmp_path / ".gitignore").write_text("*.js\nclaim.yaml\n")
    git(tmp_path, "add", "--force", "app.js", "deploy/claim.yaml")
    assert rules(tmp_path)["ignored-though-tracked"] == ["deploy/claim.yaml"]


def test_names_are_looked_at_no_further_than_a_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passed_over, "MOST_NAMES", 10)
    write(tmp_path, "")
    for number in range(50):
        (tmp_path / f"node_modules/{number}").mkdir(parents=True)
        (tmp_path / f"node_modules/{number}/main.tf").write_text(BUCKET)
    assert rules(tmp_path) == {"passed-over": ["node_modules/ (10)"]}


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            (
                "Passed over: node_modules/ (3).",
                "left out by `exclude`, with the files of names that would be read: deploy/ (1)",
            ),
        ),
        (
            "fr",
            (
                "Laissés de côté : node_modules/ (3).",
                "laissé de côté par `exclude`, avec le nombre de fichiers dont le nom serait lu : deploy/ (1)",
            ),
        ),
    ],
)
@pytest.mark.parametrize(
    "form", ["text", "concise", "github", "markdown", "gitlab-sast", "junit"]
)
def test_it_is_said(
    tmp_path: Path, language: str, sentences: tuple[str, ...], form: str
) -> None:
    write(tmp_path, "", "node_modules")
    (tmp_path / "sovlint.yaml").write_text("exclude: [deploy]\n")
    result = CliRunner().invoke(
        main, ["scan", str(tmp_path), "--lang", language, "--format", form]
    )
    said = " ".join(result.stdout.replace("\\", "").replace("\u202f", " ").split())
    assert [
        sentence for sentence in sentences if sentence not in said.replace("\u00a0", " ")
    ] == []
