"""Inventories -> resources: each service that people list, at the vendor and region that its entry names."""

from __future__ import annotations

from msgspec import Struct, field

from sovlint.documents import Document, DocumentError, faults, load
from sovlint.documents.attributes import written_span
from sovlint.frontends.ignore_comments import ignores_in_json
from sovlint.frontends.saas.claims import inventories
from sovlint.frontends.saas.entry import EntryProblem, InventoryEntry, resources, text
from sovlint.frontends.saas.schemas import schema
from sovlint.frontends.yaml_comments import yaml_ignores
from sovlint.model.exception import Ignore
from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.resource import Failure, Reading, Remark, Resource
from sovlint.model.source import SourceFile
from sovlint.model.text import Note
from sovlint.rules.hints import Hints


class _Harvest(Struct):
    """What has been read so far."""

    resources: list[Resource] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    ignores: list[Ignore] = field(default_factory=list)

    def fail(self, path: str, line: int | None, column: int | None, key: str, **params: object) -> None:
        self.failures.append(Failure(path, line, column, Note(key, params)))


def read(reader: Reader, options: ReadOptions, hints: Hints) -> Reading:
    """Every service of the inventories: files named ``saas.yaml`` or ``saas.yml``, and those of the configuration.

    What is wrong in an entry is a failure with its line and the right key; the entry is still read where it says an id
    and a vendor, and so are all others.
    """
    del hints  # inventories need no table of the catalogue
    harvest = _Harvest()
    for path in inventories(reader, options):
        file = reader.read(path)
        if isinstance(file, Note):
            harvest.failures.append(Failure(path, None, None, file))
        else:
            harvest.files.append(path)
            harvest.ignores.extend(yaml_ignores(file))
            _read_file(file, harvest)
    return Reading(
        resources=tuple(harvest.resources),
        failures=tuple(harvest.failures),
        remarks=tuple(harvest.remarks),
        files=tuple(harvest.files),
        ignores=tuple(harvest.ignores),
    )


def _read_file(file: SourceFile, harvest: _Harvest) -> None:
    met = 0
    try:
        for document in load(file.data, file.path):
            met += document.data is not None
            _read_document(document, file, harvest)
    except DocumentError as error:
        harvest.fail(file.path, error.line, error.column, "saas.unreadable", problem=error.problem)
        return
    if not met:
        harvest.remarks.append(Remark(Note("saas.empty"), file.path))


def _read_document(document: Document, file: SourceFile, harvest: _Harvest) -> None:
    if document.data is None:
        return
    for name, span in document.duplicates:
        harvest.fail(document.path, span.line, span.column, "saas.duplicate-key", name=name)
    for span, sentence in faults(document, schema("inventory")):
        harvest.fail(document.path, span.line, span.column, "saas.invalid", problem=sentence)
    services = document.data.get("services") if isinstance(document.data, dict) else None
    seen: set[str] = set()
    for index, written in enumerate(services if isinstance(services, list) else ()):
        if not isinstance(written, dict) or not text(written.get("id")) or not text(written.get("vendor")):
            continue  # the schema has said so already
        if written["id"] in seen:
            span = document.span(("services", index, "id"))
            harvest.fail(document.path, span.line, span.column, "saas.duplicate-id", id=written["id"])
            continue
        seen.add(written["id"])
        _read_entry(InventoryEntry(document, file, ("services", index), written), harvest)


def _read_entry(entry: InventoryEntry, harvest: _Harvest) -> None:
    span = written_span(entry.document, entry.at, entry.file)
    harvest.ignores.extend(ignores_in_json(entry.document, entry.at, entry.written, span))
    for found in resources(entry, span):
        if isinstance(found, EntryProblem):
            where = found.where
            harvest.failures.append(Failure(entry.document.path, where.line, where.column, found.note))
        else:
            harvest.resources.append(found)
