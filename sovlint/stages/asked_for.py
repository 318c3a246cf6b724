"""What of all that is read a run was asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from sovlint.configuration.config_file import NAME, PYPROJECT
from sovlint.configuration.entries import relative
from sovlint.files.paths import upwards
from sovlint.files.reported import ByChange, ByPath, Reported
from sovlint.files.repository import Repository
from sovlint.files.scan_place import changes
from sovlint.files.walk import IGNORE_FILE
from sovlint.model.placement import Placed
from sovlint.stages.read import ReadResult
from sovlint.stages.run import Run

GOVERNING: Final = (NAME, IGNORE_FILE, "Chart.yaml")
"""Names of files that say how others are read: a configuration, what git ignores, and what makes a folder a chart."""


def asked_for(run: Run, read: ReadResult, placed: Sequence[Placed]) -> Reported:
    """What is reported; a change to what a run goes by can affect everything."""
    repository = read.repository
    if run.request.changed is None:
        return ByPath(repository)
    changed = changes(run.request.changed, repository.root)
    runs_by = {
        name
        for path in _runs_by(run, repository.root)
        for name in _names(path, repository.root)
    }
    if any(not path or _bears_on_all(path, runs_by, repository) for path in changed):
        return ByPath(repository)
    return ByChange(_with_folders(changed, repository), read.reading.units, placed)


def _runs_by(run: Run, root: Path) -> Iterator[Path]:
    """The files and folders by which a run goes, beside the shipped ones."""
    request, config = run.request, run.config
    yield from (
        path for path in (config.path, request.baseline, request.offers) if path is not None
    )
    yield from (*config.waiver_files, *request.policy, *request.catalog)
    yield Path(run.policy_set_name)  # the name of a set is no path here, and does no harm
    yield from (
        root / each.proof.path
        for each in config.attestations
        if each.proof and each.proof.path
    )


def _names(path: Path, root: Path) -> tuple[str, str]:
    """A file or folder relative to ``root``, by its name and by what it leads to where it is a link."""
    return relative(path, root), relative(path.resolve(), root)


def _bears_on_all(path: str, runs_by: Collection[str], repository: Repository) -> bool:
    """Whether a changed file may change all that is said: something that this run goes by, or another would have."""
    name = path.rpartition("/")[2]
    lost = name == PYPROJECT and path not in repository.paths
    return name in GOVERNING or lost or any(part in runs_by for part in upwards(path))


def _with_folders(changed: Iterable[str], repository: Repository) -> set[str]:
    """Changed paths, all files below those that are folders, and links to any of them."""
    named = set(changed)
    below = {
        path for path in repository.paths if any(part in named for part in upwards(path))
    }
    return named.union(below, *map(repository.links_to, named))
