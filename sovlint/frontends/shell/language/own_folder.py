"""Folders of the repository that a script asks for: its own (``$(cd "$(dirname "$0")" && pwd)``), and the one of all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sovlint.frontends.shell.language.variables import Text, hole, nowhere
from sovlint.model.partial.holes import HOLE

if TYPE_CHECKING:
    from sovlint.frontends.shell.language.command import Command

OWN_FOLDER: Final = "$(dirname $0)"
REPOSITORY: Final = "$(git rev-parse --show-toplevel)"
"""How a hole is called that stands for the folder of the script itself, and for the one of the repository."""

_ITSELF: Final = frozenset({"$0", "$BASH_SOURCE", "${BASH_SOURCE}", "${BASH_SOURCE[0]}"})
"""How a hole is called that stands for the script itself."""
_RESOLVING: Final = frozenset({"realpath", "readlink"})
_ENTERING: Final = frozenset({"cd", "pushd"})


def folder_entered(words: Sequence[Text]) -> Text | None:
    """The folder that a command enters; ``None`` for any other."""
    entered = [each for each in words[1:] if each.text != "--"]
    return entered[0] if words and words[0].text in _ENTERING and len(entered) == 1 else None


def printed_folder(last: Command | None, entered: Text | None) -> Text | None:
    """What the last command of a substitution prints, if that is the script, or a folder told from it; ``entered``: the
    folder that the commands before it have entered."""
    if last is None or not last.words:
        return None
    program, *words = (each.text for each in last.words)
    named = [each for each in last.words[1:] if not each.text.startswith("-")]
    if program == "git" and words == ["rev-parse", "--show-toplevel"]:
        return hole(nowhere(REPOSITORY))
    if program == "pwd":
        return entered if _begins_with(entered, {OWN_FOLDER, REPOSITORY}) else None
    if len(named) != 1 or not _begins_with(named[0], {*_ITSELF, OWN_FOLDER, REPOSITORY}):
        return None
    if program in _RESOLVING:
        return named[0]
    is_itself = named[0].text == HOLE and _begins_with(named[0], _ITSELF)
    return hole(nowhere(OWN_FOLDER)) if program == "dirname" and is_itself else None


def _begins_with(text: Text | None, details: frozenset[str] | set[str]) -> bool:
    is_open = text is not None and text.text.startswith(HOLE) and bool(text.holes)
    return is_open and text is not None and text.holes[0].detail in details
