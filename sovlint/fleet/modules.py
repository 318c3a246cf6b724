"""Folders of a repository that others call as modules: read out of git's objects at the revision that is asked for.

What is in a repository may be hostile: nothing but regular files of text is read, as many as bounds allow, and links and
submodules are left. A folder of which not all code is read isn't offered.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from msgspec import Struct, field

from sovlint.documents import DocumentError
from sovlint.documents import load as load_documents
from sovlint.files import git
from sovlint.files.clone_address import from_key, repository_at
from sovlint.fleet.result import FleetRepository
from sovlint.frontends.terraform.modules.module import (
    Module,
    add,
    called_folder,
    is_read,
    local_source,
)
from sovlint.frontends.terraform.modules.shared import Shared
from sovlint.model.offers import Offer, OfferKind
from sovlint.model.source import SourceFile

MOST_FILES: Final = 200
"""Files of a module, those of the folders that it calls among them."""
MOST_BYTES: Final = 1 << 20
"""What they may hold."""
MOST_FOLDERS: Final = 40
"""Folders that a module may lead to."""
MOST_LISTED: Final = 5_000
"""Entries of a folder that are looked at."""
LONGEST_ASIDE: Final = 64 << 10
"""What a file may hold that is no code: a template, a policy."""

SECRETS: Final = (
    ".key",
    ".p12",
    ".pem",
    ".pfx",
    ".tfstate",
    ".tfstate.backup",
    ".tfvars",
    ".tfvars.json",
)
"""How names of files end that hold secrets, and that no module is made of: they stay where they are, like hidden ones."""

_LINK: Final = b"120000"
_FILES: Final = (b"100644", b"100755", _LINK)
_POINTER: Final = b"version https://git-lfs.github.com/spec/"
_KUSTOMIZATIONS: Final = ("kustomization.yaml", "kustomization.yml", "Kustomization")
_USES: Final = ("resources", "bases", "components")
_REFS: Final = ("refs/tags/{}", "refs/remotes/origin/{}", "refs/heads/{}")
"""What a revision may be called, what a fresh clone would have first."""

TellWhy = Callable[[str], None]


class _Entry(Struct, frozen=True):
    object: bytes
    size: int
    path: str
    is_link: bool = False


class _Left(Exception):  # noqa: N818 - not an error: why nothing is offered
    """Why a folder isn't offered."""


def offered_module(
    repository: FleetRepository, key: str, told: TellWhy = lambda why: None
) -> Offer | None:
    """The folder of a repository that a key names (``host/group/name//folder?ref=v3``), with all that it calls beside it.

    ``None`` where it can't be offered; ``told`` is told why. Raises ``OSError`` where git can't be run.
    """
    try:
        return _offered(repository, key)
    except _Left as why:
        told(str(why))
        return None


def module_finder(
    repositories: Iterable[FleetRepository], told: TellWhy = lambda why: None
) -> Callable[[str], Offer | None]:
    """What offers the module that a key names, of the one repository that is cloned from there; each is read once.

    Of several that are cloned from one address nobody knows which is meant.
    """
    found: dict[str, list[FleetRepository]] = {}
    for repository in repositories:
        for address in addresses(repository):
            found.setdefault(address, []).append(repository)

    @cache
    def find(key: str) -> Offer | None:
        named = from_key(key)
        having = found.get(named.repository, []) if named is not None else []
        if len(having) > 1:
            told(
                f"{', '.join(sorted(each.name for each in having))} are cloned from one address"
            )
        return offered_module(having[0], key, told) if len(having) == 1 else None

    return find


def addresses(repository: FleetRepository) -> frozenset[str]:
    """What sources call a repository: ``host/group/name`` of each address that it is cloned from."""
    return frozenset(filter(None, map(repository_at, repository.addresses)))


def _offered(repository: FleetRepository, key: str) -> Offer:
    address = from_key(key)
    if address is None or address.repository not in addresses(repository):
        raise _Left(f"`{repository.name}` isn't cloned from there")
    objects = _Objects(repository.git_dir, _commit(repository, address.revision))
    taken = _Taken(objects)
    taken.code(address.folder)
    if not taken.files:
        raise _Left(
            f"`{repository.name}` has no code in `{address.folder or '.'}` at that revision"
        )
    taken.aside(address.folder)
    start = address.folder or "."
    files = {
        posixpath.relpath(path, start): text for path, text in sorted(taken.files.items())
    }
    return Offer(
        OfferKind.MODULE, (key,), start, 1,
        repository=repository.name, commit=objects.commit, files=files,
    )  # fmt: skip


def _commit(repository: FleetRepository, revision: str) -> str:
    """The commit that a revision means; without one that which the fleet reads."""
    if not revision:
        return repository.commit
    names = [pattern.format(revision) for pattern in _REFS]
    if len(revision) >= 7 and set(revision) <= set("0123456789abcdef"):
        names.append(revision)
    for name in names:
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        done = git.run(Path(repository.git_dir), f"--git-dir={repository.git_dir}", *asked)
        if done.returncode == 0:
            return done.stdout.decode().strip()
    raise _Left(f"`{repository.name}` has no revision `{revision}` in its clone")


class _Objects(Struct, frozen=True):
    """The files of a commit."""

    git_dir: str
    commit: str

    def entries(self, folder: str, *options: str) -> Iterator[_Entry]:
        """The files and links that stand in a folder, with ``-r`` below it. Raises ``_Left`` where there are too many."""
        below = ("--", f"{folder}/") if folder else ()
        asked = ("ls-tree", "-l", "-z", "--full-tree", *options, self.commit, *below)
        with git.started(Path(self.git_dir), f"--git-dir={self.git_dir}", *asked) as listing:
            assert listing.stdout is not None
            rest, seen = b"", 0
            while chunk := listing.stdout.read(1 << 16):
                *lines, rest = (rest + chunk).split(b"\0")
                seen += len(lines)
                yield from filter(None, map(_entry, lines))
                if seen > MOST_LISTED:
                    listing.kill()
                    raise _Left(f"its folder has more than {MOST_LISTED} files")

    def texts(self, entries: Sequence[_Entry]) -> Iterator[tuple[str, bytes]]:
        """What files hold, of those that are text."""
        given = b"".join(each.object + b"\n" for each in entries)
        asked = (f"--git-dir={self.git_dir}", "cat-file", "--batch")
        data = git.run(Path(self.git_dir), *asked, given=given).stdout if entries else b""
        for each in entries:
            head, _, data = data.partition(b"\n")
            if head.split()[-1:] != [b"%d" % each.size]:
                raise _Left("not all of its files are in the clone")
            held, data = data[: each.size], data[each.size + 1 :]
            if b"\0" not in held and not held.startswith(_POINTER):
                yield each.path, held


def _entry(line: bytes) -> _Entry | None:
    """A file or a link; nothing of folders and submodules."""
    said, _, name = line.partition(b"\t")
    parts = said.split()
    if len(parts) != 4 or parts[0] not in _FILES or not parts[3].isdigit():
        return None
    return _Entry(parts[2], int(parts[3]), os.fsdecode(name), parts[0] == _LINK)


class _Taken(Struct, eq=False):
    """What is offered, as it is gathered."""

    objects: _Objects
    files: dict[str, str] = field(default_factory=dict)
    _size: int = 0

    def code(self, start: str) -> None:
        """All code of a folder, and of those that it calls beside it."""
        waiting, seen = [start], {start}
        while waiting:
            folder = waiting.pop(0)
            for other in self._calls(folder, self._of_folder(folder)):
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
            if len(seen) > MOST_FOLDERS:
                raise _Left("it calls too many folders")

    def aside(self, start: str) -> None:
        """What else lies below a folder, as far as there is room: its functions may read it."""
        room: list[_Entry] = []
        with suppress(_Left):
            for each in self.objects.entries(start, "-r"):
                is_new = each.path not in self.files and each.size <= LONGEST_ASIDE
                if (
                    is_new
                    and not _may_be_secret(each.path)
                    and _is_plain(each)
                    and self._fits(each, len(room))
                ):
                    room.append(each)
        for path, held in self.objects.texts(room):
            with suppress(UnicodeDecodeError):
                self.files[path] = held.decode("utf-8")

    def _of_folder(self, folder: str) -> Mapping[str, bytes]:
        """The code of one folder, all of it: what is left out would be taken for what isn't there."""
        listed = list(self.objects.entries(folder))
        is_built = any(posixpath.basename(each.path) in _KUSTOMIZATIONS for each in listed)
        found = [
            each
            for each in listed
            if is_read(each.path) or (is_built and _is_manifest(each.path))
        ]
        if not all(map(_is_plain, found)):
            raise _Left("some of its code is a link, or has a name that is no text")
        for at, each in enumerate(found):
            if not self._fits(each, at):
                raise _Left(
                    f"it has more than {MOST_FILES} files, or more than {MOST_BYTES >> 20} MB"
                )
        held = dict(self.objects.texts(found))
        try:
            self.files.update({path: data.decode("utf-8") for path, data in held.items()})
        except UnicodeDecodeError:
            raise _Left("some of its code isn't UTF-8") from None
        if len(held) < len(found):
            raise _Left("some of its code isn't text")
        return held

    def _fits(self, entry: _Entry, waiting: int) -> bool:
        """Whether there is room for a file beside those that are ``waiting``; it has its place then."""
        is_room = (
            len(self.files) + waiting < MOST_FILES and self._size + entry.size <= MOST_BYTES
        )
        self._size += entry.size if is_room else 0
        return is_room

    def _calls(self, folder: str, held: Mapping[str, bytes]) -> Iterator[str]:
        """The folders beside it that a folder's code calls."""
        module, shared = Module(folder), Shared()
        for path, data in held.items():
            if is_read(path):
                add(module, SourceFile(path, data), path, shared)
            elif posixpath.basename(path) in _KUSTOMIZATIONS:
                yield from _used(folder, path, data)
        for block in module.calls.values():
            found = called_folder(folder, local_source(block))
            if found is not None:
                yield found


def _is_plain(entry: _Entry) -> bool:
    """Whether an entry is a regular file whose name is text."""
    return not entry.is_link and entry.path.isprintable()


def _may_be_secret(path: str) -> bool:
    return path.lower().endswith(SECRETS) or any(
        part.startswith(".") for part in path.split("/")
    )


def _is_manifest(path: str) -> bool:
    return path.endswith((".yaml", ".yml")) or posixpath.basename(path) in _KUSTOMIZATIONS


def _used(folder: str, path: str, data: bytes) -> Iterator[str]:
    """The folders that a kustomization uses; of a file, the one in which it stands."""
    try:
        documents = list(load_documents(data, path))
    except (DocumentError, RecursionError):
        return
    for document in documents:
        said = document.data if isinstance(document.data, dict) else {}
        listed = [
            each for key in _USES if isinstance(said.get(key), list) for each in said[key]
        ]
        for each in listed:
            if isinstance(each, str) and "://" not in each and not each.startswith("/"):
                found = posixpath.normpath(posixpath.join(folder, each))
                if not found.startswith(".."):
                    is_file = _is_manifest(found)
                    yield (posixpath.dirname(found) if is_file else found).removeprefix(".")
