"""Regular expressions that can't run away, with the meaning that they have in Terraform (RE2's, as Go has it).

A pattern is read by its own grammar. Where Python's ``re`` surely finds the same and can try but few ways, that runs.
What all else finds isn't known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from math import isinf

from sovlint.expressions.functions.pattern_classes import ALL, Charset, NotReadPatternError
from sovlint.expressions.functions.pattern_nodes import (
    Assert,
    CapturingGroup,
    Chars,
    Concat,
    Either,
    PatternNode,
    Repeat,
)
from sovlint.expressions.functions.pattern_syntax import parse

MAX_PATTERN = 2_000
"""Longer patterns are not tried."""
MAX_WAYS = 5_000_000
"""In how many ways a pattern may match at most, counted from above: a tenth of a second of Python's ``re``."""
MAX_SUBJECT = 1_000_000
"""Patterns are tried on no longer text."""

MatchSpans = tuple[tuple[int, int] | None, ...]
"""Where the match is, and each group (``None``: it took no part)."""

_STEEPEST = 7
_PLACES = {
    "text start": r"\A", "text end": r"\Z", "line start": "(?m:^)", "line end": r"(?=\n|\Z)", "word": r"\b",
}  # fmt: skip


class RunsLongError(Exception):
    """A pattern that Python's ``re`` may try in too many ways."""


class CompiledPattern:
    """A pattern that was read. ``names`` are those of its groups (``None``: it has none), from the first. Raises
    ``RunsLongError``."""

    __slots__ = ("_degree", "_run", "_ways", "names")

    def __init__(self, text: str) -> None:
        pattern = parse(text)
        self.names = pattern.names
        self._ways, self._degree = _ways(pattern.node)
        if self._degree > _STEEPEST or isinf(self._ways):
            raise RunsLongError
        self._run = re.compile(_written(pattern.node), re.ASCII)
        self._degree += not _is_held_to_start(pattern.node)

    def finditer(self, text: str) -> Iterator[MatchSpans]:
        """All matches from left to right that don't overlap; none that is empty right behind another. Raises
        ``RunsLongError``."""
        if self._ways * (len(text) + 1.0) ** self._degree > MAX_WAYS:
            raise RunsLongError
        at, last = 0, -1
        while at <= len(text):
            match = self._run.search(text, at)
            if match is None:
                return
            start, end = match.span()
            if start < end or start != last:
                yield tuple(span if span[0] >= 0 else None for span in match.regs)
            at, last = (end if end > start else end + 1), end


_LONG = "a regular expression that may run long"


@lru_cache(maxsize=256)
def _read(pattern: str) -> CompiledPattern | str:
    if len(pattern) > MAX_PATTERN:
        return "a regular expression that is too long"
    try:
        return CompiledPattern(pattern)
    except (NotReadPatternError, RecursionError):
        return "a regular expression that can't be read"
    except (RunsLongError, re.error, OverflowError):
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
    except RunsLongError:
        return _LONG


def _ways(node: PatternNode) -> tuple[float, int]:
    """In how many ways a node matches text of length n at most: (a, d) for a * n ** d; infinite where it isn't told."""
    if isinstance(node, CapturingGroup):
        return _ways(node.item)
    if isinstance(node, Either):
        found = [_ways(item) for item in node.items]
        together = max if _are_apart([_first(item) for item in node.items]) else sum
        return together(ways for ways, _ in found), max(degree for _, degree in found)
    if isinstance(node, Concat):
        ways, degree = 1.0, 0
        for item in node.items:
            more, deeper = _ways(item)
            ways, degree = ways * more, degree + deeper
        return ways, degree
    if isinstance(node, Repeat):
        return _ways_repeated(node)
    return 1.0, 0


def _ways_repeated(node: Repeat) -> tuple[float, int]:
    ways, degree = _ways(node.item)
    if ways != 1 or degree > 1 or not _least(node.item):
        return float("inf"), 0
    if degree and not _is_delimited(node.item):
        return float("inf"), 0
    if node.most is None or degree:
        return 1.0, 1
    return node.most - node.least + 1.0, 0


def _is_delimited(node: PatternNode) -> bool:
    """Whether a character that stands nowhere else in a node begins or ends it, as in ``(-[a-z]+)*``: where it is
    repeated, the text alone says where each time begins."""
    while isinstance(node, CapturingGroup):
        node = node.item
    if not isinstance(node, Concat):
        return False
    sets = [_all_of(item) for item in node.items]
    return any(
        _are_apart([sets[at], [each for other in others for each in other]])
        for at, others in ((0, sets[1:]), (-1, sets[:-1]))
        if isinstance(node.items[at], Chars)
    )


def _first(node: PatternNode) -> list[Charset]:
    """What a node begins with; any character where that isn't one set."""
    while isinstance(node, (CapturingGroup, Concat)):
        if isinstance(node, Concat) and not node.items:
            return [ALL]
        node = node.item if isinstance(node, CapturingGroup) else node.items[0]
    return [node.among] if isinstance(node, Chars) else [ALL]


def _all_of(node: PatternNode) -> list[Charset]:
    """The sets of all characters in a node."""
    if isinstance(node, Chars):
        return [node.among]
    if isinstance(node, (Concat, Either)):
        return [each for item in node.items for each in _all_of(item)]
    return [] if isinstance(node, Assert) else _all_of(node.item)


def _are_apart(unions: list[list[Charset]]) -> bool:
    """Whether no character is in two of the unions of sets."""
    return all(
        one.is_apart(other)
        for first, second in combinations(unions, 2)
        for one in first
        for other in second
    )


def _is_held_to_start(node: PatternNode) -> bool:
    """Whether a pattern matches at the text's start alone."""
    if isinstance(node, CapturingGroup):
        return _is_held_to_start(node.item)
    if isinstance(node, Either):
        return all(map(_is_held_to_start, node.items))
    if isinstance(node, Concat):
        return bool(node.items) and _is_held_to_start(node.items[0])
    return node == Assert("text start")


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


def _written(node: PatternNode) -> str:
    """The same for Python's ``re``."""
    if isinstance(node, Chars):
        return node.among.written()
    if isinstance(node, Assert):
        return _PLACES[node.place]
    if isinstance(node, Concat):
        return "".join(map(_written, node.items))
    if isinstance(node, Either):
        return f"(?:{'|'.join(map(_written, node.items))})"
    if isinstance(node, CapturingGroup):
        return f"({_written(node.item)})"
    most = "" if node.most is None else node.most
    return f"(?:{_written(node.item)}){{{node.least},{most}}}{'' if node.greedy else '?'}"
