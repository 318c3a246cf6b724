"""The one error that a user sees: what is wrong, where, and what to do about it, such as the name that was meant."""

from __future__ import annotations

from collections.abc import Iterable


class SovlintError(Exception):
    """Bad usage, configuration, policy or catalogue: ends the run with exit code 2.

    ``message`` says what and where in one sentence; ``hint`` says what to do (may be empty).
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def nearest(word: str, known: Iterable[str], cutoff: float = 0.65) -> str | None:
    """The name that is most like ``word``, where one is like it at all."""
    from difflib import get_close_matches  # imported late: 0.02 s

    return next(iter(get_close_matches(word, list(known), n=1, cutoff=cutoff)), None)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``Did you mean `x`?`` where a name is like ``word``; else an empty text."""
    close = nearest(word, known)
    return f"Did you mean `{close}`?" if close else ""
