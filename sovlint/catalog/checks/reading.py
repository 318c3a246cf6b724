"""Checks of what a source says of its reading: who read it when, who read it again, and the words relied on."""

from __future__ import annotations

from collections.abc import Iterable

from sovlint.catalog.checks.written import Faults, days
from sovlint.catalog.compiling.files import CatalogueFile, Problem
from sovlint.catalog.compiling.written_data import Data

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
