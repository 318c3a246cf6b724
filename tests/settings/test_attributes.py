"""What entries of a file say at dotted paths."""

from __future__ import annotations

import pytest

from sovlint.model.source import Span
from sovlint.model.value import Known
from sovlint.rules.files.configuration import Entry
from sovlint.settings.attributes import EntryAttributes

ENTRIES = [
    Entry(path, Known(number), Span("a", number + 1, 1, number + 1, 1))
    for number, path in enumerate([("logDriver",), ("a", "0"), ("a", "1", "b"), ()])
]


@pytest.mark.parametrize(
    ("path", "humps", "expected"),
    [
        ("logDriver", False, [0]), ("log_driver", False, []), ("log_driver", True, [0]), ("logDriver", True, [0]),
        ("a.*", False, [1]), ("a.*.b", False, [2]), ("a", False, []), (".", False, [3]), ("", True, [3]),
    ],
)  # fmt: skip
def test_entries_by_dotted_path(path: str, humps: bool, expected: list[int]) -> None:
    found = EntryAttributes(ENTRIES, humps).read(path)
    assert [each.value.value for each in found if isinstance(each.value, Known)] == expected
    assert [each.where.span().line for each in found] == [number + 1 for number in expected]
