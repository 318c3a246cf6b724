"""Documents -> objects of a cluster: lists unrolled, names and namespaces read, and where each stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from sovlint.documents import Document, Path
from sovlint.documents.attributes import written_span
from sovlint.documents.paths import data_at, paths_to
from sovlint.frontends.cluster.kinds import POD_TEMPLATES, is_object, type_of
from sovlint.frontends.images import short_image
from sovlint.model.source import SourceFile, Span
from sovlint.rules.hints import Hints
from sovlint.rules.keys import path_parts

WRITTEN = "kubernetes.written"
"""The note of what somebody wrote."""
NAME_LABELS = ("app", "app.kubernetes.io/name")
"""Labels by which people call a workload."""


class ManifestObject(Struct, frozen=True):
    """One object: the document and the path where it stands, the file, and what it says of itself.

    ``type`` is the kind, with its group for a custom resource; ``namespace`` is empty where the object names none.
    ``root`` is the folder of the kustomization that it comes from, and ``built_by`` that file; ``None`` and empty for
    one that stands for itself.
    """

    document: Document
    at: Path
    file: SourceFile
    kind: str
    type: str
    name: str
    namespace: str
    data: dict[str, Any]
    root: str | None = None
    built_by: str = ""
    pods: tuple[Path, ...] = ()
    """Paths, from the object, at which a custom resource holds what a pod's ``spec`` does."""
    own_volumes: bool = False
    """Whether its ``volumes`` there aren't those of a pod."""
    called: str = ""
    """Its address, where another tool declares it."""

    @property
    def address(self) -> str:
        """``k8s:<namespace or ->/<Kind>/<name>``, or what another tool calls it."""
        return self.called or f"k8s:{self.namespace or '-'}/{self.type}/{self.name}"

    def span(self, path: Path) -> Span:
        """Where what stands at a path, from the object, is written."""
        return self.document.span((*self.at, *path))

    def where(self) -> Span:
        """From the object's first key to the end of its last value; comments after it are not part of it."""
        return written_span(self.document, self.at, self.file)

    def pod_specs(self) -> tuple[Path, ...]:
        """The paths of what its pods are made of, from the object."""
        template = POD_TEMPLATES.get(self.type)
        return self.pods if template is None else ((*template, "spec"),)

    def pod_templates(self) -> tuple[Path, ...]:
        """The paths of its pod templates, whose labels its pods have. A ``spec`` that stands alone is of none."""
        own = self.type in POD_TEMPLATES
        return tuple(spec[:-1] for spec in self.pod_specs() if spec[-1] == "spec" and (own or len(spec) > 1))

    def names(self) -> tuple[str, ...]:
        """What people called it: name, namespace, its name labels, the short names of its images; each once."""
        found = [self.name, self.namespace]
        labels = _mapping(self.data, ("metadata", "labels"))
        found += [_text(labels.get(label)) for label in NAME_LABELS]
        for path in self.pod_specs():
            spec = data_at(self.data, path)
            for key in ("initContainers", "containers"):
                containers = spec.get(key) if isinstance(spec, dict) else None
                for container in containers if isinstance(containers, list) else ():
                    image = container.get("image") if isinstance(container, dict) else None
                    found += [short_image(image)] if isinstance(image, str) else []
        return tuple(dict.fromkeys(name for name in found if name))


def objects(document: Document, file: SourceFile) -> Iterator[ManifestObject | Path]:
    """The objects of a document, those inside lists too; the path of what should have a name and has none."""
    yield from _objects(document, (), document.data, file)


def with_pods(found: ManifestObject, hints: Hints) -> ManifestObject:
    """An object with where its pods are described, as far as the catalogue tells that of its type."""
    paths = hints.pods.get(found.type)
    if not paths:
        return found
    specs = tuple(each for path in paths for each in existing(found.data, path))
    return replace(found, pods=specs, own_volumes=found.type in hints.own_volumes)


def existing(data: Any, path: str) -> Iterator[Path]:
    """The paths of the mappings that a path written with dots, and ``*`` for any, leads to."""
    return (each for each in paths_to(data, path_parts(path)) if isinstance(data_at(data, each), dict))


def _objects(document: Document, at: Path, data: Any, file: SourceFile) -> Iterator[ManifestObject | Path]:
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield from _objects(document, (*at, index), item, file)
        return
    if not isinstance(data, dict) or not isinstance(data.get("kind"), str) or "apiVersion" not in data:
        return
    kind, version = data["kind"], str(data["apiVersion"])
    if kind.endswith("List") and isinstance(data.get("items"), list):
        yield from _objects(document, (*at, "items"), data["items"], file)
    elif is_object(version, kind):
        metadata = _mapping(data, ("metadata",))
        name = _text(metadata.get("name")) or (_text(metadata.get("generateName")) + "*").lstrip("*")
        if not name:
            yield at
            return
        namespace = _text(metadata.get("namespace"))
        yield ManifestObject(document, at, file, kind, type_of(version, kind), name, namespace, data)


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, (dict, list)) else str(value)


def _mapping(data: Any, path: Path) -> dict[str, Any]:
    found = data_at(data, path)
    return found if isinstance(found, dict) else {}
