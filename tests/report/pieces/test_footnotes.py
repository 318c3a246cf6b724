"""Footnotes: numbered as they are cited, and never for what nobody read."""

from __future__ import annotations

from sovlint.model.placement import Source
from sovlint.report.pieces.sources import Footnotes


def test_background_knowledge_is_never_a_footnote() -> None:
    read, known = (
        Source("https://example.org", "2026", "seat"),
        Source("", "", "seat", background=True),
    )
    notes = Footnotes("en")
    assert [notes.cite(known), notes.cite(read), notes.cite(read, background=True)] == [
        "(background knowledge)",
        "[1]",
        "[1] (in part background knowledge)",
    ]
    assert list(notes.numbers) == [read]
