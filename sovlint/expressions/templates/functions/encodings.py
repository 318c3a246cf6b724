"""Base 64, and a digest."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Mapping
from typing import Any

from sovlint.expressions.templates.functions.arguments import data_of, text, text_of

_NO_DIGIT = re.compile(r"[^A-Za-z0-9+/]")


def _encoded(value: Any) -> str:
    return base64.b64encode(data_of(value)).decode()


def _decoded(value: Any) -> str:
    """What is encoded, or what Go says where it can't be read. Line breaks are left out."""
    written = text(value).replace("\r", "").replace("\n", "")
    bad = _NO_DIGIT.search(written.rstrip("="))
    if bad is not None:
        return f"illegal base64 data at input byte {bad.start()}"
    try:
        if len(written) % 4:
            raise binascii.Error
        return text_of(base64.b64decode(written))
    except binascii.Error:
        return f"illegal base64 data at input byte {len(written) // 4 * 4}"


def _sha256(value: Any) -> str:
    return hashlib.sha256(data_of(value)).hexdigest()


PLAIN: Mapping[str, Callable[..., Any]] = {
    "b64enc": _encoded,
    "b64dec": _decoded,
    "sha256sum": _sha256,
}
