"""What rendering leaves open of a pod: containers and variables that nobody here knows, nor even their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sovlint.documents.attributes import Evaluated
from sovlint.frontends.cluster.object_index import Objects
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.cluster.pods import each_container, references
from sovlint.model.text import Note
from sovlint.model.value import Reason, Unknown, UnknownKind

BESIDES: Final = ".Values"
"""What all that a release may be given besides is called, and the values in it."""
_GIVEN_LATER: Final = (Reason.FROM_ENVIRONMENT, Reason.UNSET_VARIABLE)
_CONTAINERS: Final = ("containers", "initContainers")
_HELD: Final = ("data", "stringData")


def untold_settings(found: ManifestObject, objects: Objects) -> Unknown | None:
    """Why the pods of an object that a chart was rendered to may be given settings that aren't known by their names;
    ``None`` where all are. What is kept in an object that isn't here is told by its name."""
    if found.installed is None:
        return None
    unknown = next(_untold(found, objects), None)
    if unknown is None:
        return None
    note = Note("kubernetes.settings-untold", {"detail": unknown.detail})
    kind = UnknownKind.VALUES_UNTOLD if may_only_be_given(unknown) else None
    return unknown.bare().but(note=note, kind=kind)


def may_only_be_given(unknown: Unknown) -> bool:
    """Whether nothing here says a value, and some file that isn't here might."""
    return unknown.reason in _GIVEN_LATER and unknown.detail.startswith(BESIDES)


def _untold(found: ManifestObject, objects: Objects) -> Iterator[Unknown]:
    specs = found.pod_specs()
    for spec in specs:
        for depth in range(len(found.at), len(spec.path) + 1):
            yield from _open(found.get(*spec.path[len(found.at) : depth]).data)
        for key in _CONTAINERS:
            yield from _open(spec.at(key).data)
        for container in each_container(spec):
            yield from _open(container.data)
            yield from _open(container.at("env").data)
            yield from _open(container.at("envFrom").data)
            for entry in container.mappings("env"):
                yield from _unknown(entry.data.get("name"))
            for source in container.mappings("envFrom"):
                for kind, reference in references(source, "Ref"):
                    yield from _unknown(reference.data.get("name"))
                    for holder in objects.find(found, kind, reference.text("name")):
                        for section in _HELD:
                            yield from _open(holder.get(section).data)


def _open(data: Any) -> Iterator[Unknown]:
    """Why a part may hold more than is known: it isn't known as a whole, or a line of it isn't."""
    yield from _unknown(data)
    if isinstance(data, list):
        for item in data:
            yield from _unknown(item)
    if isinstance(data, Mapping):
        for key, item in data.items():
            if isinstance(item, Evaluated) and item == key:
                yield from _unknown(item)


def _unknown(data: Any) -> Iterator[Unknown]:
    given = data.given if isinstance(data, Evaluated) else None
    if isinstance(given, Unknown):
        yield given
