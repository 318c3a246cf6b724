"""Every source that ships speaks both languages; one that was read has a date and says how far it can be relied on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

SHIPPED = Path(__file__).parents[2] / "sovlint" / "catalog"
FILES = sorted(SHIPPED.rglob("*.yaml"))


@cache
def sources(path: Path) -> dict[str, dict[str, Any]]:
    """The sources of a file."""
    found: dict[str, dict[str, Any]] = yaml.load(
        path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    ).get("sources", {})
    return found


def read(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The sources of a file that were read."""
    return (
        (key, source) for key, source in sources(path).items() if source["basis"] == "read"
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SHIPPED)))
def test_sources_are_complete(path: Path) -> None:
    for key, source in read(path):
        assert source["url"] or source["confidence"] != "high" or key == "own", key
        assert str(source["date"]).strip(), key
        assert source["confidence"] in ("high", "medium", "low"), key
    for key, source in sources(path).items():
        assert isinstance(source["supports"], dict), key
        assert source["supports"].keys() == {"en", "fr"}, key


def test_there_are_many() -> None:
    assert sum(1 for path in FILES for _ in read(path)) > 250
