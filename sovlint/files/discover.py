"""Paths on the command line -> a ``Repository``. Nothing here knows what a file means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from sovlint.files.repository import Repository
from sovlint.files.scan_place import locate
from sovlint.files.walk import Exclude, Walk, nothing_excluded


def discover(
    paths: Sequence[Path],
    exclude: Exclude = nothing_excluded,
    edited: Mapping[str, bytes] | None = None,
) -> Repository:
    """The repository around ``paths``, listed in one pass. Raises ``SovlintError`` for a path that isn't there.

    ``edited``: by absolute real path, what files would hold that are about to be written. One that isn't there yet is
    listed all the same.
    """
    place = locate(paths)
    walk = Walk(str(place.root), exclude)
    starts: tuple[str, ...] = ("",)
    if not place.git and len(place.named) > 1:
        # Without a git root the folder above several paths may be anything, the whole disk even: it isn't listed.
        starts = tuple(
            path if (place.root / path).is_dir() else path.rpartition("/")[0]
            for path in place.named
        )
    for path in starts:
        walk.folder(path)
    for path in place.named:
        walk.name(path)
    for path in sorted(edited or ()):
        walk.unsaved(path)
    return Repository(place.root, walk.listing(starts), place.named, edited)
