"""Generators and transformers that are objects, as far as they are built into Kustomize; others are programs.

Unlike the fields of a kustomization, such an object changes the fields that it names (``fieldSpecs``) and no others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from sovlint.documents.tree import Node, get, is_map, is_true, items, text
from sovlint.frontends.kubernetes.kustomize.changes import replacements, transformers
from sovlint.frontends.kubernetes.kustomize.changes.building import Build
from sovlint.frontends.kubernetes.kustomize.changes.gathered import Gathered
from sovlint.frontends.kubernetes.kustomize.changes.patches import Patcher, patcher_of
from sovlint.frontends.kubernetes.kustomize.files import inner_nodes
from sovlint.frontends.kubernetes.kustomize.kustomization import Kustomization
from sovlint.frontends.kubernetes.kustomize.names.fields import Spec, specs_of
from sovlint.frontends.kubernetes.kustomize.names.items import Item

_GENERATORS = {"ConfigMapGenerator": "ConfigMap", "SecretGenerator": "Secret"}
_Simple = Callable[[Node, Iterable[Spec], Gathered], None]
_ORDER_ONLY = {"SortOrderTransformer", "LegacyOrderTransformer"}


def generate(
    build: Build, found: Kustomization, entry: Node, node: Node, into: Gathered
) -> bool:
    """Carries out a generator; whether it is known."""
    kind = _GENERATORS.get(text(get(node, "kind"))) if _is_builtin(node) else None
    if kind is not None:
        named = Node({**_named(node), **node.value}, entry.where, node.end)
        build.make(found, kind, named, into)
    return kind is not None


def transform(build: Build, found: Kustomization, node: Node, into: Gathered) -> bool:
    """Carries out a transformer; whether it is known."""
    kind = text(get(node, "kind"))
    if not _is_builtin(node):
        return False
    if kind in _SIMPLE:
        build.account.spend(node.where, len(into.items))
        _SIMPLE[kind](node, specs_of(get(node, "fieldSpecs")), into)
        return True
    patcher = patcher_of(build, into)
    if kind == "PatchTransformer":
        patcher.patch(node, build.trees(found, node, "path", "patch"))
    elif kind == "PatchJson6902Transformer":
        patcher.json(node, build.trees(found, node, "path", "jsonOp"))
    elif kind == "PatchStrategicMergeTransformer":
        _strategic(build, found, node, patcher)
    elif kind == "ReplacementTransformer":
        for entry in items(get(node, "replacements")):
            for each in build.replacement(found, entry):
                replacements.replace(into.items, each, into.open, build.account)
    else:
        return kind in _ORDER_ONLY
    return True


def _is_builtin(node: Node) -> bool:
    return is_map(node) and text(get(node, "apiVersion")) == "builtin"


def _named(node: Node) -> dict[str, Node]:
    """Name and namespace, which generators that are objects have in their metadata."""
    found = {key: get(node, "metadata", key) for key in ("name", "namespace")}
    return {key: each for key, each in found.items() if each is not None}


def _strategic(build: Build, found: Kustomization, node: Node, patcher: Patcher) -> None:
    trees = [tree for path in items(get(node, "paths")) for tree in build.named(found, path)]
    inline = get(node, "patches")
    if inline is not None and text(inline):
        trees += inner_nodes(inline, found.file)
    for tree in trees:
        patcher.named(tree)


def _namespace(node: Node, specs: Iterable[Spec], into: Gathered) -> None:
    name = get(node, "metadata", "namespace")
    if name is not None and text(name):
        subjects = text(get(node, "setRoleBindingSubjects"))
        transformers.namespace(into.items, name, specs, is_true(node, "unsetOnly"), subjects)


def _affix(node: Node, specs: Iterable[Spec], into: Gathered) -> None:
    for key in ("prefix", "suffix"):
        written = get(node, key)
        if written is not None and text(written):
            transformers.affix(into.items, written, specs, key == "prefix")


def _change(key: str, change: Callable[[list[Item], Node, Iterable[Spec]], None]) -> _Simple:
    """Carries out a change with what stands at a key."""

    def run(node: Node, specs: Iterable[Spec], into: Gathered) -> None:
        written = get(node, key)
        if written is not None:
            change(into.items, written, specs)

    return run


_SIMPLE: Mapping[str, _Simple] = {
    "NamespaceTransformer": _namespace,
    **dict.fromkeys(
        ("PrefixTransformer", "SuffixTransformer", "PrefixSuffixTransformer"), _affix
    ),
    "LabelTransformer": _change("labels", transformers.entries),
    "AnnotationsTransformer": _change("annotations", transformers.entries),
    "ImageTagTransformer": _change("imageTag", transformers.images),
    "ReplicaCountTransformer": _change("replica", transformers.replicas),
}
