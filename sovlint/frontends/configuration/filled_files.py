"""Files in which another file stands for a value: ``environment: ${file(env.yml):${self:provider.stage}}`` is what that
file says under that key. Where the key isn't known, what stands under each of them is that of an environment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from posixpath import basename, dirname, splitext
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from sovlint.documents.tree import Node, is_list, is_map
from sovlint.frontends.configuration.named_files import (
    MAX_DEPTH,
    MAX_NAMED,
    FilesNear,
    ReadFile,
)
from sovlint.model.decoding import late_pattern
from sovlint.rules.files.formats import Claim
from sovlint.rules.keys import KeyPath
from sovlint.settings.readers import parts_of, trees_of

_OPEN: Final = late_pattern(r"\$\{[^{}]*\}")
"""A variable in a path or in a key."""
_ENDINGS: Final = (".yml", ".yaml", ".json")
"""Those of files that can be read; others are programs that make values."""


class _Stage(Struct, frozen=True):
    """What stands at some keys in one environment: what a file says under one of several keys, or one of several files."""

    name: str
    path: KeyPath
    node: Node


class FilledFiles:
    """Puts what other files say in its place. ``named``: the files that were read for it, ``lacking``: those with a
    text that leads to a file which isn't here, or can't be read."""

    def __init__(self, files: FilesNear) -> None:
        self._files = files
        self.named: set[str] = set()
        self.lacking: set[str] = set()

    def filled(self, read: ReadFile) -> ReadFile:
        """A file with what those say that it names; what is one of several things is an environment each."""
        pattern = read.claim.format.fills
        if pattern is None or not pattern.search(read.file.data.decode("utf-8", "replace")):
            return read
        filling = _Filling(self._files, read, pattern)
        trees = [filling.node(each) for each in trees_of(read.file, read.claim)]
        self.named |= filling.named
        if filling.is_lacking:
            self.lacking.add(read.claim.path)
        found = parts_of(trees, read.file, read.claim)
        for stage in filling.stages:
            claim = replace(read.claim, environment=stage.name)
            found += parts_of([_of_stage(stage, trees[:1], read.claim)], read.file, claim)
        return replace(read, parts=tuple(found))


class _Filling(Struct):
    """Fills in one file. ``stages``: what is one of several things."""

    files: FilesNear
    read: ReadFile
    pattern: re.Pattern[str]
    named: set[str] = field(default_factory=set)
    stages: list[_Stage] = field(default_factory=list)
    is_lacking: bool = False
    left: int = MAX_NAMED

    def node(self, node: Node, path: KeyPath = (), depth: int = MAX_DEPTH) -> Node:
        """A node with what other files say in its place, and in that of all in it."""
        inner = node.value
        if is_map(node):
            made = {key: self.node(item, (*path, key), depth) for key, item in inner.items()}
            return Node(made, node.where, node.end, node.tag)
        if is_list(node):
            listed = [
                self.node(item, (*path, str(place)), depth)
                for place, item in enumerate(inner)
            ]
            return Node(listed, node.where, node.end, node.tag)
        met = self.pattern.fullmatch(inner.strip()) if isinstance(inner, str) else None
        return node if met is None else self._given(node, met, path, depth)

    def _given(self, node: Node, met: re.Match[str], path: KeyPath, depth: int) -> Node:
        self.left -= 1
        is_followed = depth > 0 and self.left > 0
        found = list(self._said(met["path"], met["key"] or "")) if is_followed else []
        if not found:
            self.is_lacking = True
            return node
        inner = [(name, self.node(each, path, depth - 1)) for name, each in found]
        if len(inner) == 1:
            return inner[0][1]
        self.stages += (_Stage(name, path, each) for name, each in inner)
        return Node(None, node.where, node.end)

    def _said(self, path: str, key: str) -> Iterator[tuple[str, Node]]:
        """What stands at a key of a file, or of each file and under each key that may be meant, with what that is
        called."""
        claim = self.read.claim
        for name in self.files.near(dirname(claim.path), _OPEN.sub("*", path)):
            file = self.files.at(name) if name.endswith(_ENDINGS) else None
            if file is None:
                continue
            self.named.add(name)
            own = replace(claim, path=name, name=basename(name))
            called = splitext(basename(name))[0]
            for tree in trees_of(file, own)[:1]:
                keys = [each for each in _OPEN.sub("*", key).split(".") if each]
                yield from _under(tree, keys, called)


def _of_stage(stage: _Stage, trees: Sequence[Node], claim: Claim) -> Node:
    """A file that says nothing but what stands there in one environment, and its variables."""
    node = stage.node
    for key in stage.path[::-1]:
        node = Node({key: node}, node.where)
    kept = {each.at[0] for each in claim.format.variables if each.at}
    held = trees[0].value if trees and is_map(trees[0]) else {}
    return Node({**{key: held[key] for key in kept if key in held}, **node.value}, node.where)


def _under(node: Node, keys: Sequence[str], called: str) -> Iterator[tuple[str, Node]]:
    """What stands at keys, of which one with ``*`` may be any: called as that is then."""
    if not keys:
        yield called, node
    elif is_map(node):
        pattern = re.compile(re.escape(keys[0]).replace(r"\*", ".*"))
        for key, item in node.value.items():
            if pattern.fullmatch(key):
                yield from _under(item, keys[1:], key if "*" in keys[0] else called)
