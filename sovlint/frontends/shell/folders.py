"""In which folder each command line of a script runs, as those before it have changed to others."""

from __future__ import annotations

from collections.abc import Iterable
from posixpath import join
from typing import Final

from msgspec import Struct

from sovlint.frontends.addresses import plain
from sovlint.frontends.shell.language.own_folder import OWN_FOLDER, REPOSITORY
from sovlint.model.partial.holes import HOLE
from sovlint.model.value import Unknown, Value
from sovlint.rules.commands.command import CommandLine, Shell

AT_ROOT: Final = "//"
"""How a path begins that is told from the root of the repository, whatever the folder."""

_MOVING: Final = frozenset({"cd", "pushd"})
_BACK: Final = (["cd", "-"], ["popd"])


class FolderLine(Struct, frozen=True):
    """A command line, and the folder in which it runs: relative to the base of its run, holes where it isn't known.

    ``at``: the same from the root of the repository, where the script told its own folder or the repository's.
    """

    line: CommandLine
    folder: str
    at: str | None = None


class _Folder(Struct, frozen=True):
    """Where a shell is; ``before``: where it was before that."""

    folder: str
    at: str | None = None
    before: _Folder | None = None

    def entered(self, word: Value, own: str | None) -> _Folder:
        text, path = text_of_word(word), path_of_word(word, own)
        if path.startswith(AT_ROOT):
            return _Folder(join(self.folder, text), path, self)
        at = None if self.at is None or path.startswith("/") else join(self.at, path)
        return _Folder(join(self.folder, text), at, self)


def moved(
    lines: Iterable[CommandLine], start: str, own: str | None = None
) -> tuple[FolderLine, ...]:
    """Each command line with its folder. ``start``: the one of the first; ``own``: the script's own from the root of the
    repository, ``None`` where it has none. A shell of its own leaves the others where they are."""
    found = []
    shells: dict[Shell, _Folder] = {(): _Folder(start)}
    for line in lines:
        words = [text_of_word(each) for each in line.words]
        here = _of_shell(line.shell, shells)
        if len(words) == 2 and words[0] in _MOVING and words[1] != "-":
            shells[line.shell] = here.entered(line.words[1], own)
        elif words in _BACK:
            shells[line.shell] = here.before or here
        else:
            found.append(FolderLine(line, here.folder, here.at))
    return tuple(found)


def _of_shell(shell: Shell, shells: dict[Shell, _Folder]) -> _Folder:
    """Where a shell is: where it was started, if it has entered no folder itself."""
    while shell not in shells:
        shell = shell[:-1]
    return shells[shell]


def text_of_word(value: Value) -> str:
    """A word as a text with holes."""
    text = plain(value)
    return HOLE if text is None else text


def path_of_word(value: Value, own: str | None) -> str:
    """A word as a path with holes, which begins with ``AT_ROOT`` where the script told it from a folder that it asked
    for; ``own``: its own."""
    text = text_of_word(value)
    if not text.startswith(HOLE) or not isinstance(value, Unknown) or not value.holes:
        return text
    folders = {OWN_FOLDER: own, REPOSITORY: ""}
    folder = folders.get(value.holes[0].detail)
    return text if folder is None else AT_ROOT + join(folder, text[1:].lstrip("/"))
