"""Files -> the objects that they hold: manifests of plain YAML or JSON, whatever they are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from typing import Final

from msgspec import field

from sovlint.cache.asking import told
from sovlint.documents import Document, DocumentError, TooLargeError, load
from sovlint.frontends.cluster.fill_ins import quoted_fill_ins
from sovlint.frontends.cluster.objects import ManifestObject, objects
from sovlint.frontends.harvest import Harvest
from sovlint.frontends.ignore_comments import ignores_in_json
from sovlint.frontends.kubernetes.claims import (
    OF_NO_KIND,
    OTHER,
    TEMPLATE,
    is_manifest,
    is_template,
    is_yaml,
    other_than_manifest,
)
from sovlint.frontends.kubernetes.clusters.kubeconfigs import Served, servers
from sovlint.frontends.kubernetes.kustomize.files import Cache
from sovlint.frontends.terraform_json import begins_as_plan_or_state, is_plan_or_state
from sovlint.frontends.yaml_comments import yaml_ignores
from sovlint.model.inputs import PEEKED, TOO_LARGE, Cluster, Reader
from sovlint.model.resources.reading import Remark
from sovlint.model.source import SourceFile
from sovlint.model.text import Note
from sovlint.model.unread import UnreadKinds

_UTF_16: Final = b"\0\xff\xfe"
"""What UTF-16 has beside letters: without it a manifest can be told for one."""

_DOCUMENT: Final = re.compile(rb"^---(?=\s|$)", re.MULTILINE)


class ManifestHarvest(Harvest):
    """What has been read so far."""

    objects: list[ManifestObject] = field(default_factory=list)
    """Objects as they are written."""
    servers: list[Served] = field(default_factory=list)
    """Addresses of API servers, by folder."""
    kustomized: Cache | None = None
    """What kustomizations were built of."""


def read_manifest_file(
    path: str,
    reader: Reader,
    clusters: Iterable[Cluster],
    harvest: ManifestHarvest,
    kinds: UnreadKinds,
) -> None:
    """Read a file that may be a manifest by its name. One that can't be read is a failure only where it is known to be a
    manifest, by its head, the command line or a cluster that is declared for it."""
    other = told(reader, OTHER, path, partial(other_than_manifest, kinds=kinds))
    if other:
        _skip(path, other, harvest)
        return
    file = reader.read(path)
    if isinstance(file, Note):
        _refuse(path, file, reader, clusters, harvest, kinds)
    elif _read_documents(file, harvest):
        return
    elif kind := kinds.begun(file.data[:PEEKED]):
        harvest.recognised.append((kind, path))
    else:
        harvest.skipped.append(path)


def _skip(path: str, kind: str, harvest: ManifestHarvest) -> None:
    """A file that is no manifest: of a kind that is known, or one that is only called like a manifest."""
    if kind != OF_NO_KIND:
        harvest.recognised.append((kind, path))
    elif is_yaml(path):
        harvest.skipped.append(path)


def _refuse(
    path: str,
    why: Note,
    reader: Reader,
    clusters: Iterable[Cluster],
    harvest: ManifestHarvest,
    kinds: UnreadKinds,
) -> None:
    """A file that can't be read."""
    head = reader.peek(path).translate(None, _UTF_16)
    looks_so = is_manifest(head)
    too_large = why.key == TOO_LARGE
    if is_plan_or_state(head) or (too_large and begins_as_plan_or_state(head)):
        return  # Terraform's front end tells what keeps it from being read
    if kind := kinds.begun(head):
        harvest.recognised.append((kind, path))
    if reader.named(path) or looks_so or any(cluster.matches(path) for cluster in clusters):
        harvest.refuse(path, why)
    elif is_yaml(path) or too_large:
        harvest.skipped.append(path)
        harvest.remarks[Remark(why, path)] = None


def read_oddly_named(path: str, reader: Reader, harvest: ManifestHarvest) -> None:
    """A file that isn't called like a manifest, and begins like one; a template of some is none."""
    file = reader.read(path)
    if isinstance(file, Note):
        harvest.refuse(path, file)
    elif is_template(path, file.data):
        harvest.recognised.append((TEMPLATE, path))
    elif not _read_documents(file, harvest):
        harvest.skipped.append(path)


def _read_documents(file: SourceFile, harvest: ManifestHarvest) -> bool:
    """All documents of a file; where one breaks it, each by itself, so that its neighbours are still read. Whether it is
    a file of manifests after all."""
    read: list[Document] = []
    broken: list[DocumentError] = []
    try:
        read.extend(load(file.data, file.path))
    except TooLargeError as error:
        broken = [error]
    except DocumentError:
        read.clear()
        for above, part in _single_documents(file.data):
            try:
                read.extend(_with_fill_ins_quoted(part, file.path, above))
            except DocumentError as error:
                if b"{{" in part:
                    harvest.remark(error.span(file.path), "kubernetes.templated")
                else:
                    broken.append(error)
    met = sum(_read_document(document, file, harvest) for document in read)
    for each in broken:
        harvest.fail_parsing(file.path, each, "kubernetes.unreadable")
    if met or broken:
        harvest.files.append(file.path)
    if met and is_yaml(file.path):
        harvest.ignores.extend(yaml_ignores(file))
    return bool(met or broken)


def _with_fill_ins_quoted(part: bytes, path: str, above: int) -> list[Document]:
    """The documents of a part; where that breaks at places to fill in alone, with these as texts."""
    try:
        return list(load(part, path, above=above))
    except DocumentError:
        quoted = quoted_fill_ins(part) if b"{{" in part else None
        if quoted is None:
            raise
        with suppress(DocumentError):
            return list(load(quoted, path, above=above))
        raise


def _read_document(document: Document, file: SourceFile, harvest: ManifestHarvest) -> int:
    met = 0
    harvest.remark_duplicates(document, "kubernetes.duplicate-key")
    harvest.servers.extend(servers(document, file.path))
    for each in objects(document, file):
        met += 1
        if isinstance(each, ManifestObject):
            harvest.objects.append(each)
            harvest.ignores.extend(
                ignores_in_json(document, each.at, each.data, each.where())
            )
        else:
            harvest.remark(document.span(each), "kubernetes.nameless")
    return met


def _single_documents(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The documents of a file, each with how many lines stand above it."""
    starts = [0, *(match.start() for match in _DOCUMENT.finditer(data))]
    above = 0
    for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
        if data[start:end].strip():
            yield above, data[start:end]
        above += data.count(b"\n", start, end)
