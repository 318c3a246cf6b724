"""What evaluating may cost: hostile input ends as unknowns, in bounded time and memory, and hides nothing else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

MAX_DEPTH = 150
"""Expressions and blocks nested deeper than this are not read: no stack is endless."""
MAX_BYTES = 4 * 1024 * 1024
"""Larger files are not parsed: a syntax tree takes some three hundred times the size of what it is made of."""
MAX_ELEMENTS = 10_000
"""Collections of more elements than this are unknown."""
MAX_TEXT = 1_000_000
"""Text longer than this, made by an expression, is unknown."""
MAX_SIZE = 100_000
"""Values made of more parts than this are unknown. A part counts as often as it is met: doubling takes no memory, but
whoever walks the result would never end."""
MAX_NESTING = 64
"""Values nested deeper than this are unknown."""
MAX_WORK = 10_000_000
"""What one root may cost, in parts looked at: some seconds. Past it what loops or calls is unknown, and what would make
many instances is read as one."""
INSTANCE = 500
"""What an instance of a resource or a module costs."""
MAX_FRAMES = 8_000
"""Calls of Python deep while evaluating: names that lead to names that lead to names need some."""


class Work:
    """What is left of the work that one root may cost."""

    __slots__ = ("left",)

    def __init__(self, left: int = MAX_WORK) -> None:
        self.left = left

    def spend(self, units: int) -> bool:
        """Take ``units``; false where not as many are left, and then nothing is taken."""
        if units > self.left:
            return False
        self.left -= units
        return True


@contextmanager
def deep_stack() -> Iterator[None]:
    """Room for long chains of names. What is longer still is unknown (see ``scope``)."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, MAX_FRAMES))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
