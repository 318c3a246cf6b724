"""Documents -> objects of a cluster: lists unrolled, names and namespaces read, and where each stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sovlint.documents import Document, Path
from sovlint.frontends.document_attributes import written_span
from sovlint.frontends.kubernetes.kinds import POD_TEMPLATES, is_object, type_of
from sovlint.model.source import SourceFile, Span

NAME_LABELS = ("app", "app.kubernetes.io/name")
"""Labels by which people call a workload."""


@dataclass(frozen=True, slots=True)
class ManifestObject:
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

    @property
    def address(self) -> str:
        """``k8s:<namespace or ->/<Kind>/<name>``."""
        return f"k8s:{self.namespace or '-'}/{self.type}/{self.name}"

    def where(self) -> Span:
        """From the object's first key to the end of its last value; comments after it are not part of it."""
        return written_span(self.document, self.at, self.file)

    def pod_template(self) -> Path | None:
        """The path of the pod template, from the object; ``None`` where it has none."""
        return POD_TEMPLATES.get(self.type)

    def names(self) -> tuple[str, ...]:
        """What people called it: name, namespace, its name labels, the short names of its images; each once."""
        found = [self.name, self.namespace]
        labels = _mapping(self.data, ("metadata", "labels"))
        found += [_text(labels.get(label)) for label in NAME_LABELS]
        template = self.pod_template()
        if template is not None:
            spec = _mapping(self.data, (*template, "spec"))
            for key in ("initContainers", "containers"):
                containers = spec.get(key)
                for container in containers if isinstance(containers, list) else ():
                    image = container.get("image") if isinstance(container, dict) else None
                    found += [short_image(image)] if isinstance(image, str) else []
        return tuple(dict.fromkeys(name for name in found if name))


def objects(document: Document, file: SourceFile) -> Iterator[ManifestObject | Path]:
    """The objects of a document, those inside lists too; the path of what should have a name and has none."""
    yield from _objects(document, (), document.data, file)


def short_image(image: str) -> str:
    """The last part of an image's name, without registry, tag and digest: ``registry.example/a/api:1`` -> ``api``."""
    return image.partition("@")[0].rpartition("/")[2].partition(":")[0]


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
    for part in path:
        data = data.get(str(part)) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}
