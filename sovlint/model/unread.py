"""Kinds of files that say where data goes and that nobody here reads: told by their names or by how they begin, and
counted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from sovlint.model.file_globs import Glob, globbed
from sovlint.model.text import Bilingual

_BRACE = re.compile(rb"\s*[{\[]")


class UnreadKind(Struct, frozen=True):
    """A kind of files that nobody reads, and what people call it."""

    id: str
    title: Bilingual
    only_named: bool = False
    """Whether it counts only where somebody names such files: most of them are no infrastructure."""
    counted: bool = False
    """Whether only how many there are is told where nobody names them: there may be thousands."""
    declares: bool = False
    """Whether such files declare infrastructure: where nothing else is placed or judged, a run isn't clean."""
    in_folder: str = ""
    """A pattern of a line by which such a file runs the folder of Terraform's that it lies in; empty where none does."""


class _Head(Struct, frozen=True):
    """How files of a kind begin: texts that stand there, and outermost keys of YAML or JSON; ``mark`` is one of them.
    ``line``: what the beginning of a line matches; ``yaml``: it is never in braces."""

    kind: str
    mark: bytes
    texts: tuple[bytes, ...]
    keys: tuple[bytes, ...]
    line: bytes
    yaml: bool

    def begins(self, data: bytes) -> bool:
        """Whether a text begins so."""
        if not all(word in data for word in (*self.texts, *self.keys)):
            return False
        flow = data.lstrip()[:1] in (b"{", b"[")
        if not flow and not all(_begins_a_line(key, data) for key in self.keys):
            return False
        if self.line and not re.search(self.line, data, re.MULTILINE):
            return False
        start, flags = (rb"[{,\s]", 0) if flow else (rb"^", re.MULTILINE)
        return all(
            re.search(start + rb"[\"']?" + re.escape(key) + rb"[\"']?\s*:", data, flags)
            for key in self.keys
        )


class UnreadKinds:
    """The kinds, from the catalogue's section ``unread``: a glob is a name, or ``*.`` and an ending, perhaps below
    folders. What a path costs doesn't depend on how many globs there are. ``heads`` say how files begin, whatever they
    are called; of several kinds the first counts."""

    def __init__(self, kinds: Mapping[str, Any]) -> None:
        self._kinds = {
            name: UnreadKind(
                name,
                Bilingual(**data["title"]),
                data.get("only_named", False),
                data.get("counted", False),
                data.get("declares", False),
                data.get("in_folder", ""),
            )
            for name, data in kinds.items()
        }
        self.endings = {
            _ending(glob): self._kinds[kind]
            for kind, data in kinds.items()
            if data.get("counted")
            for glob in data["files"]
        }
        """Kinds of which the files are only counted, by the ends of their names: what a path costs is one look."""
        self._forms = {
            self._kinds[kind]: data["form"].encode()
            for kind, data in kinds.items()
            if data.get("form")
        }
        self._named: dict[str, list[Glob]] = {}
        self._ending: dict[str, list[Glob]] = {}
        for kind, data in kinds.items():
            if data.get("counted") and not data.get("only_named"):
                continue
            for glob in (globbed(kind, written) for written in data["files"]):
                by, key = (
                    (self._ending, _ending(glob.name))
                    if glob.name.startswith("*")
                    else (self._named, glob.name)
                )
                by.setdefault(key, []).append(glob)
        self._heads = [
            _head(kind, head)
            for kind, data in kinds.items()
            for head in data.get("heads", ())
            if head.get("texts") or head.get("keys")
        ]

    def named(self, kind: str) -> UnreadKind:
        """The kind with this id: a front end finds what is of it by more than its name."""
        return self._kinds[kind]

    def begun(self, data: bytes) -> str | None:
        """The id of the kind of a file that is YAML or JSON, by how it begins."""
        in_braces = _BRACE.match(data) is not None
        for head in self._heads:
            if in_braces and head.yaml:
                continue
            if head.mark in data and head.begins(data):  # most have none of the words
                return head.kind
        return None

    def formed(self, data: bytes) -> UnreadKind | None:
        """The kind of a file with any name that somebody says carries data, by the form of its beginning."""
        for kind, written in self._forms.items():
            if re.search(written, data, re.MULTILINE):
                return kind
        return None

    def is_of(self, path: str, kind: str) -> bool:
        """Whether a file is of a kind, counted or not."""
        found = self.of(path) or self.endings.get(_ending(path))
        return found is not None and found.id == kind

    def of(self, path: str) -> UnreadKind | None:
        """The kind of a file, by its path below the git root with forward slashes."""
        folder, _, name = path.rpartition("/")
        named, ending = self._named.get(name, ()), self._ending.get(_ending(name), ())
        for glob in (*named, *ending) if named or ending else ():
            if (
                glob.folder in folder
                and glob.matches(name)
                and re.search(glob.whole, f"/{folder}/")
            ):
                return self._kinds[glob.format]
        return None


def _begins_a_line(key: bytes, data: bytes) -> bool:
    """Whether a key may stand outermost: cheaper to ask than by a pattern."""
    written = (key, b'"' + key, b"'" + key)
    return data.startswith(written) or any(b"\n" + each in data for each in written)


def _head(kind: str, written: Mapping[str, Any]) -> _Head:
    texts = tuple(text.encode() for text in written.get("texts", ()))
    keys = tuple(key.encode() for key in written.get("keys", ()))
    line = rf"^(?:{written['line']})".encode() if written.get("line") else b""
    return _Head(kind, (*texts, *keys)[0], texts, keys, line, written.get("yaml", False))


def _ending(name: str) -> str:
    return name.rpartition(".")[2]
