"""The one way to read the files below a git root. Links that lead out of it are never followed."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sovlint.files.offered_code import OfferedCode
from sovlint.files.paths import upwards
from sovlint.files.regular_files import BOM, regular_bytes
from sovlint.files.walk import MADE, NOTHING_LISTED, Listing
from sovlint.model.inputs import PEEKED
from sovlint.model.offers import Offers
from sovlint.model.source import SourceFile
from sovlint.model.text import Note
from sovlint.model.watch import NOBODY


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
        self.code = OfferedCode(Offers(), self._is_here)
        """What other repositories offer of their files."""

    def take(self, offers: Offers) -> None:
        """Read what other repositories offer of their files as if it stood here, where somebody asks for it."""
        self.code = OfferedCode(offers, self._is_here)

    def elsewhere(self, source: str) -> str | None:
        """Where the folder of another repository is read that a source names; ``None`` where nobody offers it."""
        return self.code.folder(source)

    def offered_by(self, source: str) -> Sequence[str]:
        """The repositories that offer what a source names."""
        return self.code.offered_by(source)

    def mount(self, path: str) -> str:
        """The folder below which the other repository is read that a path is of; empty for this one."""
        return self.code.mount(path)

    def _is_here(self, path: str) -> bool:
        return os.path.lexists(self._prefix + path)

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
        return self.code.below(folder) if self.mount(folder) else _below(folder, self.paths)

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
        if self.mount(folder):
            return [f"{folder}/"]
        looked_at = any(
            not start or f"{folder}/".startswith(f"{start}/")
            for start in self._listing.starts
        )
        above = [f"{part}/" for part in upwards(folder) if f"{part}/" in self._listing.aside]
        return above or (_below(folder, self._listing.aside) if looked_at else [f"{folder}/"])

    def files_in(self, folder: str) -> Sequence[str]:
        """The files that stand directly in a folder, what is never scanned included; empty where there is none."""
        if self.mount(folder):
            return self.code.files_in(folder)
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
        if (
            self.mount(path)
            or full in self._edited
            or os.path.lexists(full)
            or not os.path.realpath(full).startswith(self._prefix)
        ):
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
        offered = self.code.file(path)
        if offered is not None:
            return offered.data[:most]
        real = self._realpath(path)
        if real in self._edited:
            return self._edited[real][:most]
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
        offered = self.code.file(path)
        if offered is not None:
            return _text(path, offered.data, offered.repository)
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


def _text(path: str, data: bytes, repository: str = "") -> SourceFile | Note:
    """A file of UTF-8 text without its byte order mark, or what keeps it from being one."""
    data = data.removeprefix(BOM)
    if b"\0" in data:
        return Note("discover.binary")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Note("discover.not-utf-8", {"line": data.count(b"\n", 0, error.start) + 1})
    return SourceFile(path, data, repository)
