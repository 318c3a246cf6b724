"""The one error that a user sees: what is wrong, where, and what to do about it."""

from __future__ import annotations


class SovlintError(Exception):
    """Bad usage, configuration, policy or catalogue: ends the run with exit code 2.

    ``message`` says what and where in one sentence; ``hint`` says what to do (may be empty).
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
