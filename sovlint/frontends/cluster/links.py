"""What an object uses: claims, config maps and secrets; a claim its volume; a service the pods that it selects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import ip_address

from sovlint.documents import Path
from sovlint.documents.cursor import Cursor
from sovlint.frontends.cluster.bound_volumes import CLAIM, taken, taken_by_templates
from sovlint.frontends.cluster.labels import metadata_of
from sovlint.frontends.cluster.made_secrets import SECRET_CLASS
from sovlint.frontends.cluster.object_index import (
    SECRET,
    SLICE,
    VOLUME,
    Objects,
    address_of,
    nearest,
)
from sovlint.frontends.cluster.objects import WRITTEN, ManifestObject
from sovlint.frontends.cluster.pods import SHARED, each_container, references
from sovlint.frontends.cluster.scripts import sources_of
from sovlint.model.resources.sent import Link, Sent
from sovlint.model.source import Span
from sovlint.rules.hints import Hints

MOUNT, CONFIG, CALL = "mount", "config", "call"
SERVICE = "Service"


_MOUNTED: tuple[tuple[str, Path], ...] = (
    (CLAIM, ("persistentVolumeClaim", "claimName")), ("ConfigMap", ("configMap", "name")),
    (SECRET, ("secret", "secretName")), (SECRET, ("secret", "name")),
    (SECRET_CLASS, ("csi", "volumeAttributes", "secretProviderClass")),
)  # fmt: skip
"""Where a source of a volume names an object, by the kind of that (Kubernetes API, ``Volume``)."""


def volumes(found: ManifestObject, spec: Cursor, objects: Objects) -> Iterator[Link]:
    """Links to what a pod mounts. What is written to a claim is read from it too."""
    for volume in spec.mappings("volumes"):
        for source in sources_of(volume):
            for kind, path in _MOUNTED:
                yield from to_objects(found, kind, source.text(*path), volume.where, objects)


def environment(found: ManifestObject, spec: Cursor, objects: Objects) -> Iterator[Link]:
    """Links to the config maps and secrets that containers have settings from."""
    holders = {each.path: each for each in (spec, spec.at(SHARED), *each_container(spec))}
    for holder in holders.values():
        for entry in holder.items("envFrom"):
            yield from _referred(found, entry, references(entry, "Ref"), objects)
        for entry in holder.items("env"):
            yield from _referred(
                found, entry, references(entry.at("valueFrom"), "KeyRef"), objects
            )


def _referred(
    found: ManifestObject,
    entry: Cursor,
    named: Iterable[tuple[str, Cursor]],
    objects: Objects,
) -> Iterator[Link]:
    for kind, reference in named:
        yield from to_objects(found, kind, reference.text("name"), entry.where, objects)


def to_objects(
    found: ManifestObject, kind: str, name: str, where: Span, objects: Objects
) -> Iterator[Link]:
    """Links to the objects of this name that are here. What a config map or a secret declares itself holds for whoever
    has its settings."""
    for other in objects.find(found, kind, name) if name else ():
        link = MOUNT if kind in (CLAIM, VOLUME) else CONFIG
        declares = link == MOUNT or metadata_of(other.get()) is not None
        yield Link(link, address_of(other, found), where, back=declares)


def of_claim(found: ManifestObject, objects: Objects) -> Iterator[Link]:
    """The volumes declared by hand that a claim may take."""
    for other, written in taken(found, objects):
        yield Link(MOUNT, address_of(other, found), written.where, back=True)


def is_told_elsewhere(found: ManifestObject, objects: Objects, hints: Hints) -> bool:
    """Whether a custom resource names another one here that says where it is."""
    return any(
        objects.find(found, each.to, named.text(), "" if each.anywhere else None)
        for each in hints.refers.get(found.type, ())
        if each.tells
        for named in found.get().every(each.path)
    )


def of_custom(found: ManifestObject, objects: Objects, hints: Hints) -> Iterator[Link]:
    """The objects that a custom resource names for what it carries to go to: stores of backups, outputs of logs."""
    for each in hints.refers.get(found.type, ()):
        for named in found.get().every(each.path):
            if isinstance(named.data, str):
                for other in objects.find(
                    found, each.to, named.data, "" if each.anywhere else None
                ):
                    yield Link(
                        each.flow, address_of(other, found), named.where, back=each.back
                    )


def of_templates(found: ManifestObject, objects: Objects) -> Iterator[Link]:
    """The volumes that are reserved for the claims which a workload makes."""
    for other, template in taken_by_templates(found, objects):
        yield Link(MOUNT, address_of(other, found), template.where, back=True)


def of_service(found: ManifestObject, objects: Objects) -> Iterator[Link]:
    """The workloads whose pods a service selects, in its own namespace."""
    selector = found.get("spec", "selector")
    for other in nearest(found, list(objects.selected(found, selector.mapping()))):
        yield Link(CALL, address_of(other, found), selector.where)


def outside_of_service(found: ManifestObject, objects: Objects) -> Iterator[Sent]:
    """Where a service of type ``ExternalName`` leads, or one without a selector by endpoints written by hand: whoever
    calls it calls that host. A private address says nothing, as in settings."""
    spec = found.get("spec")
    if spec.text("externalName") and spec.text("type") == "ExternalName":
        yield from _sent(spec.at("externalName"), "externalName")
    elif not spec.mapping().get("selector"):
        for kind, written in (
            ("Endpoints", "subsets.*.addresses.*.ip"),
            (SLICE, "endpoints.*.addresses.*"),
        ):
            for holder in objects.find(found, kind, found.name):
                for address in holder.get().every(written):
                    if isinstance(address.data, str) and _is_outside(address.data):
                        yield from _sent(address, "endpoints")


def sent_to(ends: Iterable[Cursor]) -> Iterator[Sent]:
    """What is sent to hosts, each called by its key."""
    for each in ends:
        named = (str(key) for key in reversed(each.path) if isinstance(key, str))
        yield from _sent(each, next(named))


def _sent(address: Cursor, key: str) -> Iterator[Sent]:
    value = address.value(WRITTEN)
    if value is not None:
        yield Sent(value, address.where, "processor", key)


def _is_outside(address: str) -> bool:
    try:
        return ip_address(address).is_global
    except ValueError:
        return "." in address
