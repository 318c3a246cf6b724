"""Another revision of the repository, checked out by git in a temporary worktree: nothing is fetched, no hook runs."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from sovlint.errors import SovlintError
from sovlint.files import git


class Revision(Struct, frozen=True):
    """A revision as asked for, the commit that it means, and the folder that holds its files."""

    name: str
    commit: str
    folder: Path


class _Answer(Struct, frozen=True):
    """What git said, as text."""

    returncode: int
    stdout: str
    stderr: str


@contextmanager
def checked_out(root: Path, name: str) -> Iterator[Revision]:
    """The revision ``name`` of the git repository at ``root``, gone again afterwards.

    Raises ``SovlintError`` where there is no git, no repository or no such revision.
    """
    commit = _commit(root, name)
    held = Path(tempfile.mkdtemp(prefix="sovlint-")).resolve()
    folder = held / "tree"
    try:
        done = _git(root, "worktree", "add", "--quiet", "--detach", "--force", str(folder), commit)
        if done.returncode:
            raise SovlintError(f"git can't check out `{name}`: {_said(done)}")
        yield Revision(name, commit, folder)
    finally:
        _git(root, "worktree", "remove", "--force", "--force", str(folder))
        shutil.rmtree(held, ignore_errors=True)


def _commit(root: Path, name: str) -> str:
    if not (root / ".git").exists():
        raise SovlintError(
            f"`{root}` is no git repository, so there is no revision `{name}` to compare with."
        )
    done = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if done.returncode or not done.stdout.strip():
        shallow = _git(root, "rev-parse", "--is-shallow-repository").stdout.strip() == "true"
        hint = (
            "This clone is shallow: fetch more of its history first."
            if shallow
            else "Is it fetched, and spelt right?"
        )
        raise SovlintError(f"There is no revision `{name}` here{_because(done)}.", hint)
    return done.stdout.strip()


def _git(root: Path, *arguments: str) -> _Answer:
    try:
        done = git.run(root, *arguments)
    except OSError as error:
        raise SovlintError(
            f"git can't be run: {error.strerror}.", "Comparing with a revision needs git."
        ) from None
    return _Answer(
        done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
    )


def _said(done: _Answer) -> str:
    lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
    return lines[-1] if lines else f"exit code {done.returncode}"


def _because(done: _Answer) -> str:
    return f" ({_said(done)})" if done.stderr.strip() else ""
