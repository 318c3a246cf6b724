"""How a kustomization reaches files: bounded to the git root, each parsed once, and remembered as read."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from msgspec import Struct, field

from sovlint.documents import Document, DocumentError, load
from sovlint.documents.tree import Node, copied, from_document, trees_in
from sovlint.frontends.kubernetes.claims import KUSTOMIZATIONS
from sovlint.frontends.kubernetes.kustomize.problems import RefusedError
from sovlint.model.decoding import late_pattern
from sovlint.model.inputs import Reader
from sovlint.model.source import SourceFile, Span
from sovlint.model.text import Note

_REMOTE = late_pattern(
    r"^(?:[a-z][a-z0-9+.-]*::)?(?:[a-z][a-z0-9+.-]*://|git@|[\w.-]+@[\w.-]+:)|^[\w-]+(?:\.[\w-]+)+(?::\d+)?/|[?&]ref=|[^:]//",
    re.IGNORECASE,
)
"""A location that isn't a path: with a scheme, as git and SSH write it, beginning with a host, or with a ``ref``."""


class Cache(Struct):
    """What was read for any root: files, and the documents in them (or what is wrong with them)."""

    reader: Reader
    files: dict[str, SourceFile | Note] = field(default_factory=dict)
    documents: dict[str, tuple[Document, ...] | DocumentError] = field(default_factory=dict)
    trees: dict[str, tuple[Node, ...]] = field(default_factory=dict)

    def file(self, path: str) -> SourceFile | Note:
        """A file, or why it can't be read."""
        found = self.files.get(path)
        if found is None:
            found = self.files[path] = self.reader.read(path)
        return found

    def parsed(self, file: SourceFile) -> tuple[Document, ...]:
        """The documents of a file. Raises ``DocumentError``."""
        found = self.documents.get(file.path)
        if found is None:
            try:
                found = tuple(load(file.data, file.path))
            except DocumentError as error:
                found = error
            self.documents[file.path] = found
        if isinstance(found, DocumentError):
            raise found
        return found

    def nodes(self, file: SourceFile) -> Iterator[Node]:
        """The trees of a file's documents, made once and copied for each build. Raises ``DocumentError``."""
        found = self.trees.get(file.path)
        if found is None:
            documents = (each for each in self.parsed(file) if each.data is not None)
            found = self.trees[file.path] = tuple(from_document(each) for each in documents)
        return (copied(each) for each in found)


class KustomizeFiles(Struct):
    """The files of one root. ``read``: those that were read for it, and those looked for."""

    cache: Cache
    read: set[str] = field(default_factory=set)

    def file(self, path: str) -> SourceFile | Note:
        """A file, or why it can't be read."""
        self.read.add(path)
        return self.cache.file(path)

    def named(self, folder: str, written: str) -> SourceFile | Note | None:
        """The file that a kustomization in ``folder`` names, or why it can't be read; ``None`` outside of the
        repository."""
        path = resolved(folder, written)
        return None if path is None else self.file(path)

    def nodes(self, file: SourceFile) -> Iterator[Node]:
        """The trees of a file's documents; empty ones are left out. Raises ``RefusedError``."""
        try:
            yield from self.cache.nodes(file)
        except DocumentError as error:
            where = Span(file.path, error.line, error.column, error.line, error.column)
            raise RefusedError(
                where, "kubernetes.kustomize.unreadable", problem=error.problem
            ) from None

    def kustomization(self, folder: str) -> SourceFile | Note | None:
        """The kustomization of a folder; ``None`` where it has none."""
        here = set(self.cache.reader.files_in(folder))
        for path in (joined(folder, name) for name in KUSTOMIZATIONS):
            self.read.add(path)
            if path in here:
                return self.file(path)
        return None

    def is_folder(self, path: str) -> bool:
        """Whether there is a folder at a path."""
        return bool(self.cache.reader.listing(path)) or bool(self.cache.reader.files_in(path))

    def absent(self, path: str) -> bool:
        """Whether nothing is at a path, in this checkout or another one."""
        return self.cache.reader.absent(path)


def joined(folder: str, name: str) -> str:
    """A name in a folder, as a path."""
    return f"{folder}/{name}" if folder else name


def resolved(folder: str, written: str) -> str | None:
    """The path of what a kustomization in ``folder`` names; ``None`` where that lies outside of the repository."""
    if written.startswith("/"):
        return None
    path = posixpath.normpath(joined(folder, written))
    head, marked, _ = folder.partition(":")
    if "@" in head and marked and not f"{path}/".startswith(f"{head}:/"):
        return None  # out of another repository
    if path == ".":
        return ""
    return None if path == ".." or path.startswith("../") else path


def is_remote(written: str) -> bool:
    """Whether a text looks like a place that isn't in this repository."""
    return _REMOTE.search(written) is not None


def inner_nodes(node: Node, file: SourceFile) -> list[Node]:
    """The documents that a text in a file holds, placed where they stand in it. Raises ``RefusedError``."""
    try:
        return trees_in(node, file)
    except DocumentError as error:
        raise RefusedError(
            node.where, "kubernetes.kustomize.unreadable", problem=error.problem
        ) from None
