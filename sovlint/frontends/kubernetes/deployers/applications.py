"""The Applications of Argo CD that an object stands for: itself, or what an application set makes.

Source: Argo CD, "Template" (https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Template/).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sovlint.documents import DocumentError
from sovlint.documents.tree import Node, from_document, get, is_map, is_true, trees_in
from sovlint.frontends.cluster.charts.merge import merged
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.kubernetes.clusters.application_sets import ParameterSet, filled_tree
from sovlint.frontends.kubernetes.deployers.kinds import ARGO_SET


def applications(
    found: ManifestObject, generated: Callable[[ManifestObject], Iterable[ParameterSet]]
) -> Iterator[Node]:
    """Each Application as a tree, with what is known of its parameters put in."""
    whole = from_document(found.document, found.at)
    if found.type != ARGO_SET:
        yield whole
        return
    spec = get(whole, "spec")
    go = is_true(spec, "goTemplate")
    for given in generated(found):
        made = filled_tree(get(spec, "template"), given, go)
        if made is not None:
            yield _patched(made, filled_tree(get(spec, "templatePatch"), given, go), found)


def _patched(made: Node, patch: Node | None, found: ManifestObject) -> Node:
    """An application with what its patch says laid on it; one that isn't known changes nothing."""
    try:
        trees = [] if patch is None else trees_in(patch, found.file)
    except DocumentError:
        return made
    return merged(made, trees[0]) if trees and is_map(trees[0]) else made
