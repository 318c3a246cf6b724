"""Where a scan happens: paths of the command line -> the folder that bounds them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from sovlint.errors import SovlintError
from sovlint.files.paths import slashes
from sovlint.model.resources.reading import Remark
from sovlint.model.text import Note


class ScanPlace(Struct, frozen=True):
    """Where a scan happens. ``root`` is the real folder that bounds it: the git root, else what was scanned.

    ``start`` is the deepest folder above all paths given; the configuration is looked for from there up to ``root``.
    ``named`` are the paths given, relative to ``root`` (``""`` for the root itself). ``git``: is ``root`` a git root.
    """

    root: Path
    start: Path
    named: tuple[str, ...]
    git: bool


def locate(paths: Sequence[Path], gone: bool = False) -> ScanPlace:
    """Where a scan of ``paths`` happens. Where they may be ``gone``, what is left of a path stands in for it.

    Raises ``SovlintError`` for a path that isn't there otherwise, and for paths on several drives.
    """
    real = [_real(left_of(path) if gone else path) for path in paths]
    folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in real]
    start = Path(_common(folders))
    above = next(
        (folder for folder in (start, *start.parents) if (folder / ".git").exists()), None
    )
    root = above or start
    named = tuple(sorted({slashes(os.path.relpath(path, root)) for path in real}))
    return ScanPlace(
        root, start, tuple("" if path == "." else path for path in named), above is not None
    )


def _common(folders: Sequence[str]) -> str:
    """The deepest folder above all of these."""
    try:
        return os.path.commonpath(folders)
    except ValueError:
        raise SovlintError(
            "What is scanned lies on several drives.", "Scan each by itself."
        ) from None


def changes(paths: Sequence[Path], root: Path) -> tuple[str, ...]:
    """Changed files and folders relative to the real folder ``root`` (``""``: that itself, or one above); some may be
    gone. What isn't where one stands may be named from ``root``, as git does."""
    real = {_whole(path) for path in paths}
    real |= {
        _whole(root / path)
        for path in paths
        if not os.path.lexists(path) and not path.is_absolute()
    }
    found = {slashes(os.path.relpath(path, root)) for path in real}
    return tuple(
        sorted("" if path in (".", "..") or path.endswith("/..") else path for path in found)
    )


def gone(paths: Sequence[Path], root: Path) -> tuple[Remark, ...]:
    """That changed files aren't there, so that they count as deleted; a name that is misspelt would go unnoticed."""
    absent = [
        path for path in paths if not (os.path.lexists(path) or os.path.lexists(root / path))
    ]
    if not absent:
        return ()
    return (Remark(Note("discover.gone", {"count": len(absent), "path": str(absent[0])})),)


def _whole(path: Path) -> str:
    """The real path of a folder; of a file, its name in its real folder."""
    return (
        os.path.realpath(path)
        if os.path.isdir(path)
        else os.path.join(os.path.realpath(path.parent), path.name)
    )


def left_of(path: Path) -> Path:
    """The path, or the nearest folder above it that is still there."""
    return next(part for part in (path, *path.absolute().parents) if os.path.lexists(part))


def _real(path: Path) -> str:
    """The real path of a folder; of a file, its name in its real folder, so that a link keeps its own name."""
    if not os.path.lexists(path):
        raise SovlintError(f"`{path}` doesn't exist.", _similar(path))
    return _whole(path)


def _similar(path: Path) -> str:
    """A hint that names what is spelled much like a path that isn't there."""
    from difflib import get_close_matches

    try:
        names = os.listdir(path.parent)
    except OSError:
        return ""
    close = get_close_matches(path.name, names, n=1)
    return f"Did you mean `{path.parent / close[0]}`?" if close else ""
