"""Folders of other repositories that are offered, read as if they stood in this one: below ``group/name@revision:``.

What is offered may be hostile: paths that lead out, files without end. Nothing of it is ever laid over a file that is here.
"""

from __future__ import annotations

import posixpath
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import quote

from msgspec import Struct

from sovlint.files.clone_address import code_at
from sovlint.model.offers import Offer, OfferKind, Offers

MOST_FILES: Final = 2_000
"""Files of all that is taken in one run."""
MOST_BYTES: Final = 20 << 20
"""What they may hold."""
_HEAD: Final = "HEAD"


class OfferedFile(Struct, frozen=True):
    """A file of another repository."""

    repository: str
    data: bytes


class OfferedCode:
    """What other repositories offer of their files. ``is_here``: whether something of this repository stands at a path."""

    def __init__(self, offers: Offers, is_here: Callable[[str], bool]) -> None:
        self._offers = offers
        self._is_here = is_here
        self._folders: dict[str, str | None] = {}
        self._mounts: set[str] = set()
        self._files: dict[str, OfferedFile] = {}
        self._sorted: list[str] = []
        self._bytes = 0

    def folder(self, source: str) -> str | None:
        """Where the folder is read that a source (``git::https://host/group/name//folder?ref=v3``) names; ``None`` where it
        names none, or nobody offers it, or several do."""
        address = code_at(source)
        if address is None:
            return None
        if address.key not in self._folders:
            found = self._offers.find(OfferKind.MODULE, address.key)
            names = {each.repository for each in found}
            self._folders[address.key] = (
                self._taken(found[0], address.folder, address.revision)
                if len(names) == 1
                else None
            )
        return self._folders[address.key]

    def offered_by(self, source: str) -> tuple[str, ...]:
        """Who offers what a source names, where that isn't known to be one."""
        address = code_at(source)
        found = () if address is None else self._offers.find(OfferKind.MODULE, address.key)
        return tuple(sorted({each.repository for each in found}))

    def mount(self, path: str) -> str:
        """The folder below which the repository is read that a path is of; empty for this one."""
        if not self._mounts or ":" not in path:
            return ""
        head, marked, _ = path.partition(":/")
        name = f"{head}:" if marked else path
        return name if name in self._mounts else ""

    def file(self, path: str) -> OfferedFile | None:
        """A file of another repository."""
        return self._files.get(path)

    def below(self, folder: str) -> Sequence[str]:
        """All files below a folder of another repository."""
        return self._sorted[
            bisect_left(self._sorted, f"{folder}/") : bisect_left(self._sorted, f"{folder}0")
        ]

    def files_in(self, folder: str) -> Sequence[str]:
        """Those that stand directly in it."""
        return [each for each in self.below(folder) if posixpath.dirname(each) == folder]

    def _taken(self, offer: Offer, folder: str, revision: str) -> str | None:
        """Where the files of an offer are read from now on; ``None`` where they aren't taken."""
        mount = f"{offer.repository}@{quote(revision, safe='') or _HEAD}:"
        parts = offer.repository.split("/")
        if (
            ":" in offer.repository
            or not offer.repository.isprintable()
            or {"", ".", ".."} & set(parts)
        ):
            return None
        if mount not in self._mounts and self._is_here(mount):
            return None
        files = dict(_placed(offer.files, folder))
        size = sum(map(len, files.values()))
        is_too_much = (
            len(self._files) + len(files) > MOST_FILES or self._bytes + size > MOST_BYTES
        )
        if not files or is_too_much:
            return None
        self._mounts.add(mount)
        self._bytes += size
        for path, data in files.items():
            self._files.setdefault(f"{mount}/{path}", OfferedFile(offer.repository, data))
        self._sorted = sorted(self._files)
        return f"{mount}/{folder}" if folder else mount


def _placed(files: Mapping[str, str], folder: str) -> Iterator[tuple[str, bytes]]:
    """Files by their paths in their repository: they are offered by those in the folder (``../other/main.tf``)."""
    for written, held in files.items():
        path = posixpath.normpath(posixpath.join(folder or ".", written))
        if not written.startswith("/") and path.isprintable() and not path.startswith(".."):
            yield path, held.encode("utf-8", "surrogatepass")
