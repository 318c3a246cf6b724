"""Plain data at a path, and the paths that a dotted path means."""

from __future__ import annotations

import pytest

from sovlint.documents import Path
from sovlint.documents.paths import data_at, paths_to
from sovlint.rules.keys import path_parts

DATA = {"a": [{"b": 1}, {"b": None}, "c"], "d.e": {"f": "g"}, "1": 2}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ((), DATA), (("a", 0, "b"), 1), (("a", 1, "b"), None), (("a", 3), None), (("a", -1), None), (("a", "0"), None),
        (("d.e", "f"), "g"), (("1",), 2), ((1,), None), (("d.e", "f", "h"), None),
    ],
)  # fmt: skip
def test_what_stands_at_a_path(path: Path, expected: object) -> None:
    assert data_at(DATA, path) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("", [()]), ("a.*.b", [("a", 0, "b"), ("a", 1, "b")]), ("a.0.b", [("a", 0, "b")]), ("a.3", []),
        ("[d.e].*", [("d.e", "f")]), ("*", [("a",), ("d.e",), ("1",)]), ("a.b", []), ("1", [("1",)]), ("1.x", []),
    ],
)  # fmt: skip
def test_the_paths_that_a_dotted_path_means(written: str, expected: list[Path]) -> None:
    assert list(paths_to(DATA, path_parts(written))) == expected
