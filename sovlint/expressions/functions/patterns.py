"""Regular expressions that can't run away, with the meaning that they have in Terraform (RE2's, as Go has it).

A pattern is read by its own grammar. Where Python's ``re`` surely finds the same and can try but few ways, that runs;
all else is matched by following all ways at once, character by character (``pattern_machine``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sovlint.expressions.functions.pattern_classes import UnknownClassError
from sovlint.expressions.functions.pattern_machine import MAX_STEPS, Machine, TooLongError
from sovlint.expressions.functions.pattern_nodes import (
    Assert,
    CapturingGroup,
    Chars,
    Concat,
    Either,
    PatternNode,
    Repeat,
)
from sovlint.expressions.functions.pattern_syntax import TooDeepError, parse

MAX_PATTERN = 2_000
"""Longer patterns are not tried."""
MAX_WAYS = 50_000
"""In how many ways a pattern may match at most, counted from above, so that Python's ``re`` may try them."""
MAX_STRAIGHT = 5_000_000
"""The same of a pattern that repeats nothing without end: Python's ``re`` looks at each place once for each way."""
MAX_SUBJECT = 1_000_000
"""Patterns are tried on no longer text."""

MatchSpans = tuple[tuple[int, int] | None, ...]
"""Where the match is, and each group (``None``: it took no part)."""

_PLACES = {
    "text start": r"\A", "text end": r"\Z", "line start": "(?m:^)", "line end": r"(?=\n|\Z)", "word": r"\b",
}  # fmt: skip


class CompiledPattern:
    """A pattern that was read. ``names`` are those of its groups (``None``: it has none), from the first."""

    __slots__ = ("_degree", "_machine", "_quick", "_ways", "names")

    def __init__(self, text: str) -> None:
        pattern = parse(text)
        self.names = pattern.names
        self._machine = Machine(pattern.node, len(pattern.names))
        self._ways, self._degree = _ways(pattern.node)
        written = _written(pattern.node) if self._degree < 8 else None
        self._quick = None if written is None else re.compile(written, re.ASCII)

    def finditer(self, text: str) -> Iterator[MatchSpans]:
        """All matches from left to right that don't overlap; none that is empty right behind another. Raises
        ``TooLongError``."""
        ways = self._ways * (len(text) + 1.0) ** (self._degree + 1)
        quick = self._quick is not None and ways <= (
            MAX_WAYS if self._degree else MAX_STRAIGHT
        )
        at, last, steps = 0, -1, [MAX_STEPS]
        while at <= len(text):
            found = (
                self._by_python(text, at) if quick else self._machine.search(text, at, steps)
            )
            if found is None:
                return
            start, end = found[0] or (0, 0)
            if start < end or start != last:
                yield found
            at, last = (end if end > start else end + 1), end

    def _by_python(self, text: str, at: int) -> MatchSpans | None:
        assert self._quick is not None
        match = self._quick.search(text, at)
        return (
            None
            if match is None
            else tuple(span if span[0] >= 0 else None for span in match.regs)
        )


_LONG = "a regular expression that may run long"


@lru_cache(maxsize=256)
def _read(pattern: str) -> CompiledPattern | str:
    if len(pattern) > MAX_PATTERN:
        return "a regular expression that is too long"
    try:
        return CompiledPattern(pattern)
    except (UnknownClassError, TooDeepError, RecursionError):
        return "a regular expression that can't be read"
    except (TooLongError, re.error, OverflowError):
        return _LONG


def matches(pattern: str, subject: str) -> tuple[list[str | None], list[MatchSpans]] | str:
    """The names of a pattern's groups and its matches, or why it isn't tried. Raises ``Refused`` for a bad pattern."""
    expression = _read(pattern)
    if isinstance(expression, str):
        return expression
    if len(subject) > MAX_SUBJECT:
        return _LONG
    try:
        return expression.names, list(expression.finditer(subject))
    except TooLongError:
        return _LONG


def _ways(node: PatternNode) -> tuple[float, int]:
    """In how many ways a node matches text of length n at most: (a, d) for a * n ** d; infinite where it isn't told."""
    if isinstance(node, CapturingGroup):
        return _ways(node.item)
    if isinstance(node, Either):
        found = [_ways(item) for item in node.items]
        return sum(ways for ways, _ in found), max(degree for _, degree in found)
    if isinstance(node, Concat):
        ways, degree = 1.0, 0
        for item in node.items:
            more, deeper = _ways(item)
            ways, degree = ways * more, degree + deeper
        return ways, degree
    if isinstance(node, Repeat):
        if _ways(node.item) != (1.0, 0) or not _least(node.item):
            return float("inf"), 0
        return (1.0, 1) if node.most is None else (node.most - node.least + 1.0, 0)
    return 1.0, 0


def _least(node: PatternNode) -> int:
    """How many characters a node takes at least."""
    if isinstance(node, Chars):
        return 1
    if isinstance(node, Concat):
        return sum(map(_least, node.items))
    if isinstance(node, Either):
        return min(map(_least, node.items))
    if isinstance(node, Repeat):
        return node.least * _least(node.item)
    return _least(node.item) if isinstance(node, CapturingGroup) else 0


def _written(node: PatternNode) -> str | None:
    """The same for Python's ``re``, if it can be said."""
    if isinstance(node, Chars):
        return node.among.written()
    if isinstance(node, Assert):
        return _PLACES.get(node.place)  # Python's \\B finds nothing in an empty text
    if isinstance(node, (Concat, Either)):
        items = [_written(item) for item in node.items]
        said = [item for item in items if item is not None]
        if len(said) < len(items):
            return None
        return "".join(said) if isinstance(node, Concat) else f"(?:{'|'.join(said)})"
    inner = _written(node.item)
    if inner is None:
        return None
    if isinstance(node, CapturingGroup):
        return f"({inner})"
    most = "" if node.most is None else node.most
    return f"(?:{inner}){{{node.least},{most}}}{'' if node.greedy else '?'}"
