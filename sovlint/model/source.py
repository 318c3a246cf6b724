"""Where something is written: files, spans, and places whose span is worked out only when shown."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Final, Protocol

from msgspec import Struct

_OF: Final = ": "
"""Between the name of another repository and the path of its file."""


class Span(Struct, frozen=True, order=True):
    """A stretch of a file: its path relative to the git root, with forward slashes; lines and columns from 1.

    ``repository``: the name of another repository that the file is of; empty for this one. Its ``path`` begins with that
    name then (``group/name: path``, ``group/name@revision:/path``), as people are told it, so that nobody takes it for a
    file of this one.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    repository: str = ""

    @classmethod
    def elsewhere(cls, repository: str, path: str, line: int) -> Span:
        """A line of a file of another repository."""
        return cls(f"{repository}{_OF}{path}", line, 1, line, 1, repository)

    @property
    def own_path(self) -> str:
        """The path relative to the git root of the repository that it is of."""
        _, marked, own = self.path.removeprefix(self.repository).partition(":")
        return own.lstrip(" /") if self.repository and marked else self.path

    def span(self) -> Span:
        """Itself: a span is already worked out."""
        return self

    @property
    def position(self) -> str:
        """``path:line:column``, as it is written."""
        return f"{self.path}:{self.line}:{self.column}"


class Located(Protocol):
    """Anything that can say where it stands."""

    def span(self) -> Span:
        """The stretch of source it stands for."""
        ...


class EntryPlace(Struct, frozen=True, eq=False):
    """Where an entry stands, told from others as itself: two behind one alias stand at one place."""

    at: Span

    def span(self) -> Span:
        """That place."""
        return self.at


def shared_folders(one: str, other: str) -> int:
    """How many parts the paths of two files begin with in common; the same file shares the most with itself."""
    own = one.split("/")
    pairs = zip(own, other.split("/"), strict=False)
    return next(
        (depth for depth, (here, there) in enumerate(pairs) if here != there), len(own)
    )


class SourceFile:
    """One scanned file: its path relative to the git root, and its bytes without a byte order mark."""

    __slots__ = ("_last", "_starts", "data", "path", "repository")

    def __init__(self, path: str, data: bytes, repository: str = "") -> None:
        self.path = path
        self.data = data
        self.repository = repository
        """The name of another repository that it is of; empty for this one."""
        self._starts: list[int] | None = None
        self._last = (0, "")

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column (both from 1, columns in characters) of a byte offset."""
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        start = starts[line - 1]
        return line, len(self.data[start:offset].decode("utf-8", "replace")) + 1

    def line(self, number: int) -> str:
        """The text of a line (from 1), without its end; empty past the end of the file."""
        if self._last[0] == number:
            return self._last[1]
        starts = self._line_starts()
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] if number < len(starts) else len(self.data)
        self._last = (
            number,
            self.data[starts[number - 1] : end].decode("utf-8", "replace").rstrip("\r\n"),
        )
        return self._last[1]

    def lines(self) -> Iterator[tuple[int, str]]:
        """Each line with its number (from 1), without its end. A carriage return alone ends one, and isn't counted."""
        for number, line in enumerate(
            self.data.decode("utf-8", "replace").split("\n"), start=1
        ):
            for text in line.rstrip("\r").split("\r"):
                yield number, text

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            starts, at = [0], self.data.find(b"\n")
            while at != -1:
                starts.append(at + 1)
                at = self.data.find(b"\n", at + 1)
            self._starts = starts
        return self._starts


class Stretch(Struct, eq=False):
    """A stretch of a file by byte offsets; the span is worked out only when asked for."""

    file: SourceFile
    start: int
    end: int
    _span: Span | None = None

    def span(self) -> Span:
        """The same stretch in lines and columns."""
        if self._span is None:
            line, column = self.file.position(self.start)
            end_line, end_column = self.file.position(max(self.start, self.end))
            self._span = Span(
                self.file.path, line, column, end_line, end_column, self.file.repository
            )
        return self._span
