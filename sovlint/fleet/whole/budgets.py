"""Budgets of teams: how many errors each may have until a day. A file of YAML, checked as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from msgspec import Struct

from sovlint.configuration import config_file
from sovlint.configuration.entries import EntryReader
from sovlint.errors import SovlintError
from sovlint.files import globs

KEY: Final = "budgets"
SCHEMA: Final = Path(__file__).parents[2] / "schemas" / "budgets.json"
_HINT: Final = "`sovlint schema budgets` has every key."


class Budget(Struct, frozen=True):
    """``errors`` that a team may have, until a day, its last; and why."""

    team: str
    errors: int
    until: date
    reason: str = ""

    def allowed(self, day: date) -> int:
        """How many errors there may be on ``day``: none after the end."""
        return self.errors if day <= self.until else 0


def read_budgets(file: Path) -> Mapping[str, Budget]:
    """The budgets of a file, by team. Raises ``SovlintError`` with everything that is wrong with it, each at its place."""
    document = config_file.read(file, f"{file}")
    if document is None:
        raise SovlintError(f"{file} is empty.", f"It has a list under `{KEY}`. {_HINT}")
    wrong = [each.message for each in config_file.problems(document, file, SCHEMA)]
    if wrong:
        raise SovlintError("\n".join(wrong), _HINT)
    reader = EntryReader(document, file, globs.Base())
    found: dict[str, Budget] = {}
    for number, entry in enumerate(document.data[KEY]):
        team = entry["team"]
        until = reader.day(entry, "until", KEY, number)
        if team in found:
            reader.wrong(f"`{team}` has a budget already.", KEY, number, "team")
        if until is not None:
            found[team] = Budget(team, entry["errors"], until, entry.get("reason", ""))
    if reader.problems:
        raise SovlintError("\n".join(each.message for each in reader.problems), _HINT)
    return found
