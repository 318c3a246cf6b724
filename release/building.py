"""Wheel and sdist of a commit, to the byte the same wherever they are built."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from msgspec import Struct

_CHANGING: Final = ("PYTHONPATH", "HATCH_", "SOVLINT_")
"""How variables begin that could change what is built."""


class Commit(Struct, frozen=True):
    """What is released: the full id of a commit, and when it was made, in seconds since 1970."""

    id: str
    epoch: int


class Built(Struct, frozen=True):
    """The two files of a release that pip installs."""

    sdist: Path
    wheel: Path


def commit(root: Path, revision: str = "HEAD") -> Commit:
    """The commit that a revision of the repository at ``root`` names. Raises ``CalledProcessError`` where git can't say."""
    said = _output(
        "git", "-C", str(root), "-c", "log.showSignature=false", "log", "-1", "--format=%H %ct", revision
    )  # fmt: skip
    name, epoch = said.split()
    return Commit(name, int(epoch))


def last_tag(root: Path) -> str | None:
    """The tag of the release before HEAD; None where there is none."""
    done = subprocess.run(
        ["git", "-C", str(root), "describe", "--tags", "--abbrev=0", "--match=v*", "HEAD^"],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() if done.returncode == 0 else None


def export(root: Path, revision: str, folder: Path) -> None:
    """Write the files of a revision below ``folder``: what isn't committed isn't released.

    Raises ``CalledProcessError`` where git doesn't have it.
    """
    archive = folder.with_suffix(".exported.tar")
    _output(
        "git", "-C", str(root), "-c", "tar.umask=0022", "-c", "core.autocrlf=false",
        "archive", f"--output={archive}", revision,
    )  # fmt: skip
    _unpack(archive, folder)
    archive.unlink()


def build(source: Path, epoch: int, out: Path) -> Built:
    """Build the sdist of the files below ``source``, and of that sdist alone the wheel, into ``out``.

    ``epoch`` is the time that all in them has. Raises ``CalledProcessError`` where a build fails.
    """
    sdist = _built("sdist", source, epoch, out)
    with TemporaryDirectory(prefix="sovlint-sdist-") as name:
        _unpack(sdist, Path(name))
        (unpacked,) = Path(name).iterdir()
        return Built(sdist, _built("wheel", unpacked, epoch, out))


def _built(target: str, source: Path, epoch: int, out: Path) -> Path:
    """The one file that hatchling says it made."""
    before = set(out.iterdir()) if out.is_dir() else set()
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(_CHANGING)
    }
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(out.resolve())],
        cwd=source,
        env={**kept, "SOURCE_DATE_EPOCH": str(epoch)},
        check=True,
        capture_output=True,
        text=True,
    )
    (made,) = set(out.iterdir()) - before
    return made


def _unpack(archive: Path, folder: Path) -> None:
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")


def _output(*arguments: str) -> str:
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    return done.stdout.strip()
