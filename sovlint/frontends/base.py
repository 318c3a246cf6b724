"""What a front end is: a function from a reader, options and hints to a Reading."""

from __future__ import annotations

from typing import Protocol

from sovlint.model.hints import Hints
from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.resource import Reading


class FrontEnd(Protocol):
    """Reads the files that it claims among ``reader.paths``; never raises for what a scanned file says."""

    def __call__(self, reader: Reader, options: ReadOptions, hints: Hints) -> Reading:
        """All resources of the repository that this front end knows, and what it couldn't read."""
        ...
