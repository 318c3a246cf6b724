"""``waivers`` of the configuration: entries in place, and files of them -> ``Waiver``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from sovlint import globs
from sovlint.config_entries import Entries, Entry, relative
from sovlint.config_file import read
from sovlint.model.exception import Waiver

KEY: Final = "waivers"
SCHEMA: Final = Path(__file__).parent / "schemas" / "waivers.json"


def read_all(
    within: Entries, written: str | Sequence[str | Entry], root: Path
) -> tuple[tuple[Waiver, ...], tuple[Path, ...]]:
    """The waivers that a configuration has under ``waivers``, and the files that it names there, as absolute paths.

    Globs are relative to the configuration, wherever a file of waivers lies. Raises ``SovlintError`` naming file, line
    and column for what isn't right.
    """
    waivers: list[Waiver] = []
    files: list[Path] = []
    for index, each in enumerate([written] if isinstance(written, str) else written):
        at = (KEY,) if isinstance(written, str) else (KEY, index)
        if isinstance(each, str):
            files.append(within.there(each, *at).absolute())
            waivers += _of_file(files[-1], within.base, root)
        else:
            waivers.append(_waiver(within, each, *at))
    return tuple(waivers), tuple(files)


def _of_file(path: Path, base: globs.Base, root: Path) -> Iterator[Waiver]:
    document = read(path, relative(path, root), SCHEMA)
    if document is not None:
        file = Entries(document, path, base)
        for index, entry in enumerate(document.data[KEY] or ()):
            yield _waiver(file, entry, KEY, index)


def _waiver(file: Entries, entry: Entry, *at: str | int) -> Waiver:
    issued, expires = file.day(entry, "issued", *at), file.day(entry, "expires", *at)
    if expires < issued:
        raise file.error("`expires` comes before `issued`.", *at, "expires")
    policies: Any = entry["policy"]
    paths, addresses = entry.get("paths"), entry.get("addresses")
    return Waiver(
        policies=(policies,) if isinstance(policies, str) else tuple(policies),
        matches_address=globs.addresses(addresses) if addresses else None,
        matches_path=file.glob(partial(globs.paths, paths, file.base), *at, "paths") if paths else None,
        reason=entry["reason"],
        owner=entry["owner"],
        approver=entry["approver"],
        ticket=entry["ticket"],
        issued=issued,
        expires=expires,
        where=file.document.span(at),
    )
