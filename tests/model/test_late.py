"""What is made when somebody first asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import sovlint
from sovlint.model.decoding import late_pattern
from sovlint.model.placement import Late

PACKAGE = Path(sovlint.__file__).parent
UNMADE = {"_written", "_flags"}


def test_a_pattern_is_made_when_something_is_asked_of_it() -> None:
    pattern = late_pattern(r"(?P<head>a+)b", re.IGNORECASE)
    assert vars(pattern).keys() == UNMADE
    assert [match["head"] for match in pattern.finditer("AAB ab")] == ["AA", "a"]
    kept = vars(pattern)["search"]
    assert pattern.search is kept
    assert pattern.sub("-", "ab, aab") == "-, -"
    assert (pattern.pattern, pattern.groups) == (r"(?P<head>a+)b", 1)
    with pytest.raises(AttributeError):
        pattern.unheard_of  # type: ignore[attr-defined]  # noqa: B018


def test_every_late_pattern_can_be_made() -> None:
    """One that can't be would be found out in the run that first needs it."""
    modules = [
        import_module(".".join((PACKAGE.name, *path.relative_to(PACKAGE).parts)))
        for path in (each.with_suffix("") for each in PACKAGE.rglob("*.py"))
        if not path.name.startswith("__")
    ]
    kind = type(late_pattern(""))
    late = [
        value for module in modules for value in vars(module).values() if type(value) is kind
    ]
    assert late
    assert all(each.pattern is not None for each in late)


def test_what_is_late_is_gathered_once() -> None:
    gathered: list[int] = []

    def gather() -> Iterator[int]:
        gathered.append(len(gathered))
        yield from (1, 2)

    found = Late(gather)
    assert gathered == []
    assert (list(found), len(found), 2 in found, 3 in found) == ([1, 2], 2, True, False)
    assert (found == (1, 2), found == Late(lambda: (1, 2)), found == (2, 1)) == (
        True,
        True,
        False,
    )
    assert hash(found) == hash((1, 2))
    assert gathered == [0]
