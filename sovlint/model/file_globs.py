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
        if not name.startswith(first) or not name.endswith(last):
            return False
        at = len(first)
        for part in middle:
            at = name.find(part, at) + len(part)
            if at < len(part):
                return False
        return at <= len(name) - len(last)


class NameGlobs:
    """Globs with ``*`` in their names, asked of many names: of most, only how they begin or end is looked at. Those that
    a name is of come in the order in which they were given.

    ``_all_with``: globs of all names with an ending (``*.yml``), by that. ``_by_start`` and ``_by_ending``: others, by
    how their names begin, or by the ending; those without one may be of any name.
    """

    __slots__ = ("_all_with", "_by_ending", "_by_start")

    def __init__(self, globs: Sequence[Glob]) -> None:
        self._all_with: dict[str, list[tuple[int, Glob]]] = {}
        self._by_start: dict[str, list[tuple[int, Glob]]] = {}
        self._by_ending: dict[str, list[tuple[int, Glob]]] = {}
        for number, glob in enumerate(globs):
            start, _, rest = glob.name.partition("*")
            ending = _ending(rest.rpartition("*")[2])
            if len(start) >= START:
                by, key = self._by_start, start[:START]
            elif not start and ending == rest != _NO_ENDING:
                by, key = self._all_with, ending
            else:
                by, key = self._by_ending, ending
            by.setdefault(key, []).append((number, glob))

    def of(self, name: str) -> tuple[Glob, ...]:
        """The globs that a name is of."""
        ending = _ending(name)
        perhaps = [*self._by_start.get(name[:START], ()), *self._by_ending.get(ending, ())]
        if ending != _NO_ENDING:
            perhaps += self._by_ending.get(_NO_ENDING, ())
        found = [each for each in perhaps if each[1].matches(name)]
        found += self._all_with.get(ending, ())
        return tuple(glob for _, glob in sorted(found))  # no two have one number


_NO_ENDING: Final = ""


def _ending(name: str) -> str:
    """The last point of a name, and what follows."""
    at = name.rfind(".")
    return _NO_ENDING if at < 0 else name[at:]


def globbed(kind: str, glob: str) -> Glob:
    """A glob as written in a format: one with a slash is of the end of a path, ``/**/`` any folders."""
    *folders, name = glob.split("/")
    inner = "".join(
        "(?:[^/]+/)*" if each == "**" else f"{re.escape(each)}/" for each in folders
    )
    first = next((each for each in folders if each != "**"), "")
    return Glob(name, kind, f"/{inner}$" if folders else "", first)
