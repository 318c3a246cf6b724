"""What every file of the catalogue may say: its sources, and when it was gone over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from msgspec import Struct, field

from sovlint.model.decoding import Day, SomeText
from sovlint.model.text import Bilingual


class WrittenSource(Struct, frozen=True, kw_only=True):
    """Where a fact comes from."""

    url: str | None
    date: SomeText
    """When it was published or read: a day, a month, or words."""
    supports: Bilingual | SomeText
    """What it supports, in one's own words, in both languages (an overlay may do with one)."""
    basis: Literal["read", "background"]
    """read: the page was read. background: general knowledge, never shown as sourced."""
    confidence: Literal["high", "medium", "low"] | None = None
    """How far what it supports may be relied on; background knowledge is medium at best."""


class FileKeys(Struct, frozen=True, kw_only=True):
    """What every file may say."""

    sources: Mapping[str, WrittenSource] = field(default_factory=dict)
    """Sources by a key of this file's own."""
    checked: Day = ""


def with_sources(data: Any, change: Callable[[str], Any]) -> Any:
    """The same data, with something else in the place of every source that it names."""
    if isinstance(data, dict):
        return {
            key: change(value)
            if key == "source" and isinstance(value, str)
            else with_sources(value, change)
            for key, value in data.items()
        }
    return [with_sources(each, change) for each in data] if isinstance(data, list) else data
