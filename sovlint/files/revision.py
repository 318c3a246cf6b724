"""Another revision of the repository, read out of git's objects into a folder: nothing is fetched, nothing runs."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from sovlint.errors import SovlintError
from sovlint.files import git
from sovlint.files.objects import WrittenTree, contents, entries
from sovlint.files.walk import IGNORE_FILE, REPOSITORY


class Revision(Struct, frozen=True):
    """A revision as asked for, the commit that it means, and the folder that holds its files.

    ``paths`` are all that stands there. ``submodules`` are folders that another repository has, which aren't there;
    ``pointers``: files of which git keeps only where they are (Git LFS); ``left``: what can't stand in a folder here, or
    would lead out of it; ``absent``: what a partial clone lacks.
    """

    name: str
    commit: str
    folder: Path
    paths: tuple[str, ...] = ()
    submodules: tuple[str, ...] = ()
    pointers: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


class _Answer(Struct, frozen=True):
    """What git said, as text."""

    returncode: int
    stdout: str
    stderr: str


@contextmanager
def unpacked(root: Path, name: str, as_cloned: bool = False) -> Iterator[Revision]:
    """The revision ``name`` of the git repository at ``root``, gone again afterwards.

    ``as_cloned``: with all that stands in a clone of it, links that lead elsewhere among that; ``root`` may be the folder
    of git's itself.

    Raises ``SovlintError`` where there is no git, no repository, no such revision, or not all of its files.
    """
    commit = commit_of(root, name, bare=as_cloned)
    folder = Path(tempfile.mkdtemp(prefix="sovlint-")).resolve()
    try:
        found = entries(root, name, commit)
        written = contents(root, name, found, folder, as_cloned)
        _make_repository(folder, commit, written)
        submodules = tuple(each.path for each in found if each.is_submodule)
        paths = tuple(each.path for each in written.entries)
        yield Revision(
            name=name,
            commit=commit,
            folder=folder,
            paths=paths,
            submodules=submodules,
            pointers=written.pointers,
            left=written.left,
            absent=written.absent,
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make_repository(folder: Path, commit: str, written: WrittenTree) -> None:
    """Make a folder a git root of its own, with an index of all that is in it: whatever patterns ignore is tracked.

    It has no settings but these, so that no hook and no filter is there to run.
    """
    inside = folder / REPOSITORY
    for name in ("objects", "refs"):
        (inside / name).mkdir(parents=True)
    form = "sha256" if len(commit) > 40 else ""
    extension = f"[extensions]\n\tobjectformat = {form}\n" if form else ""
    (inside / "config").write_text(
        f"[core]\n\trepositoryformatversion = {1 if form else 0}\n{extension}"
    )
    (inside / "HEAD").write_text("ref: refs/heads/none\n")
    if any(each.path.rpartition("/")[2] == IGNORE_FILE for each in written.entries):
        lines = b"".join(each.line for each in written.entries)
        git.run(folder, *git.here(folder), "update-index", "-z", "--index-info", given=lines)


def commit_of(root: Path, name: str, bare: bool = False) -> str:
    """The commit that a revision means; ``root`` may be ``bare``. Raises ``SovlintError`` where there is none."""
    if not (root / ".git").exists() and not (bare and git.is_bare(root)):
        raise SovlintError(
            f"`{root}` is no git repository, so there is no revision `{name}` to compare with."
        )
    done = _git(
        root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
    )
    if done.returncode or not done.stdout.strip():
        raise _no_commit(root, name, done)
    return done.stdout.strip()


def _no_commit(root: Path, name: str, said: _Answer) -> SovlintError:
    """That nothing here has such a name, or something that is no commit."""
    other = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
    if (
        not other.returncode
        and _git(root, "cat-file", "-e", other.stdout.strip()).returncode == 0
    ):
        return SovlintError(
            f"There is no revision `{name}` here: that is no commit, but a folder or a file of one.",
            "Name a branch, a tag or a commit.",
        )
    hint = "Is it fetched, and spelt right?"
    if _git(root, "rev-parse", "--is-shallow-repository").stdout.strip() == "true":
        hint = "Is it spelt right? This clone is shallow: else fetch more of its history."
    return SovlintError(f"There is no revision `{name}` here{_because(said)}.", hint)


def renames(root: Path, commit: str) -> dict[str, str]:
    """The files that have another name in what is checked out than they had in a commit: old paths to new ones.

    What isn't committed isn't compared. Empty where git can't tell.
    """
    asked = ("diff-tree", "-r", "-z", "-M", "-l1000", "--no-ext-diff", "--no-textconv")
    told = git.told(root, *asked, "--diff-filter=R", "--name-status", commit, "HEAD", "--")
    listed = told or []
    return dict(zip(listed[1::3], listed[2::3], strict=False))


def _git(root: Path, *arguments: str) -> _Answer:
    try:
        done = git.run(root, *git.here(root), *arguments)
    except OSError as error:
        raise SovlintError(
            f"git can't be run: {error.strerror}.", "Comparing with a revision needs git."
        ) from None
    return _Answer(
        done.returncode,
        done.stdout.decode(errors="replace"),
        done.stderr.decode(errors="replace"),
    )


def _because(done: _Answer) -> str:
    lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
    return f" ({lines[-1]})" if lines else ""
