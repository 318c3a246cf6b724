"""Names that changed are followed to where other objects name them."""

from __future__ import annotations

from collections.abc import Iterable

from sovlint.documents.tree import Node, children, get, is_list, is_map, like, text
from sovlint.frontends.kubernetes.kustomize.names.fields import Spec, apply
from sovlint.frontends.kubernetes.kustomize.names.identity import Gvk
from sovlint.frontends.kubernetes.kustomize.names.items import Item, same_end
from sovlint.frontends.kubernetes.kustomize.names.specs import Specs
from sovlint.frontends.kubernetes.kustomize.problems import Account, RefusedError


def follow(items: list[Item], specs: Specs, account: Account) -> None:
    """Writes today's names (and namespaces) of objects wherever ``specs`` say that others name them."""
    by_name: dict[str, list[Item]] = {}
    for item in items:
        for name in {name for _, name, _ in item.earlier}:
            by_name.setdefault(name, []).append(item)
    by_kind: dict[str, list[tuple[Gvk, Spec]]] = {}
    for target, fields in specs.references:
        for spec in fields:
            by_kind.setdefault(spec.kind.kind, []).append((target, spec))
    for item in items:
        first = item.first_id().kind
        for target, spec in (*by_kind.get(first.kind, ()), *by_kind.get("", ())):
            if first.selected(spec.kind):
                wider = Spec(spec.path, Gvk())
                apply(item, wider, _Follower(item, target, spec, by_name, account).field)


class _Follower:
    """Follows the names in one field of one object to objects of one kind."""

    def __init__(
        self,
        referrer: Item,
        target: Gvk,
        spec: Spec,
        by_name: dict[str, list[Item]],
        account: Account,
    ) -> None:
        self._referrer = referrer
        self._target = target
        self._spec = spec
        self._by_name = by_name
        self._account = account

    def field(self, holder: Node, key: str) -> None:
        """The field may hold a name, a mapping with a name, or a list of either."""
        found = holder.value.get(key)
        if is_list(found):
            for each in children(found):
                self._value(each)
        elif found is not None:
            self._value(found)

    def _value(self, node: Node) -> None:
        if is_map(node):
            self._mapping(node)
        elif isinstance(node.value, str) or (node.value is not None and not is_list(node)):
            name = text(node)
            referral = self._select(name, None, same_namespace=False)
            if referral is not None and referral.name != name:
                written = get(referral.node, "metadata", "name")
                node.value = like(node, referral.name)
                node.where = node.end = written.where if written is not None else node.where

    def _mapping(self, node: Node) -> None:
        written = get(node, "name")
        if written is None:
            return
        name = text(written)
        space = get(node, "namespace")
        referral = self._select(
            name, text(space) if space is not None else None, same_namespace=True
        )
        if referral is None or (referral.name == name and not referral.namespace):
            return
        for key, value in (("name", referral.name), ("namespace", referral.namespace)):
            source = get(referral.node, "metadata", key)
            before = get(node, key)
            if value and text(before) != value:
                node.value[key] = Node(
                    value, source.where if source is not None else written.where
                )

    def _select(self, name: str, space: str | None, same_namespace: bool) -> Item | None:
        """The one object that is meant by a name; ``None`` where there is none."""
        candidates = self._by_name.get(name, [])
        self._account.spend(self._referrer.node.where, len(candidates))
        candidates = [each for each in candidates if self._may_be_meant(each)]
        if space is not None:
            candidates = _within_namespace(candidates, space)
        for sieve in (self._is_target, self._is_role, self._in_reach):
            candidates = list(filter(sieve, candidates))
        if len(candidates) == 1:
            return candidates[0]
        candidates = [each for each in candidates if self._same_affixes(each, True)]
        if len(candidates) > 1:
            candidates = [each for each in candidates if self._same_affixes(each, False)]
        if len(candidates) > 1 and not _identical(candidates, same_namespace):
            raise RefusedError(
                self._referrer.node.where, "kubernetes.kustomize.ambiguous", name=name
            )
        return candidates[0] if candidates else None

    def _may_be_meant(self, each: Item) -> bool:
        """Objects of the same namespace, or of none; for a role binding those of its accounts' namespaces too."""
        mine, theirs = self._referrer.id, each.id
        if mine.kind.cluster_scoped or theirs.kind.cluster_scoped:
            return True
        return mine.effective_namespace == theirs.effective_namespace or (
            mine.kind.kind == "RoleBinding"
            and each.namespace in _account_namespaces(self._referrer)
        )

    def _is_target(self, each: Item) -> bool:
        return any(known.kind.selected(self._target) for known in each.earlier_ids())

    def _is_role(self, each: Item) -> bool:
        if not self._spec.path.endswith("roleRef/name"):
            return True
        group, kind = (
            get(self._referrer.node, "roleRef", key) for key in ("apiGroup", "kind")
        )
        if group is None or kind is None:
            return True
        wanted = Gvk(text(group), "", text(kind))
        return any(known.kind.selected(wanted) for known in each.earlier_ids())

    def _in_reach(self, each: Item) -> bool:
        mine, theirs = self._referrer.id, each.id
        return (
            mine.kind.cluster_scoped
            or theirs.kind.cluster_scoped
            or theirs.kind.kind == "ServiceAccount"
            or mine.effective_namespace == theirs.effective_namespace
        )

    def _same_affixes(self, each: Item, any_where_empty: bool) -> bool:
        pairs = (
            (each.prefixes, self._referrer.prefixes),
            (each.suffixes, self._referrer.suffixes),
        )
        return all(
            (any_where_empty and (not mine or not theirs)) or same_end(mine, theirs) for mine, theirs in pairs
        )  # fmt: skip


def _account_namespaces(binding: Item) -> set[str]:
    return {
        text(get(each, "namespace"))
        for each in children(get(binding.node, "subjects"))
        if text(get(each, "kind")) == "ServiceAccount" and get(each, "namespace") is not None
    }


def _within_namespace(candidates: list[Item], space: str) -> list[Item]:
    """Those of a namespace, by what it was called at first; else by what it is called now."""
    return [each for each in candidates if each.first_id().effective_namespace == space] or [
        each for each in candidates if each.id.effective_namespace == space
    ]


def _identical(candidates: Iterable[Item], same_namespace: bool) -> bool:
    return (
        len({(each.name, each.namespace if same_namespace else "") for each in candidates})
        == 1
    )
