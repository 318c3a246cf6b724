"""An estate of files that nobody reads is no clean run: what declares infrastructure is named, with exit code 3."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sovlint.cli import main

PLAYBOOK = "- hosts: all\n  tasks: []\n"
ESTATE = {"ansible/site.yml": PLAYBOOK, "modules/web/manifests/init.pp": "class web {}\n"}
PROXY = "http: {services: {a: {loadBalancer: {servers: [{url: 'https://usegalaxy.github.io'}]}}}}\n"
PLACED = 'provider "aws" { region = "eu-west-3" }\nresource "aws_s3_bucket" "b" {}\n'
CONFIG = "data: {paths: {'ansible/**': health}}\n"
SENDING = "SENTRY_DSN=https://0123@o1.ingest.us.sentry.io/4\n"


def run(
    root: Path, files: Mapping[str, str], *arguments: str, command: str = "scan"
) -> Result:
    (root / ".git").mkdir(exist_ok=True)
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    given = (
        [command, *arguments]
        if "--affected" in arguments
        else [command, str(root), *arguments]
    )
    return CliRunner().invoke(main, [*given, "--as-of", "2026-11-24"])


@pytest.mark.parametrize(
    ("beside", "options", "code"),
    [
        ({}, (), 3),
        ({}, ("--assume", "health"), 3),
        ({}, ("--exit-zero", "--fail-on", "never"), 3),
        # A destination that is placed declares nothing; judged, it is a result.
        ({"traefik/dynamic.yml": PROXY}, (), 3),
        ({"traefik/dynamic.yml": PROXY}, ("--assume", "health"), 1),
        (
            {"env.d/api": SENDING, "sovlint.yaml": "data: {paths: {'env.d/**': health}}\n"},
            (),
            1,
        ),
        # What is declared and placed is a result, whatever else is unread.
        ({"main.tf": PLACED}, (), 0),
        # What isn't read is judged where somebody says what it carries.
        ({"sovlint.yaml": CONFIG}, (), 1),
        ({"sovlint.yaml": CONFIG}, ("--exit-zero",), 0),
        ({"sovlint.yaml": "exclude: [ansible, modules]\n", ".env": "A=b\n"}, (), 0),
    ],
)
def test_what_an_estate_that_nobody_reads_exits_with(
    tmp_path: Path, beside: dict[str, str], options: tuple[str, ...], code: int
) -> None:
    result = run(tmp_path, {**ESTATE, **beside}, *options)
    assert result.exit_code == code
    assert ("Exit code 3" in result.stderr) is (code == 3)


@pytest.mark.parametrize(
    "files",
    [
        {
            ".env": "A=b\n",
            "Vagrantfile": "",
            ".travis.yml": "script: make\n",
        },  # of developers, of CI
        {
            ".env": "A=b\n",
            "tests/ansible/site.yml": PLAYBOOK,
            "vendor/Pulumi.yaml": "name: a\n",
        },
        {".env": "A=b\n", "src/app.py": "print(1)\n", "chart.yaml.j2": "a: {{ b }}\n"},
    ],
)
def test_what_declares_no_infrastructure_here_is_clean(
    tmp_path: Path, files: dict[str, str]
) -> None:
    assert run(tmp_path, files).exit_code == 0


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "sovlint doesn't read (Ansible: 1, Puppet: 1)"),
        ("fr", "sovlint ne lit pas (Ansible : 1, Puppet : 1)"),
    ],
)
def test_it_names_what_it_is_and_the_report_is_written(
    tmp_path: Path, language: str, words: str
) -> None:
    result = run(tmp_path, ESTATE, "--lang", language, "-f", "json")
    assert words in result.stderr
    report: dict[str, Any] = json.loads(result.stdout)
    assert report["coverage"]["unread_alone"] == ["ansible", "puppet"]
    assert run(tmp_path, ESTATE, "--quiet").stderr == ""


def test_a_hook_says_it_in_a_line_and_passes(tmp_path: Path) -> None:
    run(tmp_path, ESTATE)
    result = run(tmp_path, {}, "--affected", str(tmp_path / "ansible/site.yml"))
    assert result.exit_code == 0
    assert result.stderr.count("\n") == 1
    assert "Ansible: 1" in result.stderr
    (tmp_path / "notes.txt").write_text("")
    assert run(tmp_path, {}, "--affected", str(tmp_path / "notes.txt")).stderr == ""


def test_facts_of_nothing_but_such_files_are_no_facts(tmp_path: Path) -> None:
    assert run(tmp_path, {**ESTATE, ".env": "A=b\n"}, command="facts").exit_code == 3
    told = run(tmp_path, {"traefik/dynamic.yml": PROXY}, command="facts")
    assert told.exit_code == 0
    assert "Exit code 3" not in told.stderr
