"""Placements that were drawn from public repositories and read by hand, and the share of workloads that have one."""

from __future__ import annotations

import csv
from pathlib import Path

HERE = Path(__file__).parent


def _rows(name: str) -> list[dict[str, str]]:
    text = (HERE / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_what_was_read_wrong_says_why_and_is_mended() -> None:
    rows = _rows("placements-read.csv")
    assert {row["judgement"] for row in rows} == {
        "right",
        "wrong",
        "missed",
        "rightly unknown",
    }
    assert [
        row["address"] for row in rows if not row["why"] or len(row["commit"]) != 40
    ] == []
    wrong = [row for row in rows if row["judgement"] == "wrong"]
    assert [row["address"] for row in wrong if not row["why"].endswith(": mended")] == []


def test_what_is_unknown_has_no_place_and_what_was_missed_says_what_became_of_it() -> None:
    rows = _rows("placements-read.csv")
    unknown = [row for row in rows if row["judgement"] in ("missed", "rightly unknown")]
    assert {row["provider"] or row["region"] for row in unknown} == {""}
    missed = [row["why"] for row in rows if row["judgement"] == "missed"]
    assert [why for why in missed if not why.endswith((": mended", ": open"))] == []


def test_a_second_draw_where_the_first_was_wrong_is_right() -> None:
    rows = [row for row in _rows("placements-read.csv") if row["draw"] in ("second", "again")]
    assert len(rows) >= 170
    assert {row["judgement"] for row in rows} == {"right"}


def test_shares_are_of_what_there_is() -> None:
    for row in _rows("where.csv"):
        for after in ("_before", ""):
            workloads, provider, region = (
                int(row[f"{key}{after}"]) for key in ("workloads", "provider", "region")
            )
            assert workloads >= provider >= region
        assert row["rest"]
