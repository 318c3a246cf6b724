"""``sovlint init``: the services that code uses -> a first inventory, as text, for people to go on with.

What code shows of a service is in force: whose it is, and its region where that is known. What only its owner knows
stands behind a ``#``, with ``???`` for a blank; taking the ``#`` away and filling the blank gives a valid entry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from sovlint.edit.quoting import few, quoted
from sovlint.model.redaction.redact import mask
from sovlint.model.sameness import Use
from sovlint.model.text import BLANK, Note

SCHEMA: Final = ".sovlint/inventory.schema.json"
"""Where editors look for the schema."""

MOST: Final = 3
"""As many places of a service are named; how many more there are is said."""

Spoken = Callable[[Note, str], list[str]]
"""A note as lines of text, each after what is given."""


def draft(uses: Sequence[Use], spoken: Spoken) -> str:
    """An inventory of these services, one entry each, in order of their vendors; ``spoken`` lays notes out."""
    lines = [f"# yaml-language-server: $schema={SCHEMA}"]
    lines += spoken(
        Note("edit.editor", {"command": f"sovlint schema inventory -o {SCHEMA}"}), "# "
    )
    lines += ["#", *spoken(Note("edit.inventory-how"), "# "), "services:"]
    taken: set[str] = set()
    for use in uses:
        lines += [*_entry(use, taken, spoken), ""]
    return "".join(f"{line}\n" for line in lines[:-1])


def _entry(use: Use, taken: set[str], spoken: Spoken) -> Iterator[str]:
    where = [
        f"{mask(each.span.path)}:{each.span.line} ({mask(each.address)})"
        for each in use.resources
    ]
    name = (
        Note("edit.inventory-kind", {"name": use.name, "kind": use.kind})
        if use.kind
        else use.name
    )
    yield from spoken(
        Note("edit.inventory-found", {"name": name, "places": few(where, MOST)}), "  # "
    )
    yield f"  - id: {_id(use, taken)}"
    yield f"    vendor: {quoted(use.provider)}"
    yield f"    region: {quoted(use.region)}" if use.region else f"    #region: {BLANK}"
    yield f"    #product: {BLANK}"
    yield f"    #data: [{', '.join(use.classes) or BLANK}]"
    yield from (f"    #{key}: {BLANK}" for key in ("purpose", "owner"))
    yield from (
        f"    #{key}: {{reference: {BLANK}, date: {BLANK}}}" for key in ("contract", "dpa")
    )


def _id(use: Use, taken: set[str]) -> str:
    """A short name that no other entry has: the vendor's, with the region where there are several."""
    for name in _names(use):
        if name not in taken:
            taken.add(name)
            return name
    raise AssertionError  # numbers never end


def _names(use: Use) -> Iterable[str]:
    yield use.provider
    if use.region:
        yield f"{use.provider}-{re.sub(r'[^A-Za-z0-9._-]+', '-', use.region)}"
    number = 2
    while True:
        yield f"{use.provider}-{number}"
        number += 1
