"""The shipped policies, compiled once to a small index: plain JSON, since reading YAML costs more than judging.

``policies/`` lies beside the package in a checkout (an editable install is one), and inside it, as ``_policies``, in a
wheel. ``python -m sovlint.policy.compile OUT`` writes the index; the build does so and ships it.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sovlint.errors import SovlintError
from sovlint.files import index_file
from sovlint.policy.read import files, read

PACKAGE = Path(__file__).parents[1]
INDEX = Path(__file__).with_name("index.jsonl")


def folder() -> Path:
    """Where the shipped policies are. Raises ``SovlintError`` where the installation lost them."""
    # A wheel's folder first: in site-packages a neighbour called "policies" may be anybody's.
    for candidate in (PACKAGE / "_policies", PACKAGE.parent / "policies"):
        if candidate.is_dir():
            return candidate
    raise SovlintError(
        "The shipped policies aren't there: the installation is incomplete.",
        "Install sovlint again.",
    )


def index() -> Mapping[str, Any]:
    """``{"policies": [[data, where]], "sets": [[data, where]]}``: that of the wheel, which nobody may have to write
    into; in a checkout the stored one, if of these files."""
    source = folder()
    if source.parent == PACKAGE:
        return index_file.read(INDEX) or compiled(source)
    return index_file.kept(INDEX, file_states(source), lambda: compiled(source))


def file_states(source: Path) -> str:
    """What tells one state of the policies in ``source``, and of the code that compiles them, from another."""
    own = [
        (path.name, path)
        for path in (
            Path(__file__).with_name("read.py"),
            Path(__file__).with_name("schema.json"),
        )
    ]
    return index_file.file_states(
        [*own, *((path.relative_to(source).as_posix(), path) for path in files(source))]
    )


def compiled(source: Path) -> dict[str, Any]:
    """The index of the policies and sets in ``source``, checked against the schema (``SovlintError``)."""
    written = [
        each
        for path in files(source)
        for each in read(path, f"policies/{path.relative_to(source).as_posix()}")
    ]
    return {
        "policies": [[each.data, each.where] for each in written if not each.is_set],
        "sets": [[each.data, each.where] for each in written if each.is_set],
    }


def main(out: str) -> None:
    """Compile the shipped policies into the file ``out``."""
    index_file.write(compiled(folder()), Path(out))


if __name__ == "__main__":
    main(*sys.argv[1:2])
