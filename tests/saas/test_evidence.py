"""The table of evidence that people read in public repositories: whole, and precise enough to be relied on.

``make evidence`` compares it with what is found today in checkouts of these repositories.
"""

from __future__ import annotations

import csv
import re
from collections import Counter

from sovlint.model.placement import ROLES
from tests.resolve.house import catalog
from tests.scratch import ROOT

TABLE = ROOT / "tests/saas/evidence.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
COLUMNS = [
    "repository",
    "commit",
    "path",
    "line",
    "role",
    "provider",
    "service",
    "region",
    "verdict",
]


def test_enough_was_read_and_nothing_twice() -> None:
    assert list(ROWS[0]) == COLUMNS
    assert len(ROWS) >= 200
    assert len({row["repository"] for row in ROWS}) >= 30
    assert max(Counter(tuple(row.values()) for row in ROWS).values()) == 1


def test_nearly_all_of_it_is_right() -> None:
    verdicts = Counter(row["verdict"] for row in ROWS)
    assert set(verdicts) <= {"right", "wrong"}
    assert verdicts["right"] / len(ROWS) > 0.98


def test_rows_name_places_and_what_the_catalogue_has() -> None:
    for row in ROWS:
        assert re.fullmatch(r"[\w.-]+/[\w.-]+", row["repository"]), row
        assert re.fullmatch(r"[0-9a-f]{40}", row["commit"]), row
        assert int(row["line"]) > 0, row
        assert not row["path"].startswith("/"), row
        assert row["role"] in ROLES, row
        assert row["provider"] in {"", *catalog().providers}, row
