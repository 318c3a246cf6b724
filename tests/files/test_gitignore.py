"""Patterns of a ``.gitignore`` are asked fast, and say what git says."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sovlint.files import gitignore
from sovlint.files.gitignore import Patterns

LINES = st.lists(
    st.sampled_from([
        "a", "b/", "/build", "/build/", "*.log", "!keep.log", "a/b", "a/**/b", "**/build/", "**", "*", "!a/", "a*",
        "[a/]b", ".env*", "!*/", "build/*", "[ab]", "[!x]b", "x[.-0]y", "# a", "", "\\!a", "x\\ y", "?", "/*", "!/a",
        "a/**", "!**", "!b",
    ]),
    max_size=5,
)  # fmt: skip
FOLDERS = [
    "a",
    "b",
    "build",
    "x y",
    "[a]",
    "a/b",
    "a/build",
    "b/a",
    "build/a",
    "a/b/build",
    "x y/a",
]
FILES = ["a.log", "keep.log", ".env", "x.y"]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folders and files of many names."""
    root = tmp_path_factory.mktemp("repository")
    subprocess.run(["git", "init", "--quiet", root], check=True)
    for folder in ["", *FOLDERS]:
        (root / folder).mkdir(parents=True, exist_ok=True)
        for name in FILES:
            (root / folder / name).touch()
    return root


def _by_git(root: Path, lines: list[str], paths: list[str]) -> set[str]:
    """The paths that git ignores."""
    (root / ".gitignore").write_text("\n".join(lines), encoding="utf-8")
    asked = "\0".join(path.rstrip("/") for path in paths).encode()
    told = subprocess.run(
        ["git", "-C", root, "check-ignore", "--no-index", "-z", "--stdin"],
        input=asked, capture_output=True, check=False,
    )  # fmt: skip
    ignored = set(told.stdout.decode().split("\0"))
    return {path for path in paths if path.rstrip("/") in ignored}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(LINES)
@example(["a", "!a/b"])
@example(["a[!x]b"])
@example(["**", "a", "!*/"])
@example(["*", "!*/", "!*.log"])
@example(["a/**", "!a/keep.log"])
def test_they_say_what_git_says(repository: Path, lines: list[str]) -> None:
    paths = [
        *(f"{folder}/" for folder in FOLDERS),
        *(f"{folder}/{name}".lstrip("/") for folder in ["", *FOLDERS] for name in FILES),
    ]
    patterns = Patterns(lines)
    ours = {path for path in paths if patterns.ignores(path)}
    assert ours == _by_git(repository, lines, paths)


@pytest.mark.parametrize(
    ("path", "ignored"),
    [
        ("src/a.py", None),
        ("src/a.log", True),
        ("src/keep.log", False),
        ("build/", True),
        ("build/a.py", None),  # the folder says it
        ("src/build/a.py", None),
    ],
)
def test_an_example(path: str, ignored: bool | None) -> None:
    assert Patterns(["*.log", "!keep.log", "/build/"]).include(path) is ignored


def test_most_paths_are_told_without_trying_each_pattern(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    patterns = Patterns(["*.log", "dist", "/build/", "docs/**/made"])
    tried: list[str] = []
    is_about = gitignore._is_about

    def counted(expression: re.Pattern[str], path: str) -> bool:
        tried.append(path)
        return is_about(expression, path)

    monkeypatch.setattr(gitignore, "_is_about", counted)
    found = [patterns.include(f"src/deep/file-{at}.py") for at in range(3)]
    assert (found, tried) == ([None] * 3, [])
    assert patterns.include("src/deep/a.log") is True
    assert set(tried) == {"src/deep/a.log"}


def test_a_line_longer_than_any_path_ignores_nothing() -> None:
    found = Patterns(["?" * 20_000, "a", "*" * 100_000])
    assert found.include("a") is True
    assert found.include("b") is None


def test_patterns_that_are_large_together_hold() -> None:
    found = Patterns([*("?" * 4_000 + str(number) for number in range(9)), "a"])
    assert found.include("a") is True
    assert found.include("b") is None
