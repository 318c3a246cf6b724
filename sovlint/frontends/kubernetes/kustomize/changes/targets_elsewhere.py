"""Patches whose targets aren't here -> objects that say what the patches do: whatever else such an object says, it will say
that too."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Final

from msgspec import Struct, field

from sovlint.documents import MAX_DEPTH
from sovlint.documents.tree import Node, copied, get, is_list, is_map, size, text
from sovlint.frontends.cluster.objects import ANY_NAME
from sovlint.frontends.kubernetes.deployers.kinds import ARGO, ARGO_SET, FLUX, FLUX_RELEASE
from sovlint.frontends.kubernetes.kustomize.changes import strategic
from sovlint.frontends.kubernetes.kustomize.changes.json_patch import pointer
from sovlint.frontends.kubernetes.kustomize.names.identity import Gvk, Id
from sovlint.frontends.kubernetes.kustomize.names.items import Item, matching
from sovlint.frontends.kubernetes.kustomize.names.merge_keys import Shape
from sovlint.frontends.kubernetes.kustomize.problems import Account, RefusedError
from sovlint.model.source import SourceFile, Span

_PLAIN: Final = re.compile(r"[\w.-]+")
_LAST: Final = "-"
"""The place after the last element of a list (RFC 6902)."""
_VARIABLES: Final = ("env",)
"""The list whose elements are variables: one whose value alone is written is called by its position."""
_WRITES: Final = ("add", "replace")
_WORKLOAD: Final = "Deployment"
"""The kind that stands for any with a template of pods, where a selector names none."""
_VERSION: Final = "v1"
_GROUPS: Final = dict(each.split(".", 1) for each in (FLUX, FLUX_RELEASE, ARGO, ARGO_SET))
"""Groups of kinds that selectors name without their group."""


class TargetsElsewhere(Struct):
    """Objects of which nothing but patches is here. ``source``: the file in which a patch stands."""

    source: Callable[[str], SourceFile | None]
    items: list[Item] = field(default_factory=list)

    def merge(
        self, tree: Node, wanted: Id, shape: Callable[[Gvk], Shape | None], account: Account
    ) -> None:
        """One that a strategic merge patch is for."""
        account.load(tree.where, 0, size(tree))
        account.spend(tree.where, len(self.items))
        known = next(matching(self.items, wanted), None)
        if known is None or not self._merged(known, tree, shape(wanted.kind)):
            added = strategic.merge(None, copied(tree), shape(wanted.kind))
            if added is not None:
                self._add(added, wanted, tree.where)

    def _merged(self, known: Item, tree: Node, shape: Shape | None) -> bool:
        """Lays one more patch over an object; whether both fit together."""
        try:
            left = strategic.merge(known.node, copied(tree), shape)
        except RefusedError:
            return False
        known.patched_at.append(tree.where)
        if left is None:
            self.items.remove(known)
        return True

    def selected(
        self,
        tree: Node,
        target: Node,
        shape: Callable[[Gvk], Shape | None],
        account: Account,
    ) -> None:
        """One that a patch is for by a selector: a strategic merge patch, or operations on its fields."""
        if is_list(tree):
            tree = _Written(tree).object
        wanted = _wanted(tree, target)
        if wanted is None:
            return
        whole = dict(tree.value)
        whole["kind"] = Node(wanted.kind.kind, tree.where)
        whole["apiVersion"] = Node(wanted.kind.api_version, tree.where)
        metadata = get(tree, "metadata")
        named = dict(metadata.value) if is_map(metadata) else {}
        named["name"] = Node(wanted.name, tree.where)
        if wanted.namespace:
            named["namespace"] = Node(wanted.namespace, tree.where)
        whole["metadata"] = Node(named, tree.where)
        self.merge(Node(whole, tree.where, tree.end), wanted, shape, account)

    def _add(self, node: Node, wanted: Id, where: Span) -> None:
        file = self.source(where.path)
        if file is not None and wanted.kind.kind:
            item = Item(node, file, target=wanted.name)
            item.patched_at.append(where)
            self.items.append(item)


def _wanted(tree: Node, target: Node) -> Id | None:
    """What a selector calls the object, as far as that is no pattern; ``None`` where nothing tells the kind."""
    kind = _plain(target, "kind") or text(get(tree, "kind"))
    if not kind and is_map(get(tree, "spec", "template")):
        kind = _WORKLOAD
    if not kind:
        return None
    group = _plain(target, "group") or _GROUPS.get(kind, "")
    version = _plain(target, "version") or _VERSION
    return Id(
        Gvk(group, version, kind),
        _plain(target, "name") or ANY_NAME,
        _plain(target, "namespace"),
    )


def _plain(target: Node, key: str) -> str:
    """What a selector says, as far as it is no pattern: of several the first."""
    found = _PLAIN.match(text(get(target, key)))
    whole = found is not None and found.group() == text(get(target, key))
    if found is None or (not whole and key != "kind"):
        return ""
    return found.group()


class _Written:
    """The object that operations on fields make of nothing: what they write, and no more."""

    def __init__(self, operations: Node) -> None:
        self.object = Node({}, operations.where, operations.end)
        self._elements: dict[tuple[str, ...], Node] = {}
        """Elements of lists by the paths at which operations have them."""
        for each in operations.value:
            value = get(each, "value")
            path = pointer(each, "path")
            if text(get(each, "op")) in _WRITES and value is not None:
                self._write(path[:MAX_DEPTH], copied(value))

    def _write(self, path: list[str], value: Node) -> None:
        if not path:
            self.object = value if is_map(value) else self.object
            return
        holder = self.object
        for number, (part, below) in enumerate(pairwise(path), 1):
            above = tuple(path[:number])
            inner = self._at(holder, part, above)
            if inner is None:
                empty: object = [] if _is_position(below) else {}
                inner = Node(empty, value.where)
                self._put(holder, above, inner)
            holder = inner
        self._put(holder, tuple(path), value)
        is_variable = tuple(path[-3:-2]) == _VARIABLES and path[-1] == "value"
        if is_variable and is_map(holder):
            holder.value.setdefault("name", Node("/".join(path[-3:-1]), value.where))

    def _at(self, holder: Node, part: str, path: tuple[str, ...]) -> Node | None:
        if is_list(holder):
            return self._elements.get(path)
        found: Node | None = holder.value.get(part) if is_map(holder) else None
        return found if is_map(found) or is_list(found) else None

    def _put(self, holder: Node, path: tuple[str, ...], value: Node) -> None:
        part = path[-1]
        if is_map(holder):
            holder.value[part] = value
            return
        if not is_list(holder):
            return
        holder.value.append(value)
        if part != _LAST:
            self._elements[path] = value


def _is_position(part: str) -> bool:
    return part == _LAST or part.isdecimal()
