"""Index files: what is compiled from data that ships, kept as one file of which only what is asked for is decoded.

A file is JSON Lines: the first line, its head, says where each section stands; every other line is a section, an entry
of one that is kept entry by entry, or where the entries of such a one stand. So a section that grows tenfold costs a
run little more than before, unless the run asks for all of it. Used by the catalogue and the policies.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

KEY = "key"

LineRange = Sequence[int]
"""Where a line begins and ends, in bytes after the head; a third number, where that line has the places of entries."""


class StoredMapping(Mapping[str, Any]):
    """A mapping kept in a file: a value is decoded when it is first asked for, or when the mapping is compared."""

    def __init__(self, content: mmap, start: int, places: Mapping[str, LineRange]) -> None:
        self._content = content
        self._start = start
        self._places = places
        self._decoded: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._decoded:
            begin, end, *of_entries = self._places[name]
            value = json.loads(self._content[self._start + begin : self._start + end])
            self._decoded[name] = (
                StoredMapping(self._content, self._start, value) if of_entries else value
            )
        return self._decoded[name]

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def file_states(files: Iterable[tuple[str, str | Path]]) -> str:
    """What tells one state of these files from another: names, as given, sizes and times of change, in order.

    The time of the last change of status can't be set back: a file that was written, replaced or unpacked has a new
    one. Reading all contents at every start would cost more than everything else that is done with them, and importing
    ``hashlib`` more than comparing the states as they are.
    """
    return "\0".join(_state(name, os.stat(path)) for name, path in files)


def _state(name: str, found: os.stat_result) -> str:
    return (
        f"{name}\0{found.st_size}\0{found.st_mtime_ns}\0{found.st_ctime_ns}\0{found.st_ino}"
    )


def read(path: Path) -> Mapping[str, Any] | None:
    """The index at ``path``; ``None`` where there is none, or it can't be read or was cut short."""
    try:
        with (
            path.open("rb") as stream
        ):  # mapped, not read: a run needs little of it, and it is replaced, never changed
            content = mmap(stream.fileno(), 0, access=ACCESS_READ)
        start = content.find(b"\n") + 1
        head = json.loads(content[:start])
        if head["size"] != len(content) - start:
            return None
        return StoredMapping(content, start, head["places"])
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
    with suppress(
        OSError
    ):  # an installation that can't be written to works all the same, only slower
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
    """The lines of the file, the head first."""
    lines: list[bytes] = []
    at = 0

    def placed(value: Any) -> tuple[int, int]:
        nonlocal at
        lines.append(_encoded(value) + b"\n")
        begin, at = at, at + len(lines[-1])
        return begin, at - 1

    places: dict[str, LineRange] = {}
    for section, value in made.items():
        if section in by_entry:
            places[section] = (
                *placed({name: placed(entry) for name, entry in value.items()}),
                1,
            )
        else:
            places[section] = placed(value)
    return [_encoded({"size": at, "places": places}) + b"\n", *lines]


def _encoded(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
