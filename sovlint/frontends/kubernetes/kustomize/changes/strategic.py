"""Strategic merge patches, as Kustomize lays them over an object.

Where a list has merge keys, elements of the patch come first, each merged into the one that it names; ``$patch``
deletes or replaces. Other directives are fields like any other, as Kustomize has them.
"""

from __future__ import annotations

from sovlint.documents.tree import Node, copied, is_list, is_map, is_null, text
from sovlint.frontends.kubernetes.kustomize.names.merge_keys import Shape
from sovlint.frontends.kubernetes.kustomize.problems import RefusedError

DIRECTIVE = "$patch"


def merge(target: Node | None, patch: Node | None, shape: Shape | None) -> Node | None:
    """The target with a patch laid over it; ``None`` where that deletes it. The target is changed, the patch isn't.

    ``shape`` is that of the object, where it is known. Raises ``RefusedError`` where both are of different kinds.
    """
    if patch is None:
        return target
    if is_null(patch):
        return None
    if target is None or is_null(target):
        return _added(patch, shape)
    if is_map(patch) != is_map(target) or is_list(patch) != is_list(target):
        raise RefusedError(patch.where, "kubernetes.kustomize.patch-type")
    if is_map(patch):
        return _mapping(target, patch, shape)
    return copied(patch)


def _mapping(target: Node, patch: Node, shape: Shape | None) -> Node | None:
    directive = _directive(patch)
    if directive == "delete":
        return None
    if directive == "replace":
        return _added(patch, shape)
    for key, change in patch.value.items():
        if key == DIRECTIVE:
            continue
        found = target.value.get(key)
        keys = _keys(shape, key)
        if keys is not None and (is_list(change) or is_list(found)) and not is_null(change):
            result = _elements(found, change, keys, _inner(shape, key))
        else:
            result = merge(found, change, _inner(shape, key))
        if result is None:
            target.value.pop(key, None)
        else:
            if found is not None and result is found:
                continue
            target.value[key] = result
    return target


def _added(patch: Node, shape: Shape | None) -> Node | None:
    """What a patch adds where nothing was: without nulls, and without what it says to delete."""
    if not is_map(patch):
        return copied(patch)
    if _directive(patch) == "delete":
        return None
    value: dict[str, Node] = {}
    for key, change in patch.value.items():
        if key == DIRECTIVE or is_null(change):
            continue
        keys = _keys(shape, key)
        if keys is not None and is_list(change):
            added = _elements(None, change, keys, _inner(shape, key))
        else:
            added = _added(change, _inner(shape, key))
        if added is not None:
            value[key] = added
    return Node(value, patch.where, patch.end)


def _elements(
    target: Node | None, patch: Node, keys: tuple[str, ...], shape: Shape | None
) -> Node | None:
    """A list whose elements are told apart, with those of a patch merged into it."""
    if not is_list(patch) or (not is_null(target) and not is_list(target)):
        raise RefusedError(patch.where, "kubernetes.kustomize.patch-type")
    changes: list[Node] = []
    whole = ""
    for each in patch.value:
        said = _directive(each) if is_map(each) and len(each.value) == 1 else ""
        if said in ("delete", "replace", "merge"):
            whole = whole or said
        else:
            changes.append(each)
    if whole == "delete":
        return None
    existing: list[Node] = (
        [] if whole == "replace" or not is_list(target) else list(target.value)
    )
    where, end = (
        (target.where, target.end)
        if is_list(target) and whole != "replace"
        else (patch.where, patch.end)
    )
    if not keys:
        return Node(_united(existing, changes), where, end)
    return Node(_merged(existing, changes, keys, shape), where, end)


def _united(existing: list[Node], changes: list[Node]) -> list[Node]:
    """Plain values: those of the patch, then the others."""
    found: dict[str, Node] = {}
    for each in (*changes, *existing):
        found.setdefault(text(each), each)
    return list(found.values())


def _merged(
    existing: list[Node], changes: list[Node], keys: tuple[str, ...], shape: Shape | None
) -> list[Node]:
    """Elements that a patch names or adds, in its order, then the others. Later ones of the same keys win."""
    used = _used(keys, (*changes, *existing))
    result: list[Node] = []
    left = list(existing)
    for change in changes:
        at = next(
            (index for index, each in enumerate(left) if _match(each, change, used)), None
        )
        before = next(
            (index for index, each in enumerate(result) if _match(each, change, used)), None
        )
        if at is not None:
            merged = merge(left.pop(at), change, shape)
            if merged is not None and not _empty(merged):
                result.append(merged)
        elif before is not None:
            merged = merge(result[before], change, shape)
            if merged is not None:
                result[before] = merged
        else:
            added = _added(change, shape) if is_map(change) else copied(change)
            if added is not None and not _empty(added):
                result.append(added)
    return [*result, *left]


def _used(keys: tuple[str, ...], elements: tuple[Node, ...]) -> tuple[str, ...]:
    """Those of the keys that any element has."""
    used = tuple(
        key
        for key in keys
        if any(is_map(each) and not is_null(each.value.get(key)) for each in elements)
    )
    return used or keys


def _match(one: Node, other: Node, keys: tuple[str, ...]) -> bool:
    """Whether two elements are the same: at least one key is equal, and none differs where both have it."""
    if not is_map(one) or not is_map(other):
        return False
    pairs = [(text(one.value.get(key)), text(other.value.get(key))) for key in keys]
    return any(mine == theirs for mine, theirs in pairs if mine) and all(
        not mine or not theirs or mine == theirs for mine, theirs in pairs
    )


def _directive(node: Node) -> str:
    found = node.value.get(DIRECTIVE) if is_map(node) else None
    if found is None:
        return ""
    said = text(found)
    if said not in ("delete", "replace", "merge"):
        raise RefusedError(found.where, "kubernetes.kustomize.directive", text=said)
    return said


def _keys(shape: Shape | None, key: str) -> tuple[str, ...] | None:
    return shape.keys.get(key) if shape is not None else None


def _inner(shape: Shape | None, key: str) -> Shape | None:
    return shape.fields.get(key) if shape is not None else None


def _empty(node: Node) -> bool:
    return isinstance(node.value, dict) and not node.value
