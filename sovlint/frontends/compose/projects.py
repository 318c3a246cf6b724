"""Files -> projects: what Compose makes of a main file, its overrides, ``include`` and ``extends``."""

from __future__ import annotations

from collections.abc import Sequence
from posixpath import dirname
from typing import Final

from msgspec import Struct, field

from sovlint.documents import Document
from sovlint.documents.attributes import written_span
from sovlint.documents.interpolation import Lookup
from sovlint.documents.syntaxes.dotenv import variables
from sovlint.documents.tree import Node, entries, get, is_map, is_null, items, size
from sovlint.frontends.compose.canonical import canonical
from sovlint.frontends.compose.files import (
    ComposeFiles,
    ProjectError,
    ReadingLog,
    beside,
    is_remote,
)
from sovlint.frontends.compose.merge import merged, without_resets
from sovlint.frontends.compose.sections import SECTIONS
from sovlint.frontends.compose.tree import known, listed, scalar, tree
from sovlint.model.source import SourceFile, Span
from sovlint.model.text import Note
from sovlint.model.value import Unknown, Value
from sovlint.rules.keys import KeyPath

MAX_NODES: Final = 1_000_000
"""A project that grows past this many nodes isn't read on."""
MAX_INCLUDES: Final = 100
"""A project that includes more others than this, over all, isn't read on."""
MAX_CHAIN: Final = 60
"""Files that include each other, and services that extend each other, are followed no further than this."""

_KNOWN_KEYS: Final = frozenset({*SECTIONS, "version", "name", "include"})


Chain = tuple[tuple[str, str], ...]
"""Services that extend each other: file and name of each."""


class _Around(Struct, frozen=True):
    """What there is for a service to extend: ``above`` is what stands in files before, ``read`` the files that were
    read for it."""

    above: Node | None
    lookup: Lookup
    read: dict[str, Node] = field(default_factory=dict)


def nothing(name: str) -> Value | None:
    """What the surroundings of Compose set, as far as files say it: nothing."""
    return None


class Loader:
    """Puts one project together. ``account`` gets what is wrong with it and which files it was made of."""

    def __init__(self, files: ComposeFiles, account: ReadingLog) -> None:
        self._files = files
        self._account = account
        self._left = MAX_NODES
        self._includes = MAX_INCLUDES
        self.wholes: dict[Span, Span] = {}
        """From the key of a service (or volume, ...) to the end of its last value, by the place of the key."""
        self.folders: dict[str, str] = {}
        """The folder that relative paths of a file start from, where that isn't its own."""

    def project(self, paths: Sequence[str], folder: str) -> Node:
        """The project of several files, later ones overriding earlier ones; empty where none can be read."""
        try:
            model = self._model(
                paths, self.environment([beside(folder, ".env")], nothing), ()
            )
        except ProjectError as error:
            self._account.refuse(error.where, error.note)
            self._account.included.clear()  # what isn't read here is read by itself
            model = None
        start = Span(paths[0], 1, 1, 1, 1)
        return Node({}, start) if model is None else without_resets(model)

    def environment(self, paths: Sequence[str], outside: Lookup) -> Lookup:
        """What files of variables set, unless the surroundings do; of several files the later ones win."""
        found: dict[str, Value] = {}
        for path in paths:
            file = self._files.source(path, self._account) if path in self._files else None
            self._account.read.add(path)
            if isinstance(file, SourceFile):
                found.update(variables(file, outside))

        def lookup(name: str) -> Value | None:
            above = outside(name)
            return found.get(name) if above is None else above

        return lookup

    def folder_of(self, where: Span) -> str:
        """The folder that a relative path written at a place starts from."""
        return self.folders.get(where.path, dirname(where.path))

    def _model(
        self, paths: Sequence[str], lookup: Lookup, chain: tuple[str, ...]
    ) -> Node | None:
        model: Node | None = None
        for path in paths:
            for document in self._files.documents(path, self._account):
                found = self._document(document, path, lookup)
                if found is None:
                    continue
                self._include(found, lookup, (*chain, paths[0]))
                self._extend(found, model, lookup)
                model = found if model is None else merged(model, found, self._complain)
        return model

    def _document(self, document: Document, path: str, lookup: Lookup) -> Node | None:
        """The tree of a document in its canonical form; ``None`` for an empty one."""
        if document.data is None:
            return None
        if not isinstance(document.data, dict):
            self._account.fail(document.span(), "compose.not-a-map", name="compose")
            return None
        found = tree(document, lookup)
        self._spend(size(found), found.where)
        found = _modern(found)
        self._sound(found)
        canonical(found)
        file = self._files.source(path, self._account)
        for section in SECTIONS:
            for name, node in entries(get(found, section)).items():
                at = (name,) if document.data.get(section) is None else (section, name)
                if isinstance(file, SourceFile) and node.where not in self.wholes:
                    self.wholes[node.where] = written_span(document, at, file)
        return found

    def _sound(self, document: Node) -> None:
        """What isn't a mapping where there must be one is told and left out."""
        for section in SECTIONS:
            there = get(document, section)
            if there is None:
                continue
            if not is_map(there) and not is_null(there):
                self._account.fail(there.where, "compose.not-a-map", name=section)
            if not is_map(there):
                document.value[section] = Node({}, there.where, tag=there.tag)
                continue
            for name, node in list(there.value.items()):
                if is_null(node):
                    there.value[name] = Node({}, node.where, tag=node.tag)
                elif not is_map(node):
                    self._account.fail(node.where, "compose.not-a-map", name=name)
                    del there.value[name]

    def _complain(self, node: Node, at: KeyPath) -> None:
        self._account.fail(node.where, "compose.cannot-merge", name=".".join(at))

    def _spend(self, count: int, where: Span) -> None:
        self._left -= count
        if self._left < 0:
            raise ProjectError(Note("compose.too-large"), where)

    # --- include

    def _include(self, document: Node, lookup: Lookup, chain: tuple[str, ...]) -> None:
        """Add what other projects bring; what the document says itself of a thing of theirs overrides it."""
        for entry in items(document.value.pop("include", None)):
            paths, folder = self._included(entry)
            if not paths:
                continue
            self._includes -= 1
            if self._includes < 0:
                raise ProjectError(Note("compose.too-large"), entry.where)
            self._account.included.add(paths[0])
            if paths[0] in chain or len(chain) > MAX_CHAIN:
                shown = " > ".join([*chain, paths[0]])
                raise ProjectError(
                    Note("compose.include-cycle", {"chain": shown}), entry.where
                )
            brought = self._model(paths, self._own_environment(entry, folder, lookup), chain)
            self._account.included.update(paths)
            self._bring(document, brought)

    def _bring(self, document: Node, brought: Node | None) -> None:
        for section in SECTIONS:
            theirs = entries(get(brought, section))
            if not theirs:
                continue
            ours = document.value.setdefault(section, Node({}, document.where)).value
            for name, node in theirs.items():
                node = without_resets(node)
                ours[name] = (
                    merged(node, ours[name], self._complain, (section, name))
                    if name in ours
                    else node
                )

    def _included(self, entry: Node) -> tuple[list[str], str]:
        """The files that an entry names, as far as they are here, and the folder of their project."""
        base = self.folder_of(entry.where)
        paths: list[str] = []
        for each in listed(get(entry, "path") if is_map(entry) else entry):
            text = known(each)
            if not text or is_remote(text):
                value = scalar(each)
                shown = text or (value.text() if isinstance(value, Unknown) else "")
                self._account.remark(each.where, "compose.elsewhere", path=shown)
            elif self._files.sort_out(beside(base, text), each.where, self._account):
                paths.append(beside(base, text))
        directory = known(get(entry, "project_directory"))
        folder = beside(base, directory) if directory else dirname(paths[0]) if paths else ""
        for path in paths:
            if folder != dirname(path):
                self.folders[path] = folder
        return paths, folder

    def _own_environment(self, entry: Node, folder: str, lookup: Lookup) -> Lookup:
        written = get(entry, "env_file")
        if written is None:
            return self.environment([beside(folder, ".env")], lookup)
        base = self.folder_of(entry.where)
        return self.environment(
            [beside(base, known(each)) for each in listed(written) if known(each)], lookup
        )

    # --- extends

    def _extend(self, document: Node, above: Node | None, lookup: Lookup) -> None:
        around = _Around(above, lookup)
        for name in list(entries(get(document, "services"))):
            self._extended(name, document, around, ())

    def _extended(self, name: str, document: Node, around: _Around, chain: Chain) -> Node:
        """A service of ``document`` with what it extends below it."""
        services: dict[str, Node] = document.value["services"].value
        service = services[name]
        extends = service.value.pop("extends", None)
        if extends is None:
            return service
        here = (document.where.path, name)
        _refuse_circle(here, chain, extends.where)
        base = self._base(extends, document, around, (*chain, here))
        if base is not None:
            base = without_resets(base)
            self._spend(size(base), extends.where)
            extended = merged(base, service, self._complain, ("services", name))
            services[name] = Node(extended.value, service.where, tag=service.tag)
        return services[name]

    def _base(
        self, extends: Node, document: Node, around: _Around, chain: Chain
    ) -> Node | None:
        """The service that another one extends; ``None`` where it isn't known."""
        named = known(get(extends, "service"))
        written = get(extends, "file")
        if not named or (written is not None and not known(written)):
            self._account.remark(extends.where, "compose.elsewhere", path=named or "extends")
            return None
        holder = document
        if written is not None:
            path = beside(self.folder_of(extends.where), known(written))
            if is_remote(known(written)) or not self._files.sort_out(
                path, written.where, self._account
            ):
                return None
            other = self._other(path, around)
            if other is None:
                return None
            holder = other
        self._account.extended.add((holder.where.path, named))
        if named in entries(get(holder, "services")):
            _refuse_circle((holder.where.path, named), chain, extends.where)
            return self._extended(named, holder, around, chain)
        if written is None and named in entries(get(around.above, "services")):
            return get(around.above, "services", named)
        self._account.fail(extends.where, "compose.extends-missing", name=named)
        return None

    def _other(self, path: str, around: _Around) -> Node | None:
        """The file that holds a service which another one extends: read once for each file that extends from it."""
        if path not in around.read:
            model: Node | None = None
            for document in self._files.documents(path, self._account):
                found = self._document(document, path, around.lookup)
                if found is not None:
                    model = found if model is None else merged(model, found, self._complain)
            if model is None:
                return None
            model.value.setdefault("services", Node({}, model.where))
            around.read[path] = model
        return around.read[path]


def _refuse_circle(here: tuple[str, str], chain: Chain, where: Span) -> None:
    if here in chain or len(chain) > MAX_CHAIN:
        shown = " > ".join(each for _, each in (*chain, here))
        raise ProjectError(Note("compose.extends-cycle", {"chain": shown}), where)


def _modern(document: Node) -> Node:
    """A file of the first format, whose services stand outermost, in the form of today."""
    top = entries(document)
    if _KNOWN_KEYS & set(top) or not any(
        get(each, "image") or get(each, "build") for each in top.values()
    ):
        return document
    return Node({"services": document}, document.where)
