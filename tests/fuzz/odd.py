"""Odd things to put where something else stood, of ``odd.json``."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

_TABLES: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))


def table(name: str) -> tuple[str, ...]:
    """A list of the file; a text and a number stand for so many of it."""
    listed = _TABLES[name]
    return tuple(each if isinstance(each, str) else each[0] * each[1] for each in listed)


TEXTS, NUMBERS, NAMES, TAGS = map(table, ("texts", "numbers", "names", "tags"))
BYTES = tuple(each.encode("latin-1") for each in table("bytes"))
SETTINGS: dict[str, str] = _TABLES["settings with secrets"]


def text(dice: random.Random) -> str:
    """A text, now and then two of them in one."""
    found = dice.choice(TEXTS)
    return found + dice.choice(TEXTS) if dice.random() < 0.2 else found
