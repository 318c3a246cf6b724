"""What every entry has: its source, and texts in both languages."""

from __future__ import annotations

from sovlint.catalog.written_data import Data
from sovlint.model.placement import Source
from sovlint.model.text import Bilingual


def source(index: Data, key: str) -> Source:
    """The source with an id of the index."""
    url, day, supports, background, confidence = index["sources"][key]
    return Source(url, day, supports["en"], background, supports["fr"], confidence)


def bilingual(data: Data | None) -> Bilingual | None:
    """A text in both languages, if there is one."""
    return Bilingual(data["en"], data["fr"]) if data else None


def text(data: Data) -> Bilingual:
    """A text in both languages."""
    return Bilingual(data["en"], data["fr"])
