"""Loading the catalogue that ships, or a file that takes its place, with the folders that are laid over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from sovlint.catalog import shipped
from sovlint.catalog.catalog import Catalog
from sovlint.catalog.releases import KEYS, VERSION
from sovlint.errors import SovlintError
from sovlint.model.findings.own_rules import OwnRule, RuleDetail, RuleKind, Signed

if TYPE_CHECKING:
    from sovlint.catalog.releases.carried import Carried

__all__ = ["Catalog", "load", "overlay_problems"]

HINT = (
    "`sovlint schema catalog` has every key of catalogue files. "
    "`sovlint provider ID --format overlay` shows one that holds."
)
WHOLE = (
    "Whoever runs sovlint can trust the key that signed it (--trust-key), or the file itself (--trust-overlay); where CI "
    "is set up, by SOVLINT_TRUST_KEY or SOVLINT_TRUST_OVERLAY=1. The repository itself can't."
)


class LaidUnder(Struct, frozen=True):
    """What folders are laid over: what ships, or a catalogue as one file that takes its place, with the rule that says
    so."""

    index: Mapping[str, Any]
    rules: tuple[OwnRule, ...]
    folders: tuple[Path, ...]


def load(
    overlays: Sequence[Path] = (), trusted: bool = False, keys: Sequence[str] = ()
) -> Catalog:
    """The catalogue that ships, or the one file of it among ``overlays``, with the folders among them on top, later ones
    winning.

    ``trusted``: they may say otherwise than what ships who controls a company, or where something is. ``keys``: a
    catalogue as one file that one of these signed takes no other trust. Raises ``SovlintError`` that names file, line
    and key where an overlay doesn't fit; nothing is half loaded.
    """
    if not overlays:
        return Catalog(shipped.index())
    base = _base(overlays, trusted, keys)
    if not base.folders:
        return Catalog(base.index, base.rules)
    return _with_overlays(base, trusted)


def overlay_problems(
    overlays: Sequence[Path], trusted: bool = False, keys: Sequence[str] = ()
) -> Iterator[SovlintError]:
    """Everything that is wrong with overlays, each with file, line and column. What they replace is looked at where
    each of them has its form."""
    try:
        base = _base(overlays, trusted, keys)
    except SovlintError as error:
        yield error
        return
    yield from _problems(base, trusted)


def _base(overlays: Sequence[Path], trusted: bool, keys: Sequence[str]) -> LaidUnder:
    """What there is below the folders. Raises ``SovlintError`` for a file that can't be read, or that nobody trusts."""
    from sovlint.catalog.releases import carried

    files = [path for path in overlays if carried.is_file(path)]
    folders = tuple(path for path in overlays if path not in files)
    if not files:
        return LaidUnder(shipped.index(), (), folders)
    if len(files) > 1:
        raise SovlintError(
            f"There are several catalogues: {', '.join(map(str, files))}.",
            "Give one of them.",
        )
    found = carried.read(files[0], shipped.index()[KEYS], keys)
    if not (trusted or found.signer):
        raise SovlintError(
            f"`{files[0]}` takes the place of the whole catalogue: `--trust-overlay` is missing.",
            WHOLE,
        )
    details = (RuleDetail("sha256", "", found.digest), *_signed_by(found))
    rule = OwnRule(RuleKind.CATALOGUE, (found.version,), str(files[0]), None, details)
    return LaidUnder(_linked(files[0], found), (rule,), folders)


def _signed_by(found: Carried) -> Iterator[RuleDetail]:
    """Who signed a catalogue as one file: a key that is trusted, one that nobody was told to trust, or nobody."""
    if found.signer:
        yield RuleDetail("signer", "", found.signer)
    elif found.signers:
        yield RuleDetail("signer", "", ", ".join(found.signers))
        yield RuleDetail("signature", "", Signed.UNCHECKED)
    else:
        yield RuleDetail("signer", "", Signed.NOBODY)


@cache
def _linked_once(path: Path, digest: str, keys: str) -> Mapping[str, Any]:
    from sovlint.catalog.compiling.compile import link
    from sovlint.catalog.releases import carried

    found = carried.read(path, keys)
    return {**link(found.parts), VERSION: found.version, KEYS: keys}


def _linked(path: Path, found: Carried) -> Mapping[str, Any]:
    """The index of a file; worked out once, however often a run asks for it."""

    return _linked_once(path, found.digest, shipped.index()[KEYS])


def _problems(base: LaidUnder, trusted: bool) -> Iterator[SovlintError]:
    from sovlint.catalog.checks.check import check

    missing = [folder for folder in base.folders if not folder.is_dir()]
    for folder in missing:
        yield SovlintError(
            f"The catalogue overlay `{folder}` is no folder.",
            "Name a folder with catalogue files.",
        )
    there = [folder for folder in base.folders if folder not in missing]
    wrong = check(there, base.index) if there else []
    for problem in wrong:
        yield SovlintError(str(problem), HINT)
    for folder in () if wrong else there:
        yield from _replacing(folder, base, trusted)


def _replacing(folder: Path, base: LaidUnder, trusted: bool) -> Iterator[SovlintError]:
    from sovlint.catalog.compiling.files import read_folder
    from sovlint.catalog.overlays.completed import completed
    from sovlint.catalog.overlays.replaced import laid_over, problems

    files = completed(read_folder(folder, 1)[0], base.index)
    for problem, hint in problems(laid_over(files, base.index), trusted):
        yield SovlintError(str(problem), hint)


def _with_overlays(base: LaidUnder, trusted: bool) -> Catalog:
    from sovlint.catalog.compiling.compile import link
    from sovlint.catalog.compiling.files import merge, read_folder
    from sovlint.catalog.overlays.completed import completed
    from sovlint.catalog.overlays.replaced import laid_over
    from sovlint.catalog.overlays.rules import rules_of

    problems = list(_problems(base, trusted))
    if problems:
        more = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
        raise SovlintError(f"{problems[0].message}{more}", problems[0].hint)
    parts: Mapping[str, Any] = base.index
    rules = list(base.rules)
    for number, folder in enumerate(base.folders, start=1):
        files, _ = read_folder(folder, number)
        rules += rules_of(str(folder), laid_over(completed(files, base.index), base.index))
        parts = merge(completed(files, parts), parts)
    return Catalog(link(parts), rules)
