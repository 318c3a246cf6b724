"""Reads a folder of a plug-in's documentation: one page a resource type, or a few that a page presents together.

What the page lists as arguments is read by ``page.py``; here is which page is about which types. A checkout has the
sources too: what they register without a page is a type whose arguments aren't known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from published import registered
from published.page import arguments
from published.schema import ANY, Schema, SchemaError

_PLACES = ("docs/resources", "website/docs/r", "docs/r", "resources", "r", ".")
_PAGES = (".md", ".markdown", ".mdx")

SEVERAL = 2
"""A page that declares at least so many types in its own name's stead is about those."""


def read(folder: Path, prefix: str) -> Schema:
    """The schema that a folder of pages describes: a checkout of the plug-in, or the folder of the pages itself.

    ``prefix``: of the plug-in's types, which names of pages leave out. Raises ``SchemaError`` where there are none.
    """
    for place in _PLACES:
        pages = [
            path
            for path in sorted((folder / place).glob("*"))
            if path.suffix in _PAGES and path.stem != "index"
        ]
        if pages:
            texts = {
                path.name: path.read_text(encoding="utf-8", errors="replace")
                for path in pages
            }
            known = registered.types(folder, prefix)
            subjects = _subjects(texts, prefix, known)
            types = {name: arguments(texts[file], name) for name, file in subjects.items()}
            words = {
                name: frozenset(re.findall(r"\w+", texts[file]))
                for name, file in subjects.items()
            }
            bare = known - types.keys()
            origin = f"{len(pages)} pages in {folder.name}" + (
                f", {len(bare)} types without one" if bare else ""
            )
            return Schema(
                origin,
                None,
                types | dict.fromkeys(bare, frozenset({ANY})),
                exports=partial(_mentions, words),
            )
    raise SchemaError(f"{folder}: no pages of resources in {', '.join(_PLACES)}.")


def _mentions(words: Mapping[str, frozenset[str]], name: str, path: str) -> bool | None:
    """Whether a type's page has the words of a path: pages list what is exported in too many ways to read it."""
    return (
        words[name].issuperset(set(path.split(".")) - {ANY, "id"}) if name in words else None
    )


def _subjects(texts: Mapping[str, str], prefix: str, known: frozenset[str]) -> dict[str, str]:
    """The page of each type. A page under a name that nothing registers is about a registered type in its examples."""
    named = {file: type_names(file, text, prefix, known) for file, text in texts.items()}
    found = {
        name: file
        for file, names in named.items()
        for name in names
        if name in known or not known
    }
    for file, names in named.items():
        if found.keys().isdisjoint(names):
            shown = re.findall(r'^\s*resource "([a-z0-9_]+)"', texts[file], re.M)
            found[
                next(
                    (each for each in shown if each in known and each not in found), names[0]
                )
            ] = file
    return found


def type_names(
    file: str, text: str, prefix: str, known: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The types that a page is about.

    Where its examples declare none that is called like the page, but several that go on from that name, these are meant
    (a page ``x_iam`` presents ``x_iam_binding`` and ``x_iam_member``). ``known``: what the sources register.
    """
    name = type_name(file, text, prefix)
    declared = set(re.findall(r'^\s*resource\s+"?([a-z0-9_]+)"?\s+"', text, re.M))
    longer = sorted(each for each in declared if each.startswith(f"{name}_"))
    return (name,) if name in known | declared or len(longer) < SEVERAL else tuple(longer)


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
