"""Further places of a finding: a few are named unasked."""

from __future__ import annotations

from sovlint.model.source import Span
from sovlint.report.pieces.below_frames import MOST_ELSEWHERE, _others
from sovlint.report.pieces.blocks import Other


def test_places_beyond_a_few_are_counted_unless_all_is_asked_for() -> None:
    others = [Other(f"a.b{line}", Span("main.tf", line, 1, line, 2)) for line in range(1, 29)]
    assert len(_others(others, full=True)) == 28
    told = _others(others, full=False)
    assert told[0] == "main.tf:1:1 a.b1"
    assert told[MOST_ELSEWHERE:] == ["+ 23"]
