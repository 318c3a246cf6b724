"""What is written of a company, as files of an overlay; and whether the overlay holds before anything is written."""

from __future__ import annotations

import os.path
import shutil
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sovlint.commands.writing import additions
from sovlint.commands.writing.additions import Addition
from sovlint.edit.yaml_entries import dumped, with_entry, with_item
from sovlint.errors import SovlintError
from sovlint.files.paths import slashes
from sovlint.model.request import Trust

if TYPE_CHECKING:
    from sovlint.commands.writing.describing import Overlay


def laid(
    made: Overlay, folder: Path, config: Path, named: Sequence[Path], language: str
) -> list[Addition]:
    """The files of the overlay ``folder``, and the configuration, which has to name it."""
    found = [
        additions.new_file(folder / "providers" / f"{made.id}.yaml", dumped(made.provider)),
        _added(folder / "entities.yaml", "entities", made.entities, made, language),
    ]
    if made.endpoints:
        found.append(
            _added(folder / "endpoints.yaml", "endpoints", made.endpoints, made, language)
        )
    if folder.resolve() not in [each.resolve() for each in named]:
        name = slashes(os.path.relpath(folder.resolve(), config.parent.resolve()))
        add = partial(with_item, section="catalog", item=name)
        found.append(additions.edited(config, add, {"catalog": [name]}, language))
    return found


def checked(
    changes: Sequence[Addition], folder: Path, overlays: Sequence[Path], trust: Trust
) -> None:
    """Raise ``SovlintError`` where the overlay wouldn't hold with the changes in it. It is tried in a copy."""
    from sovlint.catalog.load import overlay_problems

    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / folder.name
        if folder.is_dir():
            shutil.copytree(folder, copy)
        for each in changes:
            if each.path.is_relative_to(folder):
                there = copy / each.path.relative_to(folder)
                there.parent.mkdir(parents=True, exist_ok=True)
                there.write_bytes(each.after)
        others = [each for each in overlays if each.resolve() != folder.resolve()]
        problem = next(overlay_problems([*others, copy], *trust), None)
        if problem is not None:
            said = problem.message.replace(str(copy), str(folder))
            raise SovlintError(f"Nothing is written: {said}", problem.hint)


def read_back(
    changes: Sequence[Addition], config: Path, root: Path, folder: Path | None = None
) -> None:
    """Raise ``SovlintError`` where the configuration wouldn't be read with the change in it. ``folder`` is the overlay
    that may yet be to come."""
    from sovlint.configuration.read_config import examine

    for each in changes:
        if each.path == config:
            _, problems = examine(config, root, each.after, folder)
            if problems:
                raise SovlintError(
                    f"Nothing is written: {problems[0].message}", problems[0].hint
                )


def _added(path: Path, section: str, entries: Any, made: Overlay, language: str) -> Addition:
    """A file with entries more, and their source."""

    def add(text: str) -> str:
        for name, source in made.sources.items():
            text = with_entry(text, "sources", name, source)
        if isinstance(entries, dict):
            for name, entry in entries.items():
                text = with_entry(text, section, name, entry)
            return text
        for entry in entries:
            text = with_item(text, section, entry)
        return text

    return additions.edited(path, add, {"sources": made.sources, section: entries}, language)
