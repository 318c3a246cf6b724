"""Regular expressions that can't run away: Terraform's never do (RE2), Python's may."""

from __future__ import annotations

import re
import warnings
from math import factorial

MAX_SUBJECT = 4096
"""Patterns are tried on no longer text."""
MAX_PATTERN = 256
"""Longer patterns are not tried."""
MAX_WAYS = 10_000_000
"""In how many ways a pattern may match at most, by a rough count from above: some tenths of a second."""

_FOREIGN = re.compile(r"\\[1-9pPQEzZC]|\[\[")
"""What only one of the two dialects has, or reads otherwise."""
_UNCOUNTED = re.compile(r"\(\?(?:[=!<>]|P[=>])|\)(?:[*+]|\{)|[*+}][*+]")
"""What RE2 doesn't have, and repeated groups, whose ways to match are past counting."""
_ATOMS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
"""Escapes and classes: single characters to what counts."""
_MANY = re.compile(r"[*+]|\{\d*,\}")
_SOME = re.compile(r"\{(\d*),(\d+)\}")


def compiled(pattern: str, subject: str) -> re.Pattern[str] | str:
    """The pattern, or why it isn't tried on ``subject``."""
    if len(subject) > MAX_SUBJECT or len(pattern) > MAX_PATTERN or _ways(pattern, len(subject)) > MAX_WAYS:
        return "a regular expression that may run long"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", FutureWarning)  # a set that Python will read in another way
            return re.compile(pattern, re.ASCII)
    except (re.error, FutureWarning, OverflowError, RecursionError):
        return "a regular expression that can't be read"


def _ways(pattern: str, length: int) -> float:
    """In how many ways ``pattern`` may match text of ``length``, counted from above."""
    bare = _ATOMS.sub("x", pattern)
    if _FOREIGN.search(pattern) or _UNCOUNTED.search(bare):
        return float("inf")
    # Repetitions one after another share out the text: n of them, and where the match starts, in about length^n / n!.
    sharing = len(_MANY.findall(bare)) + (not pattern.startswith("^"))
    ways = (length + 1.0) ** sharing / factorial(sharing)
    for least, most in _SOME.findall(bare):
        ways *= max(1, min(int(most) - int(least or 0), length) + 1)
    optional = len(re.findall(r"(?<!\()\?", _MANY.sub("", _SOME.sub("", bare))))
    return ways * 2.0 ** (optional + bare.count("|"))
