"""Reading files of a Compose project, each once, with what is wrong with them."""

from __future__ import annotations

import posixpath

from msgspec import field

from sovlint.documents import Document, DocumentError, load
from sovlint.frontends.compose.claims import is_compose
from sovlint.frontends.harvest import Harvest
from sovlint.model.inputs import Reader
from sovlint.model.source import SourceFile, Span
from sovlint.model.text import Note


class ProjectError(Exception):
    """A project that can't go on being read: what is wrong, and where."""

    def __init__(self, note: Note, where: Span) -> None:
        super().__init__(note)
        self.note = note
        self.where = where


class ReadingLog(Harvest):
    """What went wrong and what is worth saying, and which files were read or looked for."""

    read: set[str] = field(default_factory=set)
    included: set[str] = field(default_factory=set)
    extended: set[tuple[str, str]] = field(default_factory=set)
    """Services that others extend, with their file."""


VariableLine = tuple[str, int]
"""A path, and the number of a line."""


class ComposeFiles:
    """The files of a repository as Compose reads them; one that is asked for twice is parsed once."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._documents: dict[str, tuple[Document, ...]] = {}
        self._wrong: dict[str, Harvest] = {}
        """What is wrong with a file that was parsed."""
        self._sources: dict[str, SourceFile | Note] = {}
        self._paths = frozenset(reader.paths)
        self.variables: set[VariableLine] = set()
        """Lines of files of variables that services are given."""
        self.counting: set[VariableLine] = set()
        """Those of them that count for some service."""

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
        file = self.source(path, account)
        if path not in self._documents:
            self._wrong[path] = Harvest()
            self._documents[path] = _parsed(path, file, self._wrong[path])
        account.add(self._wrong[path])
        return self._documents[path]

    def sort_out(self, path: str, where: Span, account: ReadingLog) -> bool:
        """Whether a file that another one names is here to be read; if not, that is said at ``where``.

        One that surely isn't anywhere is a failure, as for Compose; what may be elsewhere (ignored by git, in a
        submodule, outside of the repository) is remarked.
        """
        account.read.add(path)
        if path in self:
            return True
        if not path.startswith("..") and is_compose(path) and self.reader.absent(path):
            account.fail(where, "compose.missing", path=path)
        else:
            account.remark(where, "compose.elsewhere", path=path)
        return False


def _parsed(path: str, file: SourceFile | Note, wrong: Harvest) -> tuple[Document, ...]:
    """The documents of a file; what is wrong with it goes to ``wrong``."""
    if isinstance(file, Note):
        wrong.refuse(path, file)
        return ()
    try:
        documents = tuple(load(file.data, path))
    except DocumentError as error:
        if b"{{" in file.data or b"{%" in file.data:
            wrong.remark(error.span(path), "compose.templated")
        else:
            wrong.fail_parsing(path, error, "compose.unreadable")
        return ()
    for document in documents:
        wrong.fail_duplicates(document, "compose.duplicate-key")
    return documents


def beside(folder: str, path: str) -> str:
    """A path relative to a folder, from the git root; one that leads out of it begins with ``..``."""
    if path.startswith("/"):
        return f"../{path.lstrip('/')}"
    return posixpath.normpath(posixpath.join(folder, path))


def is_remote(path: str) -> bool:
    """Whether a path names something that Compose would fetch (git, OCI, HTTP)."""
    return "://" in path or path.startswith(("git@", "oci:", "github.com/", "docker.io/"))
