"""Terminals and streams that aren't what one would wish for: narrow, closed, full, of another encoding or locale."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FULL = Path("/dev/full")
BUCKET = (
    'provider "aws" {\n  region = "us-east-1"\n}\n'
    'resource "aws_s3_bucket" "a" {\n  bucket = "été"\n  tags = { data-classification = "health" }\n}\n'
)


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("LC_", "LANG", "PYTHON"))
    }
    command = [sys.executable, "-m", "sovlint", *arguments]
    return subprocess.run(
        command, capture_output=True, env={**kept, **environment}, cwd=ROOT, check=False
    )


@pytest.fixture
def bucket(tmp_path: Path) -> str:
    (tmp_path / "été.tf").write_text(BUCKET, encoding="utf-8")
    return str(tmp_path)


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ({"LANG": "xx_YY.UTF-8"}, "Données de santé"),
        ({"LC_ALL": "xx_YY.UTF-8"}, "Données de santé"),
        ({"LC_ALL": "C"}, "Données de santé"),
        ({"PYTHONIOENCODING": "ascii"}, "Donnees de sante"),
        ({"PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "LC_ALL": "C"}, "Donnees de sante"),
    ],
)
def test_french_can_be_read_in_any_locale(
    bucket: str, locale: dict[str, str], text: str
) -> None:
    ran = run("scan", bucket, "--no-config", "--lang", "fr", **locale)
    assert (ran.returncode, ran.stderr) == (1, b"")
    assert text in ran.stdout.decode()
    helped = run("scan", "--help", "--lang", "fr", **locale).stdout.decode()
    assert ("dépôt" if "é" in text else "depot") in helped


@pytest.mark.parametrize(
    "command", [["scan", "-f", "json"], ["scan", "-f", "sarif"], ["facts", "-f", "json"]]
)
def test_what_programs_read_is_the_same_in_any_locale(
    bucket: str, command: list[str]
) -> None:
    given = [*command, bucket, "--no-config", "--as-of", "2026-11-24"]
    plain, odd = run(*given, LC_ALL="C.UTF-8"), run(*given, PYTHONIOENCODING="ascii")
    assert odd.stdout == plain.stdout
    said = json.dumps(json.loads(odd.stdout), ensure_ascii=False)
    assert "été.tf" in said or "%C3%A9t%C3%A9.tf" in said


@pytest.mark.parametrize(
    "command", [["scan", "-h"], ["provider"], ["completion", "bash"], ["--help"], ["schema"]]
)
def test_a_reader_that_goes_away_is_no_error(command: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        ran = subprocess.run(
            [sys.executable, "-m", "sovlint", *command],
            stdout=write, stderr=subprocess.PIPE, cwd=ROOT, check=False,
        )  # fmt: skip
    finally:
        os.close(write)
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_a_scan_says_by_its_exit_code_what_nobody_reads(bucket: str) -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "sovlint", "scan", bucket, "--no-config"]
    try:
        ran = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(write)
    assert (ran.returncode, ran.stderr) == (1, b"")


@pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full here")
class TestFull:
    """A disk without room."""

    @pytest.mark.parametrize(
        ("language", "said", "way"),
        [
            (
                "en",
                "/dev/full can't be written: No space left on device.",
                "Make room on the disk",
            ),
            (
                "fr",
                "Impossible d'écrire /dev/full : il n'y a plus de place sur le disque.",
                "Libérez de la place",
            ),
        ],
    )
    def test_a_report(self, bucket: str, language: str, said: str, way: str) -> None:
        ran = run(
            "scan",
            bucket,
            "--no-config",
            "-o",
            str(FULL),
            "--lang",
            language,
            LC_ALL="C.UTF-8",
        )
        assert ran.returncode == 2
        assert said in ran.stderr.decode()
        assert way in ran.stderr.decode()

    @pytest.mark.parametrize("command", [["scan", "tests/test_cli.py"], ["scan", "--help"]])
    def test_stdout(self, command: list[str]) -> None:
        with FULL.open("wb") as full:
            ran = subprocess.run(
                [sys.executable, "-m", "sovlint", *command],
                stdout=full, stderr=subprocess.PIPE, cwd=ROOT, check=False,
            )  # fmt: skip
        assert ran.returncode == 2
        assert b"No space left on device." in ran.stderr
        assert b"Traceback" not in ran.stderr

    def test_an_error_that_nobody_can_be_told_is_still_an_error(self) -> None:
        with FULL.open("wb") as full:
            ran = subprocess.run(
                [sys.executable, "-m", "sovlint", "scan", "nowhere"],
                stdout=subprocess.PIPE, stderr=full, cwd=ROOT, check=False,
            )  # fmt: skip
        assert (ran.returncode, ran.stdout) == (2, b"")


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("none/report.txt", "Make the folder `{folder}/none` first"),
        ("", "Name a file, not a folder."),
        ("été.tf/report.txt", "Name a file, not a folder."),
    ],
)
def test_a_report_that_cannot_be_written_says_what_to_do(
    bucket: str, name: str, way: str
) -> None:
    ran = run("scan", bucket, "--no-config", "-o", f"{bucket}/{name}", LC_ALL="C.UTF-8")
    assert ran.returncode == 2
    assert way.format(folder=bucket) in ran.stderr.decode()


def test_a_folder_where_nobody_may_write(bucket: str) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    Path(bucket).chmod(0o555)
    ran = run("scan", bucket, "--no-config", "-o", f"{bucket}/report.txt", LC_ALL="C.UTF-8")
    Path(bucket).chmod(0o755)
    assert ran.returncode == 2
    assert b"Name a file in a folder that you may write to." in ran.stderr


@pytest.mark.parametrize("language", ["en", "fr"])
def test_forty_columns_without_colour(bucket: str, language: str) -> None:
    ran = run(
        "scan",
        bucket,
        "--no-config",
        "--lang",
        language,
        COLUMNS="40",
        NO_COLOR="1",
        LC_ALL="C.UTF-8",
    )
    said = ran.stdout.decode()
    assert "\x1b" not in said
    prose = [
        line
        for line in said.splitlines()
        if line.startswith((" ", "e"))
        and "/" not in line
        and "|" not in line
        and "health-data-" not in line
    ]  # what has a long id is as long as that
    assert [line for line in prose if len(line) > 40 and " " in line[4:].strip()[:36]] == []
