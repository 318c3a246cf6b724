"""Files that take variables of a file of variables: ``%env(DATABASE_URL)%`` is what ``.env`` of the same project says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from posixpath import dirname, join

from msgspec.structs import replace

from sovlint.frontends.configuration.named_files import ReadFile, Reads
from sovlint.model.value import Value
from sovlint.settings.entries import given_tree
from sovlint.settings.readers import UnreadableError, parts


def with_variables(reads: Reads) -> Reads:
    """All that was read, with the variables put in that files of variables above them set."""
    return {path: _filled(path, each, reads) for path, each in reads.items()}


def _filled(path: str, read: ReadFile, reads: Reads) -> ReadFile:
    names = read.claim.format.filled_by
    given = _given(path, names, reads) if names else {}
    if not given:
        return read
    try:
        found = parts(read.file, read.claim, [given_tree(given, "", path)])
    except UnreadableError:
        return read
    return replace(read, parts=tuple(found))


def _given(path: str, names: Sequence[str], reads: Reads) -> Mapping[str, Value]:
    """The variables of the nearest folder above that has such files; those of later names count."""
    folder = dirname(path)
    while True:
        found = [
            reads[each] for each in (join(folder, name) for name in names) if each in reads
        ]
        if found or not folder:
            return {
                entry.path[0]: entry.value
                for each in found
                for part in each.parts
                for entry in part.entries
                if len(entry.path) == 1
            }
        folder = dirname(folder)
