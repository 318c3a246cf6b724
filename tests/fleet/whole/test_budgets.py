"""Files of budgets: what is right, and everything that is wrong, each at its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sovlint.errors import SovlintError
from sovlint.fleet.whole.budgets import Budget, read_budgets


def written(folder: Path, text: str) -> Path:
    file = folder / "budgets.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_budget_ends(tmp_path: Path) -> None:
    file = written(
        tmp_path, 'budgets: [{team: "@m/a", errors: 3, until: 2026-12-31, reason: moves}]'
    )
    budget = read_budgets(file)["@m/a"]
    assert budget == Budget("@m/a", 3, date(2026, 12, 31), "moves")
    assert [budget.allowed(date(2026, 12, 31)), budget.allowed(date(2027, 1, 1))] == [3, 0]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "is empty"),
        ("budgets: {}", "budgets"),
        ("budgets: [{teem: a, errors: 1, until: 2026-12-31}]", "unknown key `teem`.*\n?.*Did you mean `team`"),
        ("budgets: [{team: a, errors: -1, until: 2026-12-31}]", "0 is the least"),
        ("budgets: [{team: a, errors: 1, until: soon}]", ":1:32: `until` is not a day"),
        (
            "budgets: [{team: a, errors: 1, until: 2026-12-31}, {team: a, errors: 2, until: 2026-12-31}]",
            "`a` has a budget already",
        ),
        ("budgets: [", "budgets.yaml"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(tmp_path: Path, text: str, wrong: str) -> None:
    with pytest.raises(SovlintError, match=wrong):
        read_budgets(written(tmp_path, text))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SovlintError):
        read_budgets(tmp_path / "none.yaml")
