"""Texts of configuration files -> values: what is still to be filled in is unknown."""

from __future__ import annotations

import re
from typing import Final

from sovlint.documents.dialects import ALONE, IN_VALUES, Dialects, variable_pattern
from sovlint.documents.interpolation import WRITTEN
from sovlint.model.source import Located
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, StepKind, Unknown, Value

MAX_TEXT: Final = 20_000
"""Longer texts are files of their own, not values."""

_FILLED_IN: Final = Dialects(IN_VALUES, nested=True)
_FALLBACKS: Final = ","
_QUOTED: Final = re.compile(r"(['\"])(?P<text>[^'\"]*)\1")
_WHOLE: Final = re.compile("|".join(variable_pattern(dialect).pattern for dialect in ALONE))
"""A value that is nothing but a variable."""


def _defaulted(inner: str, default: str) -> tuple[str, str | None]:
    """The name of a variable and the text that counts where nobody sets it, ``None`` where none is given. ``:-`` is the
    shell's sign for it. Behind a comma stands one fallback after the other, of which the last is a text in quotes; an
    empty one says only that it need not be set."""
    name, sign, rest = inner.partition(default) if default else ("", "", "")
    if not sign or _FILLED_IN.is_in(rest):
        return "", None
    if default != _FALLBACKS:
        return name, rest.removeprefix("-").strip("\"'")
    last = _QUOTED.fullmatch(rest.rpartition(_FALLBACKS)[2].strip())
    return (name, last["text"]) if last and last["text"] else ("", None)


def valued(text: str, where: Located, default: str = "") -> Value:
    """A text as a value. ``default``: what parts a variable from its default in ``${NAME:default}``, if it has
    one. What a file gives as default counts as the value, and says that it is a default.
    """
    step = Step(where, Note(WRITTEN))
    if len(text) > MAX_TEXT:
        return Unknown(Reason.UNSUPPORTED_EXPRESSION, "text", step)
    if _WHOLE.fullmatch(text.strip()):
        hole = Unknown(Reason.TEMPLATED, text.strip(), step)
        return Unknown(
            Reason.TEMPLATED, "variable", step, note=Note("settings.filled"), holes=(hole,)
        )
    defaulted = ""
    holes: list[Unknown] = []
    pieces: list[str | None] = []
    for piece in _FILLED_IN.pieces(text):
        if isinstance(piece, str):
            pieces.append(piece)
            continue
        name, rest = _defaulted(piece.inner, default)
        defaulted = name or defaulted
        pieces.append(rest)
        holes += [Unknown(Reason.TEMPLATED, piece.written, step)] if rest is None else []
    if None in pieces:
        parts = tuple(each for each in pieces if each != "")
        return Unknown(
            Reason.TEMPLATED,
            "variable",
            step,
            parts=parts if any(parts) else None,
            note=Note("settings.filled"),
            holes=tuple(holes),
        )
    whole = "".join(each or "" for each in pieces)
    if defaulted:
        return Known(
            whole,
            Step(where, Note("settings.default", {"name": defaulted}), kind=StepKind.DEFAULT),
        )
    return Known(whole, step)
