"""The table of values that stand elsewhere: what a reader hands on, and for which roots that may be."""

from __future__ import annotations

from posixpath import join, normpath
from typing import Final

from msgspec import Struct

from sovlint.expressions.nodes import Expression
from sovlint.model.decoding import late_pattern
from sovlint.model.partial.holes import HOLE
from sovlint.model.source import Located

MAX_PATH: Final = 500
"""A longer path is none that anybody writes: it may be any."""

_HOLES: Final = late_pattern(rf"{HOLE}+")
_UPWARDS: Final = late_pattern(rf"[^/]*{HOLE}[^/]*/\.\.(/|$)")


class OtherValue(Struct, frozen=True):
    """Another value of a variable: a text as an option has it, an expression of a file, or neither where only a run
    tells. ``wins``: whether it wins over the files of values that Terraform reads by itself."""

    name: str
    where: Located
    text: str | None = None
    expression: Expression | None = None
    wins: bool = True


class NamedFile(Struct, frozen=True):
    """A file of values that is handed to Terraform: its path relative to the root, with holes."""

    path: str
    where: Located

    @property
    def glob(self) -> str:
        """The path as ``variants`` have it: a star for what isn't known."""
        glob = _HOLES.sub("*", normpath(self.path))
        return f"{glob}.tfvars" if glob.rpartition("/")[2] == "*" else glob


class Handed(Struct, frozen=True):
    """What one run hands to Terraform, and where that runs: folders relative to the git root, with holes."""

    path: str
    folders: tuple[str, ...]
    values: tuple[OtherValue, ...] = ()
    files: tuple[NamedFile, ...] = ()
    below: str = ""
    """Without such a folder, only roots there or below it are meant."""


def folder_of(base: str, folder: str) -> str:
    """A folder relative to the git root; what leads up from a part that isn't known cancels it."""
    whole = join(base, folder) if len(folder) <= MAX_PATH else HOLE
    while _UPWARDS.search(whole):
        whole = _UPWARDS.sub(lambda met: HOLE + met[1], whole, count=1)
    path = normpath(whole) if whole else ""
    return "" if path == "." else path


def tells(folder: str) -> bool:
    """Whether a folder with holes says anything of which one it is."""
    return bool(folder.strip(f"{HOLE}/"))


def may_be(folder: str, other: str) -> bool:
    """Whether a folder with holes may be another one. What begins with a hole may begin with any folders."""
    parts, own = folder.split("/"), other.split("/")
    if folder.startswith(HOLE):
        parts = parts[1:] if parts[0] == HOLE else parts
        own = own[len(own) - len(parts) :] if len(own) >= len(parts) else []
    return len(parts) == len(own) and all(map(_may_be, parts, own))


def _may_be(part: str, name: str) -> bool:
    first, *rest = part.split(HOLE)
    if not rest:
        return part == name
    *middle, last = rest
    at = len(first)
    end = len(name) - len(last)
    if not (name.startswith(first) and name.endswith(last) and at <= end):
        return False
    for literal in middle:
        found = name.find(literal, at, end)
        if found < 0:
            return False
        at = found + len(literal)
    return True
