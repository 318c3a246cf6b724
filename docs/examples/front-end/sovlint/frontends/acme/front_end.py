"""Files of stores -> resources at a named provider and region. A folder is a root."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from posixpath import dirname

from sovlint.frontends.base import FilesUnit
from sovlint.frontends.harvest import Harvest
from sovlint.frontends.ignore_comments import Comment, ignores
from sovlint.model.attributes import NoAttributes
from sovlint.model.decoding import grouped
from sovlint.model.inputs import Reader
from sovlint.model.resources.reading import Reading
from sovlint.model.resources.resource import TRUE, Binding, Labels, Named, Resource
from sovlint.model.resources.sent import Link
from sovlint.model.source import SourceFile, Span
from sovlint.model.text import Note
from sovlint.model.value import Known

Word = tuple[str, Span]


def read(reader: Reader, paths: Sequence[str]) -> Reading:
    """The stores of these files; a line that isn't one is a failure, and hides no other."""
    found = Harvest(files=list(paths))
    for path in paths:
        file = reader.read(path)
        if isinstance(file, Note):
            found.refuse(path, file)
        else:
            _read(file, found)
    for root, inside in grouped((dirname(path), path) for path in paths).items():
        found.units.append(FilesUnit(root, None, inside))
    return found.reading()


def _read(file: SourceFile, found: Harvest) -> None:
    for number, line in file.lines():
        words = [
            (each[0], _span(file, number, each.start(), each.end()))
            for each in re.finditer(r"\S+", line.partition("#")[0])
        ]
        if len(words) in (4, 5):
            found.resources.append(_store(file, words))
        elif words:
            found.fail(words[0][1], "acme.no-store")
    found.ignores += ignores(_comments(file), file)


def _store(file: SourceFile, words: Sequence[Word]) -> Resource:
    (name, where), (provider, at), (region, _), (data_class, labelled), *copies = words
    return Resource(
        address=_address(file, name),
        type="store",
        front_end="acme",
        root=dirname(file.path),
        variant=None,
        library=False,
        exists=TRUE,
        where=where,
        attributes=NoAttributes(),
        binding=Binding("acme"),
        named=Named(Known(provider), Known(region), at),
        labels=(
            Labels("acme", Known({"class": Known(data_class)}), labelled, keys=("class",)),
        ),
        names=(name,),
        links=tuple(Link("backup", _address(file, to), place) for to, place in copies),
    )


def _address(file: SourceFile, name: str) -> str:
    return f"acme:{file.path}#{name}"


def _comments(file: SourceFile) -> Iterator[Comment]:
    for number, line in file.lines():
        before, sign, _ = line.partition("#")
        if sign:
            where = _span(file, number, len(before), len(line))
            yield Comment(line[len(before) :], where, not before.strip())


def _span(file: SourceFile, number: int, start: int, end: int) -> Span:
    return Span(file.path, number, start + 1, number, end + 1)
