"""What evaluating may cost: hostile input ends as unknowns, in bounded time and memory, and hides nothing else."""

from __future__ import annotations

import sys

from sovlint.model.value import Unknown

MAX_DEPTH = 100
"""Expressions and blocks nested deeper than this are not read: no stack is endless."""
MAX_BYTES = 2 * 1024 * 1024
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
MAX_INSTANCES = 2_000
"""More instances of a block, or nested blocks made by a dynamic one, are read as one that stands for all."""
MAX_WORK = 1_000_000
"""What one root may cost, in parts looked at: some seconds. The dearest root met in real repositories cost 75,000.
Past it loops are unknown, and what would make several instances is read as one."""
SMALL = 1_000
"""Values and calls of no more parts than this are always afforded: a root that costs too much stays readable."""
TURN = 5
"""What a turn of a loop costs."""
INSTANCE = 200
"""What an instance of a resource or a module costs."""
NESTED_BLOCK = 50
"""What a block made by a dynamic one costs."""
MAX_FRAMES = 8_000
"""Calls of Python deep while evaluating: names that lead to names that lead to names need some."""


class Work:
    """What is left of the work that one root may cost."""

    __slots__ = ("doubt", "doubts", "left")

    def __init__(self, left: int = MAX_WORK) -> None:
        self.left = left
        self.doubts = 0
        """How often something was taken that may not be there (an element under an unknown key)."""
        self.doubt: Unknown | None = None
        """Why the last of these may not be there."""

    def may_be_missing(self, doubt: Unknown) -> None:
        """Keep in mind that what was just taken may not be there: Terraform would refuse the expression then."""
        self.doubts += 1
        self.doubt = doubt

    @property
    def limit(self) -> int:
        """The size up to which a value can be afforded now."""
        return MAX_SIZE if self.left > 0 else SMALL

    def spend(self, units: int) -> bool:
        """Take ``units``; whether they were left."""
        self.left -= units
        return self.left >= 0


def deepen_stack() -> None:
    """Make room for long chains of names, also for what is read later on demand. What is longer still is unknown."""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), MAX_FRAMES))
