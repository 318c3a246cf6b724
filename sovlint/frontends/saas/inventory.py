"""Inventories -> resources: each service that people list, at the vendor and region that its entry names."""

from __future__ import annotations

from sovlint.documents import Document, DocumentError, faults, load
from sovlint.documents.attributes import written_span
from sovlint.frontends.harvest import Harvest
from sovlint.frontends.ignore_comments import ignores_in_json
from sovlint.frontends.saas.claims import inventories
from sovlint.frontends.saas.entry import EntryProblem, InventoryEntry, resources, text
from sovlint.frontends.saas.schemas import schema
from sovlint.frontends.yaml_comments import yaml_ignores
from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.resource import Reading
from sovlint.model.source import SourceFile
from sovlint.model.text import Note
from sovlint.rules.hints import Hints


def read(reader: Reader, options: ReadOptions, hints: Hints) -> Reading:
    """Every service of the inventories: files named ``saas.yaml`` or ``saas.yml``, and those of the configuration.

    What is wrong in an entry is a failure with its line and the right key; the entry is still read where it says an id
    and a vendor, and so are all others.
    """
    del hints  # inventories need no table of the catalogue
    harvest = Harvest()
    for path in inventories(reader, options):
        file = reader.read(path)
        if isinstance(file, Note):
            harvest.refuse(path, file)
        else:
            harvest.files.append(path)
            harvest.ignores.extend(yaml_ignores(file))
            _read_file(file, harvest)
    return harvest.reading()


def _read_file(file: SourceFile, harvest: Harvest) -> None:
    met = 0
    try:
        for document in load(file.data, file.path):
            met += document.data is not None
            _read_document(document, file, harvest)
    except DocumentError as error:
        harvest.fail_parsing(file.path, error, "saas.unreadable")
        return
    if not met:
        harvest.remark(file.path, "saas.empty")


def _read_document(document: Document, file: SourceFile, harvest: Harvest) -> None:
    if document.data is None:
        return
    harvest.fail_duplicates(document, "saas.duplicate-key")
    for span, sentence in faults(document, schema("inventory")):
        harvest.fail(span, "saas.invalid", problem=sentence)
    services = document.data.get("services") if isinstance(document.data, dict) else None
    seen: set[str] = set()
    for index, written in enumerate(services if isinstance(services, list) else ()):
        if not isinstance(written, dict) or not text(written.get("id")) or not text(written.get("vendor")):
            continue  # the schema has said so already
        if written["id"] in seen:
            harvest.fail(document.span(("services", index, "id")), "saas.duplicate-id", id=written["id"])
            continue
        seen.add(written["id"])
        _read_entry(InventoryEntry(document, file, ("services", index), written), harvest)


def _read_entry(entry: InventoryEntry, harvest: Harvest) -> None:
    span = written_span(entry.document, entry.at, entry.file)
    harvest.ignores.extend(ignores_in_json(entry.document, entry.at, entry.written, span))
    for found in resources(entry, span):
        if isinstance(found, EntryProblem):
            harvest.refuse(found.where, found.note)
        else:
            harvest.resources.append(found)
