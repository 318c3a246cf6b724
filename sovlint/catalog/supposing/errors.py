"""What can't be supposed, and why."""

from __future__ import annotations


class SuppositionError(Exception):
    """``keys`` of an event that can't be supposed, the ``problem`` with them, and what to do."""

    def __init__(self, keys: tuple[str, ...], problem: str, hint: str = "") -> None:
        super().__init__(problem)
        self.keys = keys
        self.problem = problem
        self.hint = hint
