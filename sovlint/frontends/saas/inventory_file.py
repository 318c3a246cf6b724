"""Inventories -> resources: each service that people list, at the vendor and region that its entry names."""

from __future__ import annotations

from sovlint.documents import Document, DocumentError, faults, load
from sovlint.documents.attributes import written_span
from sovlint.documents.cursor import Cursor
from sovlint.frontends.harvest import Harvest
from sovlint.frontends.ignore_comments import ignores_in_json
from sovlint.frontends.saas.claims import inventories
from sovlint.frontends.saas.inventory_entry import EntryProblem, resources
from sovlint.frontends.saas.schemas import schema
from sovlint.frontends.saas.service import text
from sovlint.frontends.yaml_comments import yaml_ignores
from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.resources.reading import Reading
from sovlint.model.source import SourceFile
from sovlint.model.text import Note


def read(reader: Reader, options: ReadOptions) -> Reading:
    """Every service of the inventories: files named ``saas.yaml`` or ``saas.yml``, and those of the configuration.

    What is wrong in an entry is a failure with its line and the right key; the entry is still read where it says an id
    and a vendor, and so are all others.
    """
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
    seen: set[str] = set()
    for entry in Cursor.of(document).items("services"):
        if not text(entry, "id") or not text(entry, "vendor"):
            continue  # the schema has said so already
        if entry.text("id") in seen:
            harvest.fail(entry.at("id").where, "saas.duplicate-id", id=entry.text("id"))
            continue
        seen.add(entry.text("id"))
        _read_entry(entry, file, harvest)


def _read_entry(entry: Cursor, file: SourceFile, harvest: Harvest) -> None:
    span = written_span(entry.document, entry.path, file)
    harvest.ignores.extend(ignores_in_json(entry.document, entry.path, entry.data, span))
    for found in resources(entry, file, span):
        if isinstance(found, EntryProblem):
            harvest.refuse(found.where, found.note)
        else:
            harvest.resources.append(found)
