"""``waivers`` of the configuration: entries in place, and files of them -> ``Waiver``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from sovlint.configuration import config_file
from sovlint.configuration.entries import EntryData, EntryReader, relative
from sovlint.errors import SovlintError
from sovlint.files import globs
from sovlint.model.exception import Waiver

KEY: Final = "waivers"
SCHEMA: Final = Path(__file__).parents[1] / "schemas" / "waivers.json"


def read_all(
    within: EntryReader, written: str | Sequence[str | EntryData], root: Path
) -> tuple[tuple[Waiver, ...], tuple[Path, ...]]:
    """The waivers that a configuration has under ``waivers``, and the files that it names there, as absolute paths.

    Globs are relative to the configuration, wherever a file of waivers lies. What isn't right is among the ``problems``
    of ``within``.
    """
    waivers: list[Waiver] = []
    files: list[Path] = []
    for index, each in enumerate([written] if isinstance(written, str) else written):
        at = (KEY,) if isinstance(written, str) else (KEY, index)
        if not isinstance(each, str):
            waivers += _waiver(within, each, *at)
        elif (path := within.there(each, *at)) is not None:
            files.append(path.absolute())
            waivers += _of_file(path.absolute(), within, root)
    return tuple(waivers), tuple(files)


def _of_file(path: Path, within: EntryReader, root: Path) -> Iterator[Waiver]:
    """The waivers of a file; what is wrong with it is among the problems of the configuration that names it."""
    try:
        document = config_file.read(path, relative(path, root))
    except SovlintError as error:
        within.problems.append(error)
        return
    if document is None:
        within.problems.append(
            SovlintError(f"{path} holds no waivers.", f"It has them under `{KEY}`.")
        )
        return
    wrong = list(config_file.problems(document, path, SCHEMA))
    within.problems += wrong
    if not wrong:
        file = EntryReader(document, path, within.base)
        for index, entry in enumerate(document.data[KEY] or ()):
            yield from _waiver(file, entry, KEY, index)
        within.problems += file.problems


def _waiver(file: EntryReader, entry: EntryData, *at: str | int) -> Iterator[Waiver]:
    """The waiver that an entry is, unless it isn't right."""
    term = file.term(entry, *at)
    policies: Any = entry["policy"]
    paths, addresses = entry.get("paths"), entry.get("addresses")
    matches_path = (
        file.glob(partial(globs.paths, paths, file.base), *at, "paths") if paths else None
    )
    if not paths and not addresses:
        file.wrong("a waiver says what it covers: `addresses`, `paths`, or both.", *at)
        return
    if term is None or (paths and matches_path is None):
        return
    yield Waiver(
        policies=(policies,) if isinstance(policies, str) else tuple(policies),
        matches_address=globs.addresses(addresses) if addresses else None,
        matches_path=cache(matches_path)
        if matches_path
        else None,  # one file has many findings
        reason=entry["reason"],
        owner=entry["owner"],
        approver=entry["approver"],
        ticket=entry["ticket"],
        issued=term[0],
        expires=term[1],
        where=file.document.span(at),
    )
