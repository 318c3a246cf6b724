"""Small repositories scanned from end to end, for the tests of this room."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from sovlint.cli import main
from tests.git_house import git

AS_OF = "2026-11-25"
PROVIDER = """\
provider "aws" {
  region = "eu-west-3"
}
"""
BUCKET = """\
resource "aws_s3_bucket" "%s" {
  bucket = "%s"
  tags   = { data_class = "health" }
}
"""
CONTROL, QUALIFIED, EEA = (
    "health-data-under-eu-control",
    "health-data-on-qualified-service",
    "health-data-in-eea",
)
"""A bucket in Paris offends the first two; one elsewhere the third as well."""
WITHOUT_HDS = Path(__file__).parent / "without-hds.yaml"

Json = dict[str, Any]


def bucket(name: str) -> str:
    """A bucket with health data."""
    return BUCKET % (name, name)


def repository(folder: Path, files: dict[str, str]) -> Path:
    """A folder that is taken for a git root, with these files."""
    (folder / ".git").mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def run(*arguments: str | Path, configured: bool = False) -> Result:
    """``sovlint scan`` with these arguments, by a set without HDS unless one is named, or ``configured``."""
    usual = [
        "scan",
        "--as-of",
        AS_OF,
        *([] if configured else ["--policy-set", str(WITHOUT_HDS)]),
    ]
    return CliRunner().invoke(main, [*usual, *map(str, arguments)], catch_exceptions=False)


def scan(folder: Path, *arguments: str | Path, configured: bool = False) -> Json:
    """The JSON report of a repository, with the exit code under ``code``."""
    result = run(folder, "--format", "json", *arguments, configured=configured)
    assert result.stdout.startswith("{"), result.output
    return {**json.loads(result.stdout), "code": result.exit_code}


def counting(report: Json) -> set[tuple[str, str]]:
    """Policy and address of every finding that isn't suppressed."""
    return {
        (each["policy"], each["address"])
        for each in report["findings"]
        if each["suppressed"] is None
    }


def policies(report: Json) -> set[str]:
    """The policies with a finding that isn't suppressed."""
    return {policy for policy, _ in counting(report)}


def suppressed(report: Json) -> set[tuple[str, str, str]]:
    """Kind, policy and address of every finding that is."""
    return {
        (each["suppressed"]["kind"], each["policy"], each["address"])
        for each in report["findings"]
        if each["suppressed"] is not None
    }


def states(report: Json) -> list[tuple[str, str, str]]:
    """Kind, state and policy of every exception."""
    return [
        (each["kind"], each["state"], *each["policies"][:1]) for each in report["exceptions"]
    ]


def committed(folder: Path, files: dict[str, str], message: str = "change") -> str:
    """A commit of these files (``""`` removes one) in a real repository, made where there is none; its id."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch", "main")
    for path, text in files.items():
        file = folder / path
        if text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        else:
            file.unlink()
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)
    return git(folder, "rev-parse", "HEAD")
