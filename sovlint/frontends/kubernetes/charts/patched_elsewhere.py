"""What deployers change in objects that aren't here, by Kustomize's means -> objects that say what the patches do: of charts
from elsewhere, and of what another repository holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress

from msgspec import Struct
from msgspec.structs import replace

from sovlint.documents import MAX_DEPTH, DocumentError
from sovlint.documents.tree import deeper, from_document, to_document
from sovlint.frontends.cluster.kinds import is_object, type_of
from sovlint.frontends.cluster.objects import ChartOrigin, ManifestObject, PatchedTarget
from sovlint.frontends.kubernetes.charts.post_renderers import (
    RenderedChange,
    carry_out,
    changes_of_helmfile,
    changes_of_kustomize,
)
from sovlint.frontends.kubernetes.charts.wanted_charts import HelmfilePatches
from sovlint.frontends.kubernetes.clusters.unapplied import CHANGED_AT
from sovlint.frontends.kubernetes.deployers.kinds import FLUX_RELEASE
from sovlint.frontends.kubernetes.kustomize.changes.patches import Patcher
from sovlint.frontends.kubernetes.kustomize.changes.targets_elsewhere import TargetsElsewhere
from sovlint.frontends.kubernetes.kustomize.names.items import Item
from sovlint.frontends.kubernetes.kustomize.names.merge_keys import shape_of
from sovlint.frontends.kubernetes.kustomize.problems import Account, RefusedError
from sovlint.model.inputs import Reader
from sovlint.model.source import SourceFile


class PatchingRelease(Struct, frozen=True):
    """Where a release with patches stands: the folder of what installs it, what tells it from others there, its namespace
    and how it came here."""

    root: str | None
    variant: str | None
    namespace: str
    installed: ChartOrigin


def patched_by_helmfile(
    patches: HelmfilePatches, release: PatchingRelease, reader: Reader
) -> Iterator[ManifestObject]:
    """What a release of a helmfile changes in a chart that isn't here."""
    yield from _objects(changes_of_helmfile(patches), release, reader)


def patched_by_objects(
    objects: Iterable[ManifestObject], applied: Collection[ManifestObject], reader: Reader
) -> Iterator[ManifestObject]:
    """What objects of Flux and Argo CD change in what isn't here. ``applied``: those whose changes are made."""
    for each in objects:
        if each in applied or each.type not in CHANGED_AT:
            continue
        origin = ChartOrigin(each, (), frozenset((each.file.path,)))
        release = PatchingRelease(each.root, each.variant, _namespace(each), origin)
        with suppress(DocumentError):
            yield from _objects(list(_changes(each)), release, reader)


def _namespace(by: ManifestObject) -> str:
    """The namespace in which what it changes lies; empty where it says none."""
    into = by.get("spec").text("targetNamespace")
    return into or (by.namespace if by.type == FLUX_RELEASE else "")


def _changes(by: ManifestObject) -> Iterator[RenderedChange]:
    for written in CHANGED_AT[by.type]:
        for holder in by.get().every(written):
            yield from changes_of_kustomize(from_document(by.document, holder.path), by.file)


def _objects(
    changes: Iterable[RenderedChange], release: PatchingRelease, reader: Reader
) -> Iterator[ManifestObject]:
    def source(path: str) -> SourceFile | None:
        found = reader.read(path)
        return found if isinstance(found, SourceFile) else None

    elsewhere = TargetsElsewhere(source)
    patcher = Patcher([], Account(), True, shape_of, elsewhere)
    for each in changes:
        with suppress(RefusedError):
            carry_out(each, [], patcher)
    for item in elsewhere.items:
        found = None if deeper(item.node, MAX_DEPTH) else object_of(item)
        if found is not None:
            yield replace(
                found,
                root=release.root,
                variant=release.variant,
                namespace=found.namespace or release.namespace,
                installed=release.installed,
            )


def object_of(item: Item) -> ManifestObject | None:
    """The object that an item is of which nothing but patches is here; ``None`` for what is no object of a cluster."""
    kind = item.kind
    if not item.name or not is_object(kind.api_version, kind.kind):
        return None
    document = to_document(item.node)
    return ManifestObject(
        document,
        (),
        item.file,
        kind.kind,
        type_of(kind.api_version, kind.kind),
        item.name,
        item.namespace,
        document.data,
        patched=PatchedTarget(item.target, tuple(item.patched_at)),
    )
