"""What was asked for, settled: a ``Request`` -> the ``Run`` of ``lint``, here or as another revision of the repository
has it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from sovlint.commands.parts.configured_names import settle
from sovlint.commands.parts.deciding import given_rules
from sovlint.configuration.config import POLICY_SET, Config
from sovlint.configuration.config_file import find
from sovlint.configuration.read_config import load
from sovlint.errors import SovlintError
from sovlint.files.scan_place import ScanPlace, left_of, locate
from sovlint.model.offers import Offers
from sovlint.model.request import Request

if TYPE_CHECKING:
    from sovlint.catalog.load import Catalog
    from sovlint.exceptions.baseline_file import Baseline
    from sovlint.stages.run import Run


def run(given: Request, otherwise: Config | None = None) -> Run:
    """What ``lint`` is asked to do: the request settled, and the files that it and its configuration name.

    ``otherwise`` is the configuration where none is found. Raises ``SovlintError`` for what doesn't exist, and for bad
    configuration.
    """
    from sovlint.stages.run import Run

    place = locate(given.places, gone=given.affected)
    config = configuration(given, place, otherwise)
    catalog = (*config.catalog, *given.catalog)
    config, assume = settle(config, given.assume, catalog, given.trust)
    # Where a baseline is written, none is read, even if the configuration names one.
    baseline_file = None if given.write_baseline else given.baseline or config.baseline
    settled = replace(
        given,
        assume=assume,
        catalog=catalog,
        var_file=tuple(_inside(path, place) for path in given.var_file),
        policy_set=given.policy_set or config.policy_set or POLICY_SET,
        policy=(*config.policies, *given.policy),
        hds_scope=given.hds_scope or config.hds_scope,
        require_sources=given.require_sources or config.require_sources,
        exclude_local=given.exclude_local or config.exclude_local is not None,
        baseline=baseline_file,
    )
    return Run(
        settled,
        config,
        _baseline(baseline_file, place) if baseline_file else None,
        given=tuple(given_rules(click.get_current_context(silent=True))),
        offers=_offers(given.offers, place) if given.offers else Offers(),
    )


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


def _baseline(path: Path, place: ScanPlace) -> Baseline:
    from sovlint.exceptions.baseline_file import read

    return read(path, name_of(path, place))


def _offers(path: Path, place: ScanPlace) -> Offers:
    from sovlint.configuration.offers_file import read

    return Offers(read(path, name_of(path, place)))


def name_of(path: Path, place: ScanPlace) -> str:
    """What reports call a file: its path from the git root, where it lies below that."""
    real = Path(os.path.realpath(path.parent)) / path.name
    return (
        real.relative_to(place.root).as_posix()
        if real.is_relative_to(place.root)
        else str(path)
    )


def configuration(
    given: Request, place: ScanPlace, otherwise: Config | None = None
) -> Config:
    """The configuration of a run; ``otherwise`` (else an empty one) where none is there, and an empty one where none is
    wanted. No key in the repository is one that whoever runs this trusts."""
    for key in given.trust_key:
        _apart(key, place)
    path = configuration_path(given, place)
    if path is not None:
        return load(path, place.root)
    return otherwise if otherwise is not None and not given.no_config else Config()


def configuration_path(given: Request, place: ScanPlace) -> Path | None:
    """The file given, else the nearest; ``None`` where none is there, or wanted."""
    if given.no_config and given.config is not None:
        raise SovlintError(
            "`--config` and `--no-config` contradict each other.", "Give one of them."
        )
    if given.no_config:
        return None
    if given.config is None:
        # Which files happened to change mustn't decide by what they are judged.
        return find(place.root if given.affected else place.start, place.root)
    if not given.config.is_file():
        raise SovlintError(
            f"There is no configuration `{given.config}`.", "Give the path of a sovlint.yaml."
        )
    return given.config


def _apart(key: Path, place: ScanPlace) -> None:
    """Raise ``SovlintError`` where a key that is to be trusted lies in what is judged, or leads there by a link."""
    from sovlint.signing import key_file

    file = key_file(str(key))
    roots = [place.root, *(other.root for other in (locate([Path()]),) if other.git)]
    if file is None:
        return
    for each in (Path(os.path.normpath(file.absolute())), file.resolve()):
        if any(each.is_relative_to(root) for root in roots):
            raise SovlintError(
                f"The key `{key}` lies in the repository: a change there would trust itself.",
                "Keep it where CI is set up, or give the key itself: its 64 hexadecimal digits.",
            )


def _inside(path: Path, place: ScanPlace) -> Path:
    """A file of values as a path relative to the git root: nothing beyond that is ever read."""
    if not path.is_file():
        raise SovlintError(
            f"There is no file of values `{path}`.",
            "--var-file is relative to where you are.",
        )
    real = path.parent.resolve() / path.name
    if not real.is_relative_to(place.root):
        raise SovlintError(
            f"`{path}` lies outside {place.root}, and nothing there is read.",
            "Copy it inside.",
        )
    return real.relative_to(place.root)


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
