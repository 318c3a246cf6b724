"""Manifests with places to fill in that YAML can't hold: ``image: {{image}}`` reads as a mapping. Where only such values
and loops keep a document from being read, it is read with them as texts, line by line where it was."""

from __future__ import annotations

import re
from typing import Final

from sovlint.model.decoding import late_pattern

_VALUE: Final = late_pattern(
    rb"^(?P<before>[ \t]*(?:-[ \t]+)*(?:[\w./\"'@-]+:[ \t]+)?)(?P<value>\{\{(?![#/^>!{-])[^\n\"'#]*\}\}[^\s\"'#]*)[ \t]*$",
    re.MULTILINE,
)
"""A value, or an entry of a list, that begins with a place to fill in and is no action."""
_LOOP: Final = late_pattern(
    rb"^[ \t]*\{\{(?:#each[ \t][^{}\n]*|/each)\}\}[ \t]*$", re.MULTILINE
)
"""The beginning or the end of a loop (Mustache, Handlebars). Of what is under a condition nobody knows whether it is
there, so that conditions stay what keeps a document from being read."""


def quoted_fill_ins(data: bytes) -> bytes | None:
    """A document with its places to fill in as texts, and without the lines of loops; ``None`` where it has none."""
    quoted = _VALUE.sub(rb"\g<before>'\g<value>'", _LOOP.sub(b"", data))
    return None if quoted == data else quoted
