"""The team that owns a repository as a whole, by its CODEOWNERS."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sovlint.files import git

PLACES: Final = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
_ALL: Final = frozenset(("*", "/**", "**", "/"))
_LONGEST: Final = 1 << 20


def whole_owners(git_dir: Path, commit: str) -> tuple[str, ...]:
    """Whom the last line for all files names; nobody where there is none."""
    asked = "".join(f"{commit}:{place}\n" for place in PLACES).encode()
    done = git.run(git_dir, f"--git-dir={git_dir}", "cat-file", "--batch", given=asked)
    owners: tuple[str, ...] = ()
    for line in _first(done.stdout).decode(errors="replace").splitlines():
        pattern, *named = line.split("#", 1)[0].split() or ("",)
        if pattern in _ALL:
            owners = tuple(named)
    return owners


def _first(told: bytes) -> bytes:
    """What is in the first file that git has; nothing where it has none."""
    while told:
        head, _, told = told.partition(b"\n")
        words = head.split()
        if len(words) == 3 and words[1] == b"blob":
            return told[: min(int(words[2]), _LONGEST)]
    return b""
