"""Folders of the repository that a script asks for: its own (``$(cd "$(dirname "$0")" && pwd)``), and the one of all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from sovlint.frontends.shell.language.variables import Text, hole, nowhere
from sovlint.model.partial.holes import HOLE

if TYPE_CHECKING:
    from sovlint.frontends.shell.language.command import Command

OWN_FOLDER: Final = "$(dirname $0)"
REPOSITORY: Final = "$(git rev-parse --show-toplevel)"
"""How a hole is called that stands for the folder of the script itself, and for the one of the repository."""

_ITSELF: Final = frozenset({"$0", "$BASH_SOURCE", "${BASH_SOURCE}", "${BASH_SOURCE[0]}"})
"""How a hole is called that stands for the script itself."""
_ASKED: Final = frozenset({OWN_FOLDER, REPOSITORY})
_ASIDE: Final = frozenset({"--", "-P", "-L"})
_RESOLVING: Final = frozenset({"realpath", "readlink"})
_ENTERING: Final = frozenset({"cd", "pushd"})


def in_repository(path: str) -> Text:
    """A path that leads on from the folder of the repository, wherever that is."""
    return hole(nowhere(REPOSITORY)).followed_by(f"/{path}")


def in_folder_of_all(text: Text) -> str:
    """A path as it is from the folder of the repository, where it leads on from that; else as it is."""
    leads_on = _begins_with(text, {REPOSITORY})
    return f"/{text.text.removeprefix(HOLE)}" if leads_on else text.text


def folder_of(path: Text) -> Text | None:
    """The folder of a path that is told: from the root, or from a folder that a script has asked for."""
    if path.text == HOLE:
        if _begins_with(path, _ITSELF):
            return hole(nowhere(OWN_FOLDER))
        return path.followed_by("/..") if _begins_with(path, _ASKED) else None
    above, sign, last = path.text.rpartition("/")
    if not sign or HOLE in last or not _is_told(path):
        return None
    return replace(path, text=above or "/")


def folder_entered(words: Sequence[Text]) -> Text | None:
    """The folder that a command enters; ``None`` for any other."""
    entered = [each for each in words[1:] if each.text not in _ASIDE]
    is_entered = bool(words) and words[0].text in _ENTERING and len(entered) == 1
    return entered[0] if is_entered and entered[0].text != "-" else None


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
        return entered if entered is not None and _is_told(entered) else None
    if len(named) != 1:
        return None
    if program in _RESOLVING:
        return named[0] if _is_told(named[0]) or _begins_with(named[0], _ITSELF) else None
    return folder_of(named[0]) if program == "dirname" else None


def _is_told(path: Text) -> bool:
    """Whether a path leads on from the root, or from a folder that a script has asked for."""
    return path.text.startswith("/") or _begins_with(path, _ASKED)


def _begins_with(text: Text, details: Collection[str]) -> bool:
    is_open = text.text.startswith(HOLE) and bool(text.holes)
    return is_open and text.holes[0].detail in details
