"""Attributes of something that was read before: what was asked of them then is known, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NoReturn

from msgspec.structs import replace

from sovlint.model.attributes import Attributes, Found
from sovlint.model.resources.reading import Reading


class UnansweredError(Exception):
    """Something was asked of a kept reading that nobody had asked of it: it is read again, as if it weren't kept."""


class AnsweredAttributes:
    """Answers by path (implements ``model.attributes.Attributes``). Raises ``UnansweredError`` for any other path."""

    def __init__(self, answers: Mapping[str, tuple[Found, ...]]) -> None:
        self._answers = answers

    def read(self, path: str) -> Sequence[Found]:
        """What stood at a path when it was asked for."""
        try:
            return self._answers[path]
        except KeyError:
            raise UnansweredError from None


class AskedAttributes:
    """Attributes that remember what was asked of them, and are kept as that (implements ``model.attributes.Attributes``)."""

    def __init__(self, attributes: Attributes) -> None:
        self._attributes = attributes
        self._answers: dict[str, tuple[Found, ...]] = {}

    def read(self, path: str) -> Sequence[Found]:
        """What stands at a path."""
        if path not in self._answers:
            self._answers[path] = tuple(self._attributes.read(path))
        return self._answers[path]

    def __reduce__(self) -> tuple[type[AnsweredAttributes], tuple[Mapping[str, object]]]:
        return AnsweredAttributes, (self._answers,)


def remembering(reading: Reading) -> Reading:
    """A reading whose resources remember what is asked of their attributes."""
    return replace(
        reading,
        resources=tuple(
            replace(each, attributes=AskedAttributes(each.attributes))
            for each in reading.resources
        ),
    )


class Unanswered:
    """Stands for a function that works something out of what was read, which isn't kept."""

    def __call__(self, *_: object, **__: object) -> NoReturn:
        raise UnansweredError
