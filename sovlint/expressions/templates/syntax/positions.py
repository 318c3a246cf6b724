"""Offsets in a text -> lines and columns."""

from __future__ import annotations

from bisect import bisect_right

from msgspec import Struct


class TemplateSource(Struct, frozen=True):
    """A template as it stands in a file.

    ``name`` is the one by which it is rendered. ``path`` is the file, of which the text begins at ``line`` and
    ``column``. ``values``: the text is itself a value, which ``tpl`` expands.
    """

    name: str
    path: str
    text: str
    line: int = 1
    column: int = 1
    values: bool = False


class TextLines:
    """Where the lines of a text begin."""

    __slots__ = ("_starts", "column", "line")

    def __init__(self, text: str, line: int = 1, column: int = 1) -> None:
        starts, at = [0], text.find("\n")
        while at != -1:
            starts.append(at + 1)
            at = text.find("\n", at + 1)
        self._starts = starts
        self.line = line
        self.column = column

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, both from where the text begins."""
        number = bisect_right(self._starts, offset)
        column = offset - self._starts[number - 1]
        return self.line + number - 1, column + (self.column if number == 1 else 1)
