"""The team that owns a repository as a whole, by its CODEOWNERS at a commit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sovlint.files import git
from sovlint.fleet.owners import LARGEST, PLACES, owners_of_repository


def whole_owners(git_dir: Path, commit: str) -> tuple[str, ...]:
    """Whom it names for everything; nobody where there is no such file."""
    asked = "".join(f"{commit}:{place}\n" for place in PLACES).encode()
    done = git.run(git_dir, f"--git-dir={git_dir}", "cat-file", "--batch", given=asked)
    return owners_of_repository(dict(zip(PLACES, _texts(done.stdout), strict=False)).get)


def _texts(told: bytes) -> Iterator[str | None]:
    """What is in each file; ``None`` for one that git hasn't, or that isn't a file."""
    while told:
        head, _, told = told.partition(b"\n")
        words = head.split()
        if len(words) != 3:
            yield None
            continue
        size = int(words[2])
        is_file = words[1] == b"blob"
        yield told[: min(size, LARGEST)].decode(errors="replace") if is_file else None
        told = told[size + 1 :]
