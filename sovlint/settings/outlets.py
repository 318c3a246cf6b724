"""Outlets in configuration files: of pipelines by their shape, of others where the catalogue says that they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Unknown, Value
from sovlint.rules.files.configuration import Entry, FilePart, Format
from sovlint.rules.files.outlet import ANY, Outlet
from sovlint.rules.files.outlets_at import OutletsAt
from sovlint.rules.keys import KeyPath, ReadAt, below, meant, path_parts
from sovlint.settings.attributes import EntryAttributes
from sovlint.settings.names import join_keys

UNKNOWN: Final = ANY
"""The type of an outlet whose type isn't known: what holds for all of its tool holds for it."""


def outlets(part: FilePart, kind: Format, references: re.Pattern[str]) -> Iterator[Outlet]:
    """The outlets of a part of a file. What ``references`` match only says where something is kept."""
    yield from part.outlets
    whole = list(_dereferenced(part.entries, references)) if kind.outlets else []
    for rule in kind.outlets:
        for above, entries in scopes(rule.at, whole).items():
            if meant(rule.when, rule.unless, reader(entries)):
                yield from _outlet(rule, above, entries)


def _dereferenced(entries: Iterable[Entry], references: re.Pattern[str]) -> Iterator[Entry]:
    """Entries in which what only says where something is kept isn't known; the same in all that say the same."""
    met: dict[str, Unknown] = {}
    for each in entries:
        text = each.value.value if isinstance(each.value, Known) else None
        if isinstance(text, str) and references.match(text):
            kept = Unknown(
                Reason.TEMPLATED, "secret", each.value.because, note=Note("settings.kept")
            )
            unknown = met.setdefault(text, kept)
            yield Entry(each.path, unknown, each.where)
        else:
            yield each


def _outlet(rule: OutletsAt, above: KeyPath, entries: Sequence[Entry]) -> Iterator[Outlet]:
    name, where = rule.always, entries[0].where
    if rule.by_key is not None:
        name = above[rule.by_key]
    elif rule.type is not None:
        told = next((each for each in entries if each.path == rule.type), None)
        if told is None:
            return
        where = told.where
        name = str(told.value.value) if isinstance(told.value, Known) else UNKNOWN
        if name == UNKNOWN and rule.listed:
            return
    if rule.until:
        name = name.partition(rule.until)[0]
    key = join_keys(above or rule.type or ()) or rule.always
    yield Outlet(
        rule.tool,
        name.strip().lower(),
        key,
        where,
        EntryAttributes(entries),
        sure=not rule.listed,
    )


def scopes(at: KeyPath, entries: Iterable[Entry]) -> Mapping[KeyPath, list[Entry]]:
    """What stands below each thing at ``at``, by the keys that lead to it; the paths of entries lead on from there."""
    found: dict[KeyPath, list[Entry]] = {}
    size = len(at)
    for entry in entries:
        if below(entry.path, at):
            inner = Entry(entry.path[size:], entry.value, entry.where) if size else entry
            found.setdefault(entry.path[:size], []).append(inner)
    return found


def reader(entries: Iterable[Entry]) -> ReadAt:
    """What conditions read of entries: all that stands at a path, or below."""

    def read(path: str) -> Iterator[Value]:
        at = path_parts(path)
        return (entry.value for entry in entries if below(entry.path, at))

    return read
