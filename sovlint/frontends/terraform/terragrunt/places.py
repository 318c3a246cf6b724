"""Where an entry of a map stands, for reports: its own line where that can be told, else the whole argument."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sovlint.expressions.lifting import hop
from sovlint.expressions.nodes import Attribute
from sovlint.model.source import Located, Stretch
from sovlint.model.text import Note
from sovlint.model.value import Known, Unknown, Value

_DEEPER, _HIGHER = b"{[(", b"}])"


def with_places(value: Value, attribute: Attribute, key: str) -> Value:
    """A map with the step ``key`` (a message about ``name``) at each entry that is known."""
    if isinstance(value, Unknown):
        return value.but(entries=_each(value.entries, attribute, key)) if value.entries else value
    if not isinstance(value.value, dict):
        return value
    return Known(_each(value.value, attribute, key), value.because, value.sensitive)


def _each(entries: Mapping[str, Value], attribute: Attribute, key: str) -> dict[str, Value]:
    return {
        name: hop(value, place(attribute.where, name), Note(key, {"name": name})) for name, value in entries.items()
    }


def place(where: Located, name: str) -> Located:
    """The line of an entry in an argument written in HCL; of several of that name, the outermost."""
    if not isinstance(where, Stretch):
        return where
    text = where.file.data[where.start : where.end]
    pattern = rb'^[ \t]*"?' + re.escape(name.encode()) + rb'"?[ \t]*[=:][^\n]*'
    best: tuple[int, int, int] | None = None
    for match in re.finditer(pattern, text, re.MULTILINE):
        before = text[: match.start()]
        depth = sum(map(before.count, _DEEPER)) - sum(map(before.count, _HIGHER))
        if best is None or depth < best[0]:
            indent = len(match.group()) - len(match.group().lstrip())
            best = (depth, where.start + match.start() + indent, where.start + match.end())
    return where if best is None else Stretch(where.file, best[1], best[2])
