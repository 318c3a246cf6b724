"""Words and files that a container is given: as they are for a program, and as they are for a shell that runs them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from posixpath import join, normpath
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.frontends.shell.language.own_folder import (
    folder_entered,
    in_folder_of_all,
    in_repository,
)
from sovlint.frontends.shell.language.syntax import ParsedTexts
from sovlint.frontends.shell.language.variables import Text
from sovlint.model.source import Located
from sovlint.model.value import Value

SHELLS: Final = frozenset({"sh", "bash", "ash", "dash", "zsh", "ksh", "su", "runuser"})
_SOURCING: Final = frozenset({".", "source"})

_SETS_NOTHING: Final = "activate"
"""The script of an environment of Python, which changes the search path alone."""

_READ_BEFORE: Final = "$BASH_ENV"
"""What names the script that the shell itself reads when it begins."""

Lines = Callable[[int], Located]


class Argument(Struct, frozen=True):
    """One word of a command line, or one file. ``lines``: where each line of it is as a script, if that can be told."""

    value: Value
    script: Value
    where: Located
    lines: Lines | None = None
    own: Text | None = None
    """Its path, where it is the file of a script."""


FileText = Callable[[str], "Argument | None"]
"""The path of a file -> what it holds."""

StartedBy = Callable[[Sequence[Text], str], Argument | None]
"""Words and the folder in which they are run -> what they run."""


def _no_recipes(_words: Sequence[Text], _folder: str) -> None:
    return None


def _no_file(_path: str) -> None:
    return None


class ContainerFiles(Struct, frozen=True):
    """Scripts that a container finds in its file system, by absolute path; ``folder``: where it works; ``recipes``:
    what its words make a program run that has recipes in a file; ``any_file``: what files hold that are no scripts."""

    texts: Mapping[str, Argument] = field(default_factory=dict)
    folder: str = "/"
    recipes: StartedBy = _no_recipes
    any_file: FileText = _no_file
    in_repository: bool = False
    """Whether paths lead on from the folder of the repository, wherever that is."""
    trees: ParsedTexts = field(default_factory=dict)
    """What was parsed of scripts: containers that run the same ones share it."""

    def entered(self, words: Sequence[Text], folder: str) -> str:
        """The folder behind a command that may change it."""
        entered = folder_entered(words)
        return folder if entered is None else self._path(entered, folder)

    def run_by(self, words: Sequence[Text], folder: str) -> Argument | None:
        """The script that a command runs as a program: itself, or what it hands to a shell."""
        if not words:
            return None
        program = words[0].text.rpartition("/")[2]
        started = words[1:] if program in SHELLS else words[:1]
        found = self._first(started, folder, self.texts.get)
        return self.recipes(words, folder) if found is None else found

    def read_by(self, words: Sequence[Text], folder: str) -> Argument | None:
        """The script that a command reads into the one that it stands in, whatever the file is called."""
        if words[0].text not in _SOURCING:
            return None
        return self._first(words[1:], folder, self._any)

    def misses(self, words: Sequence[Text]) -> bool:
        """Whether a command reads a script that isn't here, and that may set variables."""
        if words[0].text not in _SOURCING or len(words) < 2:
            return False
        named, doubt = words[1].text.rpartition("/")[2], words[1].doubt
        return named != _SETS_NOTHING and (doubt is None or doubt.detail != _READ_BEFORE)

    def file(self, path: Text, folder: str) -> Argument | None:
        """What the file holds that a word names."""
        return self._any(self._path(path, folder))

    def at(self, path: str) -> Argument | None:
        """What any file holds, by its absolute path or from where it works."""
        return self._any(normpath(join(self.folder, path)))

    def _any(self, path: str) -> Argument | None:
        found = self.texts.get(path)
        return self.any_file(path) if found is None else found

    def _first(self, words: Sequence[Text], folder: str, held: FileText) -> Argument | None:
        named = next((each for each in words if not each.text.startswith("-")), None)
        path = "" if named is None else self._path(named, folder)
        found = held(path) if path else None
        if found is None:
            return None
        own = in_repository(found.where.span().path) if self.in_repository else Text(path)
        return replace(found, own=own)

    def _path(self, word: Text, folder: str) -> str:
        """The absolute path that a word means."""
        return normpath(join(folder, in_folder_of_all(word)))
