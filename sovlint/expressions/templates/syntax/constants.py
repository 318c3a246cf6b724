"""Numbers, characters and strings as templates write them -> values. Each raises ``ValueError``."""

from __future__ import annotations

import re

_LARGEST = 2**63 - 1
_SIMPLE = {
    "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\", "'": "'", '"': '"',
}  # fmt: skip
_ESCAPE = re.compile(
    r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([abfnrtv\\'\"]))"
)


def number(written: str) -> int | float:
    """A number: an int where it is written as one, as ``07`` (octal), ``0x1f`` and ``1_000`` are."""
    if written.endswith("i"):
        raise ValueError("complex numbers aren't read")
    try:
        value = _number(written)
    except (ValueError, OverflowError):
        raise ValueError("bad number syntax") from None
    if isinstance(value, int) and not -_LARGEST - 1 <= value <= _LARGEST:
        raise ValueError("integer overflow")
    return value


def _number(written: str) -> int | float:
    digits = written.lstrip("+-").lower()
    is_hexadecimal = digits.startswith("0x")
    if is_hexadecimal and ("." in digits or "p" in digits):
        return float.fromhex(written.replace("_", ""))
    if not is_hexadecimal and ("." in digits or "e" in digits):
        return float(written.replace("_", ""))
    value = _whole(digits)
    return -value if written.startswith("-") else value


def _whole(digits: str) -> int:
    if len(digits) > 100:
        return _LARGEST + 1
    if len(digits) > 1 and digits[0] == "0" and digits[1].isdigit():
        return int(digits, 8)
    return int(digits, 0)


def character(written: str) -> int:
    """A character between single quotes, which is an int."""
    text = unescaped(written[1:-1], "'")
    if len(text) != 1:
        raise ValueError("malformed character constant")
    return ord(text)


def string(written: str) -> str:
    """A string between double quotes."""
    return unescaped(written[1:-1], '"')


def unescaped(inner: str, quote: str) -> str:
    """What stands between quotes."""
    if "\\" not in inner:
        return inner
    pieces: list[str] = []
    at = 0
    while True:
        slash = inner.find("\\", at)
        if slash < 0:
            break
        pieces.append(inner[at:slash])
        found = _ESCAPE.match(inner, slash)
        if found is None or found[5] in ({"'", '"'} - {quote}):
            raise ValueError("invalid syntax")
        pieces.append(_escaped(found))
        at = found.end()
    pieces.append(inner[at:])
    return "".join(pieces)


def _escaped(found: re.Match[str]) -> str:
    if found[5]:
        return _SIMPLE[found[5]]
    if found[4]:
        return _byte(int(found[4], 8))
    if found[1]:
        return _byte(int(found[1], 16))
    code = int(found[2] or found[3], 16)
    if code > 0x10FFFF or 0xD800 <= code < 0xE000:
        raise ValueError("invalid syntax")
    return chr(code)


def _byte(code: int) -> str:
    """A byte: what is no ASCII would have to be part of a character in UTF-8, and is read as none."""
    if code > 0xFF:
        raise ValueError("invalid syntax")
    return chr(code) if code < 0x80 else "\ufffd"
