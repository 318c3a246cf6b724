"""Volumes that a pod itself describes (Kubernetes API, ``Volume``): a resource for each that keeps data off the node.

What a pod volume and a PersistentVolume say of their source is the same, so both are read in one form: ``volume`` is
what holds the source, ``volume.source.<name>`` whether it is that one (``{}`` is a source too),
``volume.options.<name>`` a mount option.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from sovlint.documents.attributes import DocumentAttributes, text_value, written_span
from sovlint.documents.cursor import Cursor
from sovlint.frontends.cluster.calls import serving
from sovlint.frontends.cluster.kinds import KINDS
from sovlint.frontends.cluster.labels import metadata_of
from sovlint.frontends.cluster.object_index import Objects
from sovlint.frontends.cluster.objects import WRITTEN, ManifestObject
from sovlint.model.attributes import Found
from sovlint.model.decoding import late_pattern
from sovlint.model.resources.resource import Binding, Labels, Named, Resource
from sovlint.model.resources.sent import Link
from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import Known, Step
from sovlint.rules.hints import ClusterHints

TYPE = "Volume"
"""What the catalogue calls a volume that a pod describes."""
MOUNT = "mount"

_VOLUME, _SOURCE, _OPTION = "volume.", "volume.source.", "volume.options."
_NAMED_OPTION = late_pattern(r"-{0,2}([A-Za-z-]+)[ =](.+)")


class Described(Struct, frozen=True):
    """A volume that a pod describes: its name, what is written of it, its span, its own labels and links."""

    name: str
    written: Cursor
    where: Located
    labels: tuple[Labels, ...] = ()
    links: tuple[Link, ...] = ()


class VolumeAttributes:
    """What is written of an object, and its source besides (``volume``, ``volume.source``).

    ``holder`` is what holds the source, ``settings`` the keys there that are no source.
    """

    __slots__ = ("_holder", "_settings", "_written")

    def __init__(self, own: Cursor, holder: Cursor, settings: frozenset[str]) -> None:
        self._written = _attributes(own)
        self._holder = holder
        self._settings = settings

    def read(self, path: str) -> Sequence[Found]:
        """All values at a dotted path, in source order; absent: empty."""
        if path.startswith(_SOURCE):
            return tuple(self._source(path.removeprefix(_SOURCE)))
        if path.startswith(_OPTION):
            return tuple(self._options(path.removeprefix(_OPTION)))
        if path.startswith(_VOLUME):
            return _attributes(self._holder).read(path.removeprefix(_VOLUME))
        return self._written.read(path)

    def _source(self, name: str) -> Iterator[Found]:
        if name in _sources(self._holder, self._settings):
            where = self._holder.at(name).where
            yield Found(Known(True, Step(where, Note(WRITTEN))), where)

    def _options(self, name: str) -> Iterator[Found]:
        """What mount options of a name say (``region eu-west-3``, ``--endpoint-url=https://...``)."""
        for written in self._holder.items("mountOptions"):
            option = _NAMED_OPTION.fullmatch(written.text().strip())
            if option is not None and option.group(1) == name:
                yield Found(
                    text_value(option.group(2).strip(), written.where, WRITTEN), written.where
                )


def _attributes(written: Cursor) -> DocumentAttributes:
    return DocumentAttributes(written.document, written.path, WRITTEN)


def persistent(found: ManifestObject) -> VolumeAttributes:
    """The attributes of a PersistentVolume."""
    return VolumeAttributes(found.get(), found.get("spec"), KINDS.persistent_settings)


def with_volumes(
    found: ManifestObject, resource: Resource, objects: Objects, hints: ClusterHints
) -> Iterator[Resource]:
    """The resource of a workload, linked to a resource for each volume that its pods describe; then these."""
    specs = () if found.own_volumes else found.pod_specs()
    yield from linked(
        resource,
        numbered(each for spec in specs for each in _described(found, spec, objects, hints)),
    )


def _described(
    found: ManifestObject, spec: Cursor, objects: Objects, hints: ClusterHints
) -> Iterator[Described]:
    for index, volume in enumerate(spec.items("volumes")):
        if keeps(volume, hints):
            claim = metadata_of(volume.at("ephemeral", "volumeClaimTemplate"))
            yield Described(
                volume.text("name") or str(index),
                volume,
                written_span(found.document, volume.path, found.file),
                () if claim is None else (claim,),
                tuple(serving(found, volume, objects)),
            )


def keeps(volume: Cursor, hints: ClusterHints) -> bool:
    """Whether a pod's volume may keep data somewhere else than on the pod's node. A driver that hands out secrets,
    certificates or images keeps none."""
    for source in _sources(volume, KINDS.pod_volume_settings):
        driver = volume.text(source, "driver") if source == "csi" else ""
        handed = (
            any(not hint.payload for hint in hints.provisioners.of(driver))
            if driver
            else False
        )
        if source not in KINDS.sources_on_node and not handed:
            return True
    return False


def _sources(holder: Cursor, settings: frozenset[str]) -> list[str]:
    """The names of what a volume is made of: keys that are no settings. The API server drops those that are null."""
    return [
        key
        for key, inner in holder.mapping().items()
        if key not in settings and inner is not None
    ]


def numbered(volumes: Iterable[Described]) -> list[Described]:
    """Volumes with names of their own: each of several pods may have one of the same name.

    Names of volumes have no dot, so that none of another pod can be taken for ``scans.2``.
    """
    met: Counter[str] = Counter()
    found = []
    for each in volumes:
        met[each.name] += 1
        found.append(
            each
            if met[each.name] == 1
            else replace(each, name=f"{each.name}.{met[each.name]}")
        )
    return found


def linked(owner: Resource, volumes: Sequence[Described]) -> Iterator[Resource]:
    """A resource with links to those of its volumes (``<address>/volumes/<name>``); then these."""
    made = [_resource(each, owner) for each in volumes]
    links = (Link(MOUNT, each.address, each.where, back=True) for each in made)
    yield replace(owner, links=(*owner.links, *links)) if made else owner
    yield from made


def _resource(volume: Described, owner: Resource) -> Resource:
    return Resource(
        address=f"{owner.address}/volumes/{volume.name}",
        type=TYPE,
        front_end=owner.front_end,
        root=owner.root,
        variant=owner.variant,
        library=owner.library,
        exists=owner.exists,
        where=volume.where,
        attributes=VolumeAttributes(
            volume.written, volume.written, KINDS.pod_volume_settings
        ),
        binding=Binding(owner.front_end),
        named=None if owner.named is None else _beside(owner.named),
        labels=volume.labels,
        names=(volume.name,),
        links=volume.links,
    )


def _beside(named: Named) -> Named:
    """The cluster of a volume's pod. What the pod shows by other means says nothing of the volume's region."""
    return replace(named, own=tuple(each for each in named.own if each.elsewhere))
