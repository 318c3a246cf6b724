"""What was asked for, settled: a ``Request`` -> the ``Run`` of ``lint``, here or as another revision of the repository
has it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from sovlint.commands.parts.deciding import given_rules
from sovlint.configuration.config import Config
from sovlint.files.scan_place import ScanPlace, left_of, locate
from sovlint.model.request import Request
from sovlint.stages import settling
from sovlint.stages.configured_names import settle
from sovlint.stages.settling import configuration as configuration
from sovlint.stages.settling import configuration_path as configuration_path
from sovlint.stages.settling import name_of as name_of

if TYPE_CHECKING:
    from sovlint.catalog.load import Catalog
    from sovlint.stages.run import Run


def run(given: Request, otherwise: Config | None = None) -> Run:
    """What ``lint`` is asked to do, by the command line too: see ``settling.run``."""
    told = tuple(given_rules(click.get_current_context(silent=True)))
    return settling.run(given, told, otherwise)


def cached(run: Run, again: bool = False) -> Run:
    """The same run, that takes from the cache what was read before and leaves there what it reads. ``again``: the same may
    be read once more, with drafts of edits; where nothing is kept for other runs, it is for that."""
    from sovlint.commands.parts.cached import cache_of

    return replace(run, cache=cache_of(run, again))


def without_configuration(given: Request) -> Run:
    """What was asked for by what ships, whatever configuration is there."""
    return run(replace(given, config=None, no_config=True))


def at_revision(given: Request, place: ScanPlace, folder: Path) -> Request | None:
    """What was given, for the same scan of another revision, whose files are in ``folder``; ``None`` where no path that
    was given was there.

    What lies outside the repository, and a configuration that wasn't there, stay what they are.
    """
    moved = _mover(place, folder)
    paths = tuple(
        there for path in given.places if (there := moved(path)).exists() or given.affected
    )
    return _moved(given, moved, paths) if paths else None


def by_rules_at(given: Request, place: ScanPlace, folder: Path) -> Request | None:
    """What was given, by the rules of another revision, whatever of the paths was there; ``None`` where the
    configuration that was given wasn't."""
    moved = _mover(place, folder)
    if given.config is not None and not moved(given.config).exists():
        return None
    return _moved(given, moved, tuple(left_of(moved(path)) for path in given.places))


def _mover(place: ScanPlace, folder: Path) -> Callable[[Path], Path]:
    """Where a path of the repository is in another tree of it; what lies outside stays."""

    def moved(path: Path) -> Path:
        real = (
            Path(os.path.realpath(path.parent)) / path.name
            if path.name
            else Path(os.path.realpath(path))
        )
        return (
            folder / real.relative_to(place.root) if real.is_relative_to(place.root) else path
        )

    return moved


def _moved(given: Request, moved: Callable[[Path], Path], paths: tuple[Path, ...]) -> Request:
    def moved_if_there(path: Path) -> Path:
        return moved(path) if moved(path).exists() else path

    return replace(
        given,
        paths=paths,
        config=given.config and moved_if_there(given.config),
        policy_set=_moved_set(given.policy_set, moved_if_there),
        policy=tuple(moved_if_there(path) for path in given.policy),
        catalog=tuple(moved_if_there(path) for path in given.catalog),
        var_file=tuple(there for path in given.var_file if (there := moved(path)).exists()),
        baseline=given.baseline and moved_if_there(given.baseline),
    )


def _moved_set(name: str | None, moved: Callable[[Path], Path]) -> str | None:
    """A policy set: where it is a file, that of the other tree."""
    return str(moved(Path(name))) if name and Path(name).is_file() else name


def own_policies(given: Request) -> tuple[Path, ...]:
    """The files and folders of the user's own policies, for a command that scans nothing; those of the option last."""
    return (*configuration(given, locate([Path()])).policies, *given.policy)


def own_catalogs(given: Request) -> tuple[Path, ...]:
    """The folders to lay over the catalogue, for a command that scans nothing; those of the option last."""
    return (*configuration(given, locate([Path()])).catalog, *given.catalog)


def known_world(given: Request) -> Catalog:
    """The catalogue, with what is laid over it and what the configuration says of hosts, for a command that scans
    nothing."""
    from sovlint.catalog.load import load as load_catalog
    from sovlint.model.house import House

    config = configuration(given, locate([Path()]))
    overlays = (*config.catalog, *given.catalog)
    config, _ = settle(config, None, overlays, given.trust)
    catalog = load_catalog(overlays, *given.trust)
    return catalog.at_house(House(config.hosts)) if config.hosts else catalog
