"""Texts of which a part isn't known: what functions make of the rest, where it is the same whatever the part holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sovlint.expressions.templates.running import Execution
from sovlint.expressions.templates.text import (
    FIRST_HOLE,
    LAST_HOLE,
    TemplateHole,
    has_holes,
    is_hole,
    part,
)

HOLE = re.compile(f"[{chr(FIRST_HOLE)}-{chr(LAST_HOLE)}]")
_PIECES = re.compile(f"([{chr(FIRST_HOLE)}-{chr(LAST_HOLE)}])")


def as_text(run: Execution, value: Any) -> Any:
    """A hole as the text that it would be; anything else as it is."""
    return run.holes.character(value) if isinstance(value, TemplateHole) else value


def pieces(text: str) -> list[str]:
    """Literals and the characters of holes, in order."""
    return [piece for piece in _PIECES.split(text) if piece]


def mapped(
    run: Execution,
    text: str,
    literal: Callable[[str], str],
    hole: Callable[[TemplateHole], TemplateHole],
) -> str:
    """A text of which each literal and each hole is changed by itself."""
    made = []
    for piece in pieces(text):
        if is_hole(piece[0]):
            made.append(run.holes.character(hole(run.holes.hole(piece))))
        else:
            made.append(literal(piece))
    return "".join(made)


def literal_start(text: str) -> int:
    """How many characters are known from the start."""
    found = HOLE.search(text)
    return len(text) if found is None else found.start()


def literal_end(text: str) -> int:
    """Where what is known to the end begins."""
    end = 0
    for found in HOLE.finditer(text):
        end = found.end()
    return end


def with_tail(run: Execution, text: str, keep: int, hole: TemplateHole) -> Any:
    """The first ``keep`` characters, and a hole behind them; the hole alone where nothing is kept."""
    return part(text, 0, keep) + run.holes.character(hole) if keep else hole


def with_head(run: Execution, text: str, start: int, hole: TemplateHole) -> Any:
    """A hole, and what begins at ``start``; the hole alone where nothing does."""
    return run.holes.character(hole) + text[start:] if start < len(text) else hole


def contains_surely(text: str, sought: str) -> bool:
    """Whether a literal has the sought text in it."""
    return any(sought in piece for piece in pieces(text))


def may_equal(one: str, other: str) -> bool:
    """Whether two texts may be the same, as far as what is known of their starts and ends tells."""
    return _fits(one, other) and _fits(one[::-1], other[::-1]) and _long_enough(one, other)


def _fits(one: str, other: str) -> bool:
    length = min(literal_start(one), literal_start(other))
    return one[:length] == other[:length]


def _long_enough(one: str, other: str) -> bool:
    """A text that is known isn't shorter than what is written in the other."""
    return all(
        has_holes(known) or len(HOLE.sub("", partial)) <= len(known)
        for known, partial in ((one, other), (other, one))
    )
