"""Globs of files: a name, perhaps below folders of a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

START: Final = 3
"""Characters by which globs are told apart first."""


class Glob(Struct, frozen=True):
    """A glob of a format: ``*`` in the name is any text; ``whole`` is the pattern of the folders, where it has any, and
    ``folder`` the first of them."""

    name: str
    format: str
    whole: str
    folder: str

    def matches(self, name: str) -> bool:
        """Whether a name is one of these; without regular expressions, which take long to make."""
        first, *others = self.name.split("*")
        if not others:
            return name == first
        *middle, last = others
        at = len(first)
        if not name.startswith(first) or not name.endswith(last):
            return False
        for part in middle:
            at = name.find(part, at) + len(part)
            if at < len(part):
                return False
        return at <= len(name) - len(last)


class NameGlobs:
    """Globs with ``*`` in their names, asked of many names: of most, only how they begin and what is in them is looked
    at. Those that a name is of come in the order in which they were given."""

    __slots__ = ("_by_start", "_marked")

    def __init__(self, globs: Sequence[Glob]) -> None:
        self._by_start: dict[str, list[tuple[int, Glob]]] = {}
        self._marked: list[tuple[str, int, Glob]] = []
        for number, glob in enumerate(globs):
            start = glob.name.partition("*")[0]
            if len(start) >= START:
                self._by_start.setdefault(start[:START], []).append((number, glob))
            else:
                self._marked.append((max(glob.name.split("*"), key=len), number, glob))

    def of(self, name: str) -> tuple[Glob, ...]:
        """The globs that a name is of."""
        found = [
            (number, glob)
            for number, glob in self._by_start.get(name[:START], ())
            if glob.matches(name)
        ]
        found += [
            (number, glob)
            for mark, number, glob in self._marked
            if mark in name and glob.matches(name)
        ]
        return tuple(glob for _, glob in sorted(found, key=lambda each: each[0]))


def globbed(kind: str, glob: str) -> Glob:
    """A glob as written in a format: one with a slash is of the end of a path, ``/**/`` any folders."""
    *folders, name = glob.split("/")
    inner = "".join(
        "(?:[^/]+/)*" if each == "**" else f"{re.escape(each)}/" for each in folders
    )
    first = next((each for each in folders if each != "**"), "")
    return Glob(name, kind, f"/{inner}$" if folders else "", first)
