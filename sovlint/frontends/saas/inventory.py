"""Inventories -> resources: one service an entry, at the vendor and region that the entry names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from posixpath import basename
from typing import Any

from sovlint.documents import Document, DocumentError, load, problems
from sovlint.frontends.document_attributes import DocumentAttributes, text_value, written_span
from sovlint.frontends.ignore_comments import ignores_in_json
from sovlint.frontends.yaml_comments import yaml_ignores
from sovlint.model.exception import Ignore
from sovlint.model.hints import Hints
from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.resource import TRUE, Binding, Failure, Labels, Named, Reading, Remark, Resource
from sovlint.model.source import SourceFile
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown, Value

FRONT_END = "saas"
"""The name of this front end, and the id of the plug-in through which it places."""

FILE_NAMES = ("saas.yaml", "saas.yml")
"""Names by which an inventory is known without being configured."""

TYPE = "service"
ROLE = "processor"
DATA_KEY = "data"


@dataclass(slots=True)
class _Harvest:
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
    named = [path for path in reader.paths if basename(path) in FILE_NAMES]
    for path in sorted({*named, *options.inventories}):
        file = reader.read(path)
        if isinstance(file, Note):
            harvest.failures.append(Failure(path, None, None, file))
        else:
            harvest.files.append(path)
            harvest.ignores.extend(yaml_ignores(file))
            _read_file(file, harvest)
    return Reading(
        tuple(harvest.resources),
        tuple(harvest.failures),
        tuple(harvest.remarks),
        tuple(harvest.files),
        ignores=tuple(harvest.ignores),
    )


def schema() -> Mapping[str, Any]:
    """The JSON Schema of an inventory, as shipped."""
    text = files("sovlint").joinpath("schemas/inventory.json").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = json.loads(text)
    return loaded


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
    for span, sentence in problems(document, schema()):
        harvest.fail(document.path, span.line, span.column, "saas.invalid", problem=sentence)
    services = document.data.get("services") if isinstance(document.data, dict) else None
    seen: set[str] = set()
    for index, entry in enumerate(services if isinstance(services, list) else ()):
        at = ("services", index)
        if not isinstance(entry, dict) or not _text(entry.get("id")) or not _text(entry.get("vendor")):
            continue  # the schema has said so already
        if entry["id"] in seen:
            span = document.span(("services", index, "id"))
            harvest.fail(document.path, span.line, span.column, "saas.duplicate-id", id=entry["id"])
            continue
        seen.add(entry["id"])
        harvest.ignores.extend(ignores_in_json(document, at, entry, written_span(document, at, file)))
        harvest.resources.append(_resource(document, file, index, entry))


def _resource(document: Document, file: SourceFile, index: int, entry: dict[str, Any]) -> Resource:
    at = ("services", index)
    return Resource(
        address=f"saas:{entry['id']}",
        type=TYPE,
        front_end=FRONT_END,
        root=None,
        variant=None,
        library=False,
        exists=TRUE,
        where=written_span(document, at, file),
        attributes=DocumentAttributes(document, at, "saas.written"),
        binding=Binding(FRONT_END),
        named=_named(document, index, entry),
        labels=_labels(document, index, entry),
        role=ROLE,
    )


def _named(document: Document, index: int, entry: dict[str, Any]) -> Named:
    vendor_at = document.span(("services", index, "vendor"))
    region: Value = Unknown(Reason.NO_EVIDENCE, "", Step(vendor_at, Note("saas.no-region")))
    if _text(entry.get("region")):
        region_at = document.span(("services", index, "region"))
        region = text_value(entry["region"], region_at, "saas.region-declared")
    return Named(text_value(entry["vendor"], vendor_at, "saas.vendor-declared"), region, vendor_at)


def _labels(document: Document, index: int, entry: dict[str, Any]) -> tuple[Labels, ...]:
    """The classes that an entry lists, as a tuple of texts; ``Labels.where`` says where they stand."""
    written = entry.get(DATA_KEY)
    listed = [written] if isinstance(written, str) else written if isinstance(written, list) else []
    classes = tuple(Known(text) for text in map(_text, listed) if text)
    if not classes:
        return ()
    where = document.span(("services", index, DATA_KEY))
    return (Labels("inventory", Known({DATA_KEY: Known(classes)}), where, keys=(DATA_KEY,)),)


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
