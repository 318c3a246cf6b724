"""Loading the catalogue that ships, with the folders that are laid over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sovlint.catalog import shipped
from sovlint.catalog.catalog import Catalog, LaidOver
from sovlint.errors import SovlintError

__all__ = ["Catalog", "load", "overlay_problems"]

HINT = "CONTRIBUTING.md shows the format of catalogue files; every key is in sovlint/catalog/schema.json."


def load(overlays: Sequence[Path] = ()) -> Catalog:
    """The catalogue that ships, with the folders of ``overlays`` on top, later ones winning.

    Raises ``SovlintError`` that names file, line and key where an overlay doesn't fit; nothing is half loaded.
    """
    index = shipped.index()
    return _with_overlays(index, overlays) if overlays else Catalog(index)


def overlay_problems(overlays: Sequence[Path]) -> Iterator[SovlintError]:
    """Everything that is wrong with overlays, each with file, line and column."""
    from sovlint.catalog.checks.check import (
        check,  # imported late: only overlays are validated at run time
    )

    missing = [folder for folder in overlays if not folder.is_dir()]
    for folder in missing:
        yield SovlintError(
            f"The catalogue overlay `{folder}` is no folder.", "Name a folder with catalogue files."
        )
    there = [folder for folder in overlays if folder not in missing]
    for problem in check(there, shipped.index()) if there else ():
        yield SovlintError(str(problem), HINT)


def _with_overlays(index: Mapping[str, Any], overlays: Sequence[Path]) -> Catalog:
    from sovlint.catalog.compiling.compile import link
    from sovlint.catalog.compiling.files import merge, origins, read_folder

    problems = list(overlay_problems(overlays))
    if problems:
        more = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
        raise SovlintError(f"{problems[0].message}{more}", problems[0].hint)
    parts: Mapping[str, Any] = index
    laid: list[LaidOver] = []
    for number, folder in enumerate(overlays, start=1):
        files, _ = read_folder(folder, number)
        replaced = (
            f"{section}/{name}" for section, name in origins(files) if name in index[section]
        )
        laid.append((folder, tuple(sorted(replaced))))
        parts = merge(files, parts)
    return Catalog(link(parts), laid)
