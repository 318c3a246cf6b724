"""What a template has rendered -> documents, of which each part knows the line of the template, and a text the line of the
value that it was made of."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from sovlint.documents import Document, DocumentError, Path, load
from sovlint.documents.attributes import Evaluated
from sovlint.documents.places import BITS, COLUMN, NodePlace, Spans
from sovlint.expressions.templates.text import (
    Origins,
    TemplateHoles,
    has_holes,
    is_hole,
    origins_of,
)
from sovlint.model.partial.parts import tidy
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Step, StepKind, Unknown, Value

_SEPARATOR: Final = re.compile(r"^---(?=\s|$).*$", re.MULTILINE)
"""What stands between two documents."""
_FROM_VALUES: Final = "kubernetes.charts.from-values"
_ITEM: Final = "- "
MOST_KEPT: Final = 50_000_000
"""Characters of outputs that are kept with what they were read as."""


class RenderedText(Struct, frozen=True):
    """The output of one template: ``holes`` has what isn't known in it; ``nowhere`` is where what has no origin stands."""

    text: str
    holes: TemplateHoles
    nowhere: Span


class BrokenDocument(Struct, frozen=True):
    """A part of the output that YAML can't read: what is wrong, and where that was written."""

    problem: str
    where: Span


RenderedDocuments = Sequence["Document | BrokenDocument"]


class DocumentReader:
    """Reads outputs. What was read lately is kept: most of what releases of one chart are rendered to is the same."""

    __slots__ = ("_characters", "_outputs", "_stretches")

    def __init__(self) -> None:
        self._outputs: dict[tuple[str, Origins, Span], RenderedDocuments] = {}
        self._stretches: dict[tuple[str, str, int], Sequence[Document] | DocumentError] = {}
        self._characters = 0

    def read(self, rendered: RenderedText) -> RenderedDocuments:
        """The documents of an output, those that say something; each that is broken by itself. Nobody may change what
        they hold, since others may have got the same."""
        text = rendered.text
        if not text or text.isspace():
            return ()
        if has_holes(text):
            return tuple(self._documents(rendered))
        key = (text, origins_of(text), rendered.nowhere)
        found = self._outputs.get(key)
        if found is None:
            found = tuple(self._documents(rendered))
            self._keep(len(text))
            self._outputs[key] = found
        return found

    def _documents(self, rendered: RenderedText) -> Iterator[Document | BrokenDocument]:
        places = _Places(rendered)
        for start, end in _stretches(rendered.text):
            written = rendered.text[start:end]
            if not written.strip():
                continue
            above = rendered.text.count("\n", 0, start)
            read = self._read(written, rendered.nowhere.path, above)
            if isinstance(read, DocumentError):
                yield BrokenDocument(read.problem, places.at(read.line, read.column))
                continue
            for document in read:
                if document.data is not None:
                    yield _placed(document, places)

    def _read(
        self, written: str, path: str, above: int
    ) -> Sequence[Document] | DocumentError:
        key = (written, path, above)
        found = self._stretches.get(key)
        if found is None:
            try:
                found = tuple(load(_with_open_lines(written), path, above=above))
            except DocumentError as error:
                found = error.with_traceback(None)  # which would hold on to all that is kept
            self._keep(len(written))
            self._stretches[key] = found
        return found

    def _keep(self, characters: int) -> None:
        self._characters += characters
        if self._characters > MOST_KEPT:
            self._characters = characters
            self._outputs.clear()
            self._stretches.clear()


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for separator in _SEPARATOR.finditer(text):
        yield start, separator.start()
        start = separator.end()
    yield start, len(text)


# --- lines of which nothing is known


def _with_open_lines(text: str) -> str:
    """A text in which a line that isn't known at all is an entry like those around it, so that YAML can read them. It
    stays alone where nothing stands around it: then it is the whole value."""
    if not has_holes(text):
        return text
    lines = text.split("\n")
    for number, line in enumerate(lines):
        written = line.strip()
        if written and all(map(is_hole, written)):
            lines[number] = _entry_like(lines, number)
    return "\n".join(lines)


def _entry_like(lines: list[str], number: int) -> str:
    line = lines[number]
    indent = _indent(line)
    around = _sibling(lines[:number][::-1], indent) or _sibling(lines[number + 1 :], indent)
    if around is None:
        return line
    pad, written = line[:indent], line.strip()
    if around.startswith((_ITEM, "-\n")) or around == "-":
        return f"{pad}{_ITEM}{written}"
    return f"{pad}{written}: {written}" if ":" in around else line


def _sibling(lines: list[str], indent: int) -> str | None:
    """The nearest line at this depth, unless a line that is less deep stands before it."""
    for line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        depth = _indent(line)
        if depth < indent:
            return None
        if depth == indent:
            return line.strip()
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


# --- places


def _line_starts(text: str) -> Iterator[int]:
    """Where lines begin that aren't the first."""
    at = text.find("\n")
    while at >= 0:
        yield at + 1
        at = text.find("\n", at + 1)


class _Places:
    """Where the characters of an output were written."""

    __slots__ = ("_at", "_last", "_lines", "_origins", "rendered")

    def __init__(self, rendered: RenderedText) -> None:
        self.rendered = rendered
        origins = origins_of(rendered.text)
        self._at = [at for at, _ in origins]
        self._origins = [origin for _, origin in origins]
        self._last = max(0, len(rendered.text) - 1)
        self._lines = array("I", (0, *_line_starts(rendered.text)))

    def at(self, line: int, column: int) -> Span:
        """The place in a template of a line and a column of the output, both from 1."""
        return self._written(self._offset(line, column))

    def _offset(self, line: int, column: int) -> int:
        lines, last = self._lines, self._last
        at = lines[line - 1 if line < len(lines) else -1] + column - 1
        return at if at < last else last

    def _written(self, offset: int) -> Span:
        number = bisect_right(self._at, offset) - 1
        where = self._origins[number].where if number >= 0 else None
        if where is None:
            return self.rendered.nowhere
        if not self._origins[number].lines:
            return where
        start = self._at[number]
        text = self.rendered.text
        further = text.count("\n", start, offset)
        column = (
            offset - text.rfind("\n", start, offset)
            if further
            else where.column + offset - start
        )
        return Span(where.path, where.line + further, column, where.line + further, column)

    def line(self, number: int) -> str:
        """A line of the output, from 1."""
        if not 1 <= number <= len(self._lines):
            return ""
        start = self._lines[number - 1]
        end = self.rendered.text.find("\n", start)
        return self.rendered.text[start : None if end < 0 else end]

    def values_on(self, line: int) -> list[Span]:
        """Where the values are written that a line of the output was made of."""
        start = self._offset(line, 1)
        return self._values(start, start + len(self.line(line)))

    def values(self, place: NodePlace) -> list[Span]:
        """Where the values are written that a value in the output was made of."""
        start = self._offset((place.start >> BITS) + 1, (place.start & COLUMN) + 1)
        end = self._offset((place.end >> BITS) + 1, (place.end & COLUMN) + 1)
        return self._values(start, end)

    def _values(self, start: int, end: int) -> list[Span]:
        first = max(0, bisect_right(self._at, start) - 1)
        found: dict[Span, None] = {}
        for number in range(first, len(self._at)):
            if self._at[number] >= max(end, start + 1):
                break
            value = self._origins[number].value
            if value is not None:
                found[value] = None
        return list(found)


class TemplateSpans(Mapping[Path, Span]):
    """The spans of a document of the output, as places in the templates; worked out when asked for."""

    __slots__ = ("_ends", "_places", "_spans")

    def __init__(
        self, spans: Mapping[Path, Span], places: _Places, ends: Mapping[Path, Span] | None
    ) -> None:
        self._spans = spans
        self._places = places
        self._ends = ends

    @property
    def path(self) -> str:
        """The file of the template."""
        return self._places.rendered.nowhere.path

    def line_below(self, path: Path) -> int:
        """The number of the line of the output above the text at a path: that of its key, below which it begins, or the
        one before where it begins beside it. What stands nowhere is where what holds it is."""
        while path and path not in self._spans:
            path = path[:-1]
        span = self._spans[path]
        return span.line - 1 if span.end_line > span.line else span.line

    def line(self, number: int) -> str:
        """A line of the output, from 1."""
        return self._places.line(number)

    def at(self, line: int, column: int) -> Span:
        """Where a place in the output was written."""
        return self._places.at(line, column)

    def values_on(self, line: int) -> tuple[Step, ...]:
        """Where the values stand that are put in on a line of the output."""
        because = steps_of(self._places.values_on(line))
        return () if because is None else (because,)

    def __getitem__(self, path: Path) -> Span:
        span = self._spans[path]
        start = self._places.at(span.line, span.column)
        if self._ends is None:
            return start
        last = self._places.at(span.end_line, max(1, span.end_column - 1))
        if last.path != start.path or (last.end_line, last.end_column) < (
            start.line,
            start.column,
        ):
            return start
        return Span(start.path, start.line, start.column, last.end_line, last.end_column)

    def __contains__(self, path: object) -> bool:
        return path in self._spans

    def __iter__(self) -> Iterator[Path]:
        return iter(self._spans)

    def __len__(self) -> int:
        return len(self._spans)


# --- what is known of texts


def _placed(document: Document, places: _Places) -> Document:
    root = document.ends.place(()) if isinstance(document.ends, Spans) else None
    data = _Texts(places).of(document.data, root)
    return Document(
        data,
        document.path,
        TemplateSpans(document.spans, places, None),
        TemplateSpans(document.ends, places, document.ends),
        document.duplicates,
    )


class _Texts:
    """Puts what is known of the texts of a document in their place."""

    __slots__ = ("_holes", "_places")

    def __init__(self, places: _Places) -> None:
        self._places = places
        self._holes = places.rendered.holes

    def of(self, data: Any, place: NodePlace | None) -> Any:
        """Data with its texts evaluated."""
        inner = place.inner if place is not None else None
        if isinstance(data, dict):
            by_key = inner if isinstance(inner, dict) else {}
            return {
                self._key(key): self.of(item, by_key.get(key)) for key, item in data.items()
            }
        if isinstance(data, list):
            known = isinstance(inner, list) and len(inner) == len(data)
            items = inner if isinstance(inner, list) and known else [None] * len(data)
            return [self.of(item, items[index]) for index, item in enumerate(data)]
        if not isinstance(data, str):
            return data
        return self._text(data, place)

    def _key(self, key: str) -> str:
        return str(Evaluated.of(self._value(key, None))) if has_holes(key) else key

    def _text(self, text: str, place: NodePlace | None) -> str:
        written = [] if place is None else self._places.values(place)
        if not written and not has_holes(text):
            return text
        return Evaluated.of(self._value(text, steps_of(written)))

    def _value(self, text: str, because: Step | None) -> Value:
        return known_of_text(text, self._holes, because)


def known_of_text(text: str, holes: TemplateHoles, because: Step | None) -> Value:
    """What is known of a text in which characters stand for what isn't (``holes``)."""
    if not has_holes(text):
        return Known(text, because)
    met = [character for character in text if is_hole(character)]
    found = _partly(text, [holes.hole(each).unknown for each in met], because)
    among = holes.hole(met[0]).unknown.among if len(set(met)) == 1 else None
    if not among:
        return found
    return found.but(
        among=tuple(
            Known(text.replace(met[0], str(each.value)), each.because, each.sensitive)
            for each in among
        )
    )


def _partly(text: str, holes: list[Unknown], because: Step | None) -> Unknown:
    """A text with what is known of what stands at its holes: of each, its own parts."""
    parts: list[str | None] = []
    met: list[Unknown] = []
    left = iter(holes)
    for character in text:
        if not is_hole(character):
            parts.append(character)
            continue
        hole = next(left)
        if hole.parts is not None and len(hole.holes) == hole.parts.count(None):
            parts.extend(hole.parts)
            met.extend(hole.holes)
        else:
            parts.append(None)
            met.append(hole)
    first = holes[0]
    return first.bare().but(
        because=because or first.because,
        parts=tidy(parts),
        holes=tuple(met),
        sensitive=any(each.sensitive for each in holes),
    )


def steps_of(written: list[Span]) -> Step | None:
    """The places of the values that a text was made of, as one step."""
    note, kind = Note(_FROM_VALUES), StepKind.PUT_IN
    steps = [Step(where, note, kind=kind) for where in written]
    if len(steps) < 2:
        return steps[0] if steps else None
    return Step(written[0], note, tuple(steps[1:]), kind=kind)
