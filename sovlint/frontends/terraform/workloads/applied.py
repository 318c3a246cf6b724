"""Objects of clusters and charts that Terraform applies: read as the manifests and values that they stand for.

Sources: the documentation of the plug-ins, whose blocks are the fields of the Kubernetes API under other names: small
letters with ``_`` at the humps, and a block for each thing in a list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec.structs import replace

from sovlint.documents.tree import (
    Node,
    ensured,
    get,
    is_map,
    made,
    text,
    to_document,
)
from sovlint.frontends.cluster.labels import labels_of
from sovlint.frontends.cluster.object_index import Objects
from sovlint.frontends.cluster.objects import ManifestObject, objects, with_pods
from sovlint.frontends.cluster.outward import outward
from sovlint.frontends.terraform.workloads.releases import installing
from sovlint.frontends.terraform.workloads.structure import tree
from sovlint.frontends.workloads.nodes import leading
from sovlint.model.resources.resource import Resource
from sovlint.model.source import SourceFile, Stretch
from sovlint.rules.hints import Hints
from sovlint.rules.workload import Applied

_PARTS = ("metadata", "spec", "data", "binary_data", "template")
"""Arguments and blocks in which objects say something that counts here."""


def applied(
    resources: Sequence[Resource], hints: Hints, charts: Collection[str] = frozenset()
) -> Iterator[Resource]:  # fmt: skip
    """Resources with what the objects that they apply use, and where these, and charts, send data. ``charts``: folders
    that are charts of this repository."""
    by_resource = {each.number: list(_objects(each, hints)) for each in resources}
    by_root: defaultdict[tuple[str | None, str | None], list[ManifestObject]] = defaultdict(
        list
    )
    for each in resources:
        by_root[each.root, each.variant] += by_resource[each.number]
    indexes = {root: Objects.of(found) for root, found in by_root.items()}
    for resource in resources:
        if resource.type in hints.installs:
            yield installing(resource, hints.installs[resource.type], hints, charts)
            continue
        index = indexes[resource.root, resource.variant]
        for found in by_resource[resource.number]:
            resource = _outward(resource, found, index, hints)
        yield resource


def _outward(
    resource: Resource, found: ManifestObject, index: Objects, hints: Hints
) -> Resource:
    goes = outward(found, index, hints)
    plugin = hints.plugins.get(resource.binding.plugin) if resource.binding else None
    inside = labels_of(found, {}) if plugin is not None and not plugin.tags else ()
    return replace(
        resource,
        labels=(*resource.labels, *inside),
        images=(*resource.images, *goes.images),
        links=(
            *resource.links,
            *(each for each in goes.links if each.address != resource.address),
        ),
        sends=(*resource.sends, *goes.sends),
    )


# --- objects


def _objects(resource: Resource, hints: Hints) -> Iterator[ManifestObject]:
    """The objects that a resource applies."""
    rule = hints.applied.get(resource.type)
    if rule is None:
        return
    file = _file(resource)
    if not rule.at:
        found = _written(resource, rule, hints.block_lists)
        trees = [] if found is None else [found]
    else:
        whole = tree(resource.attributes, (rule.at,), (rule.at,))
        trees = list(leading(whole, (rule.at,))) if whole is not None else []
    for each in trees:
        for met in objects(to_document(each), file) if is_map(each) else ():
            if isinstance(met, ManifestObject):
                yield with_pods(
                    replace(met, root=resource.root, called=resource.address), hints
                )


def _file(resource: Resource) -> SourceFile:
    where = resource.where
    return where.file if isinstance(where, Stretch) else SourceFile(where.span().path, b"")


def _written(resource: Resource, rule: Applied, lists: Mapping[str, str]) -> Node | None:
    """The manifest that a typed resource stands for."""
    found = tree(resource.attributes, _PARTS)
    if found is None:
        return None
    entries: dict[str, Node] = {}
    for name, node in found.value.items():
        inner = _as_field(node, lists) if name in ("metadata", "spec", "template") else node
        entries[rule.renamed.get(name, _humped(name))] = inner
    head = {"apiVersion": rule.version, "kind": rule.kind}
    whole = Node({**made(head, found.where).value, **entries}, found.where, found.end)
    if not text(get(whole, "metadata", "name")):  # the cluster makes one up
        ensured(whole, "metadata", found.where).value["name"] = Node(
            resource.address, found.where
        )
    return whole


def _as_field(node: Node, lists: Mapping[str, str]) -> Node:
    """A block, or blocks of which there is one, as a field."""
    if isinstance(node.value, list) and node.value:
        return _as_field(node.value[0], lists)
    if not is_map(node):
        return node
    entries: dict[str, Node] = {}
    for name, inner in node.value.items():
        blocks = _blocks(inner, name in lists)
        if not blocks:
            entries[_humped(name)] = inner
        elif name in lists:
            entries[lists[name]] = Node(
                [_as_field(each, lists) for each in blocks], inner.where
            )
        else:
            entries[_humped(name)] = _as_field(blocks[0], lists)
    return Node(entries, node.where, node.end)


def _blocks(node: Node, listed: bool) -> list[Node]:
    """The nested blocks that a node stands for; none where it is an argument. In Terraform's JSON one block is an
    object, as a map is, which has nothing but texts in it."""
    if isinstance(node.value, list):
        return node.value if all(is_map(each) for each in node.value) else []
    inner = node.value.values() if is_map(node) else ()
    return (
        [node]
        if (listed and is_map(node))
        or any(isinstance(each.value, (dict, list)) for each in inner)
        else []
    )


def _humped(name: str) -> str:
    """A name as the API has it: ``secret_key_ref`` is ``secretKeyRef``."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
