"""What stands inside of a declaration whose span is its head alone."""

from __future__ import annotations

import pytest

from sovlint.report.extent import Extents
from tests.report.build import resource, span

FIRST = resource("a.first", "main.tf", 10, where=span("main.tf", 10, 1, 30))
SECOND = resource("a.second", "main.tf", 20, where=span("main.tf", 20, 1, 30))
WHOLE = resource("a.whole", "other.tf", 10, where=span("other.tf", 10, 1, 2, end_line=14))
EXTENTS = Extents((FIRST, SECOND, WHOLE))


@pytest.mark.parametrize(
    ("path", "line", "column", "held"),
    [
        ("main.tf", 10, 5, True),
        ("main.tf", 12, 3, True),
        ("main.tf", 19, 3, True),
        ("main.tf", 20, 3, False),
        ("main.tf", 25, 3, False),
        ("main.tf", 9, 3, False),
        ("main.tf", 12, 1, False),
        ("other.tf", 12, 3, False),
    ],
)
def test_a_head_reaches_over_what_is_indented_up_to_the_next_resource(
    path: str, line: int, column: int, held: bool
) -> None:
    assert EXTENTS.holds(FIRST, span(path, line, column)) is held


@pytest.mark.parametrize(("line", "held"), [(9, False), (10, True), (14, True), (15, False)])
def test_a_span_of_several_lines_is_believed(line: int, held: bool) -> None:
    assert EXTENTS.holds(WHOLE, span("other.tf", line, 3)) is held


def test_the_last_resource_of_a_file_reaches_to_its_end() -> None:
    assert EXTENTS.holds(SECOND, span("main.tf", 900, 3))
