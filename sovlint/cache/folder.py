"""The folder of kept readings: the user's own, outside any repository, bounded in size. Whatever is odd there is a miss."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

MOST_BYTES: Final = 256 << 20
"""What all that is kept may take. The oldest goes first."""
LARGEST: Final = 64 << 20
"""Nothing larger is kept."""
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def users_own(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Where this user's caches are, as the system has it; ``None`` where it says nothing of that."""
    named = environment.get("SOVLINT_CACHE_DIR") or environment.get("XDG_CACHE_HOME")
    if named:
        return Path(named) / "sovlint" if Path(named).is_absolute() else None
    if sys.platform == "win32":
        local = environment.get("LOCALAPPDATA")
        return Path(local) / "sovlint" / "Cache" if local else None
    try:
        home = Path.home()
    except RuntimeError:  # nobody knows whose process this is
        return None
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "sovlint"


class KeptBytes(Protocol):
    """Bytes by name, for the next run or for this one alone (``lasts``)."""

    @property
    def lasts(self) -> bool:
        """Whether there is a next run to keep them for."""
        ...

    def get(self, name: str) -> bytes | None:
        """What was kept under a name."""
        ...

    def put(self, name: str, data: bytes) -> None:
        """Keep something under a name."""
        ...

    def make_room(self) -> None:
        """Forget what is too much."""
        ...


class InMemory(dict[str, bytes]):
    """What is kept for this run alone."""

    lasts = False

    def put(self, name: str, data: bytes) -> None:
        """Keep something under a name."""
        self[name] = data

    def make_room(self) -> None:
        """Nothing: it goes with the run."""


class CacheFolder:
    """Files by name, each written whole or not at all."""

    lasts = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, name: str) -> bytes | None:
        """What was kept under a name; ``None`` where there is nothing that this user alone has written."""
        if not _is_own(self.folder, stat.S_ISDIR):
            return None
        path = self.folder / name
        if not _is_own(path, stat.S_ISREG):
            return None
        try:
            with path.open("rb") as stream:
                data = stream.read(LARGEST + 1)
        except OSError:
            return None
        return data if len(data) <= LARGEST else None

    def put(self, name: str, data: bytes) -> None:
        """Keep something under a name. What can't be kept is read again the next time."""
        if len(data) > LARGEST:
            return
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if _is_own(self.folder, stat.S_ISDIR):
                self._write(name, data)

    def _write(self, name: str, data: bytes) -> None:
        import tempfile  # imported late: many runs keep nothing

        handle, made = tempfile.mkstemp(dir=self.folder, suffix=".tmp")
        draft = Path(made)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            draft.replace(self.folder / name)
        except BaseException:
            draft.unlink()
            raise

    def make_room(self) -> None:
        """Remove what was written longest ago, until the rest is within bounds."""
        with suppress(OSError):
            self._make_room()

    def _make_room(self) -> None:
        with os.scandir(self.folder) as found:
            files = [
                (entry.stat(follow_symlinks=False), entry.path)
                for entry in found
                if entry.is_file(follow_symlinks=False)
            ]
        size = sum(state.st_size for state, _ in files)
        for state, path in sorted(files, key=lambda each: each[0].st_mtime_ns):
            if size <= MOST_BYTES:
                return
            Path(path).unlink()
            size -= state.st_size


def _is_own(path: Path, is_kind: object) -> bool:
    """Whether it is there, itself and no link to it, is this user's, and nobody else may read or write it."""
    try:
        found = os.lstat(path)
    except OSError:
        return False
    kind = is_kind(found.st_mode) if callable(is_kind) else False
    if not kind or sys.platform == "win32":
        return bool(kind)
    return found.st_uid == os.getuid() and not found.st_mode & _OTHERS
