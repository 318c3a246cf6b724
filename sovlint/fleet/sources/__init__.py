"""Where the repositories of a fleet are: arguments of the command line -> repositories, each at one commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from sovlint.errors import SovlintError
from sovlint.fleet.sources import exports, folder, text_list
from sovlint.fleet.sources.found import SourceContents, SourceKind

KINDS: Final[Mapping[str, SourceKind]] = {
    "folder": folder.KIND,
    "export": exports.KIND,
    "list": text_list.KIND,
}
"""All kinds of sources; the first that a path is told to be counts."""


def found(sources: Sequence[Path]) -> SourceContents:
    """All that sources have. Raises ``SovlintError`` for one that isn't there, or is nothing of the kind."""
    each = [_found(path) for path in sources]
    return SourceContents(
        tuple(clone for one in each for clone in one.clones),
        tuple(entry for one in each for entry in one.entries),
    )


def _found(path: Path) -> SourceContents:
    if not path.exists():
        raise SovlintError(
            f"The source `{path}` doesn't exist.",
            "Name a folder of clones, a list of them, or an export of GitLab or GitHub.",
        )
    kind = next((each for each in KINDS.values() if each.tells(path)), None)
    if kind is None:
        raise SovlintError(f"The source `{path}` is neither a folder nor a file.")
    return kind.read(path)
