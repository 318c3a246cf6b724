"""CycloneDX in XML -> a document of its services in the shape of its JSON, with places.

Read with the standard library's expat, and nothing of what makes XML dangerous: a document type is refused before an
entity can be declared, so that none is ever expanded or fetched; depth and number of elements are bounded. What isn't
about services is passed over without being kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from xml.parsers import expat

from msgspec import Struct, field

from sovlint.documents import MAX_DEPTH, Document, DocumentError, Path
from sovlint.frontends.ignore_comments import MARK, Comment
from sovlint.model.decoding import late_pattern
from sovlint.model.source import SourceFile, Span

NAMESPACE: Final = "http://cyclonedx.org/schema/bom/"
"""What the namespace of every version begins with (ECMA-424, and the XML schemas of earlier versions)."""

MAX_ELEMENTS: Final = 500_000
"""Documents with more elements among their services are refused."""

_SERVICES_TAG: Final = late_pattern(rb"<(?:[\w.-]+:)?services[\s/>]")
_TRUTH: Final = {"true": True, "1": True, "false": False, "0": False}  # XML Schema, boolean
_LISTS: Final = {
    "endpoints": "endpoint",
    "tags": "tag",
    "source": "url",
    "destination": "url",
}
_SKIPPED: Final = frozenset(
    {"licenses", "releaseNotes", "signature", "patentAssertions", "governance", "hashes"}
)


class _Element(Struct):
    """An element of CycloneDX's namespace: attributes without a namespace, and where it begins and ends."""

    name: str
    attributes: dict[str, str]
    start: tuple[int, int]
    end: tuple[int, int] = (0, 0)
    text: list[str] = field(default_factory=list)
    children: list[_Element] = field(default_factory=list)

    @property
    def said(self) -> str:
        """Its own text, blanks around it left out."""
        return "".join(self.text).strip()


def is_one(data: bytes) -> bool:
    """Whether a text may be CycloneDX, told without parsing it."""
    return NAMESPACE.encode() in data


def may_have_services(data: bytes) -> bool:
    """Whether such a text may list services."""
    return is_one(data) and _SERVICES_TAG.search(data) is not None


def load(file: SourceFile) -> tuple[Document, list[Comment]] | None:
    """The services of a document, and its comments; ``None`` where it is no CycloneDX, or lists none.

    Raises ``DocumentError`` where it can't be read.
    """
    parsed = _Parser(file)
    if parsed.services is None or not parsed.services.children:
        return None
    shaped = _Shaper(file.path)
    data = {
        "specVersion": parsed.version,
        "services": shaped.services(parsed.services, ("services",)),
    }
    whole = _span(file.path, parsed.services)
    shaped.spans[()] = shaped.spans[("services",)] = whole
    return Document(data, file.path, shaped.spans, shaped.spans), parsed.comments


class _Parser:
    """One pass over the text: elements below ``bom/services`` are kept, all else only counted."""

    def __init__(self, file: SourceFile) -> None:
        self.version = ""
        self.services: _Element | None = None
        self.comments: list[Comment] = []
        self._file = file
        self._depth = 0
        self._count = 0
        self._open: list[_Element] = []
        self._foreign = False
        self._hidden = 0
        parser = expat.ParserCreate("utf-8", " ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        if MARK in file.data:
            parser.CommentHandler = self._comment
        self._parser = parser
        try:
            parser.Parse(file.data, True)
        except expat.ExpatError as error:
            raise DocumentError(
                expat.ErrorString(error.code), error.lineno, error.offset + 1
            ) from None

    def _here(self) -> tuple[int, int]:
        return self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1

    def _doctype(self, *_: object) -> None:
        raise DocumentError(
            "a document type declaration, which CycloneDX has none of", *self._here()
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise DocumentError(f"nested deeper than {MAX_DEPTH} levels", *self._here())
        namespace, _, name = tag.rpartition(" ")
        if self._depth == 1:
            self._foreign = name != "bom" or not namespace.startswith(NAMESPACE)
            self.version = namespace.removeprefix(NAMESPACE)
        if self._foreign:
            return
        if self._hidden or not namespace.startswith(NAMESPACE):
            self._hidden += 1
            return
        if self._open or (self._depth == 2 and name == "services" and self.services is None):
            self._keep(name, attributes)

    def _keep(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise DocumentError(f"more than {MAX_ELEMENTS:,} elements", *self._here())
        made = _Element(
            name,
            {key: text for key, text in attributes.items() if " " not in key},
            self._here(),
        )
        if self._open:
            self._open[-1].children.append(made)
        else:
            self.services = made
        self._open.append(made)

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if self._hidden:
            self._hidden -= 1
        elif self._open:
            line, column = self._here()
            self._open.pop().end = (line, column + len(tag.rpartition(" ")[2]) + 3)

    def _characters(self, text: str) -> None:
        if self._open and not self._hidden:
            self._open[-1].text.append(text)

    def _comment(self, text: str) -> None:
        line, column = self._here()
        end_line = line + text.count("\n")
        alone = not self._file.line(line)[: column - 1].strip()
        self.comments.append(
            Comment(
                text,
                Span(self._file.path, line, column, end_line, column + len(text) + 7),
                alone,
            )
        )


class _Shaper:
    """Elements as the same thing in JSON (ECMA-424 says of both what stands for what), with the span of each path."""

    def __init__(self, path: str) -> None:
        self.spans: dict[Path, Span] = {}
        self._path = path

    def services(self, element: _Element, at: Path) -> list[Any]:
        """The services below ``<services>``; what doesn't belong there stays text, which no schema takes for one."""
        return self._each(
            element.children,
            at,
            lambda one, to: (
                self._object(one, to) if one.name == "service" else f"<{one.name}>"
            ),
        )

    def _each(
        self, elements: list[_Element], at: Path, make: Callable[[_Element, Path], Any]
    ) -> list[Any]:
        made = []
        for index, one in enumerate(elements):
            to = (*at, index)
            self.spans[to] = _span(self._path, one)
            made.append(make(one, to))
        return made

    def _object(self, element: _Element, at: Path) -> dict[str, Any]:
        """A service, an organization, a flow of data: children by name, those that may repeat as lists."""
        made: dict[str, Any] = dict(element.attributes)
        for child in element.children:
            to = (*at, child.name)
            if child.name in (
                "url",
                "contact",
            ):  # an organization has several of them side by side
                listed = made.setdefault(child.name, [])
                self.spans.setdefault(to, _span(self._path, child))
                self.spans[(*to, len(listed))] = _span(self._path, child)
                listed.append(child.said if child.name == "url" else {})
                continue
            self.spans[to] = _span(self._path, child)
            made[child.name] = self._value(child, to)
            if child.name == "classification" and "flow" in child.attributes:
                made["flow"] = child.attributes["flow"]
                self.spans[(*at, "flow")] = self.spans[to]
        return made

    def _value(self, element: _Element, at: Path) -> Any:
        name = element.name
        if name in _SKIPPED:
            return None
        if name in ("authenticated", "x-trust-boundary"):
            return _TRUTH.get(element.said, element.said)
        if name == "services":
            return self.services(element, at)
        if name in ("provider", "address"):
            return self._object(element, at)
        if name == "data":
            return self._each(element.children, at, self._data)
        if name == "properties":
            return self._each(
                element.children, at, lambda one, _: {**one.attributes, "value": one.said}
            )
        if name == "externalReferences":
            return self._each(element.children, at, self._reference)
        if name in _LISTS:
            return self._each(element.children, at, lambda one, _: one.said)
        return element.said

    def _data(self, element: _Element, at: Path) -> Any:
        """``<dataflow>``, or the ``<classification flow="...">`` of versions before 1.5."""
        if element.name == "dataflow":
            return self._object(element, at)
        if element.name == "classification":
            return {**element.attributes, "classification": element.said}
        return f"<{element.name}>"

    def _reference(self, element: _Element, at: Path) -> Any:
        found = {
            child.name: child.said
            for child in element.children
            if child.name in ("url", "comment")
        }
        return {**element.attributes, **found}


def _span(path: str, element: _Element) -> Span:
    return Span(path, *element.start, *element.end)
