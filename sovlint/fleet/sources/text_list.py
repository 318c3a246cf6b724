"""A source: a text with a repository a line, ``path[@revision] [name]``; ``#`` begins a comment.

Paths are relative to the folder of the text. What has blanks in it stands in quotes.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sovlint.errors import SovlintError
from sovlint.fleet.sources.found import Clone, SourceContents, SourceKind
from sovlint.fleet.sources.git_folders import git_folder

_COMMENT: Final = re.compile(r"(?:^|\s)#.*")


def _read(path: Path) -> SourceContents:
    return SourceContents(tuple(_clones(path)))


def _clones(path: Path) -> Iterator[Clone]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SovlintError(
            f"The list `{path}` can't be read: {getattr(error, 'strerror', None) or 'it is no text'}.",
            "A list has a repository a line: path[@revision] [name].",
        ) from None
    for number, line in enumerate(text.splitlines(), 1):
        if written := _COMMENT.sub("", line).strip():
            yield _clone(written, path, number)


def _clone(written: str, path: Path, number: int) -> Clone:
    try:
        where, *name = shlex.split(written)
    except ValueError:
        raise _wrong(path, number, "a quote isn't closed") from None
    if len(name) > 1:
        raise _wrong(path, number, "there are more than a path and a name")
    place, revision = path.parent / where, None
    if not place.exists() and "@" in where:
        before, _, revision = where.rpartition("@")
        place = path.parent / before
        if not revision:
            raise _wrong(path, number, f"no revision stands after `{where}`")
    kept = git_folder(place)
    if kept is None:
        what = "is no git repository" if place.exists() else "doesn't exist"
        raise _wrong(path, number, f"`{place}` {what}")
    called = name[0] if name else place.resolve().name.removesuffix(".git")
    return Clone(kept, place, called, revision, bool(name))


def _wrong(path: Path, number: int, what: str) -> SovlintError:
    return SovlintError(
        f"{path}:{number}: {what}.",
        "A list has a repository a line: path[@revision] [name].",
    )


KIND: Final = SourceKind(Path.is_file, _read)
