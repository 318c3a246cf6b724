"""The files of a commit as git keeps them, written below a folder: no filter, no attribute has a part in it.

What a tree says is taken for hostile: names that lead elsewhere, links out of the folder, trees that multiply.
"""

from __future__ import annotations

import os
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

from msgspec import Struct

from sovlint.errors import SovlintError
from sovlint.files import git
from sovlint.files.regular_files import MAX_BYTES
from sovlint.files.walk import REPOSITORY
from sovlint.model.inputs import PEEKED

MOST_FILES: Final = 1_000_000
"""Files of a revision: a tree that names itself over and over has more than any disk."""
MOST_BYTES: Final = 8 << 30
"""What all of them may take."""

_LINK: Final = b"120000"
_FOLDER_ELSEWHERE: Final = b"160000"
_LONGEST_TARGET: Final = 4096
_POINTER: Final = b"version https://git-lfs.github.com/spec/"
_LONGEST_POINTER: Final = 1024
_GOVERNING: Final = (".yaml", ".yml", ".toml", ".json")
"""How the names of files end that may govern a run: none is left out because this clone lacks it."""
_CHUNK: Final = 1 << 20


class TreeEntry(Struct, frozen=True, eq=False):
    """What a tree has at a path: its mode, and the name of the object that holds it."""

    mode: bytes
    object: bytes
    path: str
    line: bytes
    """As git wrote it, and as it reads it."""

    @property
    def is_submodule(self) -> bool:
        """Whether another repository has what stands here."""
        return self.mode == _FOLDER_ELSEWHERE


class WrittenTree(Struct, frozen=True):
    """What stands in the folder now; ``pointers`` of it are of Git LFS. ``left`` are paths that couldn't, ``absent``
    those of which this clone has no content."""

    entries: tuple[TreeEntry, ...]
    pointers: tuple[str, ...]
    left: tuple[str, ...]
    absent: tuple[str, ...]


def entries(root: Path, name: str, commit: str) -> list[TreeEntry]:
    """All that a commit has, as git lists it. Raises ``SovlintError`` where that can't be, or is too much."""
    found: list[TreeEntry] = []
    with git.started(
        root, *git.here(root), "ls-tree", "-r", "-z", "--full-tree", commit
    ) as listing:
        assert listing.stdout is not None
        for line in _before_zeros(listing.stdout):
            found.append(_entry(line))
            if len(found) > MOST_FILES:
                listing.kill()
                raise SovlintError(
                    f"`{name}` has more than {MOST_FILES} files: it isn't compared with."
                )
    if listing.returncode:
        raise _lacking(name)
    return found


def contents(
    root: Path,
    name: str,
    found: Sequence[TreeEntry],
    folder: Path,
    as_cloned: bool = False,
) -> WrittenTree:
    """Write all files, then the links, below a folder that is empty.

    ``as_cloned``: links that lead out of it too, as they stand in a clone, and an empty folder for each submodule.
    """
    wanted = [each for each in found if not each.is_submodule and _stays_inside(each.path)]
    sizes = _sizes(root, name, {each.object for each in wanted})
    absent = tuple(sorted(each.path for each in wanted if each.object not in sizes))
    if any(path.endswith(_GOVERNING) for path in absent):
        raise _lacking(name)
    wanted = [each for each in wanted if each.object in sizes]
    if (
        sum(sizes[each.object] for each in wanted if sizes[each.object] <= MAX_BYTES)
        > MOST_BYTES
    ):
        raise SovlintError(
            f"`{name}` takes more than {MOST_BYTES >> 30} GiB: it isn't compared with."
        )
    writer = _Writer(folder, sizes)
    for held, data in _objects(root, name, wanted, sizes):
        writer.files(held, data)
    writer.links()
    if as_cloned:
        writer.links_out()
        writer.folders(each.path for each in found if each.is_submodule)
    there = set(writer.written)
    left = {each.path for each in found if each not in there and not each.is_submodule}
    return WrittenTree(
        entries=tuple(writer.written),
        pointers=tuple(sorted(writer.pointers)),
        left=tuple(sorted(left.difference(absent))),
        absent=absent,
    )


class _Writer:
    """Writes into a folder that nobody else knows. Links come last, so that no file is written through one."""

    def __init__(self, folder: Path, sizes: dict[bytes, int]) -> None:
        self._folder = str(folder)
        self._sizes = sizes
        self._made: set[str] = {""}
        self._links: list[tuple[TreeEntry, bytes]] = []
        self.written: list[TreeEntry] = []
        self.pointers: list[str] = []

    def files(self, held: Iterable[TreeEntry], data: bytes) -> None:
        """Write one content to wherever it stands. What is too large to be read is as large, and only begins the same."""
        for each in held:
            if each.mode == _LINK:
                self._links.append((each, data))
                continue
            try:
                self._write(each, data)
            except (OSError, ValueError):
                continue
            self.written.append(each)
            if len(data) < _LONGEST_POINTER and data.startswith(_POINTER):
                self.pointers.append(each.path)

    def links(self) -> None:
        """Make the links that stay inside."""
        for each, target in self._links:
            if _leads_inside(each.path, os.fsdecode(target)):
                self._make_link(each, target)

    def links_out(self) -> None:
        """Make the other links, after which nothing else is written through any of them."""
        for each, target in self._links:
            if not _leads_inside(each.path, os.fsdecode(target)):
                self._make_link(each, target)

    def folders(self, paths: Iterable[str]) -> None:
        """Make folders that are empty, as far as their paths lead nowhere else."""
        for path in filter(_stays_inside, paths):
            above = os.path.join(self._folder, path.rpartition("/")[0])
            if self._is_inside(above):
                with suppress(OSError, ValueError):
                    self._make_folder(path)

    def _make_link(self, each: TreeEntry, target: bytes) -> None:
        above = each.path.rpartition("/")[0]
        try:
            if not self._is_inside(os.path.join(self._folder, above)):
                return
            self._make_folder(above)
            os.symlink(os.fsdecode(target), os.path.join(self._folder, each.path))
        except (OSError, ValueError):
            return
        self.written.append(each)

    def _is_inside(self, path: str) -> bool:
        """Whether a path leads no link out of the folder."""
        return os.path.join(os.path.realpath(path), "").startswith(
            os.path.join(os.path.realpath(self._folder), "")
        )

    def _write(self, each: TreeEntry, data: bytes) -> None:
        self._make_folder(each.path.rpartition("/")[0])
        full = os.path.join(self._folder, each.path)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
        with open(os.open(full, flags | getattr(os, "O_BINARY", 0), 0o600), "wb") as file:
            file.write(data)
            if self._sizes[each.object] > MAX_BYTES:
                file.truncate(self._sizes[each.object])

    def _make_folder(self, path: str) -> None:
        if path in self._made:
            return
        self._make_folder(path.rpartition("/")[0])
        full = os.path.join(self._folder, path)
        if not os.path.isdir(full):
            os.mkdir(full)
        self._made.add(path)


def _stays_inside(path: str) -> bool:
    """Whether a path names a place below the folder, and none of git's own."""
    parts = path.split("/")
    return not any(part in ("", ".", "..") or part.casefold() == REPOSITORY for part in parts)


def _leads_inside(path: str, target: str) -> bool:
    """Whether a link leads no higher than the folder: it goes up only at its beginning, so that no other link on the
    way makes it go up from elsewhere."""
    if not target or len(target) > _LONGEST_TARGET or os.path.isabs(target):
        return False
    parts = [part for part in target.split("/") if part not in ("", ".")]
    up = next((at for at, part in enumerate(parts) if part != ".."), len(parts))
    return ".." not in parts[up:] and up <= path.count("/")


def _entry(line: bytes) -> TreeEntry:
    """An entry of ``ls-tree``: mode, kind, name of the object, a tabulator, path."""
    told, _, path = line.partition(b"\t")
    mode, _, held = told.split(b" ")
    return TreeEntry(mode, held, os.fsdecode(path), line + b"\0")


def _before_zeros(stream: IO[bytes]) -> Iterator[bytes]:
    rest = b""
    while chunk := stream.read(_CHUNK):
        *lines, rest = (rest + chunk).split(b"\0")
        yield from lines


def _sizes(root: Path, name: str, objects: Iterable[bytes]) -> dict[bytes, int]:
    """How large the objects are that this clone has: a partial one lacks some."""
    given = b"".join(each + b"\n" for each in sorted(objects))
    done = git.run(root, *git.here(root), "cat-file", "--batch-check", given=given)
    told = [line.split(b" ") for line in done.stdout.splitlines()]
    if done.returncode:
        raise _lacking(name)
    return {line[0]: int(line[2]) for line in told if len(line) == 3}


def _objects(
    root: Path, name: str, wanted: Iterable[TreeEntry], sizes: dict[bytes, int]
) -> Iterator[tuple[list[TreeEntry], bytes]]:
    """The content of each object that isn't too large to be read (of others: the beginning), with where it stands."""
    held: dict[bytes, list[TreeEntry]] = defaultdict(list)
    for each in wanted:
        held[each.object].append(each)
    yield from (
        (held[one], _beginning(root, name, one)) for one in held if sizes[one] > MAX_BYTES
    )
    asked = [one for one in held if sizes[one] <= MAX_BYTES]
    with tempfile.TemporaryFile() as names:
        names.write(b"".join(one + b"\n" for one in asked))
        names.seek(0)
        with git.started(root, *git.here(root), "cat-file", "--batch", given=names) as told:
            assert told.stdout is not None
            for one in asked:
                head = told.stdout.readline().split()
                if len(head) != 3 or head[0] != one:
                    told.kill()
                    raise _lacking(name)
                yield held[one], told.stdout.read(int(head[2]))
                told.stdout.read(1)  # the end of the line


def _beginning(root: Path, name: str, held: bytes) -> bytes:
    """As much of an object as tells what it is; git is stopped then."""
    with git.started(root, *git.here(root), "cat-file", "blob", held.decode()) as told:
        assert told.stdout is not None
        data = told.stdout.read(PEEKED)
        told.kill()
    if not data:
        raise _lacking(name)
    return data


def _lacking(name: str) -> SovlintError:
    return SovlintError(
        f"Not all files of `{name}` are in this clone.",
        "A partial clone has only some: clone it whole, or fetch that revision without a filter.",
    )
