"""Scripts of a container: where their lines stand in a manifest, and those that it mounts from config maps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from posixpath import join, normpath
from typing import Final

from sovlint.documents.attributes import template_value
from sovlint.documents.cursor import Cursor
from sovlint.documents.scalars import scalar_text
from sovlint.frontends.cluster.made_secrets import NAME
from sovlint.frontends.cluster.object_index import SECRET, Objects
from sovlint.frontends.cluster.objects import WRITTEN, ManifestObject
from sovlint.frontends.shell.files import Argument, ContainerFiles, Lines
from sovlint.model.source import SourceFile, Span
from sovlint.model.value import Value

_KINDS: Final[Mapping[str, str]] = {"ConfigMap": "configMap", SECRET: "secret"}
_LITERAL: Final = re.compile(r"\|[-+0-9]*\s*(?:#.*)?\Z")


def lines_of(file: SourceFile, span: Span) -> Lines | None:
    """Where the lines of a text are that is written as a literal block; ``None`` for any other."""
    if span.path != file.path or not _LITERAL.search(file.line(span.line).rstrip()):
        return None

    def line(number: int) -> Span:
        below = span.line + 1 + number
        text = file.line(below)
        return Span(
            span.path, below, len(text) - len(text.lstrip()) + 1, below, len(text) + 1
        )

    return line


KeyContent = Callable[[ManifestObject, str], Value]
"""An object and a key of it -> what it holds there."""


def mounted(
    found: ManifestObject,
    spec: Cursor,
    container: Cursor,
    objects: Objects,
    content: KeyContent,
) -> ContainerFiles:
    """The texts of config maps and secrets of this repository that a container finds as files."""
    volumes = {scalar_text(each.data.get("name")): each for each in spec.mappings("volumes")}
    texts: dict[str, Argument] = {}
    for mount in container.mappings("volumeMounts"):
        folder, part = mount.text("mountPath"), mount.text("subPath")
        volume = volumes.get(scalar_text(mount.data.get("name")))
        if volume is None or not folder:
            continue
        for path, text in _held(found, volume, objects, content):
            if not part:
                texts[normpath(join(folder, path))] = text
            elif path == normpath(part):
                texts[normpath(folder)] = text
    folder = container.text("workingDir") or "/"
    return ContainerFiles(texts, folder, trees=objects.scripts)


def secret_at(spec: Cursor, container: Cursor, path: str) -> Iterator[Cursor]:
    """The key of a secret that a container finds as a file, as a reference: its name and its key."""
    volumes = {scalar_text(each.data.get("name")): each for each in spec.mappings("volumes")}
    for mount in container.mappings("volumeMounts"):
        folder, part = normpath(mount.text("mountPath") or "/"), mount.text("subPath")
        volume = volumes.get(scalar_text(mount.data.get("name")))
        if volume is None or not (path == folder or path.startswith(f"{folder}/")):
            continue
        file = part or path[len(folder) + 1 :]
        for source in sources_of(volume):
            secret = source.at("secret")
            name = secret.text("secretName") or secret.text("name")
            listed = {
                each.text("path"): each.text("key") for each in secret.mappings("items")
            }
            if name and (not listed or file in listed):
                key = {"name": name, "key": listed.get(file, file)}
                yield Cursor(secret.document, secret.path, key)


def sources_of(volume: Cursor) -> Iterator[Cursor]:
    """What holds the source of a volume: itself, and each thing that it projects."""
    yield volume
    yield from volume.items("projected", "sources")


def _held(
    found: ManifestObject, volume: Cursor, objects: Objects, content: KeyContent
) -> Iterator[tuple[str, Argument]]:
    """The files of a volume: their paths in it, and what they hold."""
    for source in sources_of(volume):
        for kind, key in _KINDS.items():
            reference = source.at(key)
            name = reference.text("name") or reference.text("secretName")
            named = [
                (each.text("key"), each.text("path")) for each in reference.mappings("items")
            ]
            for holder in objects.find(found, kind, name) if name else ():
                for entry, given in _texts(holder, kind, content):
                    paths = [path for each, path in named if each == entry]
                    for path in paths if named else [entry]:
                        yield normpath(path), given


def _texts(
    holder: ManifestObject, kind: str, content: KeyContent
) -> Iterator[tuple[str, Argument]]:
    """What an object holds by key; no line of a secret is shown."""
    if kind == SECRET:
        for key in {**holder.get().mapping("data"), **holder.get().mapping("stringData")}:
            value = content(holder, key)
            yield key, Argument(value, value, holder.span(NAME))
        return
    for key, held in holder.get().entries("data"):
        if isinstance(held.data, str):
            yield key, script_in(held, holder.file)


def script_in(written: Cursor, file: SourceFile) -> Argument:
    """A text as a script."""
    value = template_value(written.data, written.where, WRITTEN)
    return Argument(value, value, written.where, lines_of(file, written.where))
