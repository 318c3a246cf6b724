"""``patches``, ``patchesStrategicMerge`` and ``patchesJson6902``: which objects they change, and how."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from sovlint.documents.tree import Node, copied, get, is_list, is_map, is_true, text
from sovlint.frontends.kubernetes.kustomize.changes import json_patch, strategic
from sovlint.frontends.kubernetes.kustomize.changes.building import Build
from sovlint.frontends.kubernetes.kustomize.changes.gathered import Gathered
from sovlint.frontends.kubernetes.kustomize.changes.targets_elsewhere import TargetsElsewhere
from sovlint.frontends.kubernetes.kustomize.names.identity import Gvk, Id, kind_of
from sovlint.frontends.kubernetes.kustomize.names.items import Item, matching
from sovlint.frontends.kubernetes.kustomize.names.merge_keys import Shape
from sovlint.frontends.kubernetes.kustomize.names.selectors import Selector
from sovlint.frontends.kubernetes.kustomize.problems import Account, RefusedError
from sovlint.model.source import Span


class Patcher(Struct):
    """Lays patches over items. ``open``: whether there may be objects that aren't known, so that a patch whose target
    isn't found isn't wrong. ``shape``: of a kind, what its lists are told apart by. ``elsewhere``: objects of which nothing
    but patches is here; ``None`` where those that aren't known are no concern."""

    items: list[Item]
    account: Account
    open: bool
    shape: Callable[[Gvk], Shape | None]
    elsewhere: TargetsElsewhere | None = None

    def patch(self, entry: Node, trees: list[Node]) -> None:
        """An entry of ``patches``, with the documents that it holds or names. Raises ``RefusedError``."""
        target = get(entry, "target")
        for tree in trees:
            if is_list(tree):
                if not is_map(target):
                    raise RefusedError(entry.where, "kubernetes.kustomize.no-selector")
                self._json(tree, target, remember=True)
            elif not is_map(tree):
                raise RefusedError(tree.where, "kubernetes.kustomize.patch-type")
            elif is_map(target):
                if len(trees) > 1:
                    raise RefusedError(entry.where, "kubernetes.kustomize.several-patches")
                self._selected(tree, target, entry)
            else:
                self.named(tree, entry)

    def json(self, entry: Node, trees: list[Node]) -> None:
        """An entry of ``patchesJson6902``. Raises ``RefusedError``."""
        target = get(entry, "target")
        if not is_map(target) or not text(get(target, "name")):
            raise RefusedError(entry.where, "kubernetes.kustomize.no-selector")
        for tree in trees[:1]:
            self._json(tree, target, remember=False)

    def named(self, tree: Node, entry: Node | None = None) -> None:
        """A strategic merge patch for the one object that it names. Raises ``RefusedError``."""
        wanted = Id(
            kind_of(text(get(tree, "apiVersion")), text(get(tree, "kind"))),
            text(get(tree, "metadata", "name")),
            text(get(tree, "metadata", "namespace")),
        )
        self.account.spend(tree.where, len(self.items))
        found = list(matching(self.items, wanted))
        if len(found) == 1:
            self._merge(found[0], tree, *_allowed(entry))
        elif not found:
            self._without_target(tree.where, f"{wanted.kind.kind} {wanted.name}")
            if self.elsewhere is not None:
                self.elsewhere.merge(tree, wanted, self.shape, self.account)
        else:
            raise RefusedError(
                tree.where, "kubernetes.kustomize.several-targets", name=wanted.name
            )

    def _without_target(self, where: Span, name: str) -> None:
        if not self.open:
            raise RefusedError(where, "kubernetes.kustomize.no-target", name=name)
        self.account.remark(where, "kubernetes.kustomize.target-unknown", name=name)

    def _selected(self, tree: Node, target: Node, entry: Node) -> None:
        for item in self._targets(tree, target):
            self._merge(item, tree, *_allowed(entry), keep_version=True)

    def _json(self, tree: Node, target: Node, remember: bool) -> None:
        for item in self._targets(tree, target):
            self.account.matched.add(tree.where)
            self.account.spend(tree.where, len(tree.value) if is_list(tree) else 1)
            if remember:
                item.remember()
            json_patch.apply(item.node, tree, self.account)

    def _targets(self, tree: Node, target: Node) -> list[Item]:
        """The items that a selector means. Where it means none, the patch is for what isn't here."""
        self.account.spend(tree.where, len(self.items))
        found = Selector(target).select(self.items)
        if not found and self.elsewhere is not None:
            self.elsewhere.selected(tree, target, self.shape, self.account)
        return found

    def _merge(
        self, item: Item, tree: Node, rename: bool, rekind: bool, keep_version: bool = False
    ) -> None:
        """Lays a patch over an item, which keeps its name, kind and namespace unless the patch may change them."""
        self.account.matched.add(tree.where)
        if rename or rekind:
            item.remember()
        node = item.node
        name, namespace = get(node, "metadata", "name"), get(node, "metadata", "namespace")
        kind, version = get(node, "kind"), get(node, "apiVersion")
        if strategic.merge(node, copied(tree), self.shape(item.kind)) is None:
            self.items.remove(item)
            return
        if keep_version and version is not None:
            node.value["apiVersion"] = version
        if not rekind:
            _put_back(node, "kind", kind)
        if not rename:
            _put_back(get(node, "metadata"), "name", name)
        _put_back(get(node, "metadata"), "namespace", namespace)


def patcher_of(build: Build, into: Gathered) -> Patcher:
    """Lays patches over what a kustomization has come to."""
    beyond = TargetsElsewhere(build.source, into.patched) if into.beyond else None
    return Patcher(into.items, build.account, into.open, into.shape, beyond)


def _put_back(holder: Node | None, key: str, value: Node | None) -> None:
    if not is_map(holder):
        return
    if value is None:
        holder.value.pop(key, None)
    else:
        holder.value[key] = value


def _allowed(entry: Node | None) -> tuple[bool, bool]:
    """Whether a patch may change the name, and the kind, of its target."""
    return is_true(entry, "options", "allowNameChange"), is_true(
        entry, "options", "allowKindChange"
    )
