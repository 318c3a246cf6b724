"""Patterns of a ``.gitignore`` are asked fast, and say what pathspec says."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from sovlint.files.gitignore import Patterns

SEGMENTS = st.sampled_from(
    ["a", "b", "build", "a.log", "keep.log", ".env", "x y", "[a]", "a\nb"]
)
PATHS = st.builds(
    lambda parts, folder: "/".join(parts) + "/" * folder,
    st.lists(SEGMENTS, min_size=1, max_size=4),
    st.booleans(),
)
LINES = st.lists(
    st.sampled_from([
        "a", "b/", "/build", "/build/", "*.log", "!keep.log", "a/b", "a/**/b", "**/build/", "**", "*", "!a/", "a*",
        "[a/]b", ".env*", "!*/", "build/*", "[ab]", "[!x]b", "x[.-0]y", "# a", "", "\\!a", "x\\ y", "?", "/*", "!/a",
    ]),
    max_size=5,
)  # fmt: skip


@given(LINES, st.lists(PATHS, min_size=1, max_size=6))
@example(["a", "!a/b"], ["a/", "a/b", "a/c"])
@example(["a[!x]b"], ["a/b"])
def test_they_say_what_pathspec_says(lines: list[str], paths: list[str]) -> None:
    patterns, spec = Patterns(lines), GitIgnoreSpec.from_lines(lines)
    assert [patterns.include(path) for path in paths] == [
        spec.check_file(path).include for path in paths
    ]


@pytest.mark.parametrize(
    ("path", "ignored"),
    [
        ("src/a.py", None),
        ("src/a.log", True),
        ("src/keep.log", False),
        ("build/a.py", True),
        ("src/build/a.py", None),
    ],
)
def test_an_example(path: str, ignored: bool | None) -> None:
    assert Patterns(["*.log", "!keep.log", "/build/"]).include(path) is ignored


def test_most_paths_are_told_without_asking_pathspec(monkeypatch: pytest.MonkeyPatch) -> None:
    patterns = Patterns(["*.log", "dist", "/build/", "docs/**/made"])
    asked: list[str] = []
    check = GitIgnoreSpec.check_file
    monkeypatch.setattr(
        GitIgnoreSpec,
        "check_file",
        lambda self, path: (asked.append(path), check(self, path))[1],
    )
    found = [patterns.include(f"src/deep/file-{at}.py") for at in range(3)]
    assert (found, patterns.include("src/deep/a.log"), asked) == (
        [None] * 3,
        True,
        ["src/deep/", "src/deep/a.log"],
    )


def test_a_line_longer_than_any_path_ignores_nothing() -> None:
    found = Patterns(["?" * 20_000, "a", "*" * 100_000])
    assert found.include("a") is True
    assert found.include("b") is None


def test_patterns_that_are_large_together_hold() -> None:
    found = Patterns([*("?" * 4_000 + str(number) for number in range(9)), "a"])
    assert found.include("a") is True
    assert found.include("b") is None
