"""Our own workflows: valid under the servers' schemas, clean for zizmor, pinned, and with no more rights than they use."""

from __future__ import annotations

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
