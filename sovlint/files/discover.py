"""Paths on the command line -> a ``Repository``: the files below the git root, and the one way to read them.

Nothing here knows what a file means. Reading is bounded to the git root: links that lead out of it are never followed.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from sovlint.errors import SovlintError
from sovlint.files.walk import (
    BOM,
    MADE,
    NOTHING_LISTED,
    Exclude,
    Listing,
    Walk,
    nothing_excluded,
    regular_bytes,
    slashes,
    upwards,
)
from sovlint.model.inputs import PEEKED
from sovlint.model.resources.reading import Remark
from sovlint.model.source import SourceFile
from sovlint.model.text import Note
from sovlint.model.watch import NOBODY


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

    Raises ``SovlintError`` for a path that isn't there otherwise.
    """
    real = [_real(left_of(path) if gone else path) for path in paths]
    folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in real]
    start = Path(os.path.commonpath(folders))
    above = next(
        (folder for folder in (start, *start.parents) if (folder / ".git").exists()), None
    )
    root = above or start
    named = tuple(sorted({slashes(os.path.relpath(path, root)) for path in real}))
    return ScanPlace(
        root, start, tuple("" if path == "." else path for path in named), above is not None
    )


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


def discover(
    paths: Sequence[Path],
    exclude: Exclude = nothing_excluded,
    edited: Mapping[str, bytes] | None = None,
) -> Repository:
    """The repository around ``paths``, listed in one pass. Raises ``SovlintError`` for a path that isn't there.

    ``edited``: by absolute real path, what files would hold that are about to be written.
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
    return Repository(place.root, walk.listing(starts), place.named, edited)


class Repository:
    """Implements ``model.inputs.Reader`` over a folder on disk.

    ``named``: what was named on the command line. ``edited``: by absolute real path, what is read in place of what a
    file holds. ``watch``: who is told of each file that is read.
    """

    def __init__(
        self,
        root: Path,
        listing: Listing = NOTHING_LISTED,
        named: Sequence[str] = (),
        edited: Mapping[str, bytes] | None = None,
    ) -> None:
        self.root = root
        self.watch = NOBODY
        self.paths: Sequence[str] = listing.paths
        self.remarks = listing.remarks
        self.links = listing.links
        self.excluded = listing.excluded
        self.linked = listing.linked
        self.ignored = listing.ignored
        self.held = listing.held
        self._listing = listing
        self._edited = edited or {}
        self._named = frozenset(named)
        self._prefix = os.path.join(str(root), "")
        self._real_folders: dict[str, str] = {}

    def wanted(self, path: str) -> bool:
        """Whether the path, or a folder above it, was named on the command line."""
        return "" in self._named or any(part in self._named for part in upwards(path))

    def named(self, path: str) -> bool:
        """Whether this very path was named on the command line."""
        return path in self._named

    def real(self, path: str) -> str:
        """Where a path that may lead through a link to a folder is listed; the path itself where none does."""
        for part in upwards(path):
            if part in self.links:
                return (self.links[part] + path[len(part) :]).lstrip("/")
        return path

    def listing(self, folder: str) -> Sequence[str]:
        """Every path below a folder."""
        return _below(folder, self.paths)

    def passed_over(self) -> Iterator[tuple[str, Sequence[str]]]:
        """The folders of other people's files, each with what is below it and isn't listed: by their names alone, looked
        up when asked for, and no further than a bound."""
        from sovlint.files import passed_over  # imported late: few repositories have one

        listed = frozenset(self.paths)
        for folder in sorted(self._listing.passed):
            if self.wanted(folder[:-1]):
                found = passed_over.left_in(str(self.root), self._listing.passed, folder)
                yield folder, [path for path in found if path not in listed]

    def files_excluded(self) -> Iterator[tuple[str, Sequence[str]]]:
        """The files and folders that the configuration leaves out, each with the files that are left out by it."""
        from sovlint.files import passed_over

        for path in self.excluded:
            if self.wanted(path.rstrip("/")):
                is_folder = path.endswith("/")
                yield (
                    path,
                    passed_over.left_out(str(self.root), path) if is_folder else [path],
                )

    def unlisted(self, folder: str) -> Sequence[str]:
        """What is there below a folder and isn't listed; the folder itself where not all of it was looked at."""
        looked_at = any(
            not start or f"{folder}/".startswith(f"{start}/")
            for start in self._listing.starts
        )
        above = [f"{part}/" for part in upwards(folder) if f"{part}/" in self._listing.aside]
        return above or (_below(folder, self._listing.aside) if looked_at else [f"{folder}/"])

    def files_in(self, folder: str) -> Sequence[str]:
        """The files that stand directly in a folder, what is never scanned included; empty where there is none."""
        real = os.path.realpath(self._prefix + folder)
        if not os.path.join(real, "").startswith(self._prefix) or ".git" in real[
            len(self._prefix) :
        ].split(os.sep):
            return ()
        try:
            with os.scandir(real) as found:
                names = sorted(entry.name for entry in found if entry.is_file())
        except OSError:
            return ()
        return [f"{folder}/{name}" if folder else name for name in names]

    def absent(self, path: str) -> bool:
        """Whether nothing stands at a path, and nothing that git ignores may stand there in another checkout."""
        full = self._prefix + path
        if os.path.lexists(full) or not os.path.realpath(full).startswith(self._prefix):
            return False
        if MADE.intersection(path.split("/")):
            return False
        inside = (
            (path.removeprefix(prefix), each)
            for prefix, each in self._listing.ignores.items()
            if path.startswith(prefix)
        )
        return not any(
            each.ignores(rest) or each.ignores(f"{rest}/") for rest, each in inside
        )

    def peek(self, path: str, most: int = PEEKED) -> bytes:
        """The beginning of a file; empty where it can't be read, or mustn't."""
        real = self._realpath(path)
        return _beginning(real, most) if real.startswith(self._prefix) else b""

    def links_to(self, path: str) -> set[str]:
        """The listed paths that lead to a path through a link to the file; where it is a link to a folder itself, what
        is listed of that folder."""
        target = os.path.realpath(self._prefix + path)
        if path in self.links:
            inside = f"{self.links[path]}/" if self.links[path] else ""
            return {each for each in self.paths if each.startswith(inside)}
        return {each for each, real in self.linked.items() if real == target}

    def read(self, path: str) -> SourceFile | Note:
        """The file at a path relative to the root, or why it isn't read. Files that git ignores can be read too."""
        self.watch.file(path)
        data = self._bytes(path)
        return data if isinstance(data, Note) else _text(path, data)

    def digest(self, path: str) -> str | Note:
        """The SHA-256 of any file at a path relative to the root, text or not, in lower case; or why it isn't read."""
        from hashlib import sha256  # imported late: few runs need it

        data = self._bytes(path)
        return data if isinstance(data, Note) else sha256(data).hexdigest()

    def _realpath(self, path: str) -> str:
        """The absolute real path of a file; each folder is looked up once, since that costs more than reading does."""
        folder, _, name = path.rpartition("/")
        if name in ("", ".", ".."):
            return os.path.realpath(self._prefix + path)
        if folder not in self._real_folders:
            self._real_folders[folder] = os.path.join(
                os.path.realpath(self._prefix + folder), ""
            )
        full = self._real_folders[folder] + name
        return os.path.realpath(full) if os.path.islink(full) else full

    def _bytes(self, path: str) -> bytes | Note:
        if "\0" in path:
            return Note("discover.absent")
        real = self._realpath(path)
        if not real.startswith(self._prefix):
            return Note("discover.outside")
        if ".git" in real[len(self._prefix) :].split(os.sep):
            return Note("discover.git-internal")
        if real in self._edited:
            return self._edited[real]
        try:
            return regular_bytes(real)
        except FileNotFoundError:
            return Note("discover.absent")
        except OSError as error:
            return Note("discover.unreadable", {"problem": error.strerror or str(error)})


def _below(folder: str, paths: Sequence[str]) -> Sequence[str]:
    """Those of sorted paths that lie below a folder (``""``: all)."""
    if not folder:
        return paths
    return paths[
        bisect_left(paths, f"{folder}/") : bisect_left(paths, f"{folder}0")
    ]  # 0 follows /


def _beginning(real: str, most: int) -> bytes:
    try:
        data = regular_bytes(real, most)
    except OSError:
        return b""
    return b"" if isinstance(data, Note) else data


def _text(path: str, data: bytes) -> SourceFile | Note:
    """A file of UTF-8 text without its byte order mark, or what keeps it from being one."""
    data = data.removeprefix(BOM)
    if b"\0" in data:
        return Note("discover.binary")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Note("discover.not-utf-8", {"line": data.count(b"\n", 0, error.start) + 1})
    return SourceFile(path, data)


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
