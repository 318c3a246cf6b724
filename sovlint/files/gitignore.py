"""The patterns of a ``.gitignore``, asked fast: most paths match none, and a repository may have 50,000 of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sovlint.model.decoding import late_pattern

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_NAME = late_pattern(
    r"\^\(\?:\.\+/\)\?((?:\[\^/\]|[^/\[])*)(\(\?:\(\?P<\w+>/\)\|\$\)|\(\?P<\w+>/\))"
)
"""An expression of pathspec's that is about one segment, in whatever folder: it has no slash but in ``[^/]`` and at its
end, and no other set of characters, which might have one."""
_FOLDER = "ps_d"
"""The group that pathspec gives the slash behind a folder."""
_GROUP = late_pattern(r"\(\?P<\w+>")
_SET = late_pattern(r"(\\.|\[\^/\])|(\[\^?\]?(?:\\.|[^\]\\])*\])")
"""An escaped character or "anything but a slash", which stay; another set of characters."""
_NEVER = late_pattern(r"(?!)")
_LONGEST = 4_096
"""Characters of a pattern: no path is longer."""


class Patterns:
    """The patterns of one file.

    pathspec reads them, and tries every pattern on every path. Here one expression for all of them, on the last segment
    where that is enough, tells whether they have to be tried at all. Then the last one that is about the path itself
    decides, as in git: what is below an ignored folder is the business of who walks down.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        read = [
            (each.include, _within_a_name(each.regex))
            for each in _read(lines).patterns
            if each.include is not None and each.regex
        ]
        self._last_first = tuple(reversed(read))
        written = [expression.pattern for _, expression in read]
        names = [_NAME.fullmatch(each) for each in written]
        self._names = _any([name[1] + name[2] for name in names if name])
        self._paths = _any(
            [each for each, name in zip(written, names, strict=True) if not name]
        )

    def include(self, path: str) -> bool | None:
        """Whether git ignores a path relative to the folder of the file; ``None`` where no pattern is about it.

        The path is one that a listing gives: nothing in it is ``.`` or ``..``, and one of a folder ends in ``/``.
        """
        start = path.rfind("/", 0, -1) + 1
        if not self._names.match(path, start) and not self._paths.search(path):
            return None
        text = _text(path)
        told = (include for include, each in self._last_first if _is_about(each, text))
        return next(told, None)

    def ignores(self, path: str) -> bool:
        """Whether git ignores a path or a folder that it is in."""
        names = path.rstrip("/").split("/")
        folders = ("/".join(names[:depth]) + "/" for depth in range(1, len(names)))
        return any(self.include(each) for each in (*folders, path))


def _within_a_name(expression: re.Pattern[str]) -> re.Pattern[str]:
    """An expression whose sets of characters (``[!x]``) match no slash, as in git; pathspec lets them."""
    written = _SET.sub(lambda found: found[1] or f"(?!/){found[2]}", expression.pattern)
    return expression if written == expression.pattern else re.compile(written)


def _is_about(expression: re.Pattern[str], path: str) -> bool:
    """Whether an expression of pathspec's matches a path itself, and not only a folder that it is in."""
    for found in expression.finditer(path):
        if found.groupdict().get(_FOLDER):
            if found.end() == len(path):
                return True
        elif not found[0].endswith("/") or found.end() < len(path):
            return True
    return False


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
