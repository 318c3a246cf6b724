"""git, asked in a way that nothing of what a repository brings along runs: no hook, no monitor, no network."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Final

_QUIET: Final = (
    "--no-pager",
    "-c", "core.hooksPath=/dev/null",  # a checkout would run hooks
    "-c", "core.fsmonitor=false",
    "-c", "advice.detachedHead=false",
)  # fmt: skip
_ENVIRONMENT: Final = {
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_LFS_SKIP_SMUDGE": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
"""No network, no question, and messages in one language."""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """What git says in a folder. Raises ``OSError`` where it can't be run."""
    # What git tells a hook about the commit being made mustn't lead it to another index or folder.
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return subprocess.run(
        ["git", *_QUIET, *arguments],
        cwd=folder, env={**inherited, **_ENVIRONMENT},
        stdin=subprocess.DEVNULL, capture_output=True, check=False,
    )  # fmt: skip


def here(root: Path) -> tuple[str, str]:
    """Options that name the repository whose root this is: that one and none above it, wherever it says that its files
    are; and git doesn't ask whose folder it is, as it does in CI."""
    return f"--git-dir={root / '.git'}", f"--work-tree={root}"


def told(root: Path, *arguments: str) -> list[str] | None:
    """What git says of the repository whose root this is, as the texts before each zero; ``None`` where it can't."""
    try:
        done = run(root, *here(root), *arguments)
    except (OSError, ValueError):
        return None
    return None if done.returncode else os.fsdecode(done.stdout).split("\0")[:-1]


def tracked(root: Path) -> list[str] | None:
    """The paths in the index of the repository whose root this is, sorted; ``None`` where git can't tell."""
    listed = told(root, "ls-files", "--cached", "-z")
    return None if listed is None else sorted(listed)
