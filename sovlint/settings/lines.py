"""Texts in files that are lines of settings: what a build is given (``NAME=value``, ``--build-arg NAME=value``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sovlint.documents.tree import Node
from sovlint.model.decoding import late_pattern
from sovlint.model.source import Span
from sovlint.rules.keys import KeyPath

_LINE: Final = late_pattern(r"\s*[\"']?(?P<name>[A-Za-z_]\w*)=(?P<value>.*?)[\"']?\s*$")
_FLAG: Final = late_pattern(
    r"--build-arg[=\s]+[\"']?(?P<name>[A-Za-z_]\w*)=(?P<value>[^\s\"']*)"
)
_MOST: Final = 500
"""Of a text with more lines, no further ones are read."""


def in_lines(path: KeyPath, node: Node) -> Iterator[tuple[KeyPath, Node]]:
    """The settings of such a text, each with the path of the text and its own name."""
    text = node.value
    if not isinstance(text, str) or "=" not in text:
        return
    lines = text.split("\n")[:_MOST]
    for number, line in enumerate(lines):
        met = (
            _FLAG.finditer(line)
            if "--build-arg" in line
            else filter(None, [_LINE.match(line)])
        )
        below = number + 1 if len(lines) > 1 else 0
        for each in met:
            yield (*path, each["name"]), Node(each["value"], _line(node.where, below))


def _line(start: Span, below: int) -> Span:
    line = start.line + below
    return Span(start.path, line, start.column, line, start.column)
