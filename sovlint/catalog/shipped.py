"""The catalogue's YAML files, compiled once into one index of which a run decodes what it needs.

The build writes the index into the wheel (``python -m sovlint.catalog.shipped OUT``), which then carries no YAML. In a
checkout the index is made on first use, and again whenever a file changed. The index holds the parts (plain entries
of all files, see ``files.py``), so that an overlay can be merged into it, and what is worked out from them.

``sovlint --version`` imports this and asks for a date: what compiles is imported late.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sovlint.catalog.releases import KEYS, VERSION
from sovlint.errors import SovlintError
from sovlint.files import index_file

FOLDER = Path(__file__).parent
INDEX = FOLDER / "index.jsonl"
WRITTEN = (".yaml", ".yml", ".py")
"""How the names of files end that the index is made of: data, and the code that compiles them."""

BY_ENTRY = (
    "plugins",
    "flat_types",
    "providers",
    "control",
    "technology",
    "regions",
    "schemes",
    "hosts",
    "pipelines",
    "workloads",
    "address_names",
    "tasks",
)
"""Sections of which a run asks for a few entries only, so that each is decoded by itself."""


def index() -> Mapping[str, Any]:
    """The index of what ships: that of the wheel; in a checkout the stored one, if of these files."""
    if not in_checkout():
        return index_file.read(INDEX) or _missing()
    return index_file.kept(INDEX, file_states(), compile_shipped, BY_ENTRY)


def index_date() -> str:
    """The newest day on which the catalogue was gone over (``YYYY-MM-DD``)."""
    return str(index()["date"])


def in_checkout() -> bool:
    """Whether the YAML files lie beside the code (a checkout or an editable install), not only the index (a wheel)."""
    return (FOLDER / "jurisdictions.yaml").exists()


def file_states() -> str:
    """What tells one state of the catalogue's files, data and the code that compiles them, from another."""
    return index_file.file_states(
        (path.removeprefix(str(FOLDER)), path) for path in _paths(str(FOLDER))
    )


def _paths(folder: str) -> Iterator[str]:
    """Files of the catalogue in a folder and below, as texts: hundreds of ``Path`` would cost more than all else."""
    for found in sorted(os.scandir(folder), key=lambda found: found.name):
        if found.name.endswith(WRITTEN):
            yield found.path
        elif found.is_dir():
            yield from _paths(found.path)


def compile_shipped() -> dict[str, Any]:
    """The index of the YAML files beside this one. Raises ``SovlintError`` where they can't be read or don't fit."""
    from sovlint.catalog.compiling.compile import link
    from sovlint.catalog.compiling.files import merge, read_folder
    from sovlint.catalog.releases import carried
    from sovlint.catalog.schema import definitions

    files, problems = read_folder(FOLDER)
    if problems:
        raise SovlintError(f"The catalogue can't be read: {problems[0]}")
    linked = link(merge(files))
    own = {
        VERSION: carried.version_of(linked),
        KEYS: carried.keys_of(definitions()),
    }
    return {**linked, **own}


def main(arguments: Sequence[str]) -> int:
    """``python -m sovlint.catalog.shipped OUT``: check the shipped files and write their index to ``OUT``."""
    from sovlint.catalog.checks.check import check

    problems = check([FOLDER])
    if problems:
        sys.stderr.writelines(f"{problem}\n" for problem in problems)
        return 1
    index_file.write(compile_shipped(), Path(arguments[0]), BY_ENTRY)
    return 0


def _missing() -> dict[str, Any]:
    raise SovlintError(
        f"The catalogue's index is missing: {INDEX}.", "Install sovlint again."
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
