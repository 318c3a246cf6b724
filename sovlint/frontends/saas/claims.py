"""Which files are inventories: some by their names, CycloneDX by marks in it, without parsing anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename
from typing import Final

from sovlint.model.inputs import Reader, ReadOptions
from sovlint.model.text import Note

FILE_NAMES: Final = ("saas.yaml", "saas.yml")
"""Names by which an inventory is known without being configured."""

_XML_NAME: Final = re.compile(r"bom|cdx|cyclonedx", re.IGNORECASE)
_MARKS: Final = (b"CycloneDX", b"cyclonedx.org/schema/bom/")


def inventories(reader: Reader, options: ReadOptions) -> list[str]:
    """Paths of the inventories that people write, sorted; those that the configuration names may be CycloneDX."""
    named = [
        path
        for path in reader.paths
        if path.endswith(FILE_NAMES) and basename(path) in FILE_NAMES
    ]
    return sorted({*named, *options.inventories})


def cyclonedx(reader: Reader, options: ReadOptions) -> Iterator[str]:
    """Paths of what may be CycloneDX: any JSON; XML by its name, since a repository may have thousands; and whatever
    the configuration or the user names."""
    named = frozenset(options.inventories)
    for path in reader.paths:
        lower = path[-5:].lower()
        is_xml = lower.endswith(".xml") and (
            _XML_NAME.search(basename(path)) or reader.named(path)
        )
        if (lower == ".json" or is_xml or path in named) and _has_mark(path, reader):
            yield path


def _has_mark(path: str, reader: Reader) -> bool:
    file = reader.read(path)
    data = (
        reader.peek(path).translate(None, b"\0") if isinstance(file, Note) else file.data
    )  # UTF-16 is told, not read
    return any(mark in data for mark in _MARKS)
