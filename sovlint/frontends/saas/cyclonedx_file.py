"""CycloneDX documents -> resources: each service at its provider, with the data that lands there (ECMA-424; 1.2-1.7).

What the document says is read in one shape, whether it is JSON or XML, and checked against the names and types that the
standard gives to services (``schemas/cyclonedx.json``); what is wrong is a failure with its line, and the rest is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sovlint.documents import Document, DocumentError, faults
from sovlint.documents.cursor import Cursor
from sovlint.frontends.harvest import Harvest
from sovlint.frontends.ignore_comments import ignores
from sovlint.frontends.saas import cyclonedx_json, cyclonedx_xml
from sovlint.frontends.saas.cyclonedx_service import resource
from sovlint.frontends.saas.schemas import schema
from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.resources.reading import Reading
from sovlint.model.source import SourceFile
from sovlint.model.text import Note

MAX_SERVICES: Final = 20_000
"""Of a document with more services than this, no further ones are read."""

_KNOWN_VERSIONS: Final = re.compile(r"1\.[2-7]")


class _Services(Harvest, kw_only=True):
    """What has been read so far; ``taken`` are the addresses that are given to something."""

    taken: set[str]

    def skip(self, path: str, asked: bool) -> None:
        """A document without services: an SBOM of components is no inventory, which is said where one was asked for."""
        self.skipped.append(path)
        if asked:
            self.remark(path, "saas.bom-without-services")

    def address(self, path: str, name: str) -> str:
        """An address that nothing else has, the same in every run: by the file where the name alone is another's."""
        wanted = name if name.startswith("saas:") else f"saas:{name}"
        number = 1
        found = wanted
        while found in self.taken:
            found = f"saas:{path}#{name}" if number == 1 else f"saas:{path}#{name}#{number}"
            number += 1
        self.taken.add(found)
        return found


def read(
    reader: Reader, options: ReadOptions, paths: Sequence[str], taken: set[str]
) -> tuple[Reading, set[str]]:
    """The services of every CycloneDX document among ``paths`` (of ``claims.cyclonedx``), and which of them are one.

    One without services (an SBOM) is skipped and counted. ``taken`` are addresses that other resources have.
    """
    harvest, claimed = _Services(taken=taken), set[str]()
    for path in paths:
        file = reader.read(path)
        if isinstance(file, Note):
            claimed.add(path)
            harvest.refuse(path, file)
        elif _read_file(file, harvest, path in options.inventories or reader.named(path)):
            claimed.add(path)
    return harvest.reading(), claimed


def _read_file(file: SourceFile, harvest: _Services, asked: bool) -> bool:
    """Read a file that may be CycloneDX; whether it is. Of one that was ``asked`` for by its name all is said."""
    is_xml = file.data[:1024].lstrip()[:1] == b"<"
    form = cyclonedx_xml if is_xml else cyclonedx_json
    if not form.may_have_services(file.data):
        if not form.is_one(file.data):
            return False
        harvest.skip(file.path, asked)
        return True
    try:
        document = _loaded(file, is_xml, harvest)
    except DocumentError as error:
        harvest.files.append(file.path)
        harvest.fail_parsing(file.path, error, "saas.bom-unreadable")
        return True
    if document is None:
        harvest.skip(file.path, asked)
        return True
    harvest.files.append(file.path)
    _read_document(document, harvest)
    return True


def _loaded(file: SourceFile, is_xml: bool, harvest: _Services) -> Document | None:
    if not is_xml:
        return cyclonedx_json.load(file)
    found = cyclonedx_xml.load(file)
    if found is None:
        return None
    harvest.ignores.extend(ignores(found[1], file))
    return found[0]


def _read_document(document: Document, harvest: _Services) -> None:
    version = document.data.get("specVersion")
    known = isinstance(version, str) and _KNOWN_VERSIONS.fullmatch(version) is not None
    if not known:
        if version:
            harvest.remark(document.path, "saas.bom-version", version=str(version)[:20])
        else:
            harvest.remark(document.path, "saas.bom-no-version")
    harvest.fail_duplicates(document, "saas.duplicate-key")
    for span, sentence in faults(
        document, schema("cyclonedx") if known else _lenient(schema("cyclonedx"))
    ):
        harvest.fail(span, "saas.bom-invalid", problem=sentence)
    refs: set[str] = set()
    leaving: list[str] = []
    for count, entry in enumerate(_all_services(Cursor.of(document))):
        if count == MAX_SERVICES:
            harvest.fail(entry.where, "saas.too-many-services", limit=MAX_SERVICES)
            break
        ref = entry.data.get("bom-ref")
        if isinstance(ref, str):
            if ref in refs:
                harvest.fail(entry.at("bom-ref").where, "saas.duplicate-ref", ref=ref)
            refs.add(ref)
        made = resource(entry, lambda name: harvest.address(document.path, name))
        if made is not None:
            harvest.resources.append(made.resource)
            leaving += [made.resource.address] if made.leaving else []
    if leaving:
        shown = ", ".join(leaving[:5]) + (", …" if len(leaving) > 5 else "")
        harvest.remark(document.path, "saas.only-outbound", services=shown)


def _all_services(above: Cursor) -> Iterator[Cursor]:
    """Every service, those within others too, each after the one that it is in."""
    for entry in above.mappings("services"):
        yield entry
        yield from _all_services(entry)


def _lenient(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same schema without a word on keys that it doesn't know: a later version may have more."""
    kept: Mapping[str, Any] = json.loads(
        json.dumps(schema).replace('"additionalProperties": false', '"$comment": ""')
    )
    return kept
