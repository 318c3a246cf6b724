"""Functions that encode, decode, hash and convert."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from urllib.parse import quote, unquote_plus

from sovlint.frontends.terraform import beyond
from sovlint.frontends.terraform.kinds import Refused, failed
from sovlint.frontends.terraform.limits import MAX_SIZE
from sovlint.frontends.terraform.texts import text_of
from sovlint.frontends.terraform.values import plain, wrap
from sovlint.model.value import Known, Value

MAX_DECODED = 2_000_000
"""Longer text than this isn't decoded."""
MAX_NODES = 200_000
"""YAML of more nodes than this isn't decoded: a node takes a kilobyte meanwhile."""


def _text(value: object) -> str:
    text = text_of(value)
    if text is None:
        raise Refused("text expected")
    if len(text) > MAX_DECODED:
        raise beyond.raised(beyond.text(MAX_DECODED))
    return text


def _jsonencode(value: object) -> Value:
    text = json.dumps(plain(value), separators=(",", ":"), ensure_ascii=False, sort_keys=True)
    for mark in "<>&":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return Known(text)


def _jsondecode(value: object) -> Value:
    try:
        return wrap(json.loads(_text(value)))
    except RecursionError:
        raise beyond.raised(beyond.parts()) from None
    except ValueError:
        return failed("jsondecode: not JSON")


def _yamldecode(value: object) -> Value:
    return _from_yaml(_text(value))


@lru_cache(maxsize=256)
def _from_yaml(text: str) -> Value:
    """What one YAML document holds. Roots of a repository often read the same files: each text is decoded once."""
    from sovlint.documents import DocumentError, TooLargeError, load

    try:
        documents = list(load(text, "yamldecode", MAX_NODES))
    except TooLargeError:
        return beyond.parts()
    except DocumentError:
        return failed("yamldecode: not YAML")
    return wrap(documents[0].data) if len(documents) == 1 else failed("yamldecode: one document expected")


def _csvdecode(value: object) -> Value:
    import csv
    import io

    rows: list[dict[str, object]] = []
    for row in csv.DictReader(io.StringIO(_text(value))):
        if (len(rows) + 1) * len(row) > MAX_SIZE:  # a short row has every column too
            raise beyond.raised(beyond.parts())
        rows.append(dict(row))
    return wrap(rows)


def _base64decode(value: object) -> Value:
    try:
        return Known(base64.b64decode(_text(value), validate=True).decode())
    except (binascii.Error, UnicodeDecodeError):
        return failed("base64decode: not base64 text")


def _yamlencode(value: object) -> Value:
    """As Terraform writes it: texts in quotes or, where they have lines, in blocks; lists not indented."""
    import yaml

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: object) -> bool:
            return True

    def text(dumper: yaml.SafeDumper, data: str) -> yaml.ScalarNode:
        style = "|" if "\n" in data else '"'
        return dumper.represent_scalar("tag:yaml.org,2002:str", data, style=style)

    Dumper.add_representer(str, text)
    shown = yaml.dump(
        plain(value), Dumper=Dumper, default_flow_style=False, sort_keys=True, allow_unicode=True, width=MAX_DECODED
    )
    return Known(shown.removesuffix("...\n"))


def _charset(name: object) -> str:
    """An encoding by its IANA name."""
    import codecs

    try:
        found = codecs.lookup(_text(name))
    except LookupError:
        raise Refused("no such encoding") from None
    return found.name


def _textencodebase64(value: object, name: object) -> Value:
    charset = _charset(name)
    charset += "-le" if charset == "utf-16" else ""  # without a byte order mark, as Terraform has it
    try:
        return Known(_base64(_text(value).encode(charset)))
    except UnicodeEncodeError:
        return failed("textencodebase64: a character that the encoding lacks")


def _textdecodebase64(value: object, name: object) -> Value:
    try:
        return Known(base64.b64decode(_text(value), validate=True).decode(_charset(name)))
    except (binascii.Error, UnicodeDecodeError):
        return failed("textdecodebase64: not text of that encoding")


def _base64gunzip(value: object) -> Value:
    """OpenTofu's. No more than ``MAX_DECODED`` bytes are unpacked."""
    import zlib

    try:
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        data = unpacker.decompress(base64.b64decode(_text(value), validate=True), MAX_DECODED)
        if unpacker.unconsumed_tail:
            raise beyond.raised(beyond.text(MAX_DECODED))
        return Known(data.decode())
    except (binascii.Error, UnicodeDecodeError, zlib.error):
        return failed("base64gunzip: not text that was packed")


def _uuidv5(namespace: object, name: object) -> Value:
    import uuid

    named = {
        "dns": uuid.NAMESPACE_DNS,
        "url": uuid.NAMESPACE_URL,
        "oid": uuid.NAMESPACE_OID,
        "x500": uuid.NAMESPACE_X500,
    }
    text = _text(namespace)
    try:
        space = named.get(text) or uuid.UUID(text)
    except ValueError:
        raise Refused("a namespace expected") from None
    return Known(str(uuid.uuid5(space, _text(name))))


def _hash(name: str, encode: Callable[[bytes], str]) -> Callable[..., Value]:
    return lambda value: Known(encode(hashlib.new(name, _text(value).encode(), usedforsecurity=False).digest()))


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "base64decode": _base64decode,
    "base64encode": lambda value: Known(_base64(_text(value).encode())),
    "base64gunzip": _base64gunzip,
    "base64sha256": _hash("sha256", _base64),
    "base64sha512": _hash("sha512", _base64),
    "csvdecode": _csvdecode,
    "jsondecode": _jsondecode,
    "jsonencode": _jsonencode,
    "md5": _hash("md5", bytes.hex),
    "sha1": _hash("sha1", bytes.hex),
    "sha256": _hash("sha256", bytes.hex),
    "sha512": _hash("sha512", bytes.hex),
    "textdecodebase64": _textdecodebase64,
    "textencodebase64": _textencodebase64,
    "urldecode": lambda value: Known(unquote_plus(_text(value))),
    "urlencode": lambda value: Known(quote(_text(value), safe="-_.~").replace("%20", "+")),
    "uuidv5": _uuidv5,
    "yamldecode": _yamldecode,
    "yamlencode": _yamlencode,
}
