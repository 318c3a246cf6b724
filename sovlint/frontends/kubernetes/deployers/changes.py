"""What objects of Flux and Argo CD change in the kustomization that they apply, as that would say it itself.

Sources: Flux, "Kustomization" (https://fluxcd.io/flux/components/kustomize/kustomizations/); Argo CD, "Kustomize"
(https://argo-cd.readthedocs.io/en/stable/user-guide/kustomize/).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from posixpath import normpath

from msgspec import Struct

from sovlint.documents.dialects import TO_FILL_IN
from sovlint.documents.tree import (
    Node,
    from_document,
    get,
    is_list,
    is_map,
    is_true,
    items,
    text,
)
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.kubernetes.clusters.application_sets import ParameterSet
from sovlint.frontends.kubernetes.deployers.applications import applications
from sovlint.frontends.kubernetes.deployers.kinds import ARGO, ARGO_SET, FLUX

ChangedKeys = Mapping[str, Node]
"""Keys of a kustomization, in lower case."""

GeneratedBy = Callable[[ManifestObject], Iterable[ParameterSet]]
"""The sets of parameters that an application set's generators give."""

LISTED = frozenset({
    "patches", "patchesstrategicmerge", "patchesjson6902", "components", "images", "replicas", "labels", "resources",
})  # fmt: skip
"""Keys whose lists go on where an object adds to them; what it says under others takes the place of what was said."""

_SAME: Mapping[str, str] = {
    "patches": "patches", "patchesStrategicMerge": "patchesstrategicmerge", "patchesJson6902": "patchesjson6902",
    "components": "components", "namePrefix": "nameprefix", "nameSuffix": "namesuffix",
}  # fmt: skip
_OF_FLUX = {**_SAME, "images": "images", "targetNamespace": "namespace"}
_OF_ARGO = {
    **_SAME, "namespace": "namespace", "replicas": "replicas", "commonAnnotations": "commonannotations",
}  # fmt: skip


class AppliedFolder(Struct, frozen=True):
    """A folder that an object applies, with what it changes there. ``generates``: whether the folder needs no
    kustomization, since one is made of all manifests in it. ``fills``: what says which variables are put in, as a text."""

    by: ManifestObject
    folder: str
    keys: ChangedKeys
    generates: bool = False
    fills: str = ""


def applied_folders(found: ManifestObject, generated: GeneratedBy) -> Iterator[AppliedFolder]:
    """The folders that an object applies, of a type that may change what is there."""
    if found.type == FLUX:
        spec = get(from_document(found.document, found.at), "spec")
        folder = _folder(get(spec, "path"))
        if folder:
            yield AppliedFolder(found, folder, _of_flux(spec), True, _fills(found))
    elif found.type in (ARGO, ARGO_SET):
        for made in applications(found, generated):
            yield from _of_application(found, get(made, "spec"))


def _fills(found: ManifestObject) -> str:
    """What a Kustomization puts in, told from what others do: what it takes from objects lies in its own namespace."""
    said = found.get("spec").mapping("postBuild")
    named = found.namespace if said.get("substituteFrom") else ""
    return repr((said, named)) if said else ""


def filling(by: Iterable[ManifestObject]) -> re.Pattern[str]:
    """Finds where a variable is named that Kustomizations give; any, where they take some from objects."""
    said = [each.get("spec").mapping("postBuild") for each in by]
    if any(each.get("substituteFrom") for each in said):
        return re.compile(r"\$\{\w")
    names = {str(name) for each in said for name in each.get("substitute") or ()}
    return re.compile(rf"\$\{{(?:{'|'.join(map(re.escape, sorted(names)))})\b")


def _of_application(found: ManifestObject, spec: Node | None) -> Iterator[AppliedFolder]:
    single = get(spec, "source")
    for source in (*items(get(spec, "sources")), *([] if single is None else [single])):
        folder = _folder(get(source, "path"))
        if folder:
            yield AppliedFolder(found, folder, _of_argo(get(source, "kustomize")))


def _folder(written: Node | None) -> str:
    """A path from the top of the repository; empty for the top itself, and for one that isn't known."""
    path = text(written)
    folder = normpath(path.strip().lstrip("/") or ".")
    is_known = not TO_FILL_IN.is_in(path) and not folder.startswith("..")
    return folder if is_known and folder != "." else ""


def _of_flux(spec: Node | None) -> ChangedKeys:
    keys = _renamed(spec, _OF_FLUX)
    shared = get(spec, "commonMetadata")
    return {**keys, **_labelled(get(shared, "labels"), get(shared, "annotations"))}


def _of_argo(kustomize: Node | None) -> ChangedKeys:
    keys = _renamed(kustomize, _OF_ARGO)
    labels = get(kustomize, "commonLabels")
    if is_true(kustomize, "labelWithoutSelector"):
        keys.update(_labelled(labels, None))
    elif is_map(labels):
        keys["commonlabels"] = labels
    images = get(kustomize, "images")
    if is_list(images) and images.value:
        keys["images"] = Node([_image(each) for each in images.value], images.where)
    return keys


def _renamed(holder: Node | None, names: Mapping[str, str]) -> dict[str, Node]:
    """What is said under names, by the keys of a kustomization; without what says nothing."""
    found = {key: get(holder, name) for name, key in names.items()}
    return {
        key: node
        for key, node in found.items()
        if node is not None and node.value not in (None, "", [], {})
    }


def _labelled(labels: Node | None, annotations: Node | None) -> dict[str, Node]:
    keys: dict[str, Node] = {}
    if is_map(labels) and labels.value:
        entry = Node({"pairs": labels}, labels.where)
        keys["labels"] = Node([entry], labels.where)
    if is_map(annotations) and annotations.value:
        keys["commonannotations"] = annotations
    return keys


def _image(written: Node) -> Node:
    """An image as Argo CD writes it (``name=other:tag``, ``name:tag``, ``name@digest``), as an entry of a kustomization."""
    name, equals, other = text(written).partition("=")
    named, at, digest = (other if equals else name).partition("@")
    start = max(named.rfind("/"), 0)
    place, colon, tag = named[start:].partition(":")
    full = named[:start] + place
    said = {"name": name if equals else full, "newName": full if equals else ""}
    said |= {"newTag": tag if colon else "", "digest": digest if at else ""}
    return Node(
        {key: Node(value, written.where) for key, value in said.items() if value},
        written.where,
    )
