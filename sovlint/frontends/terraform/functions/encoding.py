"""Functions that encode, decode, hash and convert."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Mapping
from urllib.parse import quote

from sovlint.frontends.terraform.kinds import Refused, failed
from sovlint.frontends.terraform.limits import MAX_SIZE
from sovlint.frontends.terraform.sizes import too_large
from sovlint.frontends.terraform.texts import text_of
from sovlint.frontends.terraform.values import plain, wrap
from sovlint.model.value import Known, Value

MAX_DECODED = 1_000_000
"""Longer text than this isn't decoded."""


def _text(value: object) -> str:
    text = text_of(value)
    if text is None or len(text) > MAX_DECODED:
        raise Refused("text expected")
    return text


def _jsonencode(value: object) -> Value:
    text = json.dumps(plain(value), separators=(",", ":"), ensure_ascii=False, sort_keys=True)
    for mark in "<>&":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return Known(text)


def _jsondecode(value: object) -> Value:
    try:
        return wrap(json.loads(_text(value)))
    except (ValueError, RecursionError):
        return failed("jsondecode: not JSON")


def _yamldecode(value: object) -> Value:
    from sovlint.documents import DocumentError, load

    try:
        documents = list(load(_text(value), "yamldecode", MAX_SIZE))
    except DocumentError:
        return failed("yamldecode: not YAML")
    return wrap(documents[0].data) if len(documents) == 1 else failed("yamldecode: one document expected")


def _csvdecode(value: object) -> Value:
    import csv
    import io

    rows: list[dict[str, object]] = []
    for row in csv.DictReader(io.StringIO(_text(value))):
        if (len(rows) + 1) * len(row) > MAX_SIZE:  # a short row has every column too
            raise too_large()
        rows.append(dict(row))
    return wrap(rows)


def _base64decode(value: object) -> Value:
    try:
        return Known(base64.b64decode(_text(value), validate=True).decode())
    except (binascii.Error, UnicodeDecodeError):
        return failed("base64decode: not base64 text")


def _hash(name: str, encode: Callable[[bytes], str]) -> Callable[..., Value]:
    return lambda value: Known(encode(hashlib.new(name, _text(value).encode(), usedforsecurity=False).digest()))


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "base64decode": _base64decode,
    "base64encode": lambda value: Known(_base64(_text(value).encode())),
    "base64sha256": _hash("sha256", _base64),
    "base64sha512": _hash("sha512", _base64),
    "csvdecode": _csvdecode,
    "jsondecode": _jsondecode,
    "jsonencode": _jsonencode,
    "md5": _hash("md5", bytes.hex),
    "sha1": _hash("sha1", bytes.hex),
    "sha256": _hash("sha256", bytes.hex),
    "sha512": _hash("sha512", bytes.hex),
    "urlencode": lambda value: Known(quote(_text(value), safe="-_.~").replace("%20", "+")),
    "yamldecode": _yamldecode,
}
