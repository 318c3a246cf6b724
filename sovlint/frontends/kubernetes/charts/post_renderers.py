"""What whoever installs a chart changes in what it renders to, by Kustomize's means: post renderers of a HelmRelease of
Flux, patches of a release of Helmfile.

Sources: Flux, "Helm Releases" (https://fluxcd.io/flux/components/helm/helmreleases/#post-renderers); Helmfile, "Advanced
Features" (https://helmfile.readthedocs.io/en/latest/advanced-features/), background knowledge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

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
from sovlint.frontends.kubernetes.charts.wanted_charts import HelmfilePatches
from sovlint.frontends.kubernetes.kustomize.changes import (
    extras,
    replacements,
    transformers,
)
from sovlint.frontends.kubernetes.kustomize.changes.patches import Patcher
from sovlint.frontends.kubernetes.kustomize.names.items import Item
from sovlint.frontends.kubernetes.kustomize.names.merge_keys import shape_of
from sovlint.frontends.kubernetes.kustomize.names.specs import Specs
from sovlint.frontends.kubernetes.kustomize.problems import Account, RefusedError
from sovlint.model.source import SourceFile

MERGED = "patchesStrategicMerge"
JSON = "patchesJson6902"
REPLACED = "replacements"
_LISTED = ("patches", JSON)


class RenderedChange(Struct, frozen=True):
    """An entry at a field of a kustomization, and the documents that it holds."""

    field: str
    entry: Node
    trees: Sequence[Node] = ()


def changed_release(
    by: ManifestObject | None,
    patches: HelmfilePatches | None,
    rendered: Sequence[ManifestObject],
) -> list[ManifestObject] | None:
    """The objects of a release as a HelmRelease, or a helmfile, leaves them; ``None`` where it changes nothing, or that
    can't be done."""
    try:
        changes = [] if by is None else changes_of_flux(by)
    except DocumentError:
        return None
    changes += () if patches is None else changes_of_helmfile(patches)
    return with_changes(rendered, changes) if changes else None


def changes_of_helmfile(patches: HelmfilePatches) -> Iterator[RenderedChange]:
    """What a release of a helmfile changes."""
    for each in patches.merged:
        yield RenderedChange(MERGED, each, [each])
    for each in patches.json:
        patch = get(each, "patch")
        yield RenderedChange("patches", each, [] if patch is None else [patch])


def changes_of_flux(by: ManifestObject) -> list[RenderedChange]:
    """What a HelmRelease changes. Raises ``DocumentError`` for what can't be read."""
    spec = get(from_document(by.document, by.at), "spec")
    found: list[RenderedChange] = []
    for renderer in items(get(spec, "postRenderers")):
        found += changes_of_kustomize(get(renderer, "kustomize"), by.file)
    shared = get(spec, "commonMetadata")
    for field in ("labels", "annotations"):
        pairs = get(shared, field)
        if is_map(pairs):
            found.append(RenderedChange(field, Node({"pairs": pairs}, pairs.where)))
    return found


def changes_of_kustomize(written: Node | None, file: SourceFile) -> Iterator[RenderedChange]:
    """What fields of a kustomization change. Raises ``DocumentError`` for what can't be read."""
    for field in _LISTED:
        for entry in items(get(written, field)):
            yield RenderedChange(field, entry, _trees(file, get(entry, "patch")))
    for entry in items(get(written, MERGED)):
        yield RenderedChange(MERGED, entry, _trees(file, entry))
    for field in ("images", REPLACED):
        for entry in items(get(written, field)):
            yield RenderedChange(field, entry)


def _trees(file: SourceFile, written: Node | None) -> list[Node]:
    if written is None or is_map(written) or is_list(written):
        return [] if written is None else [written]
    return trees_in(written, file)


def with_changes(
    rendered: Sequence[ManifestObject], changes: Sequence[RenderedChange]
) -> list[ManifestObject] | None:
    """The objects of a release as it changes them; ``None`` where one of the changes can't be made. Each object is looked
    at by itself, since it may be there in several versions."""
    account = Account()
    try:
        changed = [_changed(each, changes, account) for each in rendered]
    except RefusedError:
        return None
    return [each for each in changed if each is not None]


def _changed(
    found: ManifestObject, changes: Iterable[RenderedChange], account: Account
) -> ManifestObject | None:
    """An object as changes leave it; ``None`` for one that they take away."""
    item = Item(from_document(found.document, found.at), found.file)
    left = [item]
    patcher = Patcher(left, account, True, shape_of)
    for each in changes:
        carry_out(each, left, patcher)
    if not left:
        return None
    if plain(item.node) == found.data:
        return found
    return _again(found, item)


def carry_out(each: RenderedChange, left: list[Item], patcher: Patcher) -> None:
    """Makes one change of the items that are left. Raises ``RefusedError``."""
    trees = [copied(tree) for tree in each.trees]
    specs = Specs()
    if each.field == "patches":
        patcher.patch(each.entry, trees)
    elif each.field == MERGED:
        for tree in trees:
            patcher.named(tree)
    elif each.field == JSON:
        patcher.json(each.entry, trees)
    elif each.field == "images":
        transformers.images(left, each.entry, specs.fields["images"])
    elif each.field == REPLACED:
        with suppress(RefusedError):  # Others may have the field that this one lacks.
            replacements.replace(left, each.entry, True, patcher.account)
    elif each.field == "labels":
        extras.labels(left, each.entry, specs)
    elif (pairs := get(each.entry, "pairs")) is not None:
        transformers.entries(left, pairs, specs.fields["commonannotations"])


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
