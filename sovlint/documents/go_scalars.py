"""What plain scalars of YAML mean to programs in Go that read them by the rules of YAML 1.1, such as Helm."""

from __future__ import annotations

import math
import re
from typing import Final

BOOLEANS: Final = {
    word: value
    for value, words in (
        (True, "y Y yes Yes YES true True TRUE on On ON"),
        (False, "n N no No NO false False FALSE off Off OFF"),
    )
    for word in words.split()
}
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_INTEGER: Final = re.compile(
    r"[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)\Z"
)
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_MOST: Final = 2**64
_LONGEST: Final = 400
"""Digits of a number: longer ones stay text."""


def go_scalar(text: str) -> object:
    """A plain scalar as Go reads it: words such as ``yes`` are true or false, ``0777`` is octal."""
    first = text[:1]
    if first.isdigit() or first in "+-.":
        return _number(text) if text else None
    if text in _NULLS:
        return None
    return BOOLEANS.get(text, text)


def _number(text: str) -> object:
    plain = text.replace("_", "") if text[0] != "." else text
    if len(plain) > _LONGEST:
        return text
    if _INTEGER.match(plain):
        found = _integer(plain)
        if -_MOST // 2 <= found < _MOST:
            return found
    if _FLOAT.match(plain):
        number = float(plain)
        return number if math.isfinite(number) else text
    return text


def _integer(plain: str) -> int:
    digits = plain.lstrip("+-")
    sign = -1 if plain[0] == "-" else 1
    if len(digits) > 1 and digits[0] == "0" and digits[1].isdigit():
        return sign * int(digits, 8)
    return sign * int(digits, 0)
