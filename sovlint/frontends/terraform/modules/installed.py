"""Modules that ``terraform init`` has fetched: found in ``.terraform/modules/modules.json``, loaded when called. And those
that other repositories offer."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Mapping
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from msgspec import Struct

from sovlint.expressions.nodes import Block
from sovlint.frontends.terraform.modules.module import Module, called_folder, is_read, load
from sovlint.frontends.terraform.modules.shared import Shared
from sovlint.model.decoding import late_pattern
from sovlint.model.inputs import Reader
from sovlint.model.resources.reading import Failure, Remark
from sovlint.model.source import SourceFile
from sovlint.model.text import Note

FETCHED = ".terraform/modules"
"""Where Terraform and OpenTofu put the modules of a root, relative to it."""
INDEX = f"{FETCHED}/modules.json"
_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": eq,
    "!=": ne,
    ">=": ge,
    "<=": le,
    ">": gt,
    "<": lt,
}
_CONDITION = late_pattern(r"\s*(~>|>=|<=|!=|=|>|<|)\s*v?(\d+(?:\.\d+){0,2})\s*")


class IndexedModule(Struct, frozen=True):
    """What the index says of one call: the source as Terraform keeps it, the version (registries), the folder."""

    source: str
    version: str
    folder: str


class Installed(Struct, eq=False):
    """The fetched modules of one root (``folder``), by the names of the calls that lead to them (``vpc.subnets``).

    ``twins``: OpenTofu's file names that win, as ``files -> files``. ``registries``: the public ones, left away.
    """

    _folder: str
    _reader: Reader
    _registries: tuple[str, ...]
    _twins: Callable[[list[str]], list[str]]
    _shared: Shared
    remarks: list[Remark] = []
    failures: list[Failure] = []
    modules: dict[str, Module | None] = {}
    _entries: dict[str, IndexedModule] = {}

    def __post_init__(self) -> None:
        self._entries = self._index()

    def called(
        self, path: str, block: Block, folder: str, source: str | None, version: str | None
    ) -> Module | None:
        """The module that a call names. ``path``: the calls down to it; ``folder``: of the module that it stands in.

        ``source`` and ``version`` are those of the call: ``None`` where they aren't known (no version: empty). Nothing
        where it wasn't fetched, or where what was fetched isn't what the call asks for any more.
        """
        near = called_folder(folder, source)
        if near is not None:
            return self._module(near) if self._is_beside(folder, near) else None
        entry = self._entries.get(path)
        if source is None:
            return None
        if entry is None:
            return self._offered(block, source)
        if self._plain(entry.source) != self._plain(source) or not _satisfies(
            entry.version, version
        ):
            found = self._offered(block, source)
            if found is None:
                note = Note("terraform.module-stale", {"name": path})
                self.remarks.append(Remark.at(block.head, note))
            return found
        return self._module(entry.folder)

    def _offered(self, block: Block, source: str) -> Module | None:
        """The module that another repository offers."""
        folder = self._reader.elsewhere(source)
        several = self._reader.offered_by(source) if folder is None else ()
        if len(several) > 1:
            note = Note("terraform.module-of-several", {"repositories": tuple(several)})
            self.remarks.append(Remark.at(block.head, note))
        return None if folder is None else self._module(folder)

    def _is_beside(self, folder: str, near: str) -> bool:
        """Whether two folders are of one repository: a path doesn't lead from one into another."""
        return self._reader.mount(folder) == self._reader.mount(near)

    def _module(self, folder: str) -> Module | None:
        is_fetched = ".terraform" in folder.split("/")
        if not is_fetched and not self._reader.mount(folder):
            return None  # those that are scanned are known already
        if folder not in self.modules:
            paths = self._twins(
                [path for path in self._reader.files_in(folder) if is_read(path)]
            )
            self.modules[folder] = (
                load(folder, paths, self._reader, self._shared) if paths else None
            )
        return self.modules[folder]

    def _plain(self, source: str) -> str:
        """A source without what Terraform adds when it keeps it."""
        for prefix in (*self._registries, "git::", "https://"):
            source = source.removeprefix(prefix)
        source = re.sub(r"^git@([\w.-]+):", r"ssh://git@\1/", source)
        return re.sub(r"\.git(?=$|//|\?)", "", source)

    def _index(self) -> dict[str, IndexedModule]:
        path = posixpath.join(self._folder, INDEX)
        if path not in self._reader.files_in(posixpath.join(self._folder, FETCHED)):
            return {}
        found = self._reader.read(path)
        if not isinstance(found, SourceFile):
            self.failures.append(Failure(path, None, None, found))
            return {}
        try:
            modules = json.loads(found.data)["Modules"]
            entries = {each["Key"]: each for each in modules}
        except (ValueError, KeyError, TypeError, RecursionError):
            self.failures.append(Failure(path, 1, 1, Note("terraform.not-an-index")))
            return {}
        read = {key: self._entry(each) for key, each in entries.items()}
        return {key: entry for key, entry in read.items() if entry is not None}

    def _entry(self, each: Mapping[str, object]) -> IndexedModule | None:
        """An entry whose folder is among the fetched ones; what lies elsewhere is found by the source of its call."""
        source, version, folder = each.get("Source"), each.get("Version", ""), each.get("Dir")
        if (
            not isinstance(source, str)
            or not isinstance(version, str)
            or not isinstance(folder, str)
        ):
            return None
        within = posixpath.normpath(folder.replace("\\", "/"))
        if not within.startswith(f"{FETCHED}/"):
            return None
        return IndexedModule(source, version, posixpath.join(self._folder, within))


def _satisfies(version: str, constraint: str | None) -> bool:
    """Whether a version is one that a constraint allows; what can't be compared (pre-releases) must be the same."""
    if not constraint or version == constraint:
        return constraint is not None
    have = _numbers(version)
    if have is None:
        return False
    for condition in constraint.split(","):
        match = _CONDITION.fullmatch(condition)
        if match is None:
            return False
        operator, text = match.groups()
        want = _numbers(text)
        assert want is not None
        if operator == "~>":
            fixed = max(text.count("."), 1)
            if not (have >= want and have[:fixed] == want[:fixed]):
                return False
        elif not _OPERATORS[operator or "="](have, want):
            return False
    return True


def _numbers(version: str) -> tuple[int, ...] | None:
    parts = version.split(".")
    if len(parts) > 3 or not all(
        part.isascii() and part.isdigit() and len(part) < 10 for part in parts
    ):
        return None
    return (*map(int, parts), 0, 0)[:3]
