"""Templates that take what another template of the repository exports: a name that one alone exports is its value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from sovlint.frontends.configuration.named_files import Reads
from sovlint.model.value import Value
from sovlint.rules.files.configuration import Entry
from sovlint.rules.files.declares import ExportsAt
from sovlint.rules.keys import KeyPath, below
from sovlint.settings.readers import parts_of, trees_of
from sovlint.settings.stacks.calls import IMPORT
from sovlint.settings.stacks.names import Exports, exported_as

_IMPORT: Final = IMPORT.encode()


def with_exports(reads: Reads) -> Reads:
    """All that was read, with what templates export put in where others take it."""
    importing = [
        path
        for path, each in reads.items()
        if each.claim.format.declares is not None and _IMPORT in each.file.data
    ]
    exports = _exports(reads) if importing else {}
    if not exports:
        return reads
    found = dict(reads)
    for path in importing:
        read = reads[path]
        made = parts_of(trees_of(read.file, read.claim), read.file, read.claim, exports)
        found[path] = replace(read, parts=tuple(made))
    return found


def _exports(reads: Reads) -> Exports:
    """What is exported, by its name; what two export under one name is nobody's."""
    found: dict[str, Value] = {}
    twice: set[str] = set()
    for name, value in _named(reads):
        if name in found or not name:
            twice.add(name)
        found[name] = value
    return {name: value for name, value in found.items() if name not in twice}


def _named(reads: Reads) -> Iterator[tuple[str, Value]]:
    for read in reads.values():
        declares = read.claim.format.declares
        rule = None if declares is None else declares.exports
        if rule is not None:
            for part in read.parts:
                yield from _of_part(part.entries, rule)


def _of_part(entries: tuple[Entry, ...], rule: ExportsAt) -> Iterator[tuple[str, Value]]:
    size = len(rule.at)
    names: dict[KeyPath, str] = {}
    values: dict[KeyPath, Value] = {}
    for each in entries:
        if not below(each.path, rule.at):
            continue
        above, rest = each.path[:size], each.path[size:]
        if rest == rule.name:
            names[above] = exported_as(each.value)
        elif rest == rule.value:
            values[above] = each.value
    yield from ((name, values[above]) for above, name in names.items() if above in values)
