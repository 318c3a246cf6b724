"""A catalogue as one file (``.sovcat``): facts that travel without a release of the code.

The first line, its head, is JSON: the format, the version of the catalogue, which keys its entries may have, and the
length and the digest of the rest; perhaps who signed that (``signing.py``). The rest is the entries as the files have
them; what is worked out from them is worked out when it is read, by the code that is there.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from sovlint import __version__
from sovlint.catalog.compiling.files import empty_parts
from sovlint.catalog.compiling.written_data import Data
from sovlint.catalog.entries.sources import with_sources
from sovlint.catalog.releases import KEYS, VERSION, signing
from sovlint.errors import SovlintError

SUFFIX: Final = ".sovcat"
FORMAT: Final = 1
_AGAIN: Final = "Get it again, or build it again: sovlint catalog build."


class Carried(Struct, frozen=True):
    """A file that was read: its entries, the version of the catalogue, and the digest of the file. ``signers`` are the
    keys that it says signed it, ``signer`` the one of those trusted that did."""

    parts: Mapping[str, Any]
    version: str
    digest: str
    signers: tuple[str, ...] = ()
    signer: str = ""


def is_file(path: Path) -> bool:
    """Whether a path is meant to be a catalogue as one file."""
    return path.suffix == SUFFIX or path.is_file()


def version_of(parts: Data) -> str:
    """The version of a catalogue: the day on which it was last gone over, and what tells its entries from others."""
    return f"{str(parts['date']).replace('-', '.')}-{digest_of(parts)[:12]}"


def digest_of(parts: Data) -> str:
    """The SHA-256 of all that the entries of a catalogue say."""
    return hashlib.sha256(_body(parts)).hexdigest()


def keys_of(definitions: Mapping[str, Any]) -> str:
    """What tells the keys that entries may have from those of another version of sovlint."""
    text = json.dumps(_undescribed(definitions), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def written(parts: Data, keys: str, key: Path | None = None) -> bytes:
    """The file of a catalogue, signed by a private ``key`` if one is given."""
    one = _of_one(parts)
    body = _body(one)
    head = {
        "sovcat": FORMAT,
        VERSION: version_of(one),
        "made_by": __version__,
        KEYS: keys,
        "size": len(body),
        "sha256": hashlib.sha256(body).hexdigest(),
    }
    told = head if key is None else signing.signed(head, key)
    return json.dumps(told).encode() + b"\n" + body


def read(path: Path, keys: str, trusted: Sequence[str] = ()) -> Carried:
    """The catalogue of a file. Raises ``SovlintError`` where it is none, isn't whole, or is another version's; ``keys``
    is the digest of those that are known here. Where keys are ``trusted``, one of them must have signed it."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SovlintError(
            f"The catalogue `{path}` can't be read: {error.strerror}.",
            "Name a folder with catalogue files, or a file that `sovlint catalog build` made.",
        ) from None
    first, _, body = data.partition(b"\n")
    head = _head(first, path)
    if head["sovcat"] > FORMAT:
        raise SovlintError(
            f"The catalogue `{path}` is of format {head['sovcat']}, and this sovlint reads {FORMAT}.",
            "Install a newer sovlint, or build the catalogue with this one.",
        )
    if len(body) != head["size"] or hashlib.sha256(body).hexdigest() != head["sha256"]:
        raise SovlintError(f"The catalogue `{path}` isn't whole, or was changed.", _AGAIN)
    signer = signing.verified(head, trusted, path) if trusted else ""
    if head[KEYS] != keys:
        raise SovlintError(
            f"The catalogue `{path}` was made by sovlint {head['made_by']}, whose entries have other keys.",
            "Build it with this version of sovlint, or install the one that made it.",
        )
    digest = hashlib.sha256(data).hexdigest()
    return Carried(json.loads(body), head[VERSION], digest, signing.signers(head), signer)


def head_of(data: bytes) -> dict[str, Any]:
    """What the first line of a file that was just made says."""
    return dict(json.loads(data.partition(b"\n")[0]))


def _head(line: bytes, path: Path) -> dict[str, Any]:
    wanted = {
        "sovcat": int,
        VERSION: str,
        "made_by": str,
        KEYS: str,
        "size": int,
        "sha256": str,
    }
    try:
        head = json.loads(line)
        if all(isinstance(head[key], kind) for key, kind in wanted.items()):
            return dict(head)
    except (ValueError, KeyError, TypeError):
        pass
    raise SovlintError(f"`{path}` is no catalogue.", _AGAIN)


def _body(parts: Data) -> bytes:
    held = {section: _plain(parts[section]) for section in empty_parts()}
    return json.dumps(
        held, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


def _of_one(parts: Data) -> dict[str, Any]:
    """Parts whose sources are all numbered as what ships, so that those of overlays on them have numbers of their own."""
    names = {key: _renamed(key) for key in parts["sources"]}
    held = {section: _plain(parts[section]) for section in empty_parts()}
    found: dict[str, Any] = {
        section: with_sources(value, lambda key: names.get(key, key))
        for section, value in held.items()
    }
    found["sources"] = {names[key]: source for key, source in held["sources"].items()}
    for provider in found["providers"].values():
        provider["sources"] = [names.get(key, key) for key in provider["sources"]]
    return found


def _renamed(key: str) -> str:
    number, _, name = key.partition(":")
    return key if number == "0" else f"0:overlay-{number}/{name}"


def _undescribed(schema: Any) -> Any:
    """A schema without what is only for people."""
    if isinstance(schema, Mapping):
        return {
            key: _undescribed(value)
            for key, value in schema.items()
            if not (key == "description" and isinstance(value, str))
        }
    return [_undescribed(each) for each in schema] if isinstance(schema, list) else schema


def save(data: bytes, path: Path) -> None:
    """Write a file that isn't there. Raises ``SovlintError`` where it is, and ``OSError``."""
    try:
        with os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), "wb"
        ) as file:
            file.write(data)
    except FileExistsError:
        raise SovlintError(
            f"{path} is there already, and is left as it is.", "Look at what it is."
        ) from None
