"""How a text is written as a scalar of YAML by go-yaml: plain, quoted or as a block, and which characters are escaped."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from sovlint.documents.go_scalars import go_scalar

_BASE_60 = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?")
_TIMESTAMP = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(?:Z|[-+]\d\d:\d\d)"
    r"| (\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?)?"
)
_WORDS = frozenset(
    f"{sign}.{word}" for sign in ("", "+", "-") for word in ("inf", "Inf", "INF")
) | {".nan", ".NaN", ".NAN"}
_UNPRINTABLE = re.compile(r"[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]")
UNREADABLE = re.compile(r"[\x7f-\x84\x86-\x9f]")
"""What go-yaml doesn't read, and JSON doesn't escape."""
BREAKS = re.compile(r"[\r\n\x85\u2028\u2029]")
_EASY = re.compile(r"[A-Za-z_/][\w./=-]*", re.ASCII)
_INDICATOR_FIRST = frozenset("#,[]{}&*!|>'\"%@`")

PLAIN, SINGLE, DOUBLE, LITERAL = "plain", "single", "double", "literal"

_SHORT = {
    "\0": "\\0", "\a": "\\a", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\v": "\\v", "\f": "\\f", "\r": "\\r",
    "\x1b": "\\e", '"': '\\"', "\\": "\\\\", "\x85": "\\N", "\xa0": "\\_", "\u2028": "\\L", "\u2029": "\\P",
}  # fmt: skip


@lru_cache(maxsize=4096)
def style_of(text: str, as_key: bool = False) -> str:
    """In which style a text is written. ``as_key``: in front of a colon, where everything stands on one line."""
    if _EASY.fullmatch(text):
        return PLAIN if isinstance(go_scalar(text), str) else DOUBLE
    if "\n" in text:
        return LITERAL if _may_be_block(text) and not as_key else DOUBLE
    if _reads_otherwise(text):
        return DOUBLE
    if _may_be_plain(text) and not (as_key and BREAKS.search(text)):
        return PLAIN
    single = not _UNPRINTABLE.search(text) and not _space_at_break(text)
    return SINGLE if single else DOUBLE


def _reads_otherwise(text: str) -> bool:
    """Whether a plain text would be read as something else: a number, a truth value, a time."""
    if text in _WORDS or not isinstance(go_scalar(text), str):
        return True
    return bool(_BASE_60.fullmatch(text)) or _is_time(text)


def _is_time(text: str) -> bool:
    found = _TIMESTAMP.fullmatch(text)
    if found is None:
        return False
    year, month, day = (int(found[at]) for at in (1, 2, 3))
    hour, minute, second = (int(found[at] or found[at + 3] or 0) for at in (4, 5, 6))
    try:
        date(year or 4, month, day)
    except ValueError:
        return False
    return hour < 24 and minute < 60 and second < 60


def _may_be_block(text: str) -> bool:
    return (
        not text.endswith(" ")
        and not _UNPRINTABLE.search(text)
        and not re.search(r" [\r\n]", text)
    )


def _space_at_break(text: str) -> bool:
    return bool(re.search(r" [\r\n\x85\u2028\u2029]|[\r\n\x85\u2028\u2029] ", text))


def _may_be_plain(text: str) -> bool:
    if text[0] == " " or text[-1] == " " or _UNPRINTABLE.search(text) or BREAKS.search(text):
        return False
    if text.startswith(("---", "...")) or text[0] in _INDICATOR_FIRST:
        return False
    if text[0] in "?:-" and (len(text) == 1 or text[1] in " \t"):
        return False
    return not re.search(r":(?:[ \t]|\Z)|[ \t]#", text)


def escaped(character: str) -> str:
    """A character between double quotes."""
    short = _SHORT.get(character)
    if short is not None:
        return short
    if not _UNPRINTABLE.match(character):
        return character
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
