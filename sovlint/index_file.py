"""Index files: what is compiled from data that ships, kept as one file of which only what is asked for is decoded.

A file is JSON Lines: the first line, its head, has the key of what the index was made from and where each section
stands; every other line is a section, or one entry of a section that is kept entry by entry. So a section that grows
tenfold costs a run no more than before, unless the run asks for all of it. Used by the catalogue and the policies.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

KEY = "key"

Place = tuple[int, int]
"""Where a line begins and ends in the file, in bytes."""


class Entries(Mapping[str, Any]):
    """A mapping kept in a file: a value is decoded when it is first asked for, or when the mapping is compared."""

    def __init__(self, content: bytes, places: Mapping[str, Any]) -> None:
        self._content = content
        self._places = places
        self._decoded: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._decoded:
            place = self._places[name]
            if isinstance(place, Mapping):
                self._decoded[name] = Entries(self._content, place)
            else:
                self._decoded[name] = json.loads(self._content[place[0] : place[1]])
        return self._decoded[name]

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def digest(files: Iterable[tuple[str, Path]]) -> str:
    """What tells one state of these files from another: names, as given, sizes and times of change, in order.

    The time of the last change of status can't be set back: a file that was written, replaced or unpacked has a new
    one. Reading all contents at every start would cost more than everything else that is done with them.
    """
    seen = sha256()
    for name, path in files:
        found = path.stat()
        seen.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\0{found.st_ctime_ns}\0{found.st_ino}\0".encode())
    return seen.hexdigest()


def read(path: Path) -> Mapping[str, Any] | None:
    """The index at ``path``; ``None`` where there is none, or it can't be read or was cut short."""
    try:
        content = path.read_bytes()
        head = json.loads(content[: content.index(b"\n")])
        if head["size"] != len(content):
            return None
        return Entries(content, head["places"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def kept(
    path: Path, key: str, make: Callable[[], Mapping[str, Any]], by_entry: Iterable[str] = ()
) -> Mapping[str, Any]:
    """The index at ``path`` if it has this key, else a new one, which is kept there where the folder can be written."""
    found = read(path)
    if found is not None and found.get(KEY) == key:
        return found
    made = {KEY: key, **make()}
    with suppress(OSError):  # an installation that can't be written to works all the same, only slower
        write(made, path, by_entry)
    return made


def write(made: Mapping[str, Any], path: Path, by_entry: Iterable[str] = ()) -> None:
    """Write an index whole or not at all: another process may be reading it. Raises ``OSError``.

    ``by_entry`` names the sections, mappings, of which each entry is decoded by itself.
    """
    import tempfile  # imported late: an index is hardly ever written

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".tmp")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(_lines(made, frozenset(by_entry)))
        draft.chmod(0o644)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _lines(made: Mapping[str, Any], by_entry: frozenset[str]) -> list[bytes]:
    """The lines of the file. Offsets in the head depend on its own length: it is padded to one that holds them."""
    lines: list[bytes] = []
    at = 0

    def placed(value: Any) -> Place:
        nonlocal at
        lines.append(_encoded(value) + b"\n")
        begin, at = at, at + len(lines[-1])
        return begin, at - 1

    places = {
        section: {name: placed(entry) for name, entry in value.items()} if section in by_entry else placed(value)
        for section, value in made.items()
    }
    room = len(_head(places, at, at)) * 2
    head = _head(places, room, room + at)
    return [head[:-1].ljust(room - 1) + b"\n", *lines]


def _head(places: Mapping[str, Any], shift: int, size: int) -> bytes:
    def moved(place: Any) -> Any:
        if isinstance(place, Mapping):
            return {name: moved(inner) for name, inner in place.items()}
        return place[0] + shift, place[1] + shift

    return _encoded({"size": size, "places": moved(places)}) + b"\n"


def _encoded(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
