"""Reads a folder of a plug-in's documentation: one page a resource type.

What the page lists as arguments is read by ``page.py``; here is which page is about which type.
"""

from __future__ import annotations

import re
from pathlib import Path

from published.page import arguments
from published.schema import Schema, SchemaError

_PLACES = ("docs/resources", "website/docs/r", "docs/r", "resources", "r", ".")
_PAGES = (".md", ".markdown", ".mdx")


def read(folder: Path, prefix: str) -> Schema:
    """The schema that a folder of pages describes: a checkout of the plug-in, or the folder of the pages itself.

    ``prefix``: of the plug-in's types, which names of pages leave out. Raises ``SchemaError`` where there are none.
    """
    for place in _PLACES:
        pages = [path for path in sorted((folder / place).glob("*")) if path.suffix in _PAGES and path.stem != "index"]
        if pages:
            return Schema(f"{len(pages)} pages in {folder.name}", None, dict(_page(path, prefix) for path in pages))
    raise SchemaError(f"{folder}: no pages of resources in {', '.join(_PLACES)}.")


def _page(path: Path, prefix: str) -> tuple[str, frozenset[str]]:
    text = path.read_text(encoding="utf-8", errors="replace")
    return type_name(path.name, text, prefix), arguments(text)


def type_name(file: str, text: str, prefix: str) -> str:
    """The type that a page is about: its file's name says so, unless the page names only the one in its title."""
    stem = file.partition(".")[0]
    named = stem if stem.startswith(f"{prefix}_") else f"{prefix}_{stem}"
    plain = text.replace("\\_", "_")
    if re.search(rf"\b{named}\b", plain):
        return named
    titles = (line for line in plain.splitlines() if line.startswith(("# ", "page_title:")))
    found = [word for line in titles for word in re.findall(rf"\b{prefix}_[a-z0-9_]+", line)]
    return found[0] if found else named
