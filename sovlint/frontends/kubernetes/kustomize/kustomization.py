"""One kustomization file as written: its keys without case, its lists, and what is wrong with its form."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from sovlint.documents.tree import Node, children, get, is_list, is_map, text
from sovlint.frontends.cluster.kinds import group_of
from sovlint.frontends.kubernetes.kustomize.files import KustomizeFiles
from sovlint.frontends.kubernetes.kustomize.problems import Account, RefusedError
from sovlint.model.source import SourceFile, Span

GROUP = "kustomize.config.k8s.io"

KNOWN = frozenset({
    "apiversion", "kind", "metadata", "openapi", "nameprefix", "namesuffix", "namespace", "commonlabels", "labels",
    "commonannotations", "patchesstrategicmerge", "patchesjson6902", "patches", "images", "imagetags", "replacements",
    "replicas", "vars", "sortoptions", "resources", "components", "crds", "bases", "configmapgenerator",
    "secretgenerator", "helmglobals", "helmcharts", "helmchartinflationgenerator", "generatoroptions",
    "configurations", "generators", "transformers", "validators", "buildmetadata",
})  # fmt: skip
"""The keys of a kustomization, in lower case: Kustomize doesn't tell case apart."""


class Kustomization(Struct, frozen=True):
    """A kustomization file: the folder that it is in, and its keys in lower case."""

    folder: str
    file: SourceFile
    node: Node
    keys: dict[str, Node]

    @property
    def component(self) -> bool:
        """Whether it is a component: part of whatever uses it."""
        return text(self.keys.get("kind")) == "Component"

    @property
    def where(self) -> Span:
        """Where it begins."""
        return self.node.where

    def get(self, key: str) -> Node | None:
        """What stands at a key (in lower case); ``None`` for null."""
        found = self.keys.get(key)
        return None if found is None or found.value is None else found

    def listed(self, *keys: str) -> Iterator[Node]:
        """The elements of lists, one list after the other. Raises ``RefusedError`` for what is no list."""
        for key in keys:
            found = self.get(key)
            if found is None:
                continue
            if not is_list(found):
                raise RefusedError(found.where, "kubernetes.kustomize.not-a-list", name=key)
            yield from (each for each in children(found) if each.value is not None)


def read(
    folder: str, file: SourceFile, files: KustomizeFiles, account: Account
) -> Kustomization:
    """The kustomization in a file. Raises ``RefusedError`` where that can't be read."""
    trees = list(files.nodes(file))
    where = trees[0].where if trees else Span(file.path, 1, 1, 1, 1)
    if len(trees) > 1 or (trees and not is_map(trees[0])):
        raise RefusedError(trees[-1].where, "kubernetes.kustomize.not-one-document")
    node = trees[0] if trees else Node({}, where)
    keys = {}
    for key, value in node.value.items():
        if key.lower() not in KNOWN:
            account.remark(value.where, "kubernetes.kustomize.unknown-key", name=key)
        keys[key.lower()] = value
    return Kustomization(folder, file, node, keys)


def is_kustomization(node: Node) -> bool:
    """Whether a document is a kustomization and nothing else that is called so (Flux has objects of that kind)."""
    if not is_map(node):
        return False
    version, kind = text(get(node, "apiVersion")), text(get(node, "kind"))
    return (not version or group_of(version) == GROUP) and kind in (
        "",
        "Kustomization",
        "Component",
    )
