"""What an object uses: claims, config maps and secrets; a claim its volume; a service the pods that it selects."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

from sovlint.documents import Path
from sovlint.documents.attributes import at_path, text_value
from sovlint.documents.paths import paths_to
from sovlint.frontends.cluster.bound import CLAIM, taken, taken_by_templates
from sovlint.frontends.cluster.objects import WRITTEN, ManifestObject
from sovlint.frontends.cluster.pods import SHARED, each_container
from sovlint.frontends.cluster.uses import SLICE, VOLUME, Objects, address_of, nearest
from sovlint.model.resource import Link, Sent
from sovlint.model.source import Span
from sovlint.rules.hints import Hints
from sovlint.rules.keys import path_parts

MOUNT, CONFIG, CALL = "mount", "config", "call"
SERVICE = "Service"


def volumes(found: ManifestObject, spec: Path, objects: Objects) -> Iterator[Link]:
    """Links to what a pod mounts. What is written to a claim is read from it too."""
    listed = at_path(found.document, (*spec, "volumes"))
    for index, volume in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(volume, dict):
            where = found.document.span((*spec, "volumes", index))
            for kind, name in _mounted(volume):
                yield from to_objects(found, kind, name, where, objects)


def _mounted(volume: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Kind and name of each object that a volume shows (Kubernetes API, ``Volume``)."""
    projected = volume.get("projected")
    inner = projected.get("sources") if isinstance(projected, dict) else None
    for source in (volume, *(inner if isinstance(inner, list) else ())):
        for key, kind, called in (
            ("persistentVolumeClaim", CLAIM, "claimName"),
            ("configMap", "ConfigMap", "name"),
            ("secret", "Secret", "secretName"),
            ("secret", "Secret", "name"),
        ):
            reference = source.get(key) if isinstance(source, dict) else None
            name = reference.get(called) if isinstance(reference, dict) else None
            if isinstance(name, str):
                yield kind, name


def environment(found: ManifestObject, spec: Path, objects: Objects) -> Iterator[Link]:
    """Links to the config maps and secrets that containers have settings from."""
    for holder in dict.fromkeys((spec, (*spec, SHARED), *(at for at, _ in each_container(found, spec)))):
        for kind, name, where in _references(found, holder):
            yield from to_objects(found, kind, name, where, objects)


def _references(found: ManifestObject, at: Path) -> Iterator[tuple[str, str, Span]]:
    for list_key, inner_key, names in (
        ("envFrom", None, ("configMapRef", "secretRef")),
        ("env", "valueFrom", ("configMapKeyRef", "secretKeyRef")),
    ):
        listed = at_path(found.document, (*at, list_key))
        for index, entry in enumerate(listed if isinstance(listed, list) else ()):
            source = entry.get(inner_key) if inner_key and isinstance(entry, dict) else entry
            for key, kind in zip(names, ("ConfigMap", "Secret"), strict=True):
                reference = source.get(key) if isinstance(source, dict) else None
                name = reference.get("name") if isinstance(reference, dict) else None
                if isinstance(name, str):
                    yield kind, name, found.document.span((*at, list_key, index))


def to_objects(found: ManifestObject, kind: str, name: str, where: Span, objects: Objects) -> Iterator[Link]:
    """Links to the objects of this name that are here."""
    for other in objects.find(found, kind, name):
        link = MOUNT if kind in (CLAIM, VOLUME) else CONFIG
        yield Link(link, address_of(other, found), where, back=link == MOUNT)


def of_claim(found: ManifestObject, objects: Objects) -> Iterator[Link]:
    """The volumes declared by hand that a claim may take."""
    for other, at in taken(found, objects):
        yield Link(MOUNT, address_of(other, found), found.document.span(at), back=True)


def of_custom(found: ManifestObject, objects: Objects, hints: Hints) -> Iterator[Link]:
    """The objects that a custom resource names for what it carries to go to: stores of backups, outputs of logs."""
    for each in hints.refers.get(found.type, ()):
        for path in paths_to(found.data, path_parts(each.path)):
            name = at_path(found.document, (*found.at, *path))
            if isinstance(name, str):
                for other in objects.find(found, each.to, name, "" if each.anywhere else None):
                    yield Link(each.flow, address_of(other, found), found.span(path), back=each.back)


def of_templates(found: ManifestObject, objects: Objects) -> Iterator[Link]:
    """The volumes that are reserved for the claims which a workload makes."""
    for other, at in taken_by_templates(found, objects):
        yield Link(MOUNT, address_of(other, found), found.document.span(at), back=True)


def of_service(found: ManifestObject, objects: Objects) -> Iterator[Link]:
    """The workloads whose pods a service selects, in its own namespace."""
    selector = at_path(found.document, (*found.at, "spec", "selector"))
    if not isinstance(selector, dict) or not selector:
        return
    where = found.span(("spec", "selector"))
    for other in nearest(found, list(objects.selected(found, selector))):
        yield Link(CALL, address_of(other, found), where)


def outside_of_service(found: ManifestObject, objects: Objects) -> Iterator[Sent]:
    """Where a service of type ``ExternalName`` leads, or one without a selector by endpoints written by hand: whoever
    calls it calls that host. A private address says nothing, as in settings."""
    spec = at_path(found.document, (*found.at, "spec"))
    name = spec.get("externalName") if isinstance(spec, dict) else None
    if isinstance(name, str) and name and spec.get("type") == "ExternalName":
        where = found.span(("spec", "externalName"))
        yield Sent(text_value(name, where, WRITTEN), where, "processor", "externalName")
    elif not (isinstance(spec, dict) and spec.get("selector")):
        for kind, written in (("Endpoints", "subsets.*.addresses.*.ip"), (SLICE, "endpoints.*.addresses.*")):
            for holder in objects.find(found, kind, found.name):
                yield from _answering(holder, written)


def _answering(holder: ManifestObject, written: str) -> Iterator[Sent]:
    """The addresses and names outside that endpoints list."""
    for path in paths_to(holder.data, path_parts(written)):
        address = at_path(holder.document, (*holder.at, *path))
        if isinstance(address, str) and _is_outside(address):
            where = holder.span(path)
            yield Sent(text_value(address, where, WRITTEN), where, "processor", "endpoints")


def _is_outside(address: str) -> bool:
    try:
        return ip_address(address).is_global
    except ValueError:
        return "." in address
