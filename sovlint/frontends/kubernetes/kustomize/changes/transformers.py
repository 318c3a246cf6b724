"""What a kustomization does to all of its objects: namespace, affixes, labels, annotations, replicas, images."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sovlint.documents.tree import Node, children, get, is_list, is_map, like, text
from sovlint.frontends.kubernetes.kustomize.names.fields import Setter, Spec, apply
from sovlint.frontends.kubernetes.kustomize.names.identity import Gvk
from sovlint.frontends.kubernetes.kustomize.names.items import Item
from sovlint.frontends.kubernetes.kustomize.names.selectors import pattern
from sovlint.frontends.kubernetes.kustomize.problems import RefusedError
from sovlint.model.source import Span

_UNNAMED = (
    Gvk(kind="CustomResourceDefinition"),
    Gvk("apiregistration.k8s.io", "", "APIService"),
    Gvk(kind="Namespace"),
)
"""Kinds that get no prefix and no suffix: their names mean something elsewhere."""
_BINDINGS = ("RoleBinding", "ClusterRoleBinding")
_TAG = r"(?::[a-zA-Z0-9_.{}-]*)?(?:@[a-zA-Z0-9]+(?:[.+_-][a-zA-Z0-9]+){0,9}:[a-zA-Z0-9_.{}-]*)?\Z"


def namespace(
    items: list[Item],
    written: Node,
    specs: Iterable[Spec],
    unset_only: bool = False,
    subjects: str = "",
) -> None:
    """Puts all objects that lie in namespaces into one. Raises ``RefusedError`` where two become one object.

    ``subjects``: of which accounts that a binding names (``none``, ``allServiceAccounts``; else that of ``default``).
    """
    name, where = text(written), written.where

    def setter(holder: Node, key: str) -> None:
        if not unset_only or not text(holder.value.get(key)):
            holder.value[key] = Node(name, where)

    specs = [each for each in specs if each.path != "metadata/namespace"]
    for item in items:
        item.remember()
        if not item.kind.cluster_scoped:
            setter(item.metadata(where), "namespace")
        if item.kind.kind in _BINDINGS:
            _subjects(item, setter, subjects)
        for spec in specs:
            if spec.path == "metadata/name" and text(get(item.node, "apiVersion")) != "v1":
                continue
            if item.kind.kind not in _BINDINGS or spec.path != "subjects/namespace":
                apply(item, spec, setter, "", where)
    _refuse_twins(items, where)


def _refuse_twins(items: Iterable[Item], where: Span) -> None:
    """Two objects of one kind, name and namespace are refused."""
    seen = set()
    for item in items:
        identity = (item.id.kind, item.name, item.id.effective_namespace)
        if identity in seen:
            raise RefusedError(where, "kubernetes.kustomize.same-name", name=item.name)
        seen.add(identity)


def _subjects(item: Item, setter: Setter, which: str) -> None:
    """Of those that a binding names, the account ``default`` is that of the namespace."""
    key, wanted = (
        ("kind", "ServiceAccount") if which == "allServiceAccounts" else ("name", "default")
    )
    for subject in children(get(item.node, "subjects")):
        if which != "none" and is_map(subject) and text(get(subject, key)) == wanted:
            setter(subject, "namespace")


def affix(items: list[Item], written: Node, specs: Iterable[Spec], before: bool) -> None:
    """Puts a text before (or behind) the name of every object, but for kinds that keep theirs."""
    added, where = text(written), written.where

    def setter(holder: Node, key: str) -> None:
        name = text(holder.value.get(key))
        holder.value[key] = Node(f"{added}{name}" if before else f"{name}{added}", where)

    for item in items:
        first = item.first_id()
        if any(first.kind.selected(kind) for kind in _UNNAMED):
            continue
        for spec in specs:
            if not first.kind.selected(spec.kind):
                continue
            if spec.path == "metadata/name":
                (item.prefixes if before else item.suffixes).append(added)
                item.remember()
            apply(item, spec, setter, "", where)


def entries(items: list[Item], pairs: Node, specs: Iterable[Spec]) -> None:
    """Writes labels or annotations into the fields that ``specs`` name."""
    if not is_map(pairs):
        raise RefusedError(pairs.where, "kubernetes.kustomize.not-a-map")
    written = {key: Node(text(value), value.where) for key, value in pairs.value.items()}
    if not written:
        return

    def setter(holder: Node, key: str) -> None:
        field = holder.value[key]
        if field.value is None:
            field.value = {}
        if is_map(field):
            field.value.update(
                {name: Node(value.value, value.where) for name, value in written.items()}
            )

    specs = list(specs)
    for item in items:
        for spec in specs:
            apply(item, spec, setter, {}, pairs.where)


def replicas(items: list[Item], entry: Node, specs: Iterable[Spec]) -> None:
    """Sets how many replicas workloads of a name have. Raises ``RefusedError`` where there is none."""
    name, count = text(get(entry, "name")), get(entry, "count")
    found = False

    def setter(holder: Node, key: str) -> None:
        holder.value[key] = Node(
            count.value if count is not None else 0, count.where if count else entry.where
        )

    for spec in specs:
        for item in items:
            if any(
                each.name == name and each.kind.selected(spec.kind) for each in item.any_ids()
            ):
                found = True
                apply(item, spec, setter, 0, entry.where)
    if not found:
        raise RefusedError(entry.where, "kubernetes.kustomize.no-workload", name=name)


def images(items: list[Item], entry: Node, specs: Iterable[Spec]) -> None:
    """Gives images another name, tag or digest: those of containers anywhere, and of the fields that specs name."""
    named = get(entry, "name")
    test = _image_test(text(named))
    if test is None:
        raise RefusedError(entry.where, "kubernetes.kustomize.pattern", text=text(named))
    where = next(
        (
            each.where
            for key in ("newName", "newTag", "digest", "tagSuffix")
            if (each := get(entry, key))
        ),
        entry.where,
    )

    def setter(holder: Node, key: str) -> None:
        written = holder.value.get(key)
        image = text(written)
        if written is not None and image and test.match(image):
            holder.value[key] = Node(like(written, _renamed(image, entry)), where)

    specs = list(specs)
    for item in items:
        if item.kind.kind != "CustomResourceDefinition":
            for holder in _containers(item.node):
                setter(holder, "image")
        for spec in specs:
            apply(item, spec, setter)


def _image_test(name: str) -> re.Pattern[str] | None:
    if pattern(name) is None:
        return None
    try:
        return re.compile(f"(?:{name}){_TAG}", re.ASCII)
    except re.error:
        return None


def _containers(node: Node) -> Iterator[Node]:
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if is_map(each):
            for key in ("containers", "initContainers"):
                listed = each.value.get(key)
                if is_list(listed):
                    yield from (item for item in listed.value if is_map(item))
        waiting.extend(children(each))


def _renamed(image: str, entry: Node) -> str:
    name, tag, digest = split_image(image)
    name = text(get(entry, "newName")) or name
    new_tag, new_digest = text(get(entry, "newTag")), text(get(entry, "digest"))
    if new_tag or new_digest:
        tag, digest = new_tag, new_digest
    elif suffix := text(get(entry, "tagSuffix")):
        tag, digest = f"{tag}{suffix}", ""
    return name + (f":{tag}" if tag else "") + (f"@{digest}" if digest else "")


def split_image(image: str) -> tuple[str, str, str]:
    """Name, tag and digest of an image: ``host:5000/a/b:1@sha256:0`` -> ``host:5000/a/b``, ``1``, ``sha256:0``."""
    start = max(image.find("/"), 0)
    rest, at, digest = image[start:].partition("@")
    name, _, tag = rest.partition(":")
    return image[:start] + name, tag, digest if at else ""
