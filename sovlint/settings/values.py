"""Texts of configuration files -> values: what is still to be filled in is unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, StepKind, Unknown, Value

WRITTEN: Final = "settings.written"
MAX_TEXT: Final = 20_000
"""Longer texts are files of their own, not values."""

_OPEN: Final = re.compile(r"\$\{|\$\(|\{\{|<%|%env\(|#\{|%\(")
_CLOSE: Final = {"${": "}", "$(": ")", "{{": "}}", "<%": "%>", "%env(": ")%", "#{": "}", "%(": ")"}
_WHOLE: Final = re.compile(r"\$[A-Za-z_]\w*|@[\w.-]+@|%[A-Za-z_]\w*%|__[A-Z]\w*__|#\{\w+\}#?")
"""A value that is nothing but a variable, in the forms of tools that replace them."""


def valued(text: str, where: Located, default: str = "") -> Value:
    """A text as a value. ``default``: what parts a variable from its default in ``${NAME:default}``, if it has
    one. What a file gives as default counts as the value, and says that it is a default.
    """
    step = Step(where, Note(WRITTEN))
    if len(text) > MAX_TEXT:
        return Unknown(Reason.UNSUPPORTED_EXPRESSION, "text", step)
    if _WHOLE.fullmatch(text.strip()):
        return Unknown(Reason.TEMPLATED, "variable", step, note=Note("settings.filled"))
    defaulted = ""
    pieces: list[str | None] = []
    for literal, variable in _pieces(text):
        name, sign, rest = (variable or "").partition(default) if default and variable else ("", "", "")
        if variable is None:
            pieces.append(literal)
        elif sign and not _OPEN.search(rest):
            defaulted = name
            pieces.append(rest.removeprefix("-").strip("\"'"))  # `:-` is the shell's sign for it
        else:
            pieces.append(None)
    if None in pieces:
        parts = tuple(each for each in pieces if each != "")
        return Unknown(
            Reason.TEMPLATED, "variable", step, parts=parts if any(parts) else None, note=Note("settings.filled")
        )
    whole = "".join(each or "" for each in pieces)
    if defaulted:
        return Known(whole, Step(where, Note("settings.default", {"name": defaulted}), kind=StepKind.DEFAULT))
    return Known(whole, step)


def _pieces(text: str) -> Iterator[tuple[str, str | None]]:
    """Literals, and what stands inside of each variable, in order."""
    at = 0
    while met := _OPEN.search(text, at):
        close = _CLOSE[met[0]]
        end = _end(text, met.end(), met[0][-1], close)
        if end == -1:
            break
        yield text[at : met.start()], None
        yield "", text[met.end() : end]
        at = end + len(close)
    yield text[at:], None


def _end(text: str, start: int, opened: str, close: str) -> int:
    """Where a variable is closed, with those inside of it; -1 where it isn't."""
    if len(close) > 1:
        return text.find(close, start)
    depth = 1
    for at in range(start, len(text)):
        depth += (text[at] == opened) - (text[at] == close)
        if depth == 0:
            return at
    return -1
