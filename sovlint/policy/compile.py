"""The shipped policies, compiled once to a small index: plain JSON, since reading YAML costs more than judging.

``policies/`` lies beside the package in a checkout (an editable install is one), and inside it, as ``_policies``, in a
wheel. ``python -m sovlint.policy.compile OUT`` writes the index; the build does so and ships it.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from sovlint.errors import SovlintError
from sovlint.policy.read import files, read

PACKAGE = Path(__file__).parents[1]
INDEX = Path(__file__).with_name("index.json")


def folder() -> Path:
    """Where the shipped policies are. Raises ``SovlintError`` where the installation lost them."""
    # A wheel's folder first: in site-packages a neighbour called "policies" may be anybody's.
    for candidate in (PACKAGE / "_policies", PACKAGE.parent / "policies"):
        if candidate.is_dir():
            return candidate
    raise SovlintError("The shipped policies aren't there: the installation is incomplete.", "Install sovlint again.")


def index() -> dict[str, Any]:
    """``{"digest", "policies": [[data, where]], "sets": [[data, where]]}``; the stored one, if of these files."""
    source = folder()
    digest = _digest(source)
    with suppress(OSError, ValueError):  # not there yet, or cut short: made anew
        stored: dict[str, Any] = json.loads(INDEX.read_text("utf-8"))
        if stored.get("digest") == digest:
            return stored
    made = compiled(source, digest)
    with suppress(OSError):  # an installation that can't be written to works all the same, only slower
        write(made, INDEX)
    return made


def compiled(source: Path, digest: str) -> dict[str, Any]:
    """The index of the policies and sets in ``source``, checked against the schema (``SovlintError``)."""
    written = [each for path in files(source) for each in read(path, f"policies/{path.relative_to(source).as_posix()}")]
    return {
        "digest": digest,
        "policies": [[each.data, each.where] for each in written if not each.is_set],
        "sets": [[each.data, each.where] for each in written if each.is_set],
    }


def write(made: dict[str, Any], path: Path) -> None:
    """Write an index whole or not at all: another process may be reading it."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_text(json.dumps(made, ensure_ascii=False, sort_keys=True), "utf-8")
    draft.replace(path)


def _digest(source: Path) -> str:
    digest = hashlib.sha256()
    for path in files(source):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(source).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def main(out: str) -> None:
    """Compile the shipped policies into the file ``out``."""
    source = folder()
    write(compiled(source, _digest(source)), Path(out))


if __name__ == "__main__":
    main(*sys.argv[1:2])
