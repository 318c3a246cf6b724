"""Who looks on while a run goes its way: told of phases, files and roots as they come, and without a say in any."""

from __future__ import annotations

from enum import Enum
from typing import Final, Protocol


class Phase(Enum):
    """What a run is doing."""

    LOAD = "load"
    LIST = "list"
    READ = "read"
    PLACE = "place"
    JUDGE = "judge"
    REPORT = "report"


class Watch(Protocol):
    """One who looks on. Nothing that it does changes what is found."""

    def phase(self, phase: Phase) -> None:
        """A phase begins."""

    def file(self, path: str) -> None:
        """A file is read; files may be read several times."""

    def root(self, path: str) -> None:
        """A root is evaluated."""


class _Nobody:
    """Nobody looks on: stderr is no terminal, or isn't to be written to."""

    def phase(self, phase: Phase) -> None:
        """Nothing."""

    def file(self, path: str) -> None:
        """Nothing."""

    def root(self, path: str) -> None:
        """Nothing."""


NOBODY: Final[Watch] = _Nobody()
