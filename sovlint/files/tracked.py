"""What git tracks, whatever patterns ignore: asked once for each repository, and only where something is ignored."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path


class Tracked:
    """What the index of the repository in a folder names."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def holds(self, path: str) -> bool | None:
        """Whether a path relative to the repository is tracked; of a folder (it ends in ``/``), whether anything in it
        is, or it is a repository that this one has as a submodule. ``None`` where nobody can tell."""
        paths = self._paths
        if paths is None:
            return None
        at = bisect_left(paths, path)
        if at < len(paths) and (
            paths[at].startswith(path) if path.endswith("/") else paths[at] == path
        ):
            return True
        return path.endswith("/") and self.holds(path[:-1])

    def below(self, folder: str) -> Sequence[str] | None:
        """What is tracked below a folder, which ends in ``/``; ``None`` where nobody can tell."""
        paths = self._paths
        if paths is None:
            return None
        return paths[
            bisect_left(paths, folder) : bisect_left(paths, f"{folder[:-1]}0")
        ]  # 0 follows /

    @cached_property
    def _paths(self) -> list[str] | None:
        from sovlint.files import git

        return git.tracked(Path(self._folder))
