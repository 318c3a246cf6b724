"""Source lines as the page shows them: what led to a finding, and the stretch that matters."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct

from sovlint.model.findings.finding import Finding
from sovlint.model.redaction.redact import HIDDEN, mask_source, printable
from sovlint.model.source import Span
from sovlint.report.page.words import Both, noted, said
from sovlint.report.pieces import fact_words, trail
from sovlint.report.pieces.frames import TAB, Excerpts

MOST_PLACES: Final = 12
"""Source lines of one article; JSON has more."""
WIDEST_LINE: Final = 240
"""Characters of a source line."""
_masked: Final = lru_cache(maxsize=256)(mask_source)
"""Findings of a file, and the formats of a run, show the same lines over and over."""


class Excerpt(Struct, frozen=True):
    """One line of source, and what it says: the stretch that matters is ``marked``."""

    place: str
    label: Both
    before: str
    marked: str
    after: str


def chain_of(
    findings: Sequence[Finding], own: Span, excerpts: Excerpts
) -> tuple[Excerpt, ...]:
    """The declaration, then what led to the data class and to the placement, then the module calls."""
    spans: dict[tuple[Span, Both], None] = {(own, said("page.declared-here")): None}
    for finding in findings:
        for place in trail.finding_places(finding):
            spans[(place.span, noted(place.note))] = None
    for call in findings[0].resource.chain:
        spans[(call.span(), noted(call.note))] = None
    return tuple(_excerpt(span, label, excerpts) for span, label in list(spans)[:MOST_PLACES])


def _excerpt(span: Span, label: Both, excerpts: Excerpts) -> Excerpt:
    """One line, without its secrets; where some are hidden no stretch of it is marked, since columns no longer fit."""
    written = excerpts.get((span.path, span.line), "").rstrip()
    line = _masked(written)
    start, end = span.column - 1, len(line)
    if span.end_line == span.line:
        end = max(span.end_column - 1, span.column)
    if HIDDEN in line or start >= len(line):
        start, end = 0, 0
    start = min(start, WIDEST_LINE // 2)
    parts = (line[:start], line[start:end], line[end:WIDEST_LINE])
    before, marked, after = (printable(part.replace("\t", TAB)) for part in parts)
    return Excerpt(
        fact_words.place(span),
        label,
        before.lstrip() if start else before,
        marked[:WIDEST_LINE],
        after if len(line) <= WIDEST_LINE else f"{after}…",
    )
