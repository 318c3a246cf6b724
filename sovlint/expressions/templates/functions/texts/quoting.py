"""Texts as Go quotes them (``strconv.Quote``)."""

from __future__ import annotations

import re

from sovlint.expressions.templates.text import FIRST_HOLE, LAST_HOLE

_SHORT = {
    "\a": "\\a", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v", "\\": "\\\\", '"': '\\"',
}  # fmt: skip
_PLAIN = re.compile(r"[ !#-\[\]-~]*")


def quoted(text: str) -> str:
    """A text between quotation marks. Characters that stand for holes stay as they are."""
    if _PLAIN.fullmatch(text):
        return f'"{text}"'
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    short = _SHORT.get(character)
    if short is not None:
        return short
    code = ord(character)
    if FIRST_HOLE <= code <= LAST_HOLE or character == " " or is_printable(character):
        return character
    if 0xDC80 <= code <= 0xDCFF:  # a byte that isn't UTF-8
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x80:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def is_printable(character: str) -> bool:
    """Whether Go takes a character for one that can be printed: of all spaces only the plain one."""
    return character.isprintable()
