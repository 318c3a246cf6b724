"""The comments of a YAML text, which its composer drops; shared by the front ends that read YAML."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

import yaml

from sovlint.frontends.ignore_comments import MARK, MOST_LINES, Comment, ignores
from sovlint.model.exception import Ignore
from sovlint.model.source import SourceFile, Span

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COMMENT: Final = re.compile(r"(?:^|(?<=\s))#")
_OF_TEMPLATE: Final = re.compile(r"\{\{-?\s*/\*(.*?)\*/\s*-?\}\}")
_SEPARATORS: Final = frozenset({"---"})
"""A comment above the mark that begins a document speaks of that document."""


def yaml_ignores(file: SourceFile) -> list[Ignore]:
    """The ignore comments of a YAML file; of one that is broken, those before the mistake."""
    if MARK not in file.data:
        return []
    return ignores(_comments(file), file, _SEPARATORS, partial(_block_end, file))


def template_ignores(file: SourceFile) -> list[Ignore]:
    """The ignore comments of a template of YAML: its own (``{{/* … */}}``), and those of the YAML that it makes."""
    if MARK not in file.data:
        return []
    return ignores(_template_comments(file), file, _SEPARATORS, partial(_block_end, file))


def _block_end(file: SourceFile, line: int) -> int:
    """The last line of what a key or an entry of a list on ``line`` holds: whatever is further in."""
    least = _depth(file.line(line))
    below = range(line + 1, line + MOST_LINES)
    beyond = (at for at in below if file.line(at).strip() and _depth(file.line(at)) <= least)
    return next(beyond, line + MOST_LINES) - 1


def _depth(line: str) -> tuple[int, bool]:
    """How far in a line begins; an entry of a list is further in than a key above it."""
    text = line.lstrip()
    return len(line) - len(text), text.startswith("- ")


def _template_comments(file: SourceFile) -> Iterator[Comment]:
    for number, line in file.lines():
        own = _OF_TEMPLATE.search(line)
        met = own or _COMMENT.search(line)
        if met is None:
            continue
        text = f"# {own[1].strip()}" if own is not None else line[met.start() :]
        where = Span(file.path, number, met.start() + 1, number, len(line) + 1)
        yield Comment(text, where, not line[: met.start()].strip())


def _comments(file: SourceFile) -> Iterator[Comment]:
    """Every comment: a ``#`` after a blank or at the start of a line, outside of any text."""
    lines = file.data.decode("utf-8", "replace").split("\n")
    covered = _texts("\n".join(lines), len(lines))
    for number, line in enumerate(lines, start=1):
        for match in _COMMENT.finditer(line):
            if not _within(match.start(), covered.get(number, ())):
                where = Span(file.path, number, match.start() + 1, number, len(line) + 1)
                yield Comment(line[match.start() :], where, not line[: match.start()].strip())
                break


def _within(column: int, stretches: Sequence[tuple[int, int]]) -> bool:
    """Whether a column lies in one of the stretches of its line, which are in order."""
    at = bisect_right(stretches, column, key=lambda stretch: stretch[0])
    return at > 0 and column < stretches[at - 1][1]


def _texts(text: str, last: int) -> dict[int, list[tuple[int, int]]]:
    """The stretches of each line (from 1) that belong to a scalar; all of it after a mistake."""
    covered: dict[int, list[tuple[int, int]]] = {}
    line = 0
    try:
        for token in yaml.scan(text, Loader=_LOADER):
            line = token.end_mark.line
            if isinstance(token, yaml.ScalarToken):
                start, end = token.start_mark, token.end_mark
                for row in range(start.line, end.line + 1):
                    left = start.column if row == start.line else 0
                    covered.setdefault(row + 1, []).append(
                        (left, end.column if row == end.line else 1 << 30)
                    )
    except yaml.YAMLError:
        for row in range(line + 2, last + 1):
            covered[row] = [(0, 1 << 30)]
    return covered
