"""TOML as BurntSushi/toml writes and reads it (``toToml``, ``fromToml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sovlint.expressions.templates.functions.arguments import holds_unknown, is_open, text
from sovlint.expressions.templates.running import Execution, TemplateError
from sovlint.expressions.templates.text import TemplateHole, joined, like
from sovlint.expressions.templates.values import Int64, List, Map, TemplateObject
from sovlint.expressions.templates.values_text import float_text, scalar_text

MAX_DEPTH = 100
_BARE = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f]')
_SHORT = {
    '"': '\\"',
    "\\": "\\\\",
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
}


def toml_text(run: Execution, value: Any) -> Any:
    """A map as TOML; what is wrong where it can't be written. A map that may have more keys isn't known."""
    if isinstance(value, TemplateObject):
        value = value.fields
    if _has_open_map(value):
        return run.unknown("toToml", value)
    writer = _Writer(run)
    try:
        if not isinstance(value, Mapping):
            return writer.element(value)
        writer.table((), value)
    except TemplateError as error:
        return error.message
    return joined(writer.pieces)


def _has_open_map(value: Any) -> bool:
    """Where a hole is a whole value, it may be a table, which stands elsewhere; so it does where keys are open."""
    if isinstance(value, Mapping):
        return is_open(value) or any(
            isinstance(item, TemplateHole) or _has_open_map(item) for item in value.values()
        )
    return isinstance(value, list) and any(
        isinstance(item, TemplateHole) or _has_open_map(item) for item in value
    )


class _Writer:
    """Writes tables one after the other: of each its own values first, then those below it."""

    def __init__(self, run: Execution) -> None:
        self.run = run
        self.pieces: list[str] = []

    def put(self, written: str) -> None:
        """Write a text."""
        self.run.afford(len(written))
        self.pieces.append(written)

    def table(self, path: tuple[str, ...], value: Mapping[str, Any]) -> None:
        """The entries of a table. Raises ``TemplateError``."""
        if len(path) > MAX_DEPTH:
            raise TemplateError("toml: nested too deeply")
        below = []
        for key in sorted(value):
            item = value[key]
            if item is None:
                continue
            if isinstance(item, Mapping) or _is_array_of_tables(item):
                below.append((key, item))
                continue
            pad = "  " * len(path)
            self.put(joined((f"{pad}{_key(key)} = ", self.element(item), "\n")))
        for key, item in below:
            self._below((*path, key), item)

    def _below(self, path: tuple[str, ...], value: Any) -> None:
        name = ".".join(map(_key, path))
        pad = "  " * (len(path) - 1)
        if isinstance(value, Mapping):
            if len(path) == 1 and self.pieces:
                self.put("\n")
            self.put(f"{pad}[{name}]\n")
            self.table(path, value)
            return
        for item in value:
            if self.pieces:
                self.put("\n")
            self.put(f"{pad}[[{name}]]\n")
            self.table(path, item)

    def element(self, value: Any) -> str:
        """A value on one line."""
        if isinstance(value, str):
            return like(_quoted(value), value)
        if isinstance(value, Mapping):
            return self._inline(value)
        if isinstance(value, list):
            return joined(("[", joined([self.element(item) for item in value], ", "), "]"))
        if isinstance(value, float):
            return _float(value)
        return scalar_text(value)

    def _inline(self, value: Mapping[str, Any]) -> str:
        keys = [key for key in sorted(value) if not _is_table(value[key])]
        keys += [key for key in sorted(value) if _is_table(value[key])]
        entries = [
            joined((f"{_key(key)} = ", self.element(value[key])))
            for key in keys
            if value[key] is not None
        ]
        return joined(("{", joined(entries, ", "), "}"))


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping) or _is_array_of_tables(value)


def _is_array_of_tables(value: Any) -> bool:
    if not isinstance(value, list) or not value:
        return False
    if any(item is None for item in value):
        raise TemplateError("toml: cannot encode array with nil element")
    return all(isinstance(item, Mapping) for item in value)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _quoted(key)


def _quoted(value: str) -> str:
    return '"' + _ESCAPED.sub(lambda found: _escape(found.group()), value) + '"'


def _escape(character: str) -> str:
    return _SHORT.get(character) or f"\\u{ord(character):04x}"


def _float(value: float) -> str:
    written = float_text(value).lower().removeprefix("+")
    return written if re.search(r"[.en]", written) else written + ".0"


def from_toml(run: Execution, written: Any) -> Any:
    """What a TOML text says; where it can't be read, what is wrong."""
    if holds_unknown(written):
        return run.unknown("fromToml", written)
    run.afford(len(text(written)))
    import tomllib

    try:
        return _values(tomllib.loads(written), 0)
    except (ValueError, RecursionError) as error:
        return Map({"Error": str(error)})


def _values(data: Any, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise ValueError("toml: nested too deeply")
    if isinstance(data, dict):
        return Map({key: _values(item, depth + 1) for key, item in data.items()})
    if isinstance(data, list):
        return List(_values(item, depth + 1) for item in data)
    if data is None or isinstance(data, (str, bool, float)):
        return data
    return Int64(data) if isinstance(data, int) else str(data)
