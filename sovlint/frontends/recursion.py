"""The stack that front ends need: what is nested, and chains of names and folders, is followed by recursion."""

from __future__ import annotations

import sys

MAX_FRAMES = 8_000
"""As many calls may be open at once; each front end bounds what it follows by itself."""


def deepen_stack() -> None:
    """Make room for long chains, also for what is read later on demand. What is longer still is unknown."""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), MAX_FRAMES))
