"""Loading the catalogue that ships, with the folders that are laid over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sovlint.catalog import shipped
from sovlint.catalog.catalog import Catalog
from sovlint.errors import SovlintError
from sovlint.model.findings.own_rules import OwnRule

__all__ = ["Catalog", "load", "overlay_problems"]

HINT = "CONTRIBUTING.md shows the format of catalogue files; every key is in sovlint/catalog/schema.json."


def load(overlays: Sequence[Path] = (), trusted: bool = False) -> Catalog:
    """The catalogue that ships, with the folders of ``overlays`` on top, later ones winning.

    ``trusted``: they may say otherwise than what ships who controls a company, or where something is. Raises
    ``SovlintError`` that names file, line and key where an overlay doesn't fit; nothing is half loaded.
    """
    index = shipped.index()
    return _with_overlays(index, overlays, trusted) if overlays else Catalog(index)


def overlay_problems(
    overlays: Sequence[Path], trusted: bool = False
) -> Iterator[SovlintError]:
    """Everything that is wrong with overlays, each with file, line and column. What they replace is looked at where
    each of them has its form."""
    from sovlint.catalog.checks.check import check

    missing = [folder for folder in overlays if not folder.is_dir()]
    for folder in missing:
        yield SovlintError(
            f"The catalogue overlay `{folder}` is no folder.",
            "Name a folder with catalogue files.",
        )
    there = [folder for folder in overlays if folder not in missing]
    wrong = check(there, shipped.index()) if there else []
    for problem in wrong:
        yield SovlintError(str(problem), HINT)
    for folder in () if wrong else there:
        yield from _replacing(folder, trusted)


def _replacing(folder: Path, trusted: bool) -> Iterator[SovlintError]:
    from sovlint.catalog.compiling.files import read_folder
    from sovlint.catalog.overlays.completed import completed
    from sovlint.catalog.overlays.replaced import laid_over, problems

    files = completed(read_folder(folder, 1)[0], shipped.index())
    for problem, hint in problems(laid_over(files, shipped.index()), trusted):
        yield SovlintError(str(problem), hint)


def _with_overlays(
    index: Mapping[str, Any], overlays: Sequence[Path], trusted: bool
) -> Catalog:
    from sovlint.catalog.compiling.compile import link
    from sovlint.catalog.compiling.files import merge, read_folder
    from sovlint.catalog.overlays.completed import completed
    from sovlint.catalog.overlays.replaced import laid_over
    from sovlint.catalog.overlays.rules import rules_of

    problems = list(overlay_problems(overlays, trusted))
    if problems:
        more = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
        raise SovlintError(f"{problems[0].message}{more}", problems[0].hint)
    parts: Mapping[str, Any] = index
    rules: list[OwnRule] = []
    for number, folder in enumerate(overlays, start=1):
        files, _ = read_folder(folder, number)
        rules += rules_of(str(folder), laid_over(completed(files, index), index))
        parts = merge(completed(files, parts), parts)
    return Catalog(link(parts), rules)
