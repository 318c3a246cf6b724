"""What a front end is: a function from a reader, options and hints to a Reading."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.resources.reading import Reading
from sovlint.rules.hints import Hints


class FrontEnd(Protocol):
    """Reads the files that it claims among ``reader.paths``; never raises for what a scanned file says."""

    def __call__(self, reader: Reader, options: ReadOptions, hints: Hints) -> Reading:
        """All resources of the repository that this front end knows, and what it couldn't read."""
        ...


class FilesUnit:
    """What is read as one, and comes from files that are known (implements ``model.resources.reading.Unit``)."""

    def __init__(self, root: str, variant: str | None, read: Iterable[str]) -> None:
        self.root: str | None = root
        self.variant = variant
        self._read = frozenset(read)

    def bears(self, path: str) -> bool:
        """Whether it was read for this, or looked for."""
        return path in self._read
