"""What plain scalars mean under YAML 1.2, so that ``NO`` stays a country."""

from __future__ import annotations

from collections.abc import Mapping

from sovlint.model.decoding import late_pattern

_INT = late_pattern(r"[-+]?[0-9]+\Z")
_OCTAL_HEX = late_pattern(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_FLOAT = late_pattern(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
ELSEWHERE_TOO = late_pattern(
    r"(?:0|[-+]?[1-9][0-9]*|~|null|Null|NULL|true|True|TRUE|false|False|FALSE)\Z"
)
"""Scalars that aren't text under YAML 1.1 either, as which the loader tells them."""
_WORDS: Mapping[str, object] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


def scalar(text: str) -> object:
    """A plain scalar under YAML 1.2's core schema: null, true/false, numbers; all else is text."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.match(text) and len(text) < 20:
        return int(text)
    if _OCTAL_HEX.match(text):
        return int(text, 0)
    if _FLOAT.match(text) and any(mark in text for mark in ".eE"):
        return float(text)
    return text


def scalar_text(value: object) -> str:
    """A scalar as text; empty for null and for collections."""
    return "" if value is None or isinstance(value, (dict, list)) else str(value)
