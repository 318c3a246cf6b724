"""Checks of catalogue files: their form, their references to one another, collisions, sources and dates.

Run by the tests and the build on what ships, and on overlays when they are loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sovlint import documents
from sovlint.catalog.checks.mentions import sources_named
from sovlint.catalog.checks.references import References
from sovlint.catalog.checks.written import Faults, days
from sovlint.catalog.compiling.files import (
    HOST_SECTIONS,
    CatalogueFile,
    Problem,
    merge,
    origins,
    read_folder,
)
from sovlint.catalog.compiling.written_data import Data
from sovlint.catalog.overlays.completed import completed
from sovlint.catalog.schema import definitions
from sovlint.documents import closest

# --- Checks of what a source says of its reading: who read it when, who read it again, and the words relied on.

READING = "read_by", "read_on", "reviewed", "words"
"""What only a source that was read can say."""


def readings(files: Iterable[CatalogueFile]) -> list[Problem]:
    """What is wrong with the sources of files that have their form."""
    return [
        file.problem(("sources", key, *at), message)
        for file in files
        for key, source in (file.document.data.get("sources") or {}).items()
        for at, message in reading(source)
    ]


def reading(source: Data) -> Faults:
    """What is wrong with one source, and where in it."""
    said = [key for key in READING if key in source]
    if said and source["basis"] != "read":
        yield (said[0],), f"`{said[0]}`: background knowledge was read nowhere."
    yield from days(source, ("read_on",), ())
    review = source.get("reviewed")
    if review is None:
        return
    yield from days(review, ("on",), ("reviewed",))
    if not source.get("read_by"):
        yield (
            ("reviewed",),
            "say who read it first (`read_by`): a review is a second reading.",
        )
    if review["by"] == source.get("read_by"):
        yield ("reviewed", "by"), "who read it first can't review it: another role has to."
    if review["on"] < source.get("read_on", ""):
        yield ("reviewed", "on"), "it was reviewed before it was read."


def check(folders: Sequence[Path], base: Mapping[str, Any] | None = None) -> list[Problem]:
    """What is wrong with the catalogue files in ``folders``, taken together on top of ``base`` (parts or an index).

    Form first: references are looked at only where every file has its form.
    """
    files: list[CatalogueFile] = []
    problems: list[Problem] = []
    parts: Mapping[str, Any] | None = base
    for number, folder in enumerate(folders, start=1 if base else 0):
        found, broken = read_folder(folder, number)
        read = completed(found, parts if number else None)
        formal = [problem for file in read for problem in _form(file, parts)]
        problems += broken + formal
        if not broken and not formal:
            problems += [*_twice(read), *readings(read)]
            parts = merge(read, parts)
        files += read
    if problems or parts is None:
        return sorted(problems, key=lambda problem: (problem.path, problem.line))
    return References(parts, origins(files), base is not None).problems()


def _form(file: CatalogueFile, below: Mapping[str, Any] | None) -> Iterator[Problem]:
    """Schema, keys that stand twice, and source keys that neither the file has nor what it is laid over."""
    path = file.document.path
    schema = {"$ref": f"#/$defs/{file.kind}", "$defs": definitions()}
    for span, message in documents.problems(file.document, schema):
        yield Problem(path, span.line, span.column, message)
    for key, span, _ in file.document.duplicates:
        yield Problem(path, span.line, span.column, f"`{key}` stands twice.")
    known = file.document.data.get("sources") or {}
    inherited = below["sources"] if below and file.overlay else {}
    for at, key in sources_named(file.kind, file.document.data):
        if isinstance(known, dict) and key not in known and key not in inherited:
            yield file.problem(
                at, f"no source `{key}` under `sources`.{closest(key, list(known))}"
            )


def _twice(files: Iterable[CatalogueFile]) -> Iterator[Problem]:
    """Entries of one folder with the same id: one would silently replace the other."""
    seen: dict[tuple[str, str], str] = {}
    for file in files:
        for (section, entry), (_, at) in origins([file]).items():
            if (section, entry) in seen:
                yield file.problem(at, f"`{entry}` is also in {seen[section, entry]}.")
            seen[section, entry] = f"{file.document.path}:{file.document.span(at).line}"
        keys = {
            "endpoints": [(section, "host") for section in HOST_SECTIONS],
            "lexicon": [("terms", "term")],
        }
        keys["images"] = [("images", "image")]
        for section, key in keys.get(file.kind, ()):
            lines: dict[str, int] = {}
            for index, found in enumerate(file.document.data.get(section, ())):
                name = found[key].lower()
                if name in lines:
                    yield file.problem(
                        (section, index),
                        f"`{name}` stands twice: also in line {lines[name]}.",
                    )
                lines[name] = file.document.span((section, index)).line
