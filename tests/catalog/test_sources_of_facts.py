"""Every source that ships and was read has a date, says how far it can be relied on, and speaks both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

SHIPPED = Path(__file__).parents[2] / "sovlint" / "catalog"
FILES = sorted(SHIPPED.rglob("*.yaml"))


def read(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The sources of a file that were read."""
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return ((key, source) for key, source in data.get("sources", {}).items() if source["basis"] == "read")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SHIPPED)))
def test_sources_are_complete(path: Path) -> None:
    for key, source in read(path):
        assert source["url"] or source["confidence"] != "high" or key == "own", key
        assert str(source["date"]).strip(), key
        assert source["confidence"] in ("high", "medium", "low"), key
        assert source["supports"].keys() == {"en", "fr"}, key


def test_there_are_many() -> None:
    assert sum(1 for path in FILES for _ in read(path)) > 250
