"""Where git keeps a repository: beside its files, elsewhere, or by itself."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from sovlint.files import git
from sovlint.files.regular_files import regular_bytes

_ELSEWHERE: Final = b"gitdir: "


def git_folder(place: Path) -> Path | None:
    """The folder in which git keeps the repository at ``place``: a clone, a work tree, or that folder itself; ``None``
    where there is none."""
    beside = place / ".git"
    if git.is_kept_in(beside):
        return beside.resolve()
    if beside.is_file():
        return _named(beside)
    return place.resolve() if git.is_bare(place) else None


def _named(file: Path) -> Path | None:
    """The folder that a file of git's names; of a work tree, that of the repository which it belongs to."""
    try:
        said = regular_bytes(str(file))
    except OSError:
        return None
    if not isinstance(said, bytes) or not said.startswith(_ELSEWHERE):
        return None
    folder = file.parent / os.fsdecode(said.removeprefix(_ELSEWHERE).strip())
    return folder.resolve() if (folder / "HEAD").is_file() else None
