"""Words and files that a container is given: as they are for a program, and as they are for a shell that runs them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from posixpath import join, normpath
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.frontends.shell.language.variables import Text
from sovlint.model.source import Located
from sovlint.model.value import Value

SHELLS: Final = frozenset({"sh", "bash", "ash", "dash", "zsh", "ksh", "su", "runuser"})
_SOURCING: Final = frozenset({".", "source"})

_SETS_NOTHING: Final = "activate"
"""The script of an environment of Python, which changes the search path alone."""

_READ_BEFORE: Final = "$BASH_ENV"
"""What names the script that the shell itself reads when it begins."""

_MOVING: Final = frozenset({"cd", "pushd"})

Lines = Callable[[int], Located]


class Argument(Struct, frozen=True):
    """One word of a command line, or one file. ``lines``: where each line of it is as a script, if that can be told."""

    value: Value
    script: Value
    where: Located
    lines: Lines | None = None


StartedBy = Callable[[Sequence[Text], str], Argument | None]
"""Words and the folder in which they are run -> what they run."""


def _no_recipes(_words: Sequence[Text], _folder: str) -> None:
    return None


class ContainerFiles(Struct, frozen=True):
    """Scripts that a container finds in its file system, by absolute path; ``folder``: where it works; ``recipes``:
    what its words make a program run that has recipes in a file."""

    texts: Mapping[str, Argument] = field(default_factory=dict)
    folder: str = "/"
    recipes: StartedBy = _no_recipes

    def moved(self, words: Sequence[Text]) -> ContainerFiles:
        """The same behind a command that may change the folder."""
        if len(words) != 2 or words[0].text not in _MOVING:
            return self
        return replace(self, folder=normpath(join(self.folder, words[1].text)))

    def run_by(self, words: Sequence[Text]) -> Argument | None:
        """The script that a command runs as a program: itself, or what it hands to a shell."""
        if not words:
            return None
        program = words[0].text.rpartition("/")[2]
        found = self._first(words[1:]) if program in SHELLS else self._first(words[:1])
        return self.recipes(words, self.folder) if found is None else found

    def read_by(self, words: Sequence[Text]) -> Argument | None:
        """The script that a command reads into the one that it stands in."""
        return self._first(words[1:]) if words[0].text in _SOURCING else None

    def misses(self, words: Sequence[Text]) -> bool:
        """Whether a command reads a script that isn't here, and that may set variables."""
        if words[0].text not in _SOURCING or len(words) < 2:
            return False
        named, doubt = words[1].text.rpartition("/")[2], words[1].doubt
        return named != _SETS_NOTHING and (doubt is None or doubt.detail != _READ_BEFORE)

    def _first(self, words: Sequence[Text]) -> Argument | None:
        named = next((each.text for each in words if not each.text.startswith("-")), None)
        return None if named is None else self.texts.get(normpath(join(self.folder, named)))
