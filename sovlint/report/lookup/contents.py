"""``sovlint catalog check``: how much the catalogue knows, and which sources are older than asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from sovlint.model.lookups.contents import Inventory, SourceReading
from sovlint.model.redaction.redact import printable
from sovlint.report.messages import counted, labelled, phrase
from sovlint.report.pieces.fact_words import term
from sovlint.report.pieces.sources import date_text
from sovlint.report.pieces.style import Style, whole

YEAR: Final = 365
"""Days after which a source is old."""


def render(
    found: Inventory, compiled: bool, language: str, style: Style, day: date | None = None
) -> str:
    """Numbers of everything; with a day, how many sources are older than a year then. ``compiled``: only the compiled
    index is there, not what it was made from."""
    lines = style.paragraphs(_sentences(found, compiled, language))
    if day is not None:
        old = len(_older(found, day - timedelta(days=YEAR)))
        lines += style.paragraphs(
            [phrase("catalog.inventory-old", language, number=old, days=YEAR)]
        )
    return whole(lines)


def _older(found: Inventory, limit: date) -> list[SourceReading]:
    return [
        reading
        for reading in found.readings
        if reading.day is not None and reading.day < limit
    ]


def render_read_again(number: int, of: int, day: date, language: str, style: Style) -> str:
    """Of how many companies who holds them is to be read again on a day."""
    said = phrase(
        "catalog.inventory-read-again", language, number=number, all=of, day=day.isoformat()
    )
    return whole(style.paragraphs([said], "", "  "))


def render_old(found: Inventory, days: int, day: date, language: str, style: Style) -> str:
    """The sources that were read more than ``days`` before ``day``, by file, and how many have no date."""
    limit = day - timedelta(days=days)
    old = _older(found, limit)
    undated = sum(1 for reading in found.readings if reading.day is None)
    lines = style.paragraphs([counted("catalog.old", len(old), language, limit=limit)])
    in_order = sorted(old, key=lambda one: (one.file, one.day or limit, one.key))
    for file, readings in groupby(in_order, lambda one: one.file):
        named = ", ".join(_dated(tuple(readings), language))
        lines += style.paragraphs(
            [f"{labelled(printable(file), language)} {named}"], "  ", "    "
        )
    if undated:
        lines += style.paragraphs([counted("catalog.undated", undated, language)])
    return whole(lines)


def render_unreviewed(found: Inventory, language: str, style: Style) -> str:
    """The sources that were read once and by nobody again, counted by file."""
    files = Counter(reading.file for reading in _unreviewed(found))
    lines = style.paragraphs([counted("catalog.unreviewed", sum(files.values()), language)])
    for file, number in sorted(files.items()):
        lines += style.paragraphs(
            [f"{labelled(printable(file), language)} {number}"], "  ", "    "
        )
    return whole(lines)


def _unreviewed(found: Inventory) -> list[SourceReading]:
    return [reading for reading in found.readings if not reading.reviewed]


def _dated(readings: Sequence[SourceReading], language: str) -> Iterator[str]:
    return (
        printable(f"{reading.key} ({date_text(reading.written, language)})")
        for reading in readings
    )


def _sentences(found: Inventory, compiled: bool, language: str) -> Iterator[str]:
    yield phrase("catalog.inventory-date", language, date=found.date)
    if found.version:
        yield phrase("catalog.inventory-version", language, version=found.version)
    if compiled:
        yield phrase("catalog.inventory-compiled", language)
    for key, number in (
        ("catalog.inventory-providers", found.providers),
        ("catalog.inventory-services", found.services),
        ("catalog.inventory-kindless", found.kindless),
        ("catalog.inventory-regions", found.regions),
        ("catalog.inventory-hosts", found.hosts),
        ("catalog.inventory-plugins", found.plugins),
    ):
        yield phrase(key, language, number=number)
    roles = {term("role", role, language): number for role, number in found.types.items()}
    yield phrase(
        "catalog.inventory-types", language, number=sum(found.types.values()), by=_by(roles)
    )
    yield phrase("catalog.inventory-undecided", language, number=found.undecided)
    yield phrase(
        "catalog.inventory-offers",
        language,
        number=sum(found.offers.values()),
        by=_by(found.offers),
    )
    yield phrase(
        "catalog.inventory-facts",
        language,
        sourced=found.sourced,
        background=found.background,
    )
    unreviewed = _unreviewed(found)
    yield phrase(
        "catalog.inventory-reviewed",
        language,
        number=len(found.readings),
        reviewed=len(found.readings) - len(unreviewed),
        unreviewed=len(unreviewed),
    )
    for copy in found.copies:
        yield phrase(f"catalog.copied-{copy.what}", language, one=copy.one, other=copy.other)
    if unreviewed:
        kinds = Counter(reading.kind for reading in unreviewed)
        yield phrase(
            "catalog.inventory-unreviewed", language, by=_by(dict(kinds.most_common()))
        )


def _by(numbers: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(f"{name} {number}" for name, number in numbers.items())
