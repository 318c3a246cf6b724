"""Files of variables (``.env``, ``env_file``, ``label_file``) -> values by name, as Compose's own reader does.

None of their lines is ever shown: they hold what was never meant to be read by others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sovlint.documents.errors import TooLargeError
from sovlint.documents.interpolation import Lookup, interpolated
from sovlint.documents.tree import Node
from sovlint.model.decoding import late_pattern
from sovlint.model.source import SourceFile, Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Step, Value

SET_HERE: Final = "settings.set-here"

MAX_ENTRIES: Final = 200_000
"""Of a file with more variables than this, no further ones are read."""

_KEY: Final = late_pattern(r"(?:export[ \t]+)?([\w.\-\[\]]+)[ \t]*(?:([=:])[ \t]*)?")
_QUOTED: Final = {
    '"': late_pattern(r'"((?:\\.|[^"\\])*)"', re.DOTALL),
    "'": late_pattern(r"'((?:\\.|[^'\\])*)'", re.DOTALL),
}
_ESCAPE: Final = late_pattern(r'\\([nrt"\\$])')
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\", "$": "$$"}
_LINE: Final = late_pattern(r"[^\n]*")


def variables(file: SourceFile, outside: Lookup, raw: bool = False) -> Mapping[str, Value]:
    """What a file sets, later lines winning. A name without a sign takes its value from ``outside``.

    ``raw``: values are taken as they stand, quotes and dollar signs too (``format: raw``). A line that can't be read
    sets nothing.
    """
    text = file.data.decode("utf-8", "replace").replace("\r\n", "\n")
    found: dict[str, Value] = {}

    def lookup(name: str) -> Value | None:
        """A variable of the surroundings, else one set above: what runs Compose wins over its files."""
        above = outside(name)
        return found.get(name) if above is None else above

    at, line = 0, 1
    while at < len(text) and len(found) <= MAX_ENTRIES:
        start = at
        key = None if text[at] in "#\n \t" else _KEY.match(text, at)
        if text[at] in " \t\n":
            at += 1
        elif key is None:
            at = _end(text, at)
        else:
            where = Span(file.path, line, 1, line, 1 + len(key[0].rstrip()))
            at = _set(text, key, where, found, lookup, raw)
        line += text.count("\n", start, at)
    return found


def trees(file: SourceFile) -> list[Node]:
    """A file of variables, as the shell and Compose read it; what it takes from the environment isn't known. Raises
    ``TooLargeError`` for one that has too many: what stands at its end mustn't get lost."""
    first = Span(file.path, 1, 1, 1, 1)
    found = variables(file, lambda name: None)
    if len(found) > MAX_ENTRIES:
        raise TooLargeError(f"more than {MAX_ENTRIES:,} variables", 1, 1)
    return [
        Node(
            {name: Node(value, _where(value, first)) for name, value in found.items()}, first
        )
    ]


def _where(value: Value, otherwise: Span) -> Span:
    where = value.because.where if value.because is not None else None
    return otherwise if where is None else where.span()


def _set(
    text: str, key: re.Match[str], where: Span, found: dict[str, Value], lookup: Lookup, raw: bool
) -> int:  # fmt: skip
    """Read the value behind ``key``; gives where the next line begins."""
    name, at = key[1], key.end()
    end = _end(text, at)
    if key[2] is None:
        inherited = lookup(name)
        if inherited is not None and not text[at:end].strip():
            found[name] = inherited
        return end
    step = Step(where, Note(SET_HERE))
    quote = None if raw else _QUOTED.get(text[at : at + 1])
    quoted = quote.match(text, at) if quote else None
    if quoted is not None:
        inside = quoted[1]
        if text[at] == "'":
            found[name] = Known(inside.replace("\\'", "'"), step)
        else:
            found[name] = interpolated(
                _ESCAPE.sub(lambda match: _ESCAPES[match[1]], inside), where, lookup
            )
        return _end(text, quoted.end())
    value = text[at:end]
    if raw:
        found[name] = Known(value, step)
    else:
        plain = "" if value.startswith("#") else value.partition(" #")[0]
        found[name] = interpolated(plain.rstrip(), where, lookup)
    return end


def _end(text: str, at: int) -> int:
    match = _LINE.match(text, at)
    assert match is not None
    return match.end()
