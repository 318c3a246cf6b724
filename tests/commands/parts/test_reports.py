"""Several reports of one run: pairing ``-f`` with ``-o``, and writing all that can be written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sovlint.cli import main
from tests.exceptions.house import PROVIDER, bucket, repository


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A repository with findings."""
    return repository(tmp_path / "r", {"main.tf": PROVIDER + bucket("a")})


def scan(repo: Path, *arguments: str, **environment: str) -> Result:
    """``sovlint scan`` of the repository."""
    return CliRunner().invoke(
        main, ["scan", str(repo), *arguments], env=environment, catch_exceptions=False
    )


def kind(text: str) -> str:
    """Which format a report is in."""
    return (
        "json"
        if text.startswith("{")
        else "text"
        if "compliant means supported by evidence" in text
        else f"neither: {text[:80]}"
    )


@pytest.mark.parametrize(
    ("arguments", "stdout", "files"),
    [
        ("", "text", {}),
        ("-f json", "json", {}),
        ("-o A", "", {"A": "text"}),
        ("-f json -o A", "", {"A": "json"}),
        ("-o A -f json", "", {"A": "json"}),
        ("-f json -o A -f text", "text", {"A": "json"}),
        ("-f text -f json -o A", "text", {"A": "json"}),
        ("-f json -o A -f text -o B", "", {"A": "json", "B": "text"}),
        ("-o A -f json -f text", "text", {"A": "json"}),
        ("-f json -o -", "json", {}),
        ("-f text -o A -f json -o -", "json", {"A": "text"}),
        ("--format=json --output=A --format=text", "text", {"A": "json"}),
        ("-fjson -oA -ftext", "text", {"A": "json"}),
    ],
)
def test_an_output_belongs_to_the_format_before_it(
    repo: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: str,
    stdout: str,
    files: dict[str, str],
) -> None:
    monkeypatch.chdir(tmp_path)
    result = scan(repo, *arguments.split())
    assert result.exit_code == 1, result.output
    assert kind(result.stdout) == stdout if stdout else result.stdout == ""
    assert {
        path.name: kind(path.read_text("utf-8"))
        for path in tmp_path.iterdir()
        if path.is_file()
    } == files


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("-f json -f text", "Two reports can't both go to standard output"),
        ("-f json -o A -f text -o A", "Two reports can't both go to `A`"),
        ("-f json -o A -f text -o r/../A", "Two reports can't both go to `A`"),
        ("-f json -o A -o B", "One report can't go to two files"),
        ("-o A -o B -f json", "One report can't go to two files"),
    ],
)
def test_what_contradicts_itself(
    repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: str, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = scan(repo, *arguments.split())
    assert (result.exit_code, " ".join(result.stderr.split()).find(says) > 0) == (2, True)
    assert not (tmp_path / "A").exists()


@pytest.mark.parametrize(
    ("variables", "arguments", "stdout", "files"),
    [
        ({"SOVLINT_FORMAT": "json"}, "", "json", []),
        ({"SOVLINT_FORMAT": "json text", "SOVLINT_OUTPUT": "A"}, "", "text", ["A"]),
        ({"SOVLINT_OUTPUT": "A"}, "-f json", "", ["A"]),
        ({"SOVLINT_FORMAT": "json"}, "-o A", "", ["A"]),
    ],
)
def test_variables(
    repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str], arguments: str, stdout: str, files: list[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    result = scan(repo, *arguments.split(), **variables)
    assert (result.exit_code, kind(result.stdout) if result.stdout else "") == (1, stdout), (
        result.output
    )
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == files
    assert all(kind((tmp_path / name).read_text("utf-8")) == "json" for name in files)


def test_one_that_cannot_be_written_stops_no_other(repo: Path, tmp_path: Path) -> None:
    good = tmp_path / "good.json"
    result = scan(
        repo, "-f", "text", "-o", str(tmp_path / "no" / "x"), "-f", "json", "-o", str(good)
    )
    assert result.exit_code == 2
    assert "can't be written" in result.stderr
    assert json.loads(good.read_text("utf-8"))["summary"]["violation"] == 2


def test_the_text_still_reaches_a_terminal_where_a_file_cannot_be_written(
    repo: Path, tmp_path: Path
) -> None:
    result = scan(repo, "-f", "json", "-o", str(tmp_path / "no" / "x"), "-f", "text")
    assert (result.exit_code, kind(result.stdout)) == (2, "text")
