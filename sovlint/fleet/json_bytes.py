"""Data as JSON that any reader takes. Names of files may be no text at all: what isn't UTF-8 of them stands as an escape."""

from __future__ import annotations

import json
import re
from typing import Any, Final

import msgspec

_NO_TEXT: Final = re.compile("[\ud800-\udfff]")
"""What Python has in a name for each byte that isn't UTF-8."""


def encoded(data: Any) -> bytes:
    """Data as JSON."""
    try:
        return msgspec.json.encode(data)
    except UnicodeEncodeError:
        written = json.dumps(msgspec.to_builtins(data), ensure_ascii=False)
        return _NO_TEXT.sub(lambda found: f"\\\\u{ord(found[0]):04x}", written).encode()


def decoded(text: str) -> Any:
    """What a text of JSON says."""
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        return msgspec.json.decode(encoded(json.loads(text)))
