"""``helmCharts``: charts that Kustomize has Helm render. That isn't done here: each becomes an object that says what is
installed and with which values, like the custom resources that install charts (``deployers/kustomize.py``).

Source: https://kubectl.docs.kubernetes.io/references/kustomize/builtins/#_helmchartinflationgenerator_
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sovlint.documents.tree import Node, children, copied, get, is_list, is_map, text
from sovlint.frontends.cluster.charts.merge import merged
from sovlint.frontends.kubernetes.deployers.kinds import KUSTOMIZE
from sovlint.frontends.kubernetes.kustomize.files import resolved
from sovlint.frontends.kubernetes.kustomize.kustomization import Kustomization
from sovlint.frontends.kubernetes.kustomize.names.items import Item

_HOME = "charts"
"""Where charts of one's own are, unless ``helmGlobals`` says otherwise."""

DocumentsOf = Callable[[Node], list[Node]]
"""The documents of a file that a kustomization names."""


def chart(found: Kustomization, entry: Node, named: DocumentsOf) -> Item:
    """The object of one entry. Raises ``RefusedError`` where a file of values isn't there."""
    name, called = get(entry, "name"), get(entry, "releaseName")
    metadata = {"name": Node(text(called) or text(name), (called or name or entry).where)}
    if (namespace := get(entry, "namespace")) is not None and text(namespace):
        metadata["namespace"] = namespace
    path = folder_of(found, text(name))
    spec = {
        "chart": Node(text(name), entry.where),
        "repo": get(entry, "repo") or Node("", entry.where),
        "path": Node(path, entry.where),
        "values": _values(entry, named),
    }
    parts = {
        "apiVersion": Node("builtin", entry.where),
        "kind": Node(KUSTOMIZE, entry.where),
        "metadata": Node(metadata, entry.where),
        "spec": Node(spec, entry.where),
    }
    return Item(Node(parts, entry.where, entry.end), found.file)


def folder_of(found: Kustomization, name: str) -> str:
    """Where a chart is that Kustomize takes from here, if it is one; empty for a path that leads out."""
    home = text(get(found.get("helmglobals"), "chartHome")) or _HOME
    return resolved(found.folder, f"{home}/{name}") or ""


def remember(charts: Iterable[Item], changes: Iterable[tuple[str, Node]]) -> None:
    """What a kustomization changes in all that it gathers, it changes in what charts render to: said as a HelmRelease
    of Flux says it. ``changes``: fields of a kustomization, with an entry each."""
    said = [
        Node(
            {"kustomize": Node({field: Node([entry], entry.where)}, entry.where)}, entry.where
        )
        for field, entry in changes
    ]
    for each in charts if said else ():
        spec = each.node.value["spec"]
        before = spec.value.get("postRenderers")
        earlier = [] if before is None else before.value
        spec.value["postRenderers"] = Node([*earlier, *map(copied, said)], spec.where)


def _values(entry: Node, named: DocumentsOf) -> Node:
    """Values of files with those that stand here: the latter win, unless ``valuesMerge`` says otherwise."""
    inline, how = get(entry, "valuesInline"), text(get(entry, "valuesMerge"))
    values = Node({}, entry.where)
    if how == "merge":
        values = merged(values, inline, last=False)
    for each in () if how == "replace" and inline is not None else _files(entry):
        for tree in named(each):
            values = merged(values, tree if is_map(tree) else None, last=False)
    return values if how == "merge" else merged(values, inline, last=False)


def _files(entry: Node) -> Iterator[Node]:
    first, more = get(entry, "valuesFile"), get(entry, "additionalValuesFiles")
    if first is not None and text(first):
        yield first
    if is_list(more):
        yield from children(more)
