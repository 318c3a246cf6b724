"""Files in XML -> trees: texts by the names of elements, attributes by theirs."""

from __future__ import annotations

from typing import Final
from xml.parsers import expat

from msgspec import Struct

from sovlint.documents.errors import DocumentError
from sovlint.documents.tree import Node, Pairs
from sovlint.model.source import SourceFile, Span

MAX_DEPTH: Final = 100
"""Elements are nested no deeper than this."""


class _Element(Struct):
    """An element that is open: what it is ``called``, by an attribute or by its own name, and its texts so far."""

    called: str
    where: Span
    inner: Pairs
    texts: list[str]


def trees(file: SourceFile) -> list[Node]:
    """What a file says. An element with ``key`` or ``name`` beside ``value`` or ``connectionString`` is a setting of
    that name (.NET), and so is one with a text (Hibernate). A document type is refused. Raises ``DocumentError``."""
    reader = _Reader(file.path)
    try:
        reader.parser.Parse(file.data, True)
    except expat.ExpatError as error:
        raise DocumentError(
            expat.ErrorString(error.code), error.lineno, error.offset + 1
        ) from None
    return [Node(reader.open[0].inner, reader.open[0].where)]


class _Reader:
    """A pass over a file. ``open``: the whole, and the elements that are open."""

    def __init__(self, path: str) -> None:
        self.parser = expat.ParserCreate()
        self.open = [_Element("", Span(path, 1, 1, 1, 1), Pairs(), [])]
        self._path = path
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = lambda text: self.open[-1].texts.append(text)
        self.parser.StartDoctypeDeclHandler = self._refuse

    def _here(self) -> Span:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        return Span(self._path, line, column, line, column)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.open) > MAX_DEPTH + 1:
            raise DocumentError("nested too deeply", self.parser.CurrentLineNumber, 1)
        above = self.open[-1].inner
        called = attributes.get("key") or attributes.get("name")
        value = attributes.get("value") or attributes.get("connectionString")
        element = _Element(called or name, self._here(), Pairs(), [])
        self.open.append(element)
        if called and value:
            _add(above, called, value, self._here())
        else:
            for key, text in attributes.items():
                _add(element.inner, key, text, self._here())
        above.add((name,), Node(element.inner, element.where))

    def _end(self, name: str) -> None:
        element = self.open.pop()
        _add(self.open[-1].inner, element.called, "".join(element.texts), element.where)

    def _refuse(self, *_: object) -> None:
        raise DocumentError("a document type", self.parser.CurrentLineNumber, 1)


def _add(into: Pairs, key: str, text: str, where: Span) -> None:
    if text.strip():
        into.add((key,), Node(text.strip(), where))
