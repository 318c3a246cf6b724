"""Where README, docs and the pieces for CI name the version, and how a new one gets there.

``sovlint/__init__.py`` has the version. All else repeats it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

PLACE: Final = "sovlint/__init__.py"
REPEATING: Final = (
    "README.md", "SECURITY.md", "RELEASING.md", "docs/*.md", "action.yml", "Containerfile", "templates/*.yml",
)  # fmt: skip
"""Files that may name the version, as patterns from the root."""

_OWN: Final = re.compile(r'(?<=^__version__ = ")[^"]+(?="$)', re.MULTILINE)
_NAMED: Final = re.compile(
    r"(?P<before>\brev: v|\bversion: |\brefs/tags/v|@v|\bsovlint(?:-fleet)?(?: |-|:|==|/v))"
    r"(?P<version>\d+\.\d+\.\d+)(?![\d.]*\d)"
)


class Mention(Struct, frozen=True):
    """A version as a file names it: in which ``path``, at which ``line``."""

    path: str
    line: int
    version: str


def current(root: Path) -> str:
    """The version of the checkout at ``root``. Raises ``ValueError`` where its one place says none."""
    found = _OWN.search((root / PLACE).read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{PLACE} says no version")
    return found[0]


def mentions(root: Path) -> list[Mention]:
    """Every version of sovlint that a file beside its one place names, by path and line."""
    return [
        Mention(path.relative_to(root).as_posix(), number, named["version"])
        for path in _repeating(root)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for named in _NAMED.finditer(line)
    ]


def write(root: Path, version: str) -> list[str]:
    """Put ``version`` into its one place and wherever it is repeated; the paths of what changed.

    Raises ``ValueError`` where it isn't three numbers.
    """
    if re.fullmatch(r"\d+\.\d+\.\d+", version) is None:
        raise ValueError(f"`{version}` is no version: three numbers are, as in 1.2.3")
    changed = [_rewritten(root / PLACE, _OWN, version)]
    changed += [
        _rewritten(path, _NAMED, rf"\g<before>{version}") for path in _repeating(root)
    ]
    return [path.relative_to(root).as_posix() for path in changed if path is not None]


def _repeating(root: Path) -> Iterator[Path]:
    for pattern in REPEATING:
        yield from sorted(root.glob(pattern))


def _rewritten(path: Path, pattern: re.Pattern[str], by: str) -> Path | None:
    """The path, where anything of it changed."""
    before = path.read_text(encoding="utf-8")
    after = pattern.sub(by, before)
    if after == before:
        return None
    path.write_text(after, encoding="utf-8", newline="\n")
    return path
