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


def is_complete(key: str, source: dict[str, Any]) -> bool:
    is_told = isinstance(source["supports"], dict) and source["supports"].keys() == {
        "en",
        "fr",
    }
    if source["basis"] != "read":
        return is_told
    has_place = bool(source["url"]) or source["confidence"] != "high" or key == "own"
    is_dated = bool(str(source["date"]).strip())
    return (
        is_told
        and has_place
        and is_dated
        and source["confidence"] in ("high", "medium", "low")
    )


def test_sources_are_complete() -> None:
    incomplete = [
        (str(path.relative_to(SHIPPED)), key)
        for path in FILES
        for key, source in sources(path).items()
        if not is_complete(key, source)
    ]
    assert incomplete == []


@pytest.mark.parametrize(
    "change",
    [{"url": None}, {"date": " "}, {"confidence": "sure"}, {"supports": "a"}, {"supports": {"en": "a"}}],
    ids=lambda change: "-".join(change),
)  # fmt: skip
def test_a_source_that_lacks_something_is_incomplete(change: dict[str, Any]) -> None:
    whole = {
        "basis": "read",
        "url": "https://a.example",
        "date": "2026-01-01",
        "confidence": "high",
        "supports": {"en": "a", "fr": "a"},
    }
    assert is_complete("a", whole)
    assert not is_complete("a", whole | change)


def test_there_are_many() -> None:
    assert sum(1 for path in FILES for _ in read(path)) > 250
