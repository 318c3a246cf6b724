"""``facts.yaml``: what holds of the shipped catalogue, worked out by hand. Data, since it changes with the world."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

FACTS: dict[str, Any] = yaml.load(
    Path(__file__).with_name("facts.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader
)
DAY: date = FACTS["day"]


def control_of(provider: str) -> tuple[str, ...]:
    """The states that can compel a provider."""
    fact = FACTS["controlled_by"].get(provider) or FACTS["providers"][provider]["control"]
    return tuple(fact)
