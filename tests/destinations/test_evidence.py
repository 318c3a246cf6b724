"""The table of destinations that people read in public repositories, batch by batch: whole, and judged row by row.

A judgement says what a scan of that day told when the repository was first seen. Faults that were mended stay in it.
"""

from __future__ import annotations

import csv
import re
from collections import Counter

from tests.scratch import ROOT

TABLE = ROOT / "tests/destinations/evidence.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
COLUMNS = [
    "batch",
    "repository",
    "commit",
    "path",
    "line",
    "key",
    "provider_or_host",
    "region",
    "by",
    "judgement",
    "why",
]


WHAT = {"setting", "command", "flow", "front"}
"""What shows a destination."""


def test_nothing_stands_twice() -> None:
    assert list(ROWS[0]) == COLUMNS
    assert max(Counter(tuple(row.values()) for row in ROWS).values()) == 1


def test_rows_name_places_and_judgements() -> None:
    for row in ROWS:
        assert re.fullmatch(r"[a-z]\d+", row["batch"]), row
        assert re.fullmatch(r"[\w.-]+/[\w.-]+", row["repository"]), row
        assert re.fullmatch(r"[0-9a-f]{40}", row["commit"]), row
        assert int(row["line"]) > 0, row
        assert not row["path"].startswith("/"), row
        assert row["provider_or_host"], row
        assert row["by"] in WHAT, row
        assert row["judgement"] in {"right", "wrong"}, row
        assert row["why"] or row["judgement"] == "right", row


def test_a_reader_reads_a_repository_in_one_batch() -> None:
    batches = {(row["repository"], row["batch"]) for row in ROWS}
    assert max(Counter((repository, batch[0]) for repository, batch in batches).values()) == 1
