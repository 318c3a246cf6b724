"""Scripts of a container: where their lines stand in a manifest, and those that it mounts from config maps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import join, normpath
from typing import Any, Final

from sovlint.documents import Path
from sovlint.documents.attributes import at_path, template_value
from sovlint.frontends.cluster.objects import WRITTEN, ManifestObject
from sovlint.frontends.cluster.uses import Objects
from sovlint.frontends.shell.files import Argument, ContainerFiles, Lines
from sovlint.model.source import Span

_LITERAL: Final = re.compile(r"\|[-+0-9]*\s*(?:#.*)?\Z")


def lines_of(found: ManifestObject, at: Path) -> Lines | None:
    """Where the lines of a text are that is written as a literal block; ``None`` for any other."""
    span = found.document.span(at)
    if span.path != found.file.path or not _LITERAL.search(found.file.line(span.line).rstrip()):
        return None

    def line(number: int) -> Span:
        below = span.line + 1 + number
        text = found.file.line(below)
        return Span(span.path, below, len(text) - len(text.lstrip()) + 1, below, len(text) + 1)

    return line


def mounted(found: ManifestObject, spec: Path, container: dict[str, Any], objects: Objects) -> ContainerFiles:
    """The texts of config maps of this repository that a container finds as files."""
    listed = at_path(found.document, (*spec, "volumes"))
    volumes = {str(each.get("name")): each for each in _mappings(listed)}
    texts: dict[str, Argument] = {}
    for mount in _mappings(container.get("volumeMounts")):
        folder, part = mount.get("mountPath"), mount.get("subPath")
        if not isinstance(folder, str):
            continue
        for path, text in _held(found, volumes.get(str(mount.get("name")), {}), objects):
            if not isinstance(part, str) or not part:
                texts[normpath(join(folder, path))] = text
            elif path == normpath(part):
                texts[normpath(folder)] = text
    works = container.get("workingDir")
    return ContainerFiles(texts, works if isinstance(works, str) else "/")


def _held(found: ManifestObject, volume: dict[str, Any], objects: Objects) -> Iterator[tuple[str, Argument]]:
    """The files of a volume: their paths in it, and what they hold."""
    projected = volume.get("projected")
    inner = projected.get("sources") if isinstance(projected, dict) else None
    for source in (volume, *_mappings(inner)):
        reference = source.get("configMap")
        name = reference.get("name") if isinstance(reference, dict) else None
        if not isinstance(reference, dict) or not isinstance(name, str):
            continue
        named = [(each.get("key"), each.get("path")) for each in _mappings(reference.get("items"))]
        for holder in objects.find(found, "ConfigMap", name):
            data = holder.data.get("data")
            for key, text in data.items() if isinstance(data, dict) else ():
                if isinstance(text, str):
                    paths = [path for each, path in named if each == key] if named else [key]
                    given = _text(holder, str(key), text)
                    yield from ((normpath(path), given) for path in paths if isinstance(path, str))


def _text(holder: ManifestObject, key: str, text: str) -> Argument:
    at = (*holder.at, "data", key)
    where = holder.document.span(at)
    value = template_value(text, where, WRITTEN)
    return Argument(value, value, where, lines_of(holder, at))


def _mappings(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
