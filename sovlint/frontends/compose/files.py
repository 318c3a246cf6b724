"""Reading files of a Compose project, each once, with what is wrong with them."""

from __future__ import annotations

import posixpath

from msgspec import Struct, field

from sovlint.documents import Document, DocumentError, load
from sovlint.frontends.compose.claims import is_compose
from sovlint.model.inputs import Reader
from sovlint.model.resource import Failure, Remark
from sovlint.model.source import SourceFile, Span
from sovlint.model.text import Note


class ProjectError(Exception):
    """A project that can't go on being read: what is wrong, and where."""

    def __init__(self, note: Note, where: Span) -> None:
        super().__init__(note)
        self.note = note
        self.where = where


class ReadingLog(Struct):
    """What went wrong and what is worth saying, and which files were read or looked for."""

    failures: list[Failure] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    read: set[str] = field(default_factory=set)
    included: set[str] = field(default_factory=set)
    extended: set[tuple[str, str]] = field(default_factory=set)
    """Services that others extend, with their file."""

    def fail(self, key: str, where: Span, **params: object) -> None:
        """A failure at a place."""
        self.refuse(Note(key, params), where)

    def refuse(self, note: Note, where: Span) -> None:
        """A failure at a place, for a reason that has its words already."""
        self.failures.append(Failure(where.path, where.line, where.column, note))

    def remark(self, key: str, where: Span, **params: object) -> None:
        """A remark at a place."""
        self.remarks.append(Remark(Note(key, params), where.path, where.line))


class ComposeFiles:
    """The files of a repository as Compose reads them; one that is asked for twice is parsed once."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._documents: dict[str, tuple[Document, ...] | Failure | Remark] = {}
        self._sources: dict[str, SourceFile | Note] = {}
        self._paths = frozenset(reader.paths)

    def __contains__(self, path: str) -> bool:
        return path in self._paths

    def source(self, path: str, account: ReadingLog) -> SourceFile | Note:
        """The file, or why it can't be read."""
        account.read.add(path)
        if path not in self._sources:
            self._sources[path] = self.reader.read(path)
        return self._sources[path]

    def documents(self, path: str, account: ReadingLog) -> tuple[Document, ...]:
        """The documents of a file; none where it can't be read, which the account is told."""
        if path not in self._documents:
            self._documents[path] = self._parsed(path, account)
        account.read.add(path)
        found = self._documents[path]
        if isinstance(found, Failure):
            account.failures.append(found)
        elif isinstance(found, Remark):
            account.remarks.append(found)
        else:
            _tell_duplicates(found, account)
            return found
        return ()

    def _parsed(self, path: str, account: ReadingLog) -> tuple[Document, ...] | Failure | Remark:
        file = self.source(path, account)
        if isinstance(file, Note):
            return Failure(path, None, None, file)
        try:
            return tuple(load(file.data, path))
        except DocumentError as error:
            if b"{{" in file.data or b"{%" in file.data:
                return Remark(Note("compose.templated"), path, error.line)
            return Failure(path, error.line, error.column, Note("compose.unreadable", {"problem": error.problem}))

    def sort_out(self, path: str, where: Span, account: ReadingLog) -> bool:
        """Whether a file that another one names is here to be read; if not, that is said at ``where``.

        One that surely isn't anywhere is a failure, as for Compose; what may be elsewhere (ignored by git, in a
        submodule, outside of the repository) is remarked.
        """
        account.read.add(path)
        if path in self:
            return True
        if not path.startswith("..") and is_compose(path) and self.reader.absent(path):
            account.fail("compose.missing", where, path=path)
        else:
            account.remark("compose.elsewhere", where, path=path)
        return False


def _tell_duplicates(documents: tuple[Document, ...], account: ReadingLog) -> None:
    for document in documents:
        for key, span in document.duplicates:
            account.fail("compose.duplicate-key", span, name=key)


def beside(folder: str, path: str) -> str:
    """A path relative to a folder, from the git root; one that leads out of it begins with ``..``."""
    if path.startswith("/"):
        return f"../{path.lstrip('/')}"
    return posixpath.normpath(posixpath.join(folder, path))


def is_remote(path: str) -> bool:
    """Whether a path names something that Compose would fetch (git, OCI, HTTP)."""
    return "://" in path or path.startswith(("git@", "oci:", "github.com/", "docker.io/"))
