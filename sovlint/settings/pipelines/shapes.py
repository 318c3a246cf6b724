"""Reading configurations of any shape: mappings and lists that may not be what they should."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sovlint.documents import Document, Path
from sovlint.documents.attributes import DocumentAttributes, at_path
from sovlint.rules.files.outlet import Outlet

NOTE = "pipelines.written"


def mapping(document: Document, path: Path) -> dict[str, Any]:
    """The mapping at a path; empty where there is none."""
    found = at_path(document, path)
    return found if isinstance(found, dict) else {}


def items(document: Document, path: Path) -> Iterator[tuple[Path, Any]]:
    """The items of the list at a path, each with its own path."""
    found = at_path(document, path)
    for index, item in enumerate(found if isinstance(found, list) else ()):
        yield (*path, index), item


def texts(value: object) -> list[str]:
    """The texts in a list; a text that stands alone is one, too."""
    if isinstance(value, str):
        return [value]
    return (
        [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
    )


def outlet(document: Document, at: Path, tool: str, kind: str, key: str) -> Outlet:
    """The outlet whose settings stand at a path."""
    return Outlet(tool, kind, key, document.span(at), DocumentAttributes(document, at, NOTE))
