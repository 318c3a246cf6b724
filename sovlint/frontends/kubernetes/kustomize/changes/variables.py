"""``vars``: ``$(NAME)`` in known fields stands for a field of another object."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from sovlint.documents.tree import Node, get, is_list, is_map, text, text_of
from sovlint.frontends.kubernetes.kustomize.names.fields import Spec, apply, gvk_in, split
from sovlint.frontends.kubernetes.kustomize.names.identity import Gvk, Id, kind_of
from sovlint.frontends.kubernetes.kustomize.names.items import Item
from sovlint.frontends.kubernetes.kustomize.problems import Account, RefusedError


class Variable(Struct, frozen=True):
    """A name, the object that it is read from (fields of which stand for any where empty), and the field."""

    name: str
    kind: Gvk
    object_name: str
    namespace: str
    field: str
    node: Node

    @staticmethod
    def of(entry: Node) -> Variable:
        """From an entry of ``vars``."""
        target = get(entry, "objref") or get(entry, "objRef")
        version = text(get(target, "apiVersion"))
        kind = kind_of(version, text(get(target, "kind"))) if version else gvk_in(target)
        path = text(
            get(entry, "fieldref", "fieldPath")
            or get(entry, "fieldref", "fieldpath")
            or get(entry, "fieldRef", "fieldPath")
        )
        return Variable(
            text(get(entry, "name")),
            kind,
            text(get(target, "name")),
            text(get(target, "namespace")),
            path or "metadata.name",
            entry,
        )  # fmt: skip


def attach(items: Iterable[Item], variables: Iterable[Variable], account: Account) -> None:
    """Marks the objects that variables are read from, by the names that they have by now."""
    items = list(items)
    for variable in variables:
        account.spend(variable.node.where, len(items))
        wanted = Id(variable.kind, variable.object_name, variable.namespace)
        exact = bool(variable.namespace) or variable.kind.cluster_scoped
        found = [
            each for each in items
            if any(
                known.name == wanted.name and known.kind == wanted.kind
                and (not exact or known.effective_namespace == wanted.effective_namespace)
                for known in each.any_ids()
            )
        ]  # fmt: skip
        if len(found) > 1:
            raise RefusedError(
                variable.node.where,
                "kubernetes.kustomize.several-targets",
                name=variable.object_name,
            )
        for each in found:
            each.variables.append(variable.name)


def resolve(
    items: list[Item],
    variables: Iterable[Variable],
    specs: Iterable[Spec],
    open_: bool,
    account: Account,
) -> None:
    """Puts the values of variables where they are named."""
    values = _values(items, variables, open_, account)
    if not values:
        return

    def setter(holder: Node, key: str) -> None:
        found = holder.value.get(key)
        if found is None:
            return
        if is_map(found):
            for name, each in found.value.items():
                found.value[name] = _replaced(each, values)
        elif is_list(found):
            found.value = [_replaced(each, values) for each in found.value]
        else:
            holder.value[key] = _replaced(found, values)

    specs = list(specs)
    for item in items:
        for spec in specs:
            apply(item, spec, setter)


def _values(
    items: list[Item], variables: Iterable[Variable], open_: bool, account: Account
) -> dict[str, Node]:
    """What variables stand for, by name. One whose object has no such value is refused, where all of it is known."""
    values: dict[str, Node] = {}
    owners = {name: item for item in reversed(items) for name in item.variables}
    for variable in variables:
        owner = owners.get(variable.name)
        value = _field(owner.node, variable.field) if owner is not None else None
        if value is not None and not is_map(value) and not is_list(value):
            values[variable.name] = value
        elif open_ or (owner is not None and owner.open):
            account.remark(
                variable.node.where, "kubernetes.kustomize.target-unknown", name=variable.name
            )
        else:
            raise RefusedError(
                variable.node.where, "kubernetes.kustomize.no-target", name=variable.name
            )
    return values


def _field(node: Node, path: str) -> Node | None:
    """What stands at ``spec.ports[0].port`` or ``metadata.annotations.a\\.b``."""
    found: Node | None = node
    for part in split(path.replace("[", ".[").lstrip("."), "."):
        if found is None:
            return None
        index = part[1:-1] if part.startswith("[") and part.endswith("]") else part
        if is_list(found):
            listed = found.value
            found = (
                listed[int(index)] if index.isdecimal() and int(index) < len(listed) else None
            )
        else:
            found = get(found, part)
    return found


def _replaced(node: Node, values: Mapping[str, Node]) -> Node:
    if not isinstance(node.value, str) or "$" not in node.value:
        return node
    written, parts, at, where = node.value, [], 0, node.where
    while at < len(written):
        here = written.find("$", at)
        if here < 0 or here + 1 >= len(written):
            break
        parts.append(written[at:here])
        following = written[here + 1]
        close = written.find(")", here + 2) if following == "(" else -1
        if following == "(" and close > 0:
            name = written[here + 2 : close]
            value = values.get(name)
            if value is not None:
                where = value.where
                if written == f"$({name})":
                    return Node(value.value, where)
            parts.append(text_of(value.value) if value is not None else f"$({name})")
            at = close + 1
        else:
            parts.append("$" if following == "$" else f"${following}")
            at = here + 2
    return Node("".join(parts) + written[at:], where)
