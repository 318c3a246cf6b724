"""Labelled frames: source lines with their numbers, an underline, and what it means, file by file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

from msgspec import Struct

from sovlint.model.redaction.redact import HIDDEN, mask_source, printable, safe_text
from sovlint.model.source import Span
from sovlint.report.messages import phrase
from sovlint.report.pieces.style import Style, columns_of, cut, wrap

Excerpts = Mapping[tuple[str, int], str]
"""Source lines by path and line."""

TAB: Final = "    "
_CONTEXT: Final = 8
"""How much is kept left of a mark in a line that is too long to show whole."""
_LABEL_ROOM: Final = 24
"""A label needs this many columns, else it moves left."""
_SHORTEST: Final = 16
"""A longer underline gives way to its label, down to this many columns."""


class Mark(Struct, frozen=True):
    """A stretch of source to show, and what to say of it; ``primary`` is what the finding is about, ``own`` a part."""

    span: Span
    label: str
    primary: bool = False
    own: bool = False


class _Line(Struct, frozen=True):
    """A source line as shown: ``starts[i]`` is the column where the character ``i`` begins, the last is the end."""

    text: str
    starts: Sequence[int]
    masked: bool


def render(
    marks: Sequence[Mark], excerpts: Excerpts, language: str, style: Style
) -> list[str]:
    """All marks, grouped by file: the file of the first one first, lines in order."""
    marks = _joined(marks, phrase("report.and-also", language))
    gutter = gutter_of(marks)
    lines: list[str] = []
    for path in dict.fromkeys(mark.span.path for mark in marks):
        inside = [mark for mark in marks if mark.span.path == path]
        lines += _file(inside, excerpts, style, gutter, first=not lines)
    return lines


def gutter_of(marks: Iterable[Mark]) -> int:
    """The width of the line numbers, for what is set below the frames."""
    return max((len(str(mark.span.line)) for mark in marks), default=1)


def _file(
    marks: Sequence[Mark], excerpts: Excerpts, style: Style, gutter: int, first: bool
) -> list[str]:
    named = next((mark for mark in marks if mark.primary), marks[0]).span
    arrow = style.paint("-->" if first else ":::", "frame")
    lines = [f"{' ' * gutter}{arrow} {safe_text(named.path)}:{named.line}:{named.column}"]
    ordered = sorted(
        dict.fromkeys(marks),
        key=lambda mark: (mark.span.line, mark.span.column, not mark.primary),
    )
    for number, on_line in groupby(ordered, key=lambda mark: mark.span.line):
        lines += _marked_line(number, list(on_line), excerpts, style, gutter)
    return lines


def _joined(marks: Iterable[Mark], between: str) -> list[Mark]:
    """Marks of the very same stretch as one, with what each says; what the finding is about stays apart."""
    labels: dict[tuple[bool, Span], list[str]] = {}
    for mark in marks:
        labels.setdefault((mark.primary, mark.span), []).append(mark.label)
    return [
        Mark(span, between.join(dict.fromkeys(said)), primary)
        for (primary, span), said in labels.items()
    ]


def _marked_line(
    number: int, marks: Sequence[Mark], excerpts: Excerpts, style: Style, gutter: int
) -> list[str]:
    room = style.columns - gutter - 3
    source = excerpts.get((marks[0].span.path, number))
    line = _laid_out(source or "")
    ranges = [_range(mark.span, line) for mark in marks]
    offset = _offset(line, ranges, room)
    text = line.text[_index(line, offset) :] if offset else line.text
    shown_text = cut(f"…{text}" if offset else text, room)
    head = f"{style.paint(f'{number:>{gutter}} |', 'frame')} {shown_text}".rstrip()
    if (beside := _beside(marks, ranges, line, room)) is not None:
        return [f"{head}  {style.paint(beside, 'secondary')}"]
    lines = [head]
    blank = f"{' ' * gutter} {style.paint('|', 'frame')} "
    if not source:  # nothing may be quoted of it: what there is to say stands in its place
        rows = [row for mark in marks for row in _underlined(mark, 0, 0, room, style) if row]
        return [f"{head} {rows[0]}", *(blank + row for row in rows[1:])] if rows else lines
    for mark, (start, end) in zip(marks, ranges, strict=True):
        left = max(0, start - offset + (1 if offset else 0))
        size = max(1, min(end - start, room - left))
        lines += [blank + row for row in _underlined(mark, left, size, room, style)]
    return lines


def _beside(
    marks: Sequence[Mark], ranges: Sequence[tuple[int, int]], line: _Line, room: int
) -> str | None:
    """The label of a mark that begins where its line does, to stand beside it without an underline."""
    if len(marks) > 1 or marks[0].primary or not line.text:
        return None
    label = f"<-- {marks[0].label}"
    indent = columns_of(line.text) - columns_of(line.text.lstrip())
    fits = line.starts[-1] + 2 + columns_of(label) <= room
    return label if ranges[0][0] == indent and fits else None


def _underlined(mark: Mark, left: int, size: int, room: int, style: Style) -> list[str]:
    sort = "primary" if mark.primary else "secondary"
    beside = room - left - 1 - columns_of(mark.label)
    size = beside if _SHORTEST <= beside < size else size
    line = " " * left + style.paint(("^" if mark.primary else "-") * size, sort)
    if size and left + size + 1 + columns_of(mark.label) <= room:
        return [f"{line} {style.paint(mark.label, sort)}"]
    indent = " " * (left if room - left >= max(_LABEL_ROOM, room // 2) else min(left, 4))
    words = wrap(mark.label, room, indent, indent)
    labels = [indent + style.paint(row[len(indent) :], sort) for row in words]
    return [line, *labels] if size else labels


def _laid_out(source: str) -> _Line:
    hidden = mask_source(source)
    text, starts, column = [], [0], 0
    for char in hidden.rstrip():
        cell = TAB if char == "\t" else printable(char)
        text.append(cell)
        column += columns_of(cell)
        starts.append(column)
    return _Line("".join(text), starts, HIDDEN in hidden)


def _range(span: Span, line: _Line) -> tuple[int, int]:
    """Where to underline, in columns of the line as shown.

    A masked line is underlined whole, since columns no longer fit; what goes on over several lines, up to the end.
    """
    last = len(line.starts) - 1
    if line.masked or span.column > last:
        return len(line.text) - len(line.text.lstrip()), line.starts[last]
    end = span.end_column - 1 if span.end_line == span.line else last
    return line.starts[span.column - 1], line.starts[min(max(end, span.column), last)]


def _offset(line: _Line, ranges: Sequence[tuple[int, int]], room: int) -> int:
    """The column at which to begin, so that the first mark of a long line is seen."""
    start = min(start for start, _ in ranges)
    if line.starts[-1] <= room or start + _CONTEXT < room // 2:
        return 0
    wanted = max(0, start - _CONTEXT)
    return next((column for column in line.starts if column >= wanted), 0)


def _index(line: _Line, column: int) -> int:
    """The index in the shown text of the character that begins at ``column``."""
    seen = 0
    for index, char in enumerate(line.text):
        if seen >= column:
            return index
        seen += columns_of(char)
    return len(line.text)
