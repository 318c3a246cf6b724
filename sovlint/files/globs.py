"""Globs of the configuration -> predicates on paths and addresses, and which of them match nothing.

All paths have forward slashes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Final

from msgspec import Struct

from sovlint.model.resources.reading import Remark
from sovlint.model.source import Span
from sovlint.model.text import Note

Matches = Callable[[str], bool]
_ENDING: Final = re.compile(r"[*?]\.[^./]*\Z")
"""What is left of a file's name where only its ending is written."""
_WORD: Final = re.compile(r"[^\W_]")
_LONGEST: Final = 4_096
"""Characters of a glob: no path is longer."""


class Subject(Enum):
    """What a glob is there to match. ``EXCLUDED``: files and folders (with a ``/`` at their end) left out."""

    FILES = "files"
    FOLDERS = "folders"
    ADDRESSES = "addresses"
    EXCLUDED = "excluded"
    FILES_OR_ADDRESSES = "files-or-addresses"


class InUse(Struct, frozen=True):
    """A glob as written, what it matches, and the note to give where that is nothing."""

    key: str
    glob: str
    matches: Matches
    span: Span
    subject: Subject = Subject.FILES


def unused(
    globs: Iterable[InUse], there: Mapping[Subject, Sequence[str]]
) -> Iterator[Remark]:
    """A remark for each of ``globs`` that matches nothing of what is ``there``.

    A folder that was renamed would lose its data class without a word otherwise.
    """
    for each in globs:
        if not any(map(each.matches, there[each.subject])):
            yield Remark(Note(each.key, {"glob": each.glob}), each.span.path, each.span.line)


class Base(Struct, frozen=True):
    """How paths relative to the git root become paths relative to the folder that globs are written from.

    ``strip``: that folder, where it lies below the root; ``add``: the way from that folder down to the root, where it
    lies above. A folder that is neither leaves paths as they are.
    """

    strip: str = ""
    add: str = ""

    def local(self, path: str) -> str | None:
        """The path as seen from the folder; ``None`` where it isn't below it."""
        if self.strip:
            if path.rstrip("/") == self.strip:
                return ""
            return path[len(self.strip) + 1 :] if path.startswith(f"{self.strip}/") else None
        if self.add:
            return f"{self.add}/{path}" if path else self.add
        return path


def names_something(glob: str) -> bool:
    """Whether a glob has any word of what it matches, beside wildcards and the ending of a file: ``**/*.yml`` and ``**``
    have none."""
    return _WORD.search(_ENDING.sub("", glob)) is not None


def paths(globs: Sequence[str], base: Base) -> Matches:
    """Files by globs as in ``.gitignore``: ``**`` crosses folders, a folder stands for all that is in it.

    Raises ``ValueError`` with a sentence for a glob that can't be one.
    """
    from pathspec import GitIgnoreSpec  # imported late: 0.03 s

    lines = [_within(glob) for glob in globs]
    for line in lines:
        try:
            GitIgnoreSpec.from_lines([line], backend="simple")
        except ValueError:
            raise ValueError(f"`{line}` is not a glob") from None
    spec = GitIgnoreSpec.from_lines(lines, backend="simple")

    def matches(path: str) -> bool:
        local = base.local(path)
        return spec.match_file(local) if local else False

    return matches


def folders(glob: str, base: Base) -> Matches:
    """Folders by a glob that must match the whole path: ``*`` stays within a segment, ``**`` is any number of them.

    ``.`` is the folder that globs are written from. Raises ``ValueError`` as ``paths`` does.
    """
    parts = [part for part in _within(glob).split("/") if part not in ("", ".")]
    pattern = re.compile(
        "".join("(?:[^/]+/)*" if part == "**" else f"{_segment(part)}/" for part in parts)
    )

    def matches(path: str) -> bool:
        local = base.local("" if path == "." else path)
        return (
            local is not None and pattern.fullmatch(f"{local}/" if local else "") is not None
        )

    return matches


def addresses(globs: Sequence[str]) -> Matches:
    """Addresses by globs in which ``*`` crosses dots and ``?`` is any one character; ``[`` means itself."""
    pattern = re.compile("|".join(_translate(glob, ".") for glob in globs), re.DOTALL)
    return lambda address: pattern.fullmatch(address) is not None


def _segment(glob: str) -> str:
    return _translate(glob, "[^/]")


def _translate(glob: str, one: str) -> str:
    return "".join(
        f"{one}*" if char == "*" else one if char == "?" else re.escape(char) for char in glob
    )


def _within(glob: str) -> str:
    """A glob without a leading ``./``; one that leads out of the folder would never match, so it is an error."""
    if len(glob) > _LONGEST:
        raise ValueError(f"`{glob[:40]}...` is longer than {_LONGEST} characters")
    bare = glob.removeprefix("./")
    if ".." in bare.split("/"):
        raise ValueError(f"`{glob}` leads out of the folder that globs are relative to")
    return bare
