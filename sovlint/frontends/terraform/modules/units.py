"""What a root is made of: the files whose change may change what is said of its resources."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from msgspec import Struct

from sovlint.frontends.terraform.claims import VALUES
from sovlint.frontends.terraform.modules.module import Module, is_read
from sovlint.frontends.terraform.modules.roots import Root, is_below
from sovlint.frontends.terraform.modules.variables import GivenValues
from sovlint.model.inputs import Reader
from sovlint.model.source import Located, SourceFile
from sovlint.model.text import Note
from sovlint.model.value import Unknown


class RecordedPaths(Struct):
    """What a root's functions have asked for: files, and folders that they listed."""

    read_paths: set[str]
    listed: set[str]


class Recorder:
    """A reader that remembers what a root's functions (``file``, ``templatefile``, ``fileset``) asked for."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.read_paths: set[str] = set()
        self.listed: set[str] = set()
        self.unlisted = reader.unlisted
        self.peek = reader.peek
        self.real = reader.real
        self.wanted = reader.wanted
        self.named = reader.named
        self.elsewhere = reader.elsewhere
        self.offered_by = reader.offered_by
        self.mount = reader.mount

    def __reduce__(self) -> tuple[type[RecordedPaths], tuple[set[str], set[str]]]:
        """What is kept of it: what it remembers."""
        return RecordedPaths, (self.read_paths, self.listed)

    @property
    def paths(self) -> Sequence[str]:
        """As the reader's."""
        return self._reader.paths

    def has_below(self, folder: str) -> bool:
        """Whether files are listed below a folder, without remembering that."""
        return bool(self._reader.listing(folder))

    def mark(self, path: str) -> None:
        """Remember a file as read that was read before, for another root."""
        self.read_paths.add(path)

    def listing(self, folder: str) -> Sequence[str]:
        """As the reader's."""
        self.listed.add(folder)
        return self._reader.listing(folder)

    def read(self, path: str) -> SourceFile | Note:
        """As the reader's."""
        self.read_paths.add(path)
        return self._reader.read(path)

    def files_in(self, folder: str) -> Sequence[str]:
        """As the reader's."""
        self.listed.add(folder)
        return self._reader.files_in(folder)

    def absent(self, path: str) -> bool:
        """As the reader's."""
        self.read_paths.add(path)
        self.listed.add(path)
        return self._reader.absent(path)


class PreparedRoot(Struct):
    """A root before it is opened: another tool may have prepared it, with a module and values of its own."""

    root: Root
    module: Module
    given: GivenValues
    recorder: Recorder
    """What was read to prepare it, and is read of it from then on."""
    origin: tuple[Located, ...] = ()
    """What takes its module from elsewhere."""
    joined: set[RootUnit] = set()
    """Roots whose outputs it takes."""
    doubt: Unknown | None = None
    """Why it isn't known that it is there, where another module may be in its place."""


class RootUnit:
    """A root read with one set of values (implements ``model.resources.reading.Unit``).

    Functions are evaluated when they are needed, so ``bears`` is asked once everything is placed. ``joined``: roots
    whose state this one reads; ``asked``: files that say where roots keep theirs, and may say otherwise tomorrow.
    """

    def __init__(
        self, root: Root, values: Sequence[str], recorder: Recorder | RecordedPaths
    ) -> None:
        self.root: str | None = root.folder
        self.variant = root.variant
        self.folders = root.reached
        self.joined: set[RootUnit] = set()
        self.asked: set[str] = set()
        self.reads_states = False
        """Whether it has looked for the states of others."""
        own = () if root.caller is None else (root.caller.path,)
        self._values = frozenset((*values, *own))
        self._places = root.places or frozenset({root.folder})
        self._recorder = recorder

    @property
    def recorded(self) -> RecordedPaths:
        """What its functions have asked for so far."""
        return RecordedPaths(self._recorder.read_paths, self._recorder.listed)

    def bears(self, path: str) -> bool:
        """Whether it bears on this root, or on one whose state it reads, directly or through others."""
        units: dict[RootUnit, None] = {self: None}
        waiting: list[RootUnit] = [self]
        while waiting:
            new = waiting.pop().joined - units.keys()
            units.update(dict.fromkeys(new))
            waiting.extend(new)
        return any(unit.bears_itself(path) for unit in units)

    def bears_itself(self, path: str) -> bool:
        """Terraform's files in its folders (those that are gone too), its values, and whatever its functions read."""
        if path in self.asked or path in self._values or path in self._recorder.read_paths:
            return True
        if any(is_below(path, folder) for folder in self._recorder.listed):
            return True
        if path.endswith(VALUES) and any(is_below(path, place) for place in self._places):
            return True  # one that is gone may have been a variant
        return posixpath.dirname(path) in self.folders and is_read(path)
