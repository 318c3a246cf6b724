"""Our own workflows: valid under the servers' schemas, clean for zizmor, pinned, and with no more rights than they use."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import ci_schemas, scratch
from tests.ci_schemas import GITLAB, WORKFLOW
from tests.scratch import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
GITLAB_FILE = ROOT / ".gitlab-ci.yml"
PINNED = re.compile(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]


def data(path: Path, schema: str = WORKFLOW) -> Any:
    (document,) = ci_schemas.read(path.read_text(encoding="utf-8"), schema)
    return document


def jobs() -> Iterator[tuple[str, Any]]:
    """Every job of our workflows, by the name of its file and its own."""
    for path in WORKFLOWS:
        for name, job in data(path)["jobs"].items():
            yield f"{path.name} {name}", job


def steps(job: Any, action: str) -> list[Any]:
    """The steps of a job that use an action."""
    return [each for each in job.get("steps", ()) if each.get("uses", "").startswith(action)]


def test_zizmor_finds_nothing(tmp_path: Path) -> None:
    done = scratch.run(
        "zizmor", "--offline", "--no-progress", "--quiet", "--persona", "pedantic",
        *WORKFLOWS, ROOT / "action.yml", cwd=ROOT, env=scratch.environment(tmp_path),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "suppressed" not in done.stdout


def test_zizmor_would_tell(tmp_path: Path) -> None:
    text = (ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8")
    loose = re.sub(r"@[0-9a-f]{40} # (v\d+)\S*", r"@\1", text)
    scratch.write(tmp_path, {".github/workflows/release.yml": loose})
    done = scratch.run(
        "zizmor", "--offline", "--no-progress", "--quiet", ".",
        cwd=tmp_path, env=scratch.environment(tmp_path),
    )  # fmt: skip
    assert done.returncode > 0
    assert "unpinned-uses" in done.stdout


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_github_takes_them(path: Path) -> None:
    assert ci_schemas.problems_of(path.read_text(encoding="utf-8"), WORKFLOW) == []


def test_gitlab_takes_its_own() -> None:
    assert ci_schemas.problems_of(GITLAB_FILE.read_text(encoding="utf-8"), GITLAB) == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_and_says_which_version_it_is(path: Path) -> None:
    used = [
        line.strip().removeprefix("- ")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "uses: " in line and "uses: $/" not in line
    ]
    assert used
    assert [each for each in used if not PINNED.fullmatch(each)] == []


def test_one_action_has_one_version() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in WORKFLOWS)
    pins = set(re.findall(r"uses: ([\w./-]+)@(\w{40})", text))
    assert len({name for name, _ in pins}) == len(pins)


def test_the_image_of_gitlab_is_pinned() -> None:
    image = data(GITLAB_FILE, GITLAB)["default"]["image"]
    assert re.fullmatch(r"python:[\w.-]+@sha256:[0-9a-f]{64}", image)


def test_all_systems_and_versions_are_tried() -> None:
    matrix = data(ROOT / ".github/workflows/ci.yml")["jobs"]["test"]["strategy"]["matrix"]
    assert matrix["python"] == PYTHONS
    assert [each.partition("-")[0] for each in matrix["system"]] == [
        "ubuntu",
        "windows",
        "macos",
    ]
    (gitlab,) = data(GITLAB_FILE, GITLAB)["test"]["parallel"]["matrix"]
    assert gitlab["PYTHON_VERSION"] == PYTHONS


def test_rights_are_given_job_by_job() -> None:
    for path in WORKFLOWS:
        assert data(path)["permissions"] == {}, path.name
    for name, job in jobs():
        written = {right for right, how in job["permissions"].items() if how == "write"}
        checked_out = bool(steps(job, "actions/checkout@"))
        assert not (written and checked_out), f"{name} may write, and runs our code"
        for step in steps(job, "actions/checkout@"):
            assert step["with"]["persist-credentials"] is False, name


def test_a_release_is_published_by_who_it_is_and_no_password() -> None:
    text = (ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8")
    assert "secrets." not in text
    job = data(ROOT / ".github/workflows/release.yml")["jobs"]["publish"]
    (step,) = steps(job, "pypa/gh-action-pypi-publish@")
    assert (job["permissions"], set(step["with"])) == (
        {"id-token": "write"},
        {"packages-dir"},
    )
    gitlab = data(GITLAB_FILE, GITLAB)
    assert list(gitlab["publish"]["id_tokens"]) == ["PYPI_ID_TOKEN"]
    assert "id_tokens" not in gitlab["build"]


def test_only_what_was_built_is_signed_and_published() -> None:
    found = data(ROOT / ".github/workflows/release.yml")["jobs"]
    needs = {name: job.get("needs") for name, job in found.items()}
    assert needs == {
        "test": None,
        "build": "test",
        "sign": "build",
        "publish": "sign",
        "announce": "publish",
    }


BASH = ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c")
FILES = ("sovlint-1.2.3-py3-none-any.whl", "sovlint-1.2.3.tar.gz", "sovlint-1.2.3.cdx.json")
RECORDER = """#!/bin/sh
# Stands in for what speaks to a server: writes down what it is asked, a call a line.
printf '%s ' "$(basename "$0")" "$@" >> "$LOG"; echo >> "$LOG"
"""


@pytest.fixture
def handed_on(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A folder with the files of a release, and an environment in which nothing speaks to a server."""
    folder = tmp_path / "job"
    scratch.write(folder, {f"dist/{name}": name for name in (*FILES, "RELEASE-NOTES.md")})
    listed = scratch.run("sha256sum", *FILES, "RELEASE-NOTES.md", cwd=folder / "dist", env={**os.environ})  # fmt: skip
    scratch.write(folder, {"dist/SHA256SUMS": listed.stdout})
    for name in ("gh", "curl"):
        scratch.write(tmp_path, {f"bin/{name}": RECORDER})
        (tmp_path / "bin" / name).chmod(0o755)
    env = scratch.environment(
        tmp_path, LOG=str(tmp_path / "log"), TAG="v1.2.3", CI_COMMIT_TAG="v1.2.3", CI_JOB_TOKEN="token",
        CI_PROJECT_ID="7", CI_API_V4_URL="https://gitlab.example/api/v4",
    )  # fmt: skip
    env["PATH"] = f"{tmp_path / 'bin'}{os.pathsep}{env['PATH']}"
    return folder, env


def asked(env: dict[str, str]) -> list[str]:
    return Path(env["LOG"]).read_text(encoding="utf-8").splitlines()


@pytest.mark.program
def test_wheel_and_sdist_alone_go_to_the_index(
    handed_on: tuple[Path, dict[str, str]],
) -> None:
    folder, env = handed_on
    job = data(ROOT / ".github/workflows/release.yml")["jobs"]["publish"]
    (script,) = (each["run"] for each in job["steps"] if "run" in each)
    done = scratch.run(*BASH, script, cwd=folder, env=env)
    assert done.returncode == 0, done.stdout
    assert {each.name for each in (folder / "packages").iterdir()} == set(FILES[:2])


@pytest.mark.program
def test_what_was_changed_on_the_way_is_not_published(
    handed_on: tuple[Path, dict[str, str]],
) -> None:
    folder, env = handed_on
    (folder / "dist" / FILES[0]).write_text("another")
    job = data(ROOT / ".github/workflows/release.yml")["jobs"]["publish"]
    (script,) = (each["run"] for each in job["steps"] if "run" in each)
    assert scratch.run(*BASH, script, cwd=folder, env=env).returncode == 1
    assert not (folder / "packages").exists()


@pytest.mark.program
def test_the_release_has_all_files(handed_on: tuple[Path, dict[str, str]]) -> None:
    folder, env = handed_on
    job = data(ROOT / ".github/workflows/release.yml")["jobs"]["announce"]
    (script,) = (each["run"] for each in job["steps"] if "run" in each)
    assert scratch.run(*BASH, script, cwd=folder, env=env).returncode == 0
    (call,) = asked(env)
    assert call.startswith("gh release create v1.2.3 --verify-tag ")
    assert all(f"dist/{name}" in call for name in (*FILES, "SHA256SUMS"))


@pytest.mark.program
def test_gitlabs_release_has_all_files(handed_on: tuple[Path, dict[str, str]]) -> None:
    folder, env = handed_on
    script = "\n".join(data(GITLAB_FILE, GITLAB)["announce"]["script"])
    assert scratch.run(*BASH, script, cwd=folder, env=env).returncode == 0
    *uploads, release = asked(env)
    at = "https://gitlab.example/api/v4/projects/7"
    assert {each.split()[-1] for each in uploads} == {
        f"{at}/packages/generic/sovlint/1.2.3/{path.name}"
        for path in (folder / "dist").iterdir()
    }
    assert release.split()[-1] == f"{at}/releases"
    assert "description@dist/RELEASE-NOTES.md" in release
