"""Reads a folder of a plug-in's documentation: one page a resource type, or a few that a page presents together.

What the page lists as arguments is read by ``page.py``; here is which page is about which types.
"""

from __future__ import annotations

import re
from pathlib import Path

from published.page import arguments
from published.schema import Schema, SchemaError

_PLACES = ("docs/resources", "website/docs/r", "docs/r", "resources", "r", ".")
_PAGES = (".md", ".markdown", ".mdx")

SEVERAL = 2
"""A page that declares at least so many types in its own name's stead is about those."""


def read(folder: Path, prefix: str) -> Schema:
    """The schema that a folder of pages describes: a checkout of the plug-in, or the folder of the pages itself.

    ``prefix``: of the plug-in's types, which names of pages leave out. Raises ``SchemaError`` where there are none.
    """
    for place in _PLACES:
        pages = [path for path in sorted((folder / place).glob("*")) if path.suffix in _PAGES and path.stem != "index"]
        if pages:
            types = {name: paths for page in pages for name, paths in _page(page, prefix).items()}
            return Schema(f"{len(pages)} pages in {folder.name}", None, types)
    raise SchemaError(f"{folder}: no pages of resources in {', '.join(_PLACES)}.")


def _page(path: Path, prefix: str) -> dict[str, frozenset[str]]:
    text = path.read_text(encoding="utf-8", errors="replace")
    return dict.fromkeys(type_names(path.name, text, prefix), arguments(text))


def type_names(file: str, text: str, prefix: str) -> tuple[str, ...]:
    """The types that a page is about.

    Where its examples declare none that is called like the page, but several that go on from that name, these are meant
    (a page ``x_iam`` presents ``x_iam_binding`` and ``x_iam_member``).
    """
    name = type_name(file, text, prefix)
    declared = set(re.findall(r'^\s*resource\s+"?([a-z0-9_]+)"?\s+"', text, re.M))
    longer = sorted(each for each in declared if each.startswith(f"{name}_"))
    return (name,) if name in declared or len(longer) < SEVERAL else tuple(longer)


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
