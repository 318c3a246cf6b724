"""Volumes that a pod itself describes (Kubernetes API, ``Volume``): a resource for each that keeps data off the node.

What a pod volume and a PersistentVolume say of their source is the same, so both are read in one form:
``volume`` is what holds the source, ``volume.source`` what it is called (``nfs``). ``{}`` at a source is a source too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sovlint.documents import Path
from sovlint.frontends.document_attributes import DocumentAttributes, at_path, written_span
from sovlint.frontends.kubernetes.kinds import (
    PERSISTENT_SETTINGS,
    POD_VOLUME_SETTINGS,
    SOURCES_ON_NODE,
)
from sovlint.frontends.kubernetes.labels import metadata_of
from sovlint.frontends.kubernetes.objects import ManifestObject
from sovlint.frontends.kubernetes.pods import pod_specs
from sovlint.model.hints import ClusterHints
from sovlint.model.resource import Binding, Found, Link, Named, Resource
from sovlint.model.text import Note
from sovlint.model.value import Known, Step

TYPE = "Volume"
"""What the catalogue calls a volume that a pod describes."""
MOUNT = "mount"

_VOLUME, _SOURCE = "volume.", "volume.source"
_WRITTEN = "kubernetes.written"


@dataclass(frozen=True, slots=True)
class PodVolume:
    """A volume that a pod describes: what it is called, and where it stands in its document."""

    name: str
    at: Path


class VolumeAttributes:
    """What is written of an object, and its source besides (``volume``, ``volume.source``).

    ``holder`` is the path of what holds the source, ``settings`` the keys there that are no source.
    """

    __slots__ = ("_found", "_holder", "_settings", "_written")

    def __init__(self, found: ManifestObject, own: Path, holder: Path, settings: frozenset[str]) -> None:
        self._found = found
        self._written = DocumentAttributes(found.document, own, _WRITTEN)
        self._holder = holder
        self._settings = settings

    def read(self, path: str) -> Sequence[Found]:
        """All values at a dotted path, in source order; absent: empty."""
        if path == _SOURCE:
            return tuple(self._sources())
        if path.startswith(_VOLUME):
            return DocumentAttributes(self._found.document, self._holder, _WRITTEN).read(path.removeprefix(_VOLUME))
        return self._written.read(path)

    def _sources(self) -> Iterator[Found]:
        document = self._found.document
        for name in sources(at_path(document, self._holder), self._settings):
            where = document.span((*self._holder, name))
            yield Found(Known(name, Step(where, Note(_WRITTEN))), where)


def sources(holder: Any, settings: frozenset[str]) -> list[str]:
    """The names of what a volume is made of: keys that are no settings. The API server drops those that are null."""
    if not isinstance(holder, dict):
        return []
    return [str(key) for key, inner in holder.items() if key not in settings and inner is not None]


def persistent(found: ManifestObject) -> VolumeAttributes:
    """The attributes of a PersistentVolume."""
    return VolumeAttributes(found, found.at, (*found.at, "spec"), PERSISTENT_SETTINGS)


def pod_volumes(found: ManifestObject, hints: ClusterHints) -> Iterator[PodVolume]:
    """The volumes of an object's pods that may keep data somewhere else than on their node."""
    met: Counter[str] = Counter()
    for at in () if found.own_volumes else pod_specs(found):
        for volume in _described(found, (*at, "volumes"), hints):
            met[volume.name] += 1
            # Names of volumes have no dot, so that none of another pod template can be taken for this one.
            name = volume.name if met[volume.name] == 1 else f"{volume.name}.{met[volume.name]}"
            yield replace(volume, name=name)


def _described(found: ManifestObject, at: Path, hints: ClusterHints) -> Iterator[PodVolume]:
    listed = at_path(found.document, at)
    for index, volume in enumerate(listed if isinstance(listed, list) else ()):
        named = sources(volume, POD_VOLUME_SETTINGS)
        if any(_keeps(each, volume[each], hints) for each in named):
            name = volume.get("name")
            yield PodVolume(name if isinstance(name, str) and name else str(index), (*at, index))


def _keeps(source: str, inner: Any, hints: ClusterHints) -> bool:
    """Whether data may be kept at a source. A driver that hands out secrets, certificates or images keeps none."""
    if source in SOURCES_ON_NODE:
        return False
    driver = inner.get("driver") if source == "csi" and isinstance(inner, dict) else None
    return not (isinstance(driver, str) and any(not hint.payload for hint in hints.provisioners.of(driver)))


def address_in(found: ManifestObject, volume: PodVolume) -> str:
    """``k8s:<namespace or ->/<Kind>/<name>/volumes/<volume>``."""
    return f"{found.address}/volumes/{volume.name}"


def with_volumes(found: ManifestObject, resource: Resource, hints: ClusterHints) -> Iterator[Resource]:
    """The resource of a workload, linked to a resource for each volume that its pods describe; then these."""
    described = list(pod_volumes(found, hints))
    if not described:
        yield resource
        return
    made = [_resource(found, volume, resource) for volume in described]
    links = [Link(MOUNT, each.address, each.where, back=True) for each in made]
    yield replace(resource, links=(*resource.links, *links))
    yield from made


def _resource(found: ManifestObject, volume: PodVolume, owner: Resource) -> Resource:
    claim = metadata_of(found, (*volume.at, "ephemeral", "volumeClaimTemplate"))
    return Resource(
        address=address_in(found, volume),
        type=TYPE,
        front_end=owner.front_end,
        root=owner.root,
        variant=owner.variant,
        library=owner.library,
        exists=owner.exists,
        where=written_span(found.document, volume.at, found.file),
        attributes=VolumeAttributes(found, volume.at, volume.at, POD_VOLUME_SETTINGS),
        binding=Binding(owner.front_end),
        named=None if owner.named is None else _beside(owner.named),
        labels=() if claim is None else (claim,),
        names=(volume.name,),
    )


def _beside(named: Named) -> Named:
    """The cluster of a volume's pod. What the pod shows by other means says nothing of the volume's region."""
    return replace(named, own=tuple(each for each in named.own if each.elsewhere))
