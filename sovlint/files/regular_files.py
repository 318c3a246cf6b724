"""The bytes of regular files: what isn't one is never opened."""

from __future__ import annotations

import os
import stat

from sovlint.model.inputs import TOO_LARGE
from sovlint.model.text import Note

MAX_BYTES = 32 * 1024 * 1024
"""Larger files are not read."""
BOM = b"\xef\xbb\xbf"


def regular_bytes(path: str, most: int | None = None) -> bytes | Note:
    """The bytes of a regular file that isn't too large; the first ``most`` of one of any size, where that is asked for.
    What isn't a regular file is never opened, since opening a pipe or a device may wait or act."""
    if not stat.S_ISREG(os.stat(path).st_mode):
        return Note("discover.not-a-file")
    handle = os.open(
        path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    )
    with open(handle, "rb") as stream:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            return Note("discover.not-a-file")
        if most is not None:
            return stream.read(most)
        data = stream.read(MAX_BYTES + 1)
    if max(found.st_size, len(data)) > MAX_BYTES:
        return Note(TOO_LARGE, {"limit": MAX_BYTES >> 20})
    return data
