"""What a root is made of: the files whose change may change what is said of its resources."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from sovlint.frontends.terraform.module import is_read
from sovlint.frontends.terraform.roots import VALUES, Root
from sovlint.model.inputs import Reader
from sovlint.model.source import SourceFile
from sovlint.model.text import Note


class Recorder:
    """A reader that remembers what a root's functions (``file``, ``templatefile``, ``fileset``) asked for.

    ``listed``: whether any of them lists files: then it may depend on every one that is there or isn't.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.read_paths: set[str] = set()
        self.listed = False

    @property
    def paths(self) -> Sequence[str]:
        """As the reader's; whoever asks may depend on any file."""
        self.listed = True
        return self._reader.paths

    def read(self, path: str) -> SourceFile | Note:
        """As the reader's."""
        self.read_paths.add(path)
        return self._reader.read(path)

    def peek(self, path: str) -> bytes:
        """As the reader's."""
        return self._reader.peek(path)

    def real(self, path: str) -> str:
        """As the reader's."""
        return self._reader.real(path)

    def wanted(self, path: str) -> bool:
        """As the reader's."""
        return self._reader.wanted(path)

    def named(self, path: str) -> bool:
        """As the reader's."""
        return self._reader.named(path)


class RootUnit:
    """A root read with one set of values (implements ``model.resource.Unit``).

    Functions are evaluated when they are needed, so ``bears`` is asked once everything is placed.
    """

    def __init__(self, root: Root, values: Sequence[str], recorder: Recorder) -> None:
        self.root: str | None = root.folder
        self.variant = root.variant
        self._folders = root.reached
        self._values = frozenset(values)
        self._recorder = recorder

    def bears(self, path: str) -> bool:
        """Terraform's files in its folders (those that are gone too), its values, and whatever its functions read."""
        if self._recorder.listed or path in self._values or path in self._recorder.read_paths:
            return True
        if path.endswith(VALUES) and self._below(path):  # one that is gone may have been a variant
            return True
        return posixpath.dirname(path) in self._folders and is_read(path)

    def _below(self, path: str) -> bool:
        return not self.root or path.startswith(f"{self.root}/")
