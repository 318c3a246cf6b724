"""Globs of files: a name, perhaps below folders of a name."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glob:
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


def globbed(kind: str, glob: str) -> Glob:
    """A glob as written in a format: one with a slash is of the end of a path, ``/**/`` any folders."""
    *folders, name = glob.split("/")
    inner = "".join("(?:[^/]+/)*" if each == "**" else f"{re.escape(each)}/" for each in folders)
    return Glob(name, kind, f"/{inner}$" if folders else "", folders[0] if folders else "")
