"""Lines and words that the pages of ``explain`` are made of."""

from __future__ import annotations

from collections.abc import Iterator

from sovlint.report.messages import labelled, phrase
from sovlint.report.pieces.style import Style, wrap


def labelled_line(label: str, text: str, language: str, style: Style) -> Iterator[str]:
    """A text behind its label, wrapped."""
    head = labelled(label, language)
    first, *rest = wrap(f"{head} {text}", style.columns, "", "  ")
    yield style.paint(first[: len(head)], "strong") + first[len(head) :].rstrip()
    yield from rest


def word(label: str, language: str, **params: object) -> str:
    """A word or two that this page is made of."""
    return phrase(f"commands.explain-{label}", language, **params)
