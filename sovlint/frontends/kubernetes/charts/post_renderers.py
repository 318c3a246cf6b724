"""What a HelmRelease of Flux changes in what its chart renders to (``spec.postRenderers``), by Kustomize's patches.

Source: Flux, "Helm Releases" (https://fluxcd.io/flux/components/helm/helmreleases/#post-renderers).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from sovlint.documents import DocumentError
from sovlint.documents.tree import (
    Node,
    copied,
    from_document,
    get,
    is_list,
    is_map,
    items,
    plain,
    to_document,
    trees_in,
)
from sovlint.frontends.cluster.kinds import type_of
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.kubernetes.kustomize.changes.patches import Patcher
from sovlint.frontends.kubernetes.kustomize.names.items import Item
from sovlint.frontends.kubernetes.kustomize.names.merge_keys import shape_of
from sovlint.frontends.kubernetes.kustomize.problems import Account, RefusedError

_NAMED = "patchesStrategicMerge"


class _Patch(Struct, frozen=True):
    """An entry at a field of a post renderer, and the documents that it holds."""

    field: str
    entry: Node
    trees: list[Node]


def post_rendered(
    by: ManifestObject, rendered: Sequence[ManifestObject]
) -> list[ManifestObject] | None:
    """The objects of a release as its post renderers leave them; ``None`` where there are none, or one of them can't be
    applied. Each object is looked at by itself, since it may be there in several versions."""
    spec = get(from_document(by.document, by.at), "spec")
    try:
        patches = list(_patches(by, items(get(spec, "postRenderers"))))
        account = Account()
        changed = [_changed(each, patches, account) for each in rendered]
    except (RefusedError, DocumentError):
        return None
    return [each for each in changed if each is not None] if patches else None


def _patches(by: ManifestObject, renderers: Iterable[Node]) -> Iterator[_Patch]:
    for renderer in renderers:
        written = get(renderer, "kustomize")
        for field in ("patches", "patchesJson6902"):
            for entry in items(get(written, field)):
                yield _Patch(field, entry, _trees(by, get(entry, "patch")))
        for entry in items(get(written, _NAMED)):
            yield _Patch(_NAMED, entry, _trees(by, entry))


def _trees(by: ManifestObject, written: Node | None) -> list[Node]:
    if written is None or is_map(written) or is_list(written):
        return [] if written is None else [written]
    return trees_in(written, by.file)


def _changed(
    found: ManifestObject, patches: Iterable[_Patch], account: Account
) -> ManifestObject | None:
    """An object as patches leave it; ``None`` for one that they take away."""
    item = Item(from_document(found.document, found.at), found.file)
    left = [item]
    patcher = Patcher(left, account, True, shape_of)
    for each in patches:
        trees = [copied(tree) for tree in each.trees]
        if each.field == "patches":
            patcher.patch(each.entry, trees)
        elif each.field == _NAMED:
            for tree in trees:
                patcher.named(tree)
        else:
            patcher.json(each.entry, trees)
    if not left:
        return None
    if plain(item.node) == found.data:
        return found
    return _again(found, item)


def _again(found: ManifestObject, item: Item) -> ManifestObject:
    document = to_document(item.node)
    kind = item.kind
    return replace(
        found,
        document=document,
        at=(),
        data=document.data,
        kind=kind.kind,
        type=type_of(kind.api_version, kind.kind),
        name=item.name,
        namespace=item.namespace or found.namespace,
    )
