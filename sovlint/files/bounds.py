"""What a configuration may name, and a comparison may show: regular files and folders of the repository, wherever
links lead."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from sovlint.files.regular_files import MAX_BYTES, regular_bytes
from sovlint.files.walk import REPOSITORY


def leads_out(path: Path, root: Path) -> bool:
    """Whether a path, followed through all links, lies outside a folder. A name that no file can have doesn't."""
    try:
        real = os.path.realpath(path)
    except ValueError:
        return False
    return not Path(real).is_relative_to(os.path.realpath(root))


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


def bytes_within(root: str, name: str) -> bytes | None:
    """What a file below a folder (its real path) holds; ``None`` where there is none that can be read, where a link
    leads out of the folder, and where it is git's own."""
    real = os.path.realpath(f"{root}/{name}")
    if not real.startswith(f"{root}{os.sep}") or REPOSITORY in Path(real[len(root) :]).parts:
        return None
    try:
        data = regular_bytes(real)
    except (OSError, ValueError):
        return None
    return data if isinstance(data, bytes) else None
