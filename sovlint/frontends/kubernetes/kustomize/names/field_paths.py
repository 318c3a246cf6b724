"""Paths of fields as replacements write them: ``spec.containers.[name=api].env.0.value``, ``metadata.[a.b/c]``.

The rules are those of Kustomize's page "replacements": an element of a list is named by its index or by a key and a
pattern (``[name=api]``, ``[=value]``), ``*`` means every one, ``\\.`` is a dot in a name, and so are those in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from sovlint.documents.tree import Node, children, get, is_list, is_map, is_null, text
from sovlint.frontends.kubernetes.kustomize.names.fields import split
from sovlint.frontends.kubernetes.kustomize.names.selectors import bounded

_INDEX = re.compile(r"[0-9]{1,9}\Z")


class AbsentError(Exception):
    """A path leads nowhere. ``within``: the text that it leads into, where it is one."""

    def __init__(self, within: Node | None = None) -> None:
        super().__init__()
        self.within = within


def parts_of(path: str) -> list[str]:
    """The parts of a path; what stands in brackets is one, which keeps them where it names elements of a list."""
    parts: list[str] = []
    waiting = iter(split(path, "."))
    for part in waiting:
        if part.startswith("[") and not part.endswith("]"):
            pieces = [part]
            for piece in waiting:
                pieces.append(piece)
                if piece.endswith("]"):
                    break
            part = ".".join(pieces)
            part = part if "=" in part else part.strip("[]")
        parts.append(part)
    return parts


def lookup(node: Node, parts: list[str]) -> Node | None:
    """The one field at a path of which each part names one thing. Raises ``AbsentError`` where that can't be."""
    found: Node | None = node
    for part in parts:
        if is_null(found):
            return None
        assert found is not None
        if _INDEX.match(part) or part == "-":
            if not is_list(found) or not found.value:
                raise AbsentError
            index = len(found.value) - 1 if part == "-" else int(part)
            found = found.value[index] if index < len(found.value) else None
        elif _is_element(part):
            if not is_list(found):
                raise AbsentError
            found = next((each for each in children(found) if _is_called(each, part)), None)
        elif part == "*" or not is_map(found):
            raise AbsentError
        else:
            found = get(found, part)
    return found


def _is_called(element: Node, part: str) -> bool:
    key, _, value = part[1:-1].partition("=")
    return text(get(element, key) if key else element) == value


class Matcher:
    """Finds all fields that a path means. ``create``: what a field that isn't there is made of; ``None``: not made."""

    def __init__(self, made: Callable[[], Node] | None) -> None:
        self._made = made

    def fields(self, node: Node, parts: list[str]) -> Iterator[Node]:
        """The fields below a node. Raises ``AbsentError`` where it holds something else than the path says."""
        if not parts:
            yield node
        elif _INDEX.match(parts[0]):
            yield from self._index(node, parts)
        elif _is_element(parts[0]):
            yield from self._elements(node, parts)
        elif parts[0] == "*":
            for each in children(node):
                yield from self.fields(each, parts[1:])
        else:
            yield from self._field(node, parts)

    def _field(self, node: Node, parts: list[str]) -> Iterator[Node]:
        if node.value is None:
            if self._made is None:
                return
            node.value = {}
        if not is_map(node):
            raise AbsentError(None if is_list(node) else node)
        found = node.value.get(parts[0])
        if found is None and self._made is not None:
            found = node.value[parts[0]] = self._fresh(parts[1:])
        if found is not None:
            yield from self.fields(found, parts[1:])

    def _index(self, node: Node, parts: list[str]) -> Iterator[Node]:
        if not is_list(node):
            raise AbsentError
        index = int(parts[0])
        if index == len(node.value) and self._made is not None:
            node.value.append(self._fresh(parts[1:]))
        if index >= len(node.value):
            raise AbsentError
        yield from self.fields(node.value[index], parts[1:])

    def _elements(self, node: Node, parts: list[str]) -> Iterator[Node]:
        if not is_list(node):
            raise AbsentError
        key, _, written = parts[0][1:-1].partition("=")
        test = bounded(written)
        if test is None:
            raise AbsentError
        found = [
            each
            for each in children(node)
            if (held := get(each, key) if key else each) and test(text(held))
        ]
        met = False
        for each in found:
            for inner in self.fields(each, parts[1:]):
                met = True
                yield inner
        if not met and self._made is not None and not found:
            value = Node(written, self._made().where)
            element = Node({key: value}, value.where) if key else value
            node.value.append(element)
            yield from self.fields(element, parts[1:])

    def _fresh(self, rest: list[str]) -> Node:
        assert self._made is not None
        made = self._made()
        if not rest:
            return made
        return Node([] if _INDEX.match(rest[0]) or _is_element(rest[0]) else {}, made.where)


def _is_element(part: str) -> bool:
    return part.startswith("[") and part.endswith("]") and "=" in part
