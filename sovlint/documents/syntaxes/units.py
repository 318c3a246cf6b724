"""Units of systemd, and of Podman by systemd -> trees: what they set, and what they run.

``Service.Environment.NAME`` holds a value, ``Service.Exec.0`` a command line; all else is at its section and key.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from sovlint.documents.tree import Node, Pairs
from sovlint.model.source import SourceFile, Span

_SECTION: Final = re.compile(r"\s*\[([^\]]+)\]\s*$")
_SETTING: Final = re.compile(r"\s*([A-Za-z]\w*)\s*=\s*(.*)", re.DOTALL)
_ASSIGNED: Final = re.compile(
    r"(?:^|(?<=\s))(?:\"(\w+)=((?:\\.|[^\"\\]){0,1000})\"|'(\w+)=((?:\\.|[^'\\]){0,1000})'|(\w+)=(\S*))"
)
_PREFIXES: Final = "@-:+!"
"""Signs before a command that say how it is run."""


def trees(file: SourceFile) -> list[Node]:
    """What a file says."""
    whole = Pairs()
    section = ""
    counts: Counter[str] = Counter()
    for where, line in _logical(file):
        if head := _SECTION.match(line):
            section = head[1].strip()
        elif met := _SETTING.match(line):
            name, text = met[1], met[2].strip()
            if name == "Environment":
                for key, value in _assigned(text):
                    whole.add((section, name, key), Node(value, _own(where)))
            elif name.startswith("Exec") and text:
                at = (section, "Exec", str(counts[section]))
                whole.add(at, Node(text.lstrip(_PREFIXES), where))
                counts[section] += 1
            else:
                whole.add((section, name), Node(text, where))
    return [whole.tree(file.path)]


def _own(where: Span) -> Span:
    """A place of its own: settings of one line are told apart by theirs."""
    return Span(where.path, where.line, where.column, where.end_line, where.end_column)


def _assigned(text: str) -> Iterator[tuple[str, str]]:
    for met in _ASSIGNED.finditer(text):
        name, value = (each for each in met.groups() if each is not None)
        yield name, value.strip("\"'")


def _logical(file: SourceFile) -> Iterator[tuple[Span, str]]:
    """Lines put together where one ends with a backslash, without comments."""
    held, start = "", 0
    for number, line in file.lines():
        if line.lstrip()[:1] in ("#", ";"):
            continue
        start = start if held else number
        held += line
        if held.endswith("\\"):
            held = f"{held[:-1]} "
            continue
        yield Span(file.path, start, 1, number, len(line) + 1), held
        held = ""
    if held:
        yield Span(file.path, start, 1, start, 1), held
