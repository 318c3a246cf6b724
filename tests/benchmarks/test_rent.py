"""A module that decides something is told from one that decides nothing."""

from __future__ import annotations

import sys
from fnmatch import fnmatch
from pathlib import Path
from pkgutil import walk_packages

import pytest

import sovlint
from benchmarks import rent

STORE = """resource "scaleway_object_bucket" "a" {
  name   = join("-", ["a", "b"])
  region = "fr-par"
  tags   = { data-classification = "health" }
}
"""


@pytest.mark.parametrize(
    ("module", "decides"),
    [
        ("sovlint.frontends.terraform.front_end", True),
        ("sovlint.rules.values.address_text", False),
    ],
)
def test_what_a_module_decides(tmp_path: Path, module: str, decides: bool) -> None:
    (tmp_path / "a.tf").write_text(STORE, encoding="utf-8")
    before = {tmp_path: rent.verdicts(tmp_path)}
    assert before[tmp_path]
    name, lines, functions, replaced, changed, broken = rent.tried(module, [tmp_path], before)
    assert name == module
    assert lines == len(Path(str(sys.modules[module].__file__)).read_text().splitlines())
    assert 0 < int(str(replaced)) <= int(str(functions))
    assert (changed or broken) if decides else (changed, broken) == (0, 0)
    assert rent.verdicts(tmp_path) == before[tmp_path], "and nothing is changed here"


@pytest.mark.parametrize(
    ("annotation", "given"),
    [
        ("bool", False),
        ("Value", rent.NOTHING),
        ("Value | None", rent.NOTHING),
        ("Placement | None", None),
        ("list[str]", []),
        ("Mapping[str, int]", {}),
        ("tuple[str, ...]", ()),
        ("frozenset[str]", frozenset()),
    ],
)
def test_what_finds_nothing(annotation: str, given: object) -> None:
    def function() -> object:
        raise AssertionError

    function.__annotations__["return"] = annotation
    assert rent.replaced(function)
    assert function() == given


@pytest.mark.parametrize("annotation", ["Placement", "tuple[str, int]", "int | str"])
def test_another_result_stays(annotation: str) -> None:
    assert rent.instead_of(annotation) is None


def test_every_exemption_is_of_something_and_says_why() -> None:
    names = [found.name for found in walk_packages(sovlint.__path__, "sovlint.")]
    for pattern, why in rent.exemptions().items():
        assert why
        assert any(fnmatch(name, pattern) for name in names), pattern
