"""Which tests are near to a change."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import check
from tests.git_house import git
from tests.scratch import write

TREE = {
    "sovlint/__init__.py": "",
    "sovlint/low/__init__.py": "",
    "sovlint/low/base.py": "NAMES = 'names.json'\n",
    "sovlint/low/names.json": "{}",
    "sovlint/high.py": "from sovlint.low import base\n",
    "sovlint/other.py": "",
    "tests/shared.py": "from sovlint import high\n",
    "tests/low/test_base.py": "",
    "tests/test_direct.py": "from sovlint.low.base import NAMES\n",
    "tests/test_fixtures.py": "",
    "tests/test_high.py": "import sovlint.high\n",
    "tests/test_other.py": "from sovlint import other\n",
    "tests/test_shared.py": "from tests import shared\n",
}
IMPORTERS = {"sovlint.low.base": {"sovlint.high"}}


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> check.House:
    write(tmp_path, TREE)
    monkeypatch.chdir(tmp_path)
    return check.House(tmp_path, IMPORTERS)


@pytest.mark.parametrize(
    ("path", "near"),
    [
        (
            "sovlint/low/base.py",
            {
                "tests/low/test_base.py": 0,
                "tests/test_direct.py": 1,
                "tests/test_high.py": 2,
                "tests/test_shared.py": 3,
            },
        ),
        (
            "sovlint/low/names.json",
            {
                "tests/low/test_base.py": 0,
                "tests/test_fixtures.py": 1,
                "tests/test_direct.py": 2,
                "tests/test_high.py": 3,
                "tests/test_shared.py": 4,
            },
        ),
        ("tests/shared.py", {"tests/test_shared.py": 1}),
        ("tests/test_other.py", {"tests/test_other.py": 0}),
        ("sovlint/gone.py", {}),
    ],
)
def test_tests_are_near_by_folders_imports_and_names(
    house: check.House, path: str, near: dict[str, int]
) -> None:
    assert house.tests([path]) == near


def test_a_way_by_two_changes_is_the_shorter_one(house: check.House) -> None:
    found = house.tests(["sovlint/low/base.py", "sovlint/high.py"])
    assert (found["tests/test_high.py"], found["tests/test_shared.py"]) == (0, 2)


def test_the_nearest_are_collected_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "LINES", 5)
    texts = {
        "tests/test_a.py": "\n" * 3,
        "tests/test_b.py": "\n" * 2,
        "tests/test_c.py": "\n",
    }
    near = {"tests/test_a.py": 0, "tests/test_b.py": 2, "tests/test_c.py": 2}
    assert check.chosen(near, texts) == ["tests/test_a.py", "tests/test_c.py"]
    assert check.chosen({"tests/test_a.py": 0}, {"tests/test_a.py": "\n" * 9}) == [
        "tests/test_a.py"
    ], "one at least"


def test_what_differs_from_main(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    git(tmp_path, "init", "-q", "-b", "main")
    write(tmp_path, {"a": "1", "b": "1"})
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "a")
    assert check.changed(None) == []
    write(tmp_path, {"a": "2", "c": "1"})
    assert check.changed(None) == ["a", "c"]
    git(tmp_path, "switch", "-q", "-c", "branch")
    git(tmp_path, "commit", "-q", "-a", "-m", "b")
    write(tmp_path, {"b": "2"})
    assert check.changed(None) == ["a", "b", "c"]
    assert check.changed("HEAD") == ["b", "c"]


def test_what_begins_too_late_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    bounded = check.Bounded()
    bounded.pytest_runtest_setup()
    monkeypatch.setattr(bounded, "until", 0.0)
    with pytest.raises(pytest.skip.Exception):
        bounded.pytest_runtest_setup()
