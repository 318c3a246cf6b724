"""What a configuration may name: regular files and folders of its own repository, wherever links lead."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from sovlint.files.walk import MAX_BYTES


def leads_out(path: Path, root: Path) -> bool:
    """Whether a path, followed through all links, lies outside a folder."""
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def is_plain(path: Path) -> bool:
    """Whether a path leads to a folder, or to a regular file that isn't too large to read."""
    found = path.stat()
    return stat.S_ISDIR(found.st_mode) or (
        stat.S_ISREG(found.st_mode) and found.st_size <= MAX_BYTES
    )


def links_out(folder: Path, root: Path) -> Iterator[str]:
    """The names of links below a folder that lead out of ``root``; none of them is followed to find others."""
    for inside, folders, names in os.walk(folder):
        for name in sorted((*folders, *names)):
            path = Path(inside, name)
            if path.is_symlink() and leads_out(path, root):
                yield path.relative_to(folder).as_posix()
