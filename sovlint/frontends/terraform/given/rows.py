"""The table of values that stand elsewhere: what a reader hands on, and for which roots that may be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from posixpath import join, normpath
from typing import Final

from msgspec import Struct

from sovlint.expressions.nodes import Expression
from sovlint.model.holes import HOLE
from sovlint.model.source import Located

_UPWARDS: Final = re.compile(rf"[^/]*{HOLE}[^/]*/\.\.(/|$)")


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
        glob = re.sub(rf"{HOLE}+", "*", normpath(self.path))
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
    whole = join(base, folder)
    while _UPWARDS.search(whole):
        whole = _UPWARDS.sub(lambda met: HOLE + met[1], whole, count=1)
    path = normpath(whole) if whole else ""
    return "" if path == "." else path


def tells(folder: str) -> bool:
    """Whether a folder with holes says anything of which one it is."""
    return bool(folder.strip(f"{HOLE}/"))


def may_be(folder: str, other: str) -> bool:
    """Whether a folder with holes may be another one. What begins with a hole may begin with any folders."""
    pattern = re.escape(folder).replace(re.escape(HOLE), "[^/]*")
    if folder.startswith(HOLE):
        pattern = "(?:.*/)?" + pattern.removeprefix("[^/]*").removeprefix("/")
    return re.fullmatch(pattern, other) is not None


def meant(handed: Handed, roots: Iterable[str], same_file: Iterable[str]) -> frozenset[str]:
    """The roots that are meant: by the folder; else those that the same file names elsewhere; else any below."""
    every = frozenset(roots)
    here = frozenset(root for root in every for folder in handed.folders if may_be(folder, root))
    if here:
        return here
    if any(tells(folder) for folder in handed.folders):
        return frozenset()
    beside = every.intersection(same_file)
    if beside:
        return beside
    prefix = f"{handed.below}/" if handed.below else ""
    return frozenset(root for root in every if f"{root}/".startswith(prefix))
