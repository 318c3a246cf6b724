"""Whether a secret stands in an output, whatever the output did to it."""

from __future__ import annotations

import html
import re
from base64 import b64decode
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

_CANARY: Final = re.compile(r"hunter(\d{3})x", re.IGNORECASE)
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]{12,}")
_WRAPPED: Final = re.compile(r"[ \t│|]*\r?\n[ \t│|=:>-]*")
_MARKS: Final = ("aHVudGVy", "h1bnRlc", "odW50ZX")
"""What base64 of a canary has, whichever of three letters it begins at."""


def leaks(text: str) -> list[str]:
    """Where canaries stand in a text, each with what is around."""
    return [
        f"{way}: {each[max(0, met.start() - 60) : met.end() + 20]}"
        for way, each in _ways(text)
        if "hunter" in each.lower()  # which takes a tenth of the time
        for met in _CANARY.finditer(each)
    ]


def _ways(text: str) -> Iterator[tuple[str, str]]:
    """A text as it is, and as it would be read by somebody who undoes what formats and terminals do."""
    joined = _WRAPPED.sub("", text)
    whole = html.unescape(unquote(joined)) if "%" in joined or "&" in joined else joined
    yield "as it is", text
    yield "over two lines", joined
    yield "encoded", whole
    yield "base64", "\n".join(_decoded(whole))


def _decoded(text: str) -> Iterator[str]:
    if not any(mark in text for mark in _MARKS):
        return
    for met in _BASE64.finditer(text):
        word = met[0].replace("-", "+").replace("_", "/")
        for start in range(4) if any(mark in word for mark in _MARKS) else ():
            whole = word[start : start + (len(word) - start) // 4 * 4]
            yield b64decode(whole).decode("utf-8", "replace")
