"""What every file of the catalogue may say: its sources, and when it was gone over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from sovlint.model.decoding import Day, EntryId, SomeText
from sovlint.model.text import Bilingual

MOST_WORDS = 300
"""How long a quotation may be, in characters: enough to find it again in the source."""


class WrittenReview(Struct, frozen=True):
    """A second reading of a source."""

    by: EntryId
    """The role of who read it again, such as `second-reader`; never a person's name, nor the role of the first reader."""
    on: Day
    """The day of the second reading."""


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
    read_by: EntryId | None = None
    """The role of who read it, such as `cataloguer` or `data-protection-officer`; never a person's name."""
    read_on: Day | None = None
    """The day of that reading."""
    reviewed: WrittenReview | None = None
    """Who read it again, and when; left out where nobody did."""
    words: Annotated[str, Meta(min_length=1, max_length=MOST_WORDS)] | None = None
    """The words of the source that the fact rests on, short, in its own language."""


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
