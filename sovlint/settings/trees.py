"""Readers of nested files: YAML, JSON (with comments), TOML and XML -> values by the keys that lead to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from sovlint.documents import Document, DocumentError, load
from sovlint.model.source import SourceFile, Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, Unknown
from sovlint.rules.configuration import Entry, Format
from sovlint.rules.keys import KeyPath
from sovlint.settings.scopes import filled
from sovlint.settings.values import WRITTEN, valued

MAX_ENTRIES: Final = 20_000
"""Of a file with more values than this, no further ones are read."""

_JSON: Final = re.compile(
    r'"(?:\\.|[^"\\])*(?:"|\\?\Z)|//[^\n]*|/\*.*?(?:\*/|\Z)|,(?=\s*[}\]])|\t', re.DOTALL
)  # what is left open reaches to the end, so that nothing is looked at twice
_MARKED: Final = re.compile(rb"@@([A-Z][A-Z0-9_]*)@@")
"""A variable of Auth0's tools, which begins with what YAML keeps for itself; in the form of others, as long."""


def yaml(file: SourceFile, kind: Format) -> list[tuple[Entry, ...]]:
    """The documents of a YAML file. What a tag makes of a value (``!Ref``) isn't known. Raises ``DocumentError``."""
    data = _MARKED.sub(rb"__\1__", file.data) if b"@@" in file.data else file.data
    return [tuple(filled(_entries(each, kind), kind)) for each in load(data, file.path)]


def json(file: SourceFile, kind: Format) -> list[tuple[Entry, ...]]:
    """A JSON file; comments and commas before a closing bracket are passed over, as its readers do."""
    text = _JSON.sub(_blank, file.data.decode("utf-8", "replace"))
    return [tuple(_entries(each, kind)) for each in load(text, file.path)]


def _blank(met: re.Match[str]) -> str:
    """As many blanks as a comment has characters, so that all else stays where it stands; a string as it is."""
    return met[0] if met[0].startswith('"') else re.sub(r"[^\n]", " ", met[0])


_FUNCTION: Final = re.compile(r"Ref|Fn::\w+")
"""The only key of what is made when a thing that is declared is deployed (``Fn::Sub: ...``)."""


def _made_later(document: Document) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Leaves of a file that declares things; what functions make is one, of which nothing is known."""
    last: tuple[str | int, ...] | None = None
    for path, item in _leaves(document.data):
        ends = (
            size for size in range(1, len(path)) if _FUNCTION.fullmatch(str(path[size])) or document.tag(path[:size])
        )
        end = next(ends, None)
        if end is None:
            yield path, item
        elif path[:end] != last:
            last = path[:end]
            yield last, _LATER


_LATER: Final = object()


def _entries(document: Document, kind: Format) -> Iterator[Entry]:
    leaves = _leaves(document.data) if kind.declares is None else _made_later(document)
    for number, (path, item) in enumerate(leaves):
        if number >= MAX_ENTRIES:
            return
        at = document.span(path)
        keys = tuple(part for key in path for part in (str(key).split(".") if kind.dotted else (str(key),)))
        if document.tag(path) or item is _LATER:
            yield Entry(keys, Unknown(Reason.TEMPLATED, document.tag(path) or "Fn", Step(at, Note(WRITTEN))), at)
        elif isinstance(item, str) or (item is not None and not isinstance(item, (dict, list))):
            text = item if isinstance(item, str) else _text(item)
            plain = kind.expression is None  # else variables are put in first
            yield Entry(keys, valued(text, at, kind.default) if plain else Known(text, Step(at, Note(WRITTEN))), at)


def _leaves(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    if not isinstance(data, (dict, list)):
        yield path, data
    for key, item in children:
        yield from _leaves(item, (*path, key))


def _text(item: object) -> str:
    return str(item).lower() if isinstance(item, bool) else str(item)


def toml(file: SourceFile, kind: Format) -> list[tuple[Entry, ...]]:
    """A TOML file. Raises ``DocumentError``."""
    from sovlint.documents import toml as syntax  # imported late: few repositories have such files

    document = syntax.load(file.data.decode("utf-8", "replace"), file.path)
    return [tuple(filled(_entries(document, kind), kind))]


def xml(file: SourceFile, kind: Format) -> list[tuple[Entry, ...]]:
    """An XML file: texts by the names of elements, attributes by theirs. One with ``key`` or ``name`` beside ``value``
    or ``connectionString`` is a setting of that name (.NET), and so is one with a text (Hibernate). A document type is
    refused. Raises ``DocumentError``."""
    from xml.parsers import expat  # imported late: few repositories have such files

    parser = expat.ParserCreate()
    found: list[Entry] = []
    stack: list[tuple[str, list[str], Span]] = []
    called_so: list[str] = []  # what each element of the stack is called: by an attribute, else by its own name

    def here() -> Span:
        line, column = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        return Span(file.path, line, column, line, column)

    def add(keys: KeyPath, text: str, where: Span) -> None:
        if text.strip() and len(found) < MAX_ENTRIES:
            found.append(Entry(keys, valued(text.strip(), where, kind.default), where))

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(stack) > 100:
            raise DocumentError("nested too deeply", parser.CurrentLineNumber, 1)
        above = tuple(each for each, _, _ in stack)
        stack.append((name, [], here()))
        called = attributes.get("key") or attributes.get("name")
        called_so.append(called or name)
        value = attributes.get("value") or attributes.get("connectionString")
        if called and value:
            add((*above, called), value, here())
        else:
            for key, text in attributes.items():
                add((*above, name, key), text, here())

    def end(name: str) -> None:
        _, texts, where = stack.pop()
        add((*(each for each, _, _ in stack), called_so.pop()), "".join(texts), where)

    def refuse(*_: object) -> None:
        raise DocumentError("a document type", parser.CurrentLineNumber, 1)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: stack[-1][1].append(text) if stack else None
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(file.data, True)
    except expat.ExpatError as error:
        raise DocumentError(expat.ErrorString(error.code), error.lineno, error.offset + 1) from None
    return [tuple(found)]
