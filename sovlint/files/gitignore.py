"""The patterns of a ``.gitignore``, asked fast: most paths match none, and a repository may have 50,000 of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_NAME = re.compile(
    r"\^\(\?:\.\+/\)\?((?:\[\^/\]|[^/\[])*)(\(\?:\(\?P<\w+>/\)\|\$\)|\(\?P<\w+>/\))"
)
"""An expression of pathspec's that is about one segment, in whatever folder: it has no slash but in ``[^/]`` and at its
end, and no other set of characters, which might have one."""
_GROUP = re.compile(r"\(\?P<\w+>")
_NEVER = re.compile(r"(?!)")
_LONGEST = 4_096
"""Characters of a pattern: no path is longer."""


class Patterns:
    """The patterns of one file.

    pathspec tries every pattern on every path. Here one expression for all of them, on the last segment where that is
    enough, tells whether it has to be asked at all; a pattern that may match a folder matches what is in it.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._spec = _read(lines)
        written = [
            each.regex.pattern
            for each in self._spec.patterns
            if each.include is not None and each.regex
        ]
        names = [_NAME.fullmatch(each) for each in written]
        self._names = _any([name[1] + name[2] for name in names if name])
        self._paths = _any(
            [each for each, name in zip(written, names, strict=True) if not name]
        )
        self._silent: dict[str, bool] = {"": True}

    def include(self, path: str) -> bool | None:
        """Whether git ignores a path relative to the folder of the file; ``None`` where no pattern says anything.

        The path is one that a listing gives: nothing in it is ``.`` or ``..``, and one of a folder ends in ``/``.
        """
        start = path.rfind("/", 0, -1) + 1
        if (
            self._says_nothing(path[:start])
            and not self._names.match(path, start)
            and not self._paths.search(path)
        ):
            return None
        return self._spec.check_file(_text(path)).include

    def ignores(self, path: str) -> bool:
        """Whether git ignores a path, however it is written."""
        return self._spec.match_file(_text(path))

    def _says_nothing(self, folder: str) -> bool:
        """Whether no pattern matches a folder, and so none matches what is below it by the folder's name."""
        if folder not in self._silent:
            self._silent[folder] = self._spec.check_file(_text(folder)).include is None
        return self._silent[folder]


def _text(path: str) -> str:
    """A path that any library takes: names on disk are bytes, and may be no UTF-8."""
    return (
        path
        if path.isascii()
        else path.encode(errors="surrogateescape").decode(errors="replace")
    )


def _read(lines: Sequence[str]) -> GitIgnoreSpec:
    """A line that isn't a pattern ignores nothing, as in git; nor does one longer than any path."""
    short = [line for line in lines if len(line) <= _LONGEST]
    try:
        return _spec(short)
    except ValueError:
        return _spec([line for line in short if _sound(line)])


def _sound(line: str) -> bool:
    try:
        _spec([line])
    except ValueError:
        return False
    return True


def _spec(lines: Sequence[str]) -> GitIgnoreSpec:
    """Read by the same engine whatever others are installed: one of those gives up on large patterns."""
    from pathspec import GitIgnoreSpec  # imported late: 0.03 s

    return GitIgnoreSpec.from_lines(lines, backend="simple")


def _any(expressions: Sequence[str]) -> re.Pattern[str]:
    """What matches where one of these does. Their groups lose their names, which may stand in one expression once."""
    return (
        re.compile("|".join(_GROUP.sub("(?:", each) for each in expressions))
        if expressions
        else _NEVER
    )
