"""git, asked in a way that nothing of what a repository brings along runs: no hook, no monitor, no filter, no network."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

_QUIET: Final = (
    "--no-pager",
    "-c", "core.hooksPath=/dev/null",
    "-c", "core.fsmonitor=false",
    "-c", "core.sshCommand=false",
    "-c", "core.gitProxy=false",
    "-c", "core.alternateRefsCommand=false",
    "-c", "diff.external=",
    "-c", "submodule.recurse=false",
    "-c", "log.showSignature=false",
    "-c", "core.packedGitWindowSize=32m",
    "-c", "core.packedGitLimit=256m",
)  # fmt: skip
_ENVIRONMENT: Final = {
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_LFS_SKIP_SMUDGE": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
"""No network, no question, no object in place of another, and messages in one language."""
_ALONE: Final = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_SYSTEM": os.devnull,
}
"""Only the repository's own settings count: what they could run is switched off above."""


def run(
    folder: Path,
    *arguments: str,
    given: bytes | IO[bytes] | None = None,
    machine: bool = False,
) -> subprocess.CompletedProcess[bytes]:
    """What git says in a folder, told ``given`` on its standard input. Raises ``OSError`` where it can't be run.

    ``machine``: whether the settings of the machine and of its user count beside those of the repository.
    """
    with _input(given) as source:
        return subprocess.run(
            [program(), *_QUIET, *arguments],
            cwd=folder, env=_environment(machine), stdin=source, capture_output=True, check=False,
        )  # fmt: skip


def started(
    folder: Path, *arguments: str, given: IO[bytes] | None = None
) -> subprocess.Popen[bytes]:
    """git at work in a folder, whose answer is read as it comes. Raises ``OSError`` where it can't be run."""
    return subprocess.Popen(
        [program(), *_QUIET, *arguments],
        cwd=folder, env=_environment(machine=False),
        stdin=subprocess.DEVNULL if given is None else given,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def program() -> str:
    """The git of the machine: a search path may name the folder where one is, and a repository may bring a ``git``.

    Raises ``FileNotFoundError`` where there is none.
    """
    for folder in os.get_exec_path():
        found = Path(folder) / "git"
        if found.is_absolute() and found.is_file() and os.access(found, os.X_OK):
            return str(found)
    if os.name == "nt":
        return "git"
    raise FileNotFoundError(2, os.strerror(2), "git")


@contextmanager
def _input(given: bytes | IO[bytes] | None) -> Iterator[IO[bytes] | int]:
    """What git reads: a file, so that it never waits for us while we wait for it."""
    if not isinstance(given, bytes):
        yield subprocess.DEVNULL if given is None else given
        return
    import tempfile

    with tempfile.TemporaryFile() as file:
        file.write(given)
        file.seek(0)
        yield file


def _environment(machine: bool) -> dict[str, str]:
    # What git tells a hook about the commit being made mustn't lead it to another index or folder.
    inherited = {
        key: value for key, value in os.environ.items() if not key.startswith("GIT_")
    }
    return {**inherited, **_ENVIRONMENT, **({} if machine else _ALONE)}


def here(root: Path) -> tuple[str, ...]:
    """Options that name the repository whose root this is, or which is this folder of git's itself: that one and none
    above it, wherever it says that its files are; and git doesn't ask whose folder it is, as it does in CI."""
    if is_bare(root):
        return (f"--git-dir={root}",)
    return f"--git-dir={root / '.git'}", f"--work-tree={root}"


def is_bare(folder: Path) -> bool:
    """Whether a folder is one in which git keeps what it knows, by itself or of files beside it."""
    return not (folder / ".git").exists() and is_kept_in(folder)


def is_kept_in(folder: Path) -> bool:
    """Whether a folder looks as git leaves one in which it keeps what it knows."""
    return (
        (folder / "HEAD").is_file()
        and (folder / "objects").is_dir()
        and (folder / "refs").is_dir()
    )


def told(root: Path, *arguments: str, machine: bool = False) -> list[str] | None:
    """What git says of the repository whose root this is, as the texts before each zero; ``None`` where it can't."""
    try:
        done = run(root, *here(root), *arguments, machine=machine)
    except (OSError, ValueError):
        return None
    return None if done.returncode else os.fsdecode(done.stdout).split("\0")[:-1]


def tracked(root: Path) -> list[str] | None:
    """The paths in the index of the repository whose root this is, sorted; ``None`` where git can't tell."""
    listed = told(root, "ls-files", "--cached", "-z")
    return None if listed is None else sorted(listed)
