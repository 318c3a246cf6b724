"""Where things stand in a JSON text: found when somebody asks, so that large plans cost no more than reading them."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from sovlint.documents.places import Path
from sovlint.model.source import SourceFile, Span

_BLANK = re.compile(r"[ \t\r\n]*")
_LINE = re.compile("\n")
_DECODER = json.JSONDecoder()


class JsonError(Exception):
    """A text that isn't JSON, or nests too deeply; where (line and column from 1)."""

    def __init__(self, problem: str, line: int = 1, column: int = 1) -> None:
        super().__init__(problem)
        self.problem = problem
        self.line = line
        self.column = column


class JsonText:
    """A JSON text: ``data`` is what it says, ``where`` tells where something stands. Raises ``JsonError``."""

    def __init__(self, file: SourceFile) -> None:
        self.path = file.path
        self._text = file.data.decode("utf-8", "replace")
        self._starts: list[int] = []
        self._twice: dict[tuple[Path, str | int], list[tuple[int, int]]] = {}
        self._children: dict[Path, dict[str | int, tuple[int, int, int]]] = {}
        try:
            self.data: Any = json.loads(self._text)
        except json.JSONDecodeError as error:
            raise JsonError(error.msg, error.lineno, error.colno) from None
        except RecursionError:
            raise JsonError("nested too deeply") from None
        except ValueError as error:  # a number of thousands of digits
            raise JsonError(str(error)) from None

    def where(self, path: Path) -> JsonPlace:
        """Where the key (or the item of a list) at ``path`` stands; where there is none, its nearest parent."""
        return JsonPlace(self, path)

    def repeated(self, path: Path, depth: int) -> Iterator[tuple[str, Span, int]]:
        """Keys that stand twice in one object, as a ``Document`` has them: in what stands at ``path`` and is no deeper in
        it than ``depth``."""
        value = self._value_at(path)
        for key, begins in self._inside(path, value).items() if value is not None else ():
            yield from (
                (str(key), self._stretch(at, at), self._stretch(before, before).line)
                for at, before in self._twice.get((path, key), ())
            )
            if depth and self._text[begins[1]] in "{[":
                yield from self.repeated((*path, key), depth - 1)

    def _value_at(self, path: Path) -> int | None:
        """Where the value at ``path`` begins; ``None`` where there is none."""
        value = _BLANK.match(self._text).end()  # type: ignore[union-attr]
        for number, step in enumerate(path):
            found = self._inside(path[:number], value).get(step)
            if found is None:
                return None
            value = found[1]
        return value

    def span(self, path: Path) -> Span:
        """From the key, or the item, at ``path`` to the end of its value."""
        start, end = 0, len(self._text)
        value = _BLANK.match(self._text).end()  # type: ignore[union-attr]
        for number, step in enumerate(path):
            found = self._inside(path[:number], value).get(step)
            if found is None:
                break
            start, value, end = found
        return self._stretch(start, end)

    def _stretch(self, start: int, end: int) -> Span:
        return Span(self.path, *self._position(start), *self._position(end))

    def _position(self, offset: int) -> tuple[int, int]:
        """Line and column, by a table of where lines start that is made once."""
        if not self._starts:
            self._starts = [0, *(match.end() for match in _LINE.finditer(self._text))]
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def _inside(self, path: Path, start: int) -> dict[str | int, tuple[int, int, int]]:
        """By key or index: where it begins, where its value does, and where that ends."""
        if path not in self._children:
            self._children[path] = self._scan(path, start)
        return self._children[path]

    def _scan(self, path: Path, at: int) -> dict[str | int, tuple[int, int, int]]:
        text = self._text
        found: dict[str | int, tuple[int, int, int]] = {}
        opened = text[at : at + 1]
        if opened not in ("{", "["):
            return {}
        at = self._skip(at + 1)
        number = 0
        while text[at] not in "}]":
            key: str | int = number
            begins = at
            if opened == "{":
                key, at = _DECODER.raw_decode(text, at)
                at = self._skip(self._skip(at) + 1)
            _, end = _DECODER.raw_decode(text, at)
            if key in found:
                self._twice.setdefault((path, key), []).append((begins, found[key][0]))
            found[key] = (begins, at, end)
            number += 1
            at = self._skip(end)
            if text[at] == ",":
                at = self._skip(at + 1)
        return found

    def _skip(self, at: int) -> int:
        return _BLANK.match(self._text, at).end()  # type: ignore[union-attr]


class JsonPlace:
    """A place in a JSON text (implements ``model.source.Located``); worked out only when asked for."""

    __slots__ = ("_path", "_text")

    def __init__(self, text: JsonText, path: Path) -> None:
        self._text = text
        self._path = path

    def span(self) -> Span:
        """See ``JsonText.span``."""
        return self._text.span(self._path)
