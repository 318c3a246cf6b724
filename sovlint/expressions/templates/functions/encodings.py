"""Base 64 and 32, and digests."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import zlib
from collections.abc import Callable, Mapping
from typing import Any

from sovlint.expressions.templates.functions.arguments import data_of, text, text_of

_NO_BASE64 = re.compile(r"[^A-Za-z0-9+/]")
_NO_BASE32 = re.compile(r"[^A-Z2-7]")


def _b64enc(value: Any) -> str:
    return base64.b64encode(data_of(value)).decode()


def _b64dec(value: Any) -> str:
    return _decoded(text(value), "base64", 4, _NO_BASE64, base64.b64decode)


def _b32enc(value: Any) -> str:
    return base64.b32encode(data_of(value)).decode()


def _b32dec(value: Any) -> str:
    return _decoded(text(value), "base32", 8, _NO_BASE32, base64.b32decode)


def _decoded(
    value: str, name: str, group: int, wrong: re.Pattern[str], decode: Callable[[str], bytes]
) -> str:
    """What is encoded, or what Go says where it can't be read. Line breaks are left out."""
    written = value.replace("\r", "").replace("\n", "")
    digits = written.rstrip("=")
    bad = wrong.search(digits)
    if bad is not None:
        return f"illegal {name} data at input byte {bad.start()}"
    try:
        if len(written) % group:
            raise binascii.Error
        return text_of(decode(written))
    except binascii.Error:
        return f"illegal {name} data at input byte {len(written) // group * group}"


def _digest(name: str) -> Callable[[Any], str]:
    def call(value: Any) -> str:
        return hashlib.new(name, data_of(value), usedforsecurity=False).hexdigest()

    return call


def _adler32(value: Any) -> str:
    return str(zlib.adler32(data_of(value)))


PLAIN: Mapping[str, Callable[..., Any]] = {
    "b64enc": _b64enc,
    "b64dec": _b64dec,
    "b32enc": _b32enc,
    "b32dec": _b32dec,
    "sha1sum": _digest("sha1"),
    "sha256sum": _digest("sha256"),
    "sha512sum": _digest("sha512"),
    "adler32sum": _adler32,
}
