"""A reader over texts held in memory, for the tests of front ends that read whole files."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import dedent

from sovlint.model.inputs import PEEKED
from sovlint.model.source import SourceFile
from sovlint.model.text import Note


class MemoryReader:
    """Files by path. ``None`` stands for a file that can't be read; ``asked`` are the paths named by the user."""

    def __init__(
        self, files: dict[str, str | bytes | None], asked: tuple[str, ...] = ("",)
    ) -> None:
        self._hidden = {
            path: text for path, text in files.items() if ".terraform" in path.split("/")
        }
        self._files = {path: text for path, text in files.items() if path not in self._hidden}
        self._asked = asked

    @property
    def paths(self) -> Sequence[str]:
        """All paths, sorted."""
        return sorted(self._files)

    def read(self, path: str) -> SourceFile | Note:
        """The file, or a note."""
        text = {**self._files, **self._hidden}.get(path)
        if text is None:
            return Note("discover.test-unreadable", {"path": path})
        if isinstance(text, bytes) and not _is_utf_8(text):
            return Note("discover.not-utf-8", {"line": 1})
        return SourceFile(
            path, dedent(text).lstrip("\n").encode() if isinstance(text, str) else text
        )

    def listing(self, folder: str) -> Sequence[str]:
        """Every path below a folder."""
        return (
            [path for path in self.paths if path.startswith(f"{folder}/")]
            if folder
            else self.paths
        )

    def files_in(self, folder: str) -> Sequence[str]:
        """The paths directly in a folder, hidden ones too."""
        return [
            path
            for path in sorted({**self._files, **self._hidden})
            if path.rpartition("/")[0] == folder
        ]

    def absent(self, path: str) -> bool:
        """Whether no file is called that, or lies below."""
        return path not in self.paths and not self.listing(path)

    def unlisted(self, folder: str) -> Sequence[str]:
        """Nothing: all that is there is listed."""
        return ()

    def peek(self, path: str, most: int = PEEKED) -> bytes:
        """How a file begins, UTF-8 or not."""
        text = {**self._files, **self._hidden}.get(path) or b""
        return (text if isinstance(text, bytes) else text.encode())[:most]

    def real(self, path: str) -> str:
        """The path itself: there are no links here."""
        return path

    def elsewhere(self, source: str) -> str | None:
        """Nothing: nobody offers anything."""
        return None

    def offered_by(self, source: str) -> Sequence[str]:
        """Nobody."""
        return ()

    def mount(self, path: str) -> str:
        """Nothing: all is of this repository."""
        return ""

    def wanted(self, path: str) -> bool:
        """Whether the path lies below one that was asked for."""
        return any(path.startswith(start) for start in self._asked)

    def named(self, path: str) -> bool:
        """Whether this very path was asked for."""
        return path in self._asked


def _is_utf_8(data: bytes) -> bool:
    try:
        return b"\0" not in data and data.decode() is not None
    except UnicodeDecodeError:
        return False
