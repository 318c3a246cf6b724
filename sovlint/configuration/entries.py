"""What the entries of a configuration have in common: days, paths and globs, each an error at its place if wrong."""

from __future__ import annotations

import os.path
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sovlint.configuration.config_file import error_at
from sovlint.errors import SovlintError
from sovlint.files import globs
from sovlint.files.bounds import is_plain, leads_out, links_out
from sovlint.files.globs import InUse, Subject
from sovlint.files.paths import slashes

if TYPE_CHECKING:
    from sovlint.documents import Document

EntryData = Mapping[str, Any]


class EntryReader:
    """Makes things of the entries of a valid document.

    ``path`` is the file; ``base`` is what its globs are relative to; ``bound`` is the folder that nothing it names may
    lie outside of, if there is one. ``in_use`` are the globs to match something; ``problems`` is all that is wrong:
    what can't be used is left out.
    """

    def __init__(
        self, document: Document, path: Path, base: globs.Base, bound: Path | None = None
    ) -> None:
        self.document = document
        self.path = path
        self.base = base
        self.bound = bound
        self.in_use: list[InUse] = []
        self.problems: list[SovlintError] = []
        self.to_come: Path | None = None

    def day(self, entry: Mapping[str, Any], key: str, *at: str | int) -> date | None:
        """The day that an entry has under ``key``; ``None`` where it is none."""
        try:
            return date.fromisoformat(entry[key])
        except ValueError:
            self.wrong(f"`{key}` is not a day (YYYY-MM-DD): {entry[key]!r}.", *at, key)
            return None

    def term(self, entry: EntryData, *at: str | int) -> tuple[date, date] | None:
        """The days from ``issued`` to ``expires``; ``None`` where they aren't such."""
        issued, expires = self.day(entry, "issued", *at), self.day(entry, "expires", *at)
        if issued is None or expires is None:
            return None
        if expires < issued:
            self.wrong("`expires` comes before `issued`.", *at, "expires")
            return None
        return issued, expires

    def about(
        self,
        make: Callable[..., globs.Matches],
        subject: EntryData,
        key: str,
        unused: str,
        *at: str | int,
    ) -> globs.Matches | None:
        """The globs of a subject under ``key``, by ``make`` (``paths`` or ``addresses``); ``None`` without any."""
        if key not in subject:
            return None
        return make(subject[key], unused, *at, key)

    def there(self, name: str, *at: str | int) -> Path | None:
        """A path written in the configuration, as an absolute one; ``None`` where it doesn't exist, or is foreign."""
        path = self.path.parent / name
        if self.foreign(path, name, *at):
            return None
        if not path.exists() and self._comes(path):
            return path
        if not path.exists():
            self.wrong(
                f"`{name}` doesn't exist (paths are relative to the configuration file).", *at
            )
            return None
        if not is_plain(path):
            self.wrong(f"`{name}` is neither a folder nor a file that can be read.", *at)
            return None
        link = next(links_out(path, self.bound), "") if self.bound else ""
        if link:
            self.wrong(
                f"`{name}` has a link that leads out of the repository: `{link}`.", *at
            )
            return None
        return path

    def _comes(self, path: Path) -> bool:
        """Whether a path is that of the folder that is about to be there."""
        return self.to_come is not None and path.resolve() == self.to_come.resolve()

    def foreign(self, path: Path, name: str, *at: str | int) -> bool:
        """Whether a path, written as ``name``, lies outside of what may be read; that is a problem at its place."""
        if self.bound is None or not leads_out(path, self.bound):
            return False
        self.wrong(f"`{name}` lies outside the repository.", *at)
        return True

    def paths(
        self,
        found: Sequence[str],
        unused: str,
        *at: str | int,
        subject: Subject = Subject.FILES,
    ) -> globs.Matches:
        """What globs on paths match together; each that matches nothing is told by the note ``unused``."""
        matches = self.glob(partial(globs.paths, found, self.base), *at)
        if matches is None:
            return _nothing
        for glob in found:
            if not glob.startswith(
                "!"
            ):  # it takes back what others match, and matches nothing itself
                self.watch(unused, glob, globs.paths([glob], self.base), subject, *at)
        return matches

    def addresses(self, found: Sequence[str], unused: str, *at: str | int) -> globs.Matches:
        """What globs on addresses match together; each that matches nothing is told by the note ``unused``."""
        for glob in found:
            self.watch(unused, glob, globs.addresses([glob]), Subject.ADDRESSES, *at)
        return globs.addresses(found)

    def watch(
        self, unused: str, glob: str, matches: globs.Matches, subject: Subject, *at: str | int
    ) -> None:
        """Keep a glob in mind: where it matches nothing, the note ``unused`` says so."""
        self.in_use.append(InUse(unused, glob, matches, self.document.span(at), subject))

    def glob(self, make: Callable[[], globs.Matches], *at: str | int) -> globs.Matches | None:
        """What ``make`` gives; its ``ValueError`` becomes a problem naming the place, and gives ``None``."""
        try:
            return make()
        except ValueError as error:
            self.wrong(f"{error}.", *at)
            return None

    def wrong(self, sentence: str, *at: str | int) -> None:
        """Keep in mind what is wrong at a place of this file."""
        self.problems.append(error_at(self.path, self.document.span(at), sentence))


def _nothing(_: str) -> bool:
    """What a glob that can't be one matches."""
    return False


def base(folder: Path, root: Path) -> globs.Base:
    """Where globs are relative to; a configuration kept elsewhere altogether speaks of the git root."""
    if folder == root:
        return globs.Base()
    if folder.is_relative_to(root):
        return globs.Base(strip=folder.relative_to(root).as_posix())
    if root.is_relative_to(folder):
        return globs.Base(add=root.relative_to(folder).as_posix())
    return globs.Base()


def bound(path: Path, root: Path) -> Path | None:
    """What bounds the files that a configuration names: the git root. A configuration that lies elsewhere was given by
    whoever runs this, and comes with what was scanned no more than its files do."""
    return None if leads_out(path.parent, root) else root


def relative(path: Path, root: Path) -> str:
    """A path relative to the git root; a link at its end is left as it is."""
    return slashes(os.path.relpath(path.parent.resolve() / path.name, root))
