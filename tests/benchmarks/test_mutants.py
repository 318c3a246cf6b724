"""Small faults: which there are, which are drawn, and that it is they that the tests of a room run."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.mutants import drawn, faulty, mutants, room
from tests.git_house import git
from tests.scratch import write

HOUSE = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a < b", {"a <= b", "a >= b"}),
        ("a is not b", {"a is b"}),
        ("a in b", {"a not in b"}),
        ("a and b and c", {"a or b or c", "b and c", "a and c", "a and b"}),
        ("a or b", {"a and b", "b", "a"}),
        ("not a", {"a"}),
        ("a + b", {"a - b"}),
        ("True", {"False"}),
        ("3", {"4"}),
        ("'x'", {"''"}),
        ("''", {"'other'"}),
        ("all", {"any"}),
        ("f(a, b=c, d=e)", {"f(a, d=e)", "f(a, b=c)"}),
        ("None", set()),
        ("a", set()),
    ],
)
def test_faults_of_an_expression(text: str, expected: set[str]) -> None:
    assert {
        ast.unparse(each) for each in faulty(ast.parse(text, mode="eval").body)
    } == expected


MODULE = '''\
"""What it is."""
class C(Struct, frozen=True):
    """One."""
    a: Literal["x"] = "y"
def f(a: int) -> None:
    assert a > 1
    if a:
        a.b = 1
        g(a)
        return None
    while True:
        continue
'''


def lines_of(text: str) -> list[tuple[int, list[str]]]:
    """By line, what each mutant of a text has that the text hasn't."""
    plain = set(ast.unparse(ast.parse(text)).splitlines())
    return [
        (one.line, [each.strip() for each in one.text().splitlines() if each not in plain])
        for one in sorted(mutants("a.py", text, range(99)), key=lambda one: one.line)
    ]


def test_what_does_not_run_has_no_faults() -> None:
    assert sorted(lines_of(MODULE)) == [
        (4, ["a: Literal['x'] = ''"]),
        (7, ["if not a:"]),
        (8, ["a.b = 2"]),
        (8, ["pass"]),
        (9, ["pass"]),
        (11, ["while False:"]),
        (12, ["break"]),
    ]


def test_each_line_has_one_before_any_has_two_and_a_seed_draws_the_same() -> None:
    found = list(mutants("a.py", "a < b\nc < d\ne < f\n", {1, 2, 3}))
    assert len(found) == 9  # of each line two comparisons, and that it goes
    assert [one.line for one in drawn(found, 7, 3)] == [1, 2, 3]
    assert [one.line for one in drawn(found, 7, 5)].count(1) < 3
    assert drawn(found, 7, 4) == drawn(found, 7, 4)
    assert len({tuple(one.text() for one in drawn(found, seed, 3)) for seed in range(9)}) > 1


def test_a_room_is_the_nearest_folder_that_mirrors_or_the_file_named_like_the_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"tests/a/b/test_x.py": "", "tests/test_top.py": ""})
    monkeypatch.chdir(tmp_path)
    assert room("sovlint/a/b/c/d.py") == "tests/a/b"
    assert room("sovlint/a/b/d.py") == "tests/a/b"
    assert room("sovlint/a/d.py") == "tests/a"
    assert room("sovlint/top.py") == "tests/test_top.py"
    assert room("sovlint/z/d.py") == ""


BEFORE = 'def size(n: int) -> str:\n    return "large"\n'
AFTER = (
    'def size(n: int) -> str:\n    if n < 3:\n        return "small"\n    return "large"\n'
)
TEST = 'from sovlint.a.b import size\ndef test() -> None:\n    assert (size(2), size(%d)) == ("small", "large")\n'


def commit(house: Path) -> None:
    git(house, "add", "-A")
    git(house, "commit", "-q", "-m", "one")


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A change of two lines, of which a test tries the one side of a bound."""
    packages = {"sovlint/__init__.py": "", "sovlint/a/__init__.py": ""}
    write(tmp_path, {**packages, "sovlint/a/b.py": BEFORE, "tests/a/test_b.py": TEST % 9})
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path)
    write(tmp_path, {"sovlint/a/b.py": AFTER})
    return tmp_path


def tried(house: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.mutants", "--count", "99", *arguments],
        cwd=house, env={"PYTHONPATH": f"{HOUSE}", "PATH": "/usr/bin:/bin"}, capture_output=True, text=True,
    )  # fmt: skip


@pytest.mark.slow
def test_what_a_room_lets_live_is_told_and_nothing_is_touched(house: Path) -> None:
    """`3` and `4` are of one size: what Python compiled of the one in the same second isn't what runs of the other."""
    done = tried(house)
    assert (done.returncode, done.stderr) == (1, "")
    assert "5 of 5 mutants" in done.stdout
    assert done.stdout.count("SURVIVED sovlint/a/b.py:2 (tests/a)") == 2
    assert done.stdout.count("killed   sovlint/a/b.py:2 (tests/a)") == 1
    assert done.stdout.count("killed   sovlint/a/b.py:3 (tests/a)") == 2
    assert (
        "sovlint/a/b.py:2\n def size(n: int) -> str:\n-    if n < 3:\n+    if n <= 3:\n"
        in done.stdout
    )
    assert done.stdout.endswith("\n3 of 5 killed\n")
    assert (house / "sovlint/a/b.py").read_text() == AFTER
    assert git(house, "status", "--short").split() == ["M", "sovlint/a/b.py"]


@pytest.mark.slow
def test_where_all_die_the_exit_code_is_0(house: Path) -> None:
    write(house, {"tests/a/test_b.py": TEST % 3})
    commit(house)
    # What that commit wrote stands a line below, and counts alone.
    write(house, {"sovlint/a/b.py": f"X = 1\n{AFTER}"})
    done = tried(house, "--commit", "HEAD")
    assert (done.returncode, "\n5 of 5 killed\n" in done.stdout) == (0, True)


@pytest.mark.slow
def test_a_room_must_pass_as_it_is(house: Path) -> None:
    write(house, {"tests/a/test_b.py": TEST % 1})
    done = tried(house)
    assert (done.returncode, done.stderr) == (1, "tests/a: doesn't pass as it is\n")
