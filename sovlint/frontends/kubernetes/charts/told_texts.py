"""Texts that a template is rendered to: which of them say nothing that isn't said in one that was read. Comparing lines
takes far less than reading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from sovlint.documents.attributes import Evaluated
from sovlint.expressions.templates.granted import is_granted
from sovlint.expressions.templates.text import TemplateHoles, has_holes, is_hole
from sovlint.frontends.cluster.charts.rendered_text import (
    BrokenDocument,
    RenderedDocuments,
    RenderedText,
)

_ANYTHING = r'(?:[\w./-]*|"[\w./-]*")'
"""What is printed for something, if it is no more than a part of a text."""


class ToldTexts(Struct):
    """The texts of one template that were read, in which nothing is broken, nor unknown as a whole: the keys of their
    objects by text, and the lines of each."""

    _keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _lines: list[list[str]] = field(default_factory=list)
    _patterns: dict[str, re.Pattern[str] | None] = field(default_factory=dict)

    def add(
        self, rendered: object, documents: RenderedDocuments, keys: Sequence[str]
    ) -> None:
        """One more that was read."""
        if isinstance(rendered, RenderedText) and all(map(_is_whole, documents)):
            self._keys[rendered.text] = tuple(keys)
            self._lines.append(rendered.text.split("\n"))

    def keys_of(self, rendered: object) -> tuple[str, ...] | None:
        """The keys of the objects of a text; ``None`` for one that wasn't read."""
        return self._keys.get(rendered.text) if isinstance(rendered, RenderedText) else None

    def say(self, rendered: object) -> bool:
        """Whether all that a text says is said by one of these, if what would only be printed otherwise were printed as
        it is there."""
        if not isinstance(rendered, RenderedText):
            return False
        if rendered.text in self._keys:
            return True
        lines = rendered.text.split("\n")
        return any(
            len(lines) == len(told)
            and all(
                line == other or self._may_be(line, other, rendered.holes)
                for line, other in zip(lines, told, strict=True)
            )
            for told in self._lines
        )

    def _may_be(self, line: str, other: str, holes: TemplateHoles) -> bool:
        if line not in self._patterns:
            self._patterns[line] = _pattern(line, holes)
        pattern = self._patterns[line]
        return pattern is not None and pattern.fullmatch(other) is not None


def _is_whole(document: object) -> bool:
    return not isinstance(document, BrokenDocument) and not isinstance(
        getattr(document, "data", None), Evaluated
    )


def _pattern(line: str, holes: TemplateHoles) -> re.Pattern[str] | None:
    """What a line may be where what is granted is printed otherwise; ``None`` if nothing of it is, or all, or a key."""
    key, colon, value = line.rpartition(": ")
    if (
        has_holes(key)
        or not has_holes(value)
        or not (colon or value.lstrip().startswith("- "))
    ):
        return None
    return re.compile(
        "".join(_ANYTHING if _is_printed(each, holes) else re.escape(each) for each in line)
    )


def _is_printed(character: str, holes: TemplateHoles) -> bool:
    if not is_hole(character):
        return False
    unknown = holes.hole(character).unknown
    return unknown.parts is None and is_granted(unknown)
