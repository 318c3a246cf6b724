"""What was asked for, settled: a ``Request`` -> the ``Run`` of ``lint``, with the files that it and its configuration
name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sovlint.configuration.config import POLICY_SET, Config
from sovlint.configuration.config_file import find
from sovlint.configuration.read_config import load
from sovlint.errors import SovlintError
from sovlint.files.scan_place import ScanPlace, locate
from sovlint.model.findings.own_rules import OwnRule
from sovlint.model.offers import Offers
from sovlint.model.request import RATCHET, Request
from sovlint.stages.configured_names import settle

if TYPE_CHECKING:
    from sovlint.exceptions.baseline_file import Baseline
    from sovlint.stages.run import Run


def run(
    given: Request, told: tuple[OwnRule, ...] = (), otherwise: Config | None = None
) -> Run:
    """What ``lint`` is asked to do: the request settled, and the files that it and its configuration name.

    ``told``: what the environment and the command line make otherwise. ``otherwise`` is the configuration where none is
    found. Raises ``SovlintError`` for what doesn't exist, and for bad configuration.
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
        min_classified=_percent(given.min_classified, config.min_classified),
        ratchet=given.ratchet or RATCHET in (given.min_classified, config.min_classified),
        exclude_local=given.exclude_local or config.exclude_local is not None,
        baseline=baseline_file,
    )
    return Run(
        settled,
        config,
        _baseline(baseline_file, place) if baseline_file else None,
        given=told,
        offers=_offers(given.offers, place) if given.offers else Offers(),
    )


def _percent(given: int | str | None, configured: int | str | None) -> int | None:
    """The share that an option asks for, else the configuration; a ratchet beside it takes neither away."""
    shares = (each for each in (given, configured) if isinstance(each, int))
    return next(shares, None)


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
