"""YAML as Helm's ``toYaml`` writes it: as go-yaml 2 writes what JSON says (sigs.k8s.io/yaml)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cmp_to_key
from typing import Any

from msgspec import Struct

from sovlint.expressions.templates.functions.arguments import data_of
from sovlint.expressions.templates.functions.formats.json_writing import NoJsonError
from sovlint.expressions.templates.functions.formats.yaml_scalars import (
    BREAKS,
    DOUBLE,
    LITERAL,
    PLAIN,
    SINGLE,
    UNREADABLE,
    escaped,
    style_of,
)
from sovlint.expressions.templates.limits import WRITTEN
from sovlint.expressions.templates.running import Execution
from sovlint.expressions.templates.text import PlacedText, TemplateHole, is_hole, joined, like
from sovlint.expressions.templates.values import (
    List,
    Map,
    NilList,
    TemplateObject,
    TextObject,
)
from sovlint.expressions.templates.values_text import float_text, scalar_text
from sovlint.model.source import Span

MAX_DEPTH = 100
_WIDTH = 80
_BYTES = re.compile(r"[\ud800-\udfff]")
"""What isn't UTF-8, byte by byte."""
_LONGEST_KEY = 128
_ENDLESS = 1 << 31


class YamlStyle(Struct, frozen=True):
    """``width``: from which column on lines are folded. ``indented``: lists lie deeper than the key that they are
    under. ``by_json``: numbers go through JSON first."""

    width: int = _WIDTH
    indented: bool = False
    by_json: bool = True


BY_JSON = YamlStyle()
PRETTY = YamlStyle(_ENDLESS, True, False)


def written(run: Execution, value: Any, style: YamlStyle = BY_JSON) -> str:
    """A value as YAML, without the last line break. Raises ``NoJsonError`` where it can't be written."""
    writer = _Writer(run, style)
    writer.node(value, None, -1)
    if not writer.at_start:
        writer.put("\n")
    text = joined(writer.pieces)
    run.afford(len(text))
    return (
        text[:-1]
        if not isinstance(text, PlacedText)
        else PlacedText.of(text[:-1], text.origins)
    )


class _Writer:
    """Writes nodes one after the other, as the emitter of go-yaml does."""

    def __init__(self, run: Execution, style: YamlStyle) -> None:
        self.run = run
        self.style = style
        self.pieces: list[str] = []
        self.column = 0
        self.at_start = True
        self.depth = 0

    def put(self, text: str) -> None:
        """Write a text, which may have line breaks."""
        self.pieces.append(text)
        last = text.rfind("\n")
        self.column = self.column + len(text) if last < 0 else len(text) - last - 1
        self.at_start = self.column == 0

    def indent(self, width: int) -> None:
        """Begin a line, unless only spaces stand on this one."""
        if not self.at_start:
            self.put("\n")
        if width > 0:
            self.put(" " * width)

    def node(self, value: Any, place: Span | None, indent: int, in_map: bool = False) -> None:
        """A value; ``indent`` is that of the collection around it."""
        self.run.afford(WRITTEN)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise NoJsonError
        if isinstance(value, TemplateObject):
            value = value.as_text if isinstance(value, TextObject) else value.fields
        if isinstance(value, str):
            self._space()
            self._scalar_text(value, place, max(indent, 0) + 2, as_key=False)
        elif isinstance(value, Mapping):
            self._map(value, indent + 2 if indent >= 0 else 0, in_map)
        elif isinstance(value, list) and not isinstance(value, NilList):
            deeper = indent >= 0 and (not in_map or self.style.indented)
            self._list(value, max(0, indent + 2 if deeper else indent), in_map)
        else:
            self._space()
            self._scalar(value, place)
        self.depth -= 1

    def _space(self) -> None:
        if self.pieces and self.pieces[-1][-1:] in (":", "-", "?"):
            self.put(" ")

    def _map(self, value: Mapping[str, Any], indent: int, in_map: bool) -> None:
        rest = value.rest if isinstance(value, Map) else None
        if not value:
            self._space()
            self.put("{}" if rest is None else self.run.holes.character(rest))
            return
        places = value.places if isinstance(value, Map) else {}
        first = not in_map
        for key in ordered(value):
            self._begin(indent, first)
            first = False
            self._entry(key, value[key], places.get(key), indent)
        if rest is not None:
            self.indent(indent)
            self.put(self.run.holes.character(rest))

    def _begin(self, indent: int, first: bool) -> None:
        """The first entry of a collection in a list stands behind the dash."""
        if first and self.pieces and self.pieces[-1] in ("-", "?", ":"):
            self.put(" ")
        elif not first or self.pieces:
            self.indent(indent)

    def _entry(self, key: str, value: Any, place: Span | None, indent: int) -> None:
        simple = key.isidentifier() or not BREAKS.search(key)
        simple = simple and (
            4 * len(key) <= _LONGEST_KEY or len(data_of(key)) <= _LONGEST_KEY
        )
        if simple:
            self._scalar_text(key, place, indent, as_key=True)
            self.put(":")
        else:
            self.put("?")
            self.node(key, place, indent)
            self.indent(indent)
            self.put(":")
        self.node(value, place, indent, in_map=simple)

    def _list(self, value: list[Any], indent: int, in_map: bool) -> None:
        if not value:
            self._space()
            self.put("[]")
            return
        places = value.places if isinstance(value, List) else []
        first = not in_map
        for at, item in enumerate(value):
            self._begin(indent, first)
            first = False
            self.put("-")
            self.node(item, places[at] if at < len(places) else None, indent)

    def _scalar(self, value: Any, place: Span | None) -> None:
        """What is no text."""
        if isinstance(value, TemplateHole):
            self.put(self.run.holes.character(value))
        else:
            text = self._number(value)
            self.put(text if place is None else PlacedText.written(text, place))

    def _number(self, value: Any) -> str:
        if value is None or isinstance(value, NilList):
            return "[]" if value is not None and not self.style.by_json else "null"
        if isinstance(value, float):
            if value != value or value in (float("inf"), float("-inf")):
                raise NoJsonError
            return _float(value, self.style.by_json)
        return scalar_text(value)

    def _scalar_text(self, text: str, place: Span | None, indent: int, as_key: bool) -> None:
        if self.style.by_json and not text.isprintable() and UNREADABLE.search(text):
            raise NoJsonError
        if not text.isascii():
            text = like(_BYTES.sub("\ufffd", text), text)
        style = style_of(text, as_key)
        if len(text) == 1 and is_hole(text):
            style = PLAIN
        if style == LITERAL:
            made = self._literal(text, indent)
        elif as_key or self.column + len(text) <= self.style.width or " " not in text:
            made = _in_line(text, style)
        else:
            made = self._folded(text, style, indent)
        if not isinstance(text, PlacedText) and place is not None:
            made = PlacedText.written(made, place)
        self.put(like(made, text))

    def _literal(self, text: str, indent: int) -> str:
        hint = "2" if text[0] in " \n" else ""
        chomp = "" if text.endswith("\n") else "-"
        if text == "\n" or text.endswith("\n\n"):
            chomp = "+"
        pad = " " * indent
        lines = text.split("\n")
        body = "\n".join(pad + line if line else "" for line in lines)
        return f"|{hint}{chomp}\n{body}"

    def _folded(self, text: str, style: str, indent: int) -> str:
        """A text broken at single spaces behind the last column."""
        made: list[str] = ["'"] if style == SINGLE else ['"'] if style == DOUBLE else []
        column = self.column + len(made)
        spaces, last = False, len(text) - 1
        for at, character in enumerate(text):
            if character == " ":
                if (
                    not spaces
                    and column > self.style.width
                    and self._breaks(text, at, last, style)
                ):
                    made.append("\n" + " " * indent)
                    column = indent
                    if style == DOUBLE and text[at + 1] == " ":
                        made.append("\\")
                        column += 1
                else:
                    made.append(" ")
                    column += 1
                spaces = True
                continue
            piece = _one(character, style)
            made.append(piece)
            column += len(piece)
            spaces = False
        if style != PLAIN:
            made.append(made[0])
        return "".join(made)

    def _breaks(self, text: str, at: int, last: int, style: str) -> bool:
        inside = 0 < at < last
        if style == DOUBLE:
            return inside
        return (inside or style == PLAIN) and text[at + 1 : at + 2] != " "


def _one(character: str, style: str) -> str:
    if style == DOUBLE:
        return escaped(character)
    return "''" if style == SINGLE and character == "'" else character


def _in_line(text: str, style: str) -> str:
    if style == PLAIN:
        return text
    quote = "'" if style == SINGLE else '"'
    return quote + "".join([_one(character, style) for character in text]) + quote


def _float(value: float, by_json: bool) -> str:
    """JSON has whole numbers without a point, which YAML then reads as such."""
    if by_json and value.is_integer() and -(2**63) <= value < 2**64:
        return str(int(value))
    return float_text(value)


_DIGITS = re.compile(r"\d+")


def ordered(keys: Mapping[str, Any]) -> list[str]:
    """The keys of a map as go-yaml orders them: numbers in them by their value, letters behind all else."""
    found = sorted(keys)
    if all(map(_EASILY_ORDERED.fullmatch, found)):
        return found
    return sorted(found, key=cmp_to_key(_compared))


_EASILY_ORDERED = re.compile(r"[A-Za-z]+")


def _compared(one: str, other: str) -> int:
    for at, (mine, theirs) in enumerate(zip(one, other, strict=False)):
        if mine == theirs:
            continue
        mine_letter, theirs_letter = mine.isalpha(), theirs.isalpha()
        if mine_letter and theirs_letter:
            return -1 if mine < theirs else 1
        if mine_letter or theirs_letter:
            return -1 if theirs_letter else 1
        return _compared_digits(one, other, at)
    return len(one) - len(other)


def _compared_digits(one: str, other: str, at: int) -> int:
    leading = 0
    if "0" in (one[at], other[at]):
        before = at - 1
        while before >= 0 and one[before].isdecimal():
            if one[before] != "0":
                leading = 1
                break
            before -= 1
    mine, theirs = _run_of_digits(one, at), _run_of_digits(other, at)
    left, right = int(f"{leading}{mine}"), int(f"{leading}{theirs}")
    if left != right:
        return -1 if left < right else 1
    if len(mine) != len(theirs):
        return len(mine) - len(theirs)
    return -1 if one[at] < other[at] else 1


def _run_of_digits(text: str, at: int) -> str:
    found = _DIGITS.match(text, at)
    return found.group()[:18] if found else ""
