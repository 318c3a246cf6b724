"""``configMapGenerator`` and ``secretGenerator``: objects made of literals, files and environment files."""

from __future__ import annotations

import base64
import posixpath

from msgspec import Struct, field

from sovlint.documents.tree import Node, entries, get, is_map, is_true, items, made, text
from sovlint.frontends.kubernetes.kustomize.files import KustomizeFiles
from sovlint.frontends.kubernetes.kustomize.names.items import Item
from sovlint.frontends.kubernetes.kustomize.problems import Account, RefusedError
from sovlint.model.source import SourceFile, Span

_WRAPPED = 70
"""Longer Base64 is written in lines of this length."""


class _Pairs(Struct):
    """Keys with their values and places; ``open``: whether there may be others."""

    name: str
    values: dict[str, tuple[str, Span]] = field(default_factory=dict)
    open: bool = False

    def add(self, key: str, value: str, where: Span) -> None:
        if key in self.values:
            raise RefusedError(where, "kubernetes.kustomize.repeated", name=key)
        self.values[key] = (value, where)


class Generator(Struct, frozen=True):
    """Makes objects for the kustomization ``file`` in ``folder``, with its ``generatorOptions``."""

    folder: str
    file: SourceFile
    files: KustomizeFiles
    account: Account
    options: Node | None

    def make(self, kind: str, entry: Node) -> Item:
        """The object of one entry. Raises ``RefusedError``."""
        name = text(get(entry, "name"))
        if not name:
            raise RefusedError(entry.where, "kubernetes.kustomize.nameless")
        pairs = self._pairs(name, entry)
        metadata: dict[str, Node] = {"name": Node(name, _where(entry, "name"))}
        namespace = get(entry, "namespace")
        if text(namespace) and namespace is not None:
            metadata["namespace"] = Node(text(namespace), namespace.where)
        for part in ("labels", "annotations"):
            merged = self._option_map(entry, part)
            if merged:
                metadata[part] = Node(merged, entry.where)
        value = {
            "apiVersion": Node("v1", entry.where),
            "kind": Node(kind, entry.where),
            "metadata": Node(metadata, entry.where),
        }
        node = Node(value, entry.where, entry.end)
        if kind == "Secret":
            written = get(entry, "type")
            value["type"] = made(
                text(written) or "Opaque", written.where if written else entry.where
            )
        data = {
            key: Node(_encoded(content) if kind == "Secret" else content, where)
            for key, (content, where) in pairs.values.items()
        }
        if data or kind == "Secret":
            value["data"] = Node(data, entry.where)
        if self._switch(entry, "immutable"):
            value["immutable"] = Node(True, entry.where)
        item = Item(node, self.file, behaviour=text(get(entry, "behavior")), open=pairs.open)
        item.hashed = not self._switch(entry, "disableNameSuffixHash")
        return item

    def _pairs(self, name: str, entry: Node) -> _Pairs:
        pairs = _Pairs(name)
        for each in (*items(get(entry, "envs")), get(entry, "env")):
            self._environment(each, pairs)
        for each in items(get(entry, "literals")):
            key, equals, value = text(each).partition("=")
            if not key or not equals:
                raise RefusedError(each.where, "kubernetes.kustomize.literal", text=key)
            pairs.add(key, _unquoted(value), each.where)
        for each in items(get(entry, "files")):
            self._file(each, pairs)
        return pairs

    def _environment(self, written: Node | None, pairs: _Pairs) -> None:
        if written is None:
            return
        file = self._read(text(written), written.where, pairs)
        if file is None:
            return
        for number, line in enumerate(file.data.decode("utf-8").split("\n"), start=1):
            stripped = line.removesuffix("\r").lstrip()
            if stripped and not stripped.startswith("#"):
                key, _, value = stripped.partition("=")
                pairs.add(key, value, Span(file.path, number, 1, number, len(line) + 1))

    def _file(self, written: Node, pairs: _Pairs) -> None:
        key, equals, path = text(written).partition("=")
        if not equals:
            key, path = posixpath.basename(key), key
        if not key or not path or "=" in path:
            raise RefusedError(written.where, "kubernetes.kustomize.literal", text=key)
        file = self._read(path, written.where, pairs)
        if file is not None:
            lines = file.data.count(b"\n") + 1
            pairs.add(
                key,
                file.data.decode("utf-8"),
                Span(file.path, 1, 1, lines, len(file.line(lines)) + 1),
            )

    def _read(self, written: str, where: Span, pairs: _Pairs) -> SourceFile | None:
        """A file; ``None`` where it isn't known, which is told: it may be made when this is deployed."""
        found = self.files.named(self.folder, written)
        if isinstance(found, SourceFile):
            self.account.spend(where, len(found.data) // 50)
            return found
        pairs.open = True
        self.account.remark(
            where, "kubernetes.kustomize.content-unknown", path=written, name=pairs.name
        )
        return None

    def _option_map(self, entry: Node, part: str) -> dict[str, Node]:
        merged: dict[str, Node] = {}
        for options in (self.options, get(entry, "options")):
            merged.update(
                {
                    key: Node(text(value), value.where)
                    for key, value in entries(get(options, part)).items()
                }
            )
        return merged

    def _switch(self, entry: Node, name: str) -> bool:
        return is_true(self.options, name) or is_true(entry, "options", name)


def merged(new: Item, old: Item, where: Span) -> None:
    """What becomes of an object that another one is merged into (``behavior: merge``) or replaced by."""
    for part in ("labels", "annotations"):
        before = get(old.node, "metadata", part)
        if is_map(before) and before.value:
            metadata = new.metadata(where)
            metadata.value[part] = Node(
                {**before.value, **entries(get(metadata, part))}, before.where
            )
    for key in ("name", "namespace"):
        kept = get(old.node, "metadata", key)
        if kept is not None:
            new.metadata(where).value[key] = kept
        else:
            new.metadata(where).value.pop(key, None)
    if new.behaviour == "merge":
        for key in ("data", "binaryData"):
            before = get(old.node, key)
            if is_map(before):
                new.node.value[key] = Node(
                    {**before.value, **entries(get(new.node, key))}, before.where
                )
        new.open = new.open or old.open
    new.earlier, new.prefixes, new.suffixes = old.earlier, old.prefixes, old.suffixes
    new.hashed = new.hashed and old.hashed
    new.behaviour = old.behaviour
    new.variables = old.variables


def _where(entry: Node, key: str) -> Span:
    found = get(entry, key)
    return found.where if found is not None else entry.where


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value


def _encoded(content: str) -> str:
    encoded = base64.b64encode(content.encode("utf-8")).decode("ascii")
    if len(encoded) < _WRAPPED:
        return encoded
    return "".join(
        f"{encoded[at : at + _WRAPPED]}\n" for at in range(0, len(encoded), _WRAPPED)
    )
