"""Texts that templates work on: plain strings, of which some characters stand for what isn't known, and some remember
where they were written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from sovlint.model.source import Span
from sovlint.model.value import Unknown

FIRST_HOLE = 0xE000
LAST_HOLE = 0xF8FF
"""Characters of Unicode's private use area: each stands for one thing that isn't known (``TemplateHoles``). Templates and
values that have any of these themselves are read with ``\\ufffd`` instead (``without_holes``)."""

_HOLES = re.compile(f"[{chr(FIRST_HOLE)}-{chr(LAST_HOLE)}]")


class TemplateHole(Struct, frozen=True, eq=False):
    """Something that isn't known, while a template is executed.

    ``unknown`` is what is told of it. ``key`` is what it is: two holes of one key are the same thing, so that what is
    decided of one holds for the other.
    """

    unknown: Unknown
    key: str


class TemplateHoles:
    """The holes of one execution, and the character that stands for each in texts. Equal keys have one character."""

    __slots__ = ("_by_key", "_held")

    def __init__(self) -> None:
        self._held: list[TemplateHole] = []
        self._by_key: dict[str, str] = {}

    def character(self, hole: TemplateHole) -> str:
        """The character that stands for a hole. Past the last one, the last one stands for all further ones."""
        found = self._by_key.get(hole.key)
        if found is None:
            number = min(FIRST_HOLE + len(self._held), LAST_HOLE)
            if len(self._held) <= LAST_HOLE - FIRST_HOLE:
                self._held.append(hole)
            found = self._by_key[hole.key] = chr(number)
        return found

    def hole(self, character: str) -> TemplateHole:
        """The hole that a character stands for."""
        return self._held[ord(character) - FIRST_HOLE]


def is_hole(character: str) -> bool:
    """Whether a character stands for something that isn't known."""
    return FIRST_HOLE <= ord(character) <= LAST_HOLE


def has_holes(text: str) -> bool:
    """Whether anything in a text isn't known."""
    return not text.isascii() and _HOLES.search(text) is not None


def without_holes(text: str) -> str:
    """A text as it was read, in which no character can be taken for a hole."""
    return _HOLES.sub("\ufffd", text) if has_holes(text) else text


class Origin(Struct, frozen=True):
    """Where a stretch of text comes from.

    ``where`` is the action or the literal text of a template; ``None`` for a value that no action has printed yet.
    ``value`` is where the value that was printed is written. ``lines``: each line break in the stretch is one in that
    file too, so that its second line is the next line there.
    """

    where: Span | None
    value: Span | None = None
    lines: bool = False


Origins = tuple[tuple[int, Origin], ...]
"""From which character on, and what from there on; in order."""


class PlacedText(str):
    """A string that remembers where it comes from: wherever a plain string will do, it will."""

    __slots__ = ("origins",)
    origins: Origins

    @staticmethod
    def of(text: str, origins: Iterable[tuple[int, Origin]]) -> PlacedText:
        """A text with its origins, which begin in order."""
        made = PlacedText(text)
        made.origins = tuple(origins)
        return made

    @staticmethod
    def written(text: str, value: Span) -> PlacedText:
        """A value as it is written somewhere."""
        return PlacedText.of(text, ((0, Origin(None, value)),))


def origins_of(text: str) -> Origins:
    """The origins of a text: none of a plain string."""
    return text.origins if isinstance(text, PlacedText) else ()


def like(text: str, source: str) -> str:
    """``text``, which was made of the whole of ``source`` (quoted, say): it begins where that does."""
    origins = origins_of(source)
    return PlacedText.of(text, ((0, origins[0][1]),)) if origins else text


def joined(pieces: Iterable[str], separator: str = "") -> str:
    """Texts one after the other; each keeps its origins."""
    texts = list(pieces)
    whole = separator.join(texts)
    if not any(isinstance(each, PlacedText) for each in texts):
        return whole
    origins: list[tuple[int, Origin]] = []
    at = 0
    for each in texts:
        if isinstance(each, PlacedText):
            origins += [(at + start, origin) for start, origin in each.origins]
        at += len(each) + len(separator)
    return PlacedText.of(whole, origins)


def part(text: str, start: int, end: int) -> str:
    """The characters from ``start`` to before ``end``, with their origins."""
    cut = text[start:end]
    return PlacedText.of(cut, _cut(text, start, end)) if isinstance(text, PlacedText) else cut


def _cut(text: PlacedText, start: int, end: int) -> Iterator[tuple[int, Origin]]:
    """The origins of a stretch. One that begins before it begins with it, on the line that it has come to by then."""
    before: tuple[int, Origin] | None = None
    for at, origin in text.origins:
        if at <= start:
            before = (at, origin)
            continue
        if before is not None:
            yield 0, _later(before[1], text.count("\n", before[0], start))
            before = None
        if at < end:
            yield at - start, origin
    if before is not None:
        yield 0, _later(before[1], text.count("\n", before[0], start))


def _later(origin: Origin, lines: int) -> Origin:
    """The same origin, so many lines on."""
    where = origin.where
    if not lines or not origin.lines or where is None:
        return origin
    line = where.line + lines
    return Origin(
        Span(where.path, line, 1, max(line, where.end_line), where.end_column),
        origin.value,
        True,
    )


def indented(text: str, spaces: int) -> str:
    """A text with so many spaces at the beginning of each of its lines (Sprig's ``indent``)."""
    pad = " " * max(0, spaces)
    made = pad + text.replace("\n", "\n" + pad)
    if not isinstance(text, PlacedText):
        return made
    return PlacedText.of(made, _indented(text, len(pad)))


def _indented(text: PlacedText, width: int) -> Iterator[tuple[int, Origin]]:
    """The origins of a text of which each line begins with so many spaces more."""
    last = lines = 0
    for at, origin in text.origins:
        lines += text.count("\n", last, at)
        last = at
        yield at + (lines + 1) * width if at else 0, origin
