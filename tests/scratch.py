"""Git repositories to try things in, without the configuration of whoever runs the tests, and without network."""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parent.parent
PROGRAMS = Path(sys.executable).parent
"""Where ``sovlint`` and ``pre-commit`` are installed: beside the Python that runs the tests."""

OTHERS = ("SOVLINT_", "GIT_", "GITHUB_", "CI_", "SYSTEM_", "PRE_COMMIT", "PIP_")
"""How variables begin that would change what is tried."""


def environment(home: Path, **more: str) -> dict[str, str]:
    """The variables of a machine on which nobody set anything up; ``home`` is the only place to leave things."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(OTHERS)}
    people = {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in {"NAME": "tests", "EMAIL": "tests@example.org"}.items()
    }
    own = {
        "PATH": f"{PROGRAMS}{os.pathsep}{kept.get('PATH', '')}",
        "HOME": str(home),
        "PRE_COMMIT_HOME": str(home / "pre-commit"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "LC_ALL": "C.UTF-8",
    }
    return {**kept, **people, **own, **more}


def run(
    *arguments: str | Path, cwd: Path, env: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """A program to its end; both streams are in ``stdout``, in the order of writing."""
    return subprocess.run(
        [*map(str, arguments)],
        cwd=cwd, env=env, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        check=False,
    )  # fmt: skip


def git(folder: Path, env: dict[str, str], *arguments: str) -> None:
    """Run git, which must succeed."""
    done = run("git", "-c", "init.defaultBranch=main", *arguments, cwd=folder, env=env)
    assert done.returncode == 0, done.stdout


def write(folder: Path, files: dict[str, str]) -> None:
    """Files by their paths in ``folder``."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def made_once(
    factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]
) -> Path:
    """A folder that all processes of a run share: the first that asks has it filled, and the others wait. Nobody writes in
    it later."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done = shared / name, shared / f"{name}.made"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


@cache
def alone(fixture: str) -> Path:
    """A copy of one of our fixtures, at the same path in a repository of its own: a scan of it where it stands reads all
    that is around it too, which takes ten times as long. It is there as long as the process, and nobody writes in it."""
    folder = Path(tempfile.mkdtemp(prefix="sovlint-fixture-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / ".git").mkdir()
    return Path(shutil.copytree(ROOT / "fixtures" / fixture, folder / "fixtures" / fixture))


def insurer(folder: Path, env: dict[str, str]) -> Path:
    """The repository of fixtures/mutuelle: on a branch with one commit more than ``origin/main``, which adds a root."""
    later = "infra/analyses"
    shutil.copytree(
        ROOT / "fixtures/mutuelle", folder, ignore=shutil.ignore_patterns("expected.yaml")
    )
    git(folder, env, "init", "--quiet")
    git(folder, env, "add", "--all", ":!" + later)
    git(folder, env, "commit", "--quiet", "--message=What was there")
    git(folder, env, "update-ref", "refs/remotes/origin/main", "HEAD")
    git(folder, env, "switch", "--quiet", "--create=analyses")
    git(folder, env, "add", "--all")
    git(folder, env, "commit", "--quiet", "--message=What is new")
    return folder


def with_history(folder: Path) -> list[str]:
    """Make a copy of a fixture a repository of its own; the options by which it is compared with what is in its folder
    ``before``, if it has one: that is its first commit."""
    before = folder / "before"
    if not before.is_dir():
        (folder / ".git").mkdir()
        return []
    env = environment(folder.parent)
    now = {each: each.read_bytes() for each in folder.iterdir() if each.is_file()}
    for each in now:
        each.unlink()
    for each in before.iterdir():
        each.rename(folder / each.name)
    before.rmdir()
    git(folder, env, "init", "--quiet")
    git(folder, env, "add", "--all")
    git(folder, env, "commit", "--quiet", "--message=What was there")
    for each in [each for each in folder.iterdir() if each.is_file()]:
        each.unlink()
    for path, data in now.items():
        path.write_bytes(data)
    return ["--diff-base", "HEAD"]
