"""JSON patches (RFC 6902) on trees."""

from __future__ import annotations

from sovlint.documents.tree import Node, copied, get, is_list, is_map, plain, size, text
from sovlint.frontends.kubernetes.kustomize.problems import Account, RefusedError

COPIED = 8
"""A node that a patch or a replacement copies counts as much as that many that are read: it costs little to ask for."""
_INDEX = set("0123456789")


def apply(target: Node, operations: Node, account: Account) -> None:
    """Carry out the operations of a patch on an object, in order. Raises ``RefusedError`` where one can't be.

    What is copied counts: a copy of the whole into itself doubles it each time.
    """
    if not is_list(operations):
        raise RefusedError(operations.where, "kubernetes.kustomize.patch-type")
    for each in operations.value:
        _operation(target, each, account)


def _operation(target: Node, each: Node, account: Account) -> None:
    name = text(get(each, "op"))
    path = pointer(each, "path")
    value = get(each, "value")
    if name == "remove":
        _take(target, path, each)
    elif name in ("add", "replace"):
        fresh = _copied(value, account) if value is not None else Node(None, each.where)
        if name == "replace":
            _found(target, path, each)
            _put(target, path, fresh, each, insert=False)
        else:
            _put(target, path, fresh, each, insert=True)
    elif name == "test":
        if plain(_found(target, path, each)) != plain(value):
            raise RefusedError(
                each.where, "kubernetes.kustomize.patch-test", path="/".join(path)
            )
    elif name in ("move", "copy"):
        source = pointer(each, "from")
        moved = (
            _take(target, source, each)
            if name == "move"
            else _copied(_found(target, source, each), account)
        )
        _put(target, path, moved, each, insert=True)
    else:
        raise RefusedError(each.where, "kubernetes.kustomize.operation", text=name)


def _copied(node: Node, account: Account) -> Node:
    account.load(node.where, 0, size(node) * COPIED)
    return copied(node)


def pointer(each: Node, key: str) -> list[str]:
    """The parts of the path that an operation has at a key. Raises ``RefusedError``."""
    written = get(each, key)
    said = text(written)
    if written is None or (said and not said.startswith("/")):
        raise RefusedError(
            each.where, "kubernetes.kustomize.operation", text=text(get(each, "op"))
        )
    return [part.replace("~1", "/").replace("~0", "~") for part in said.split("/")[1:]]


def _found(target: Node, path: list[str], each: Node) -> Node:
    node = target
    for part in path:
        child = node.value.get(part) if is_map(node) else None
        if is_list(node):
            index = _index(node, part, len(node.value) - 1)
            child = node.value[index] if index is not None else None
        if child is None:
            raise RefusedError(
                each.where, "kubernetes.kustomize.patch-path", path="/".join(path)
            )
        node = child
    return node


def _take(target: Node, path: list[str], each: Node) -> Node:
    node = _found(target, path, each)
    if not path:
        raise RefusedError(each.where, "kubernetes.kustomize.patch-path", path="")
    holder = _found(target, path[:-1], each)
    if is_map(holder):
        del holder.value[path[-1]]
    else:
        del holder.value[_index(holder, path[-1], len(holder.value) - 1)]
    return node


def _put(target: Node, path: list[str], value: Node, each: Node, insert: bool) -> None:
    if not path:
        target.value, target.where, target.end = value.value, value.where, value.end
        return
    holder = _found(target, path[:-1], each)
    last = path[-1]
    if is_map(holder):
        holder.value[last] = value
        return
    index = (
        _index(holder, last, len(holder.value) if insert else len(holder.value) - 1)
        if is_list(holder)
        else None
    )
    if index is None:
        raise RefusedError(each.where, "kubernetes.kustomize.patch-path", path="/".join(path))
    if insert:
        holder.value.insert(index, value)
    else:
        holder.value[index] = value


def _index(holder: Node, part: str, last: int) -> int | None:
    """A position in a list; ``-`` is the one after its end, negative ones count from there."""
    if part == "-":
        return len(holder.value) if len(holder.value) <= last else None
    digits = part.removeprefix("-")
    if not digits or not set(digits) <= _INDEX or len(digits) > 9:
        return None
    index = int(part)
    if index < 0:
        index += last + 1
    return index if 0 <= index <= last else None
