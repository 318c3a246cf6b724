"""Attributes of something that was read before: what was asked of them then is known, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NoReturn

from sovlint.model.attributes import Found


class UnansweredError(Exception):
    """Something was asked of a kept reading that nobody had asked of it: it is read again, as if it weren't kept."""


class AnsweredAttributes:
    """ReaderAnswers by path (implements ``model.attributes.Attributes``). Raises ``UnansweredError`` for any other path."""

    def __init__(self, answers: Mapping[str, tuple[Found, ...]]) -> None:
        self._answers = answers

    def read(self, path: str) -> Sequence[Found]:
        """What stood at a path when it was asked for."""
        try:
            return self._answers[path]
        except KeyError:
            raise UnansweredError from None


class Unanswered:
    """Stands for a function that works something out of what was read, which isn't kept."""

    def __call__(self, *_: object, **__: object) -> NoReturn:
        raise UnansweredError
