"""A source: a folder of clones and bare repositories, however deep, or one of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sovlint.errors import SovlintError
from sovlint.fleet.sources.found import Clone, SourceContents, SourceKind
from sovlint.fleet.sources.git_folders import git_folder

SUFFIX: Final = ".git"
DEEPEST: Final = 12
"""Folders within folders that are looked into."""


def _read(path: Path) -> SourceContents:
    one = git_folder(path)
    if one is not None:
        return SourceContents((Clone(one, path, _without_suffix(path.resolve().name)),))
    clones = tuple(_below(path))
    if not clones:
        raise SovlintError(
            f"There is no git repository in `{path}`.",
            "Name a folder of clones, a list of them, or an export of GitLab or GitHub beside one.",
        )
    return SourceContents(clones)


def _below(top: Path) -> Iterator[Clone]:
    """The repositories below a folder, in the order of their paths; within one there are none of the fleet."""
    for folder, names, files in os.walk(top):
        place = Path(folder)
        kept = git_folder(place) if ".git" in (*names, *files) or "HEAD" in files else None
        if kept is not None:
            names.clear()
            yield Clone(kept, place, _without_suffix(place.relative_to(top).as_posix()))
        elif len(place.relative_to(top).parts) >= DEEPEST:
            names.clear()
        names.sort()


def _without_suffix(name: str) -> str:
    return name.removesuffix(SUFFIX) or name


KIND: Final = SourceKind(Path.is_dir, _read)
