"""Index files: what is compiled from data that ships, kept as one JSON file that loads in milliseconds.

An index carries, under ``key``, a digest of the contents it was made from. Used by the catalogue and the policies.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

KEY = "key"

Data = dict[str, Any]


def digest(files: Iterable[tuple[str, Path]]) -> str:
    """What tells one state of these files from another: their names, as given, and contents, in the order given."""
    seen = sha256()
    for name, path in files:
        content = path.read_bytes()
        seen.update(f"{name}\0{len(content)}\0".encode())
        seen.update(content)
    return seen.hexdigest()


def read(path: Path) -> Data | None:
    """The index at ``path``; ``None`` where there is none, or it can't be read or was cut short."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def kept(path: Path, key: str, make: Callable[[], Mapping[str, Any]]) -> Data:
    """The index at ``path`` if it has this key, else a new one, which is kept there where the folder can be written."""
    found = read(path)
    if found is not None and found.get(KEY) == key:
        return found
    made = {KEY: key, **make()}
    with suppress(OSError):  # an installation that can't be written to works all the same, only slower
        write(made, path)
    return made


def write(made: Mapping[str, Any], path: Path) -> None:
    """Write an index whole or not at all: another process may be reading it. Raises ``OSError``."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".tmp")
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(made, stream, ensure_ascii=False, separators=(",", ":"))
        draft.chmod(0o644)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
