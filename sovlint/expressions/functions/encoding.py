"""Functions that encode, decode, hash and convert."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from urllib.parse import quote

from sovlint.expressions import beyond_limits
from sovlint.expressions.kinds import Functions, NotKnown, Refused, failed, unsupported
from sovlint.expressions.limits import MAX_SIZE
from sovlint.expressions.numerals import read, written
from sovlint.expressions.texts import composed, encoded, needed_text
from sovlint.expressions.values import plain, wrap
from sovlint.model.decoding import late_pattern
from sovlint.model.value import Unknown, Value

_WORDS: Mapping[str, object] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(
        ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"], True
    ),
    **dict.fromkeys(
        ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"], False
    ),
}
_SEVERAL_WAYS = late_pattern(
    r"[+-]?(?:0[xXbBoO]|[0-9.]*_|\.(?:inf|nan)|[0-9]+[0-9.]*[pP])|[0-9]{4}-[0-9]",
    re.IGNORECASE,
)
_TAG = late_pattern(r"(?:^|[\s\[{,])![\w!<]")
_QUOTED = late_pattern(r'(?:^|(?<=[,\n]))"(?:[^"]|"")*"(?=[,\r\n]|$)')
_COMPLEX_KEY = late_pattern(r"^[ -]*\? ", re.MULTILINE)
_SURROGATE = late_pattern(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F]"
)
MAX_DECODED = 2_000_000
"""Longer text than this isn't decoded."""
MAX_NODES = 200_000
"""YAML of more nodes than this isn't decoded: a node takes a kilobyte meanwhile."""


def _text(value: object) -> str:
    text = needed_text(value)
    if len(text) > MAX_DECODED:
        raise NotKnown(beyond_limits.text(MAX_DECODED))
    return text


def _number(text: str) -> int | float:
    number = read(text)
    if number is None:
        raise NotKnown(unsupported("a number past what is counted with"))
    return number


def _no_number(text: str) -> None:
    raise ValueError(text)


def _jsondecode(value: object) -> Value:
    text = _text(value)
    if _SURROGATE.search(text):
        raise NotKnown(unsupported("half a character"))
    try:
        return wrap(
            json.loads(
                text, parse_float=_number, parse_int=_number, parse_constant=_no_number
            )
        )
    except RecursionError:
        raise NotKnown(beyond_limits.parts()) from None
    except ValueError:
        return failed("jsondecode: not JSON")


def _scalar(text: str) -> object:
    """A plain scalar as Terraform reads it: YAML 1.1's words, numbers in base ten. What its versions read in several
    ways, and what it takes for a time, isn't known."""
    if text in _WORDS:
        return _WORDS[text]
    if _SEVERAL_WAYS.match(text):
        return unsupported("a plain scalar that YAML takes in several ways")
    number = read(text) if text[:1] in "+-.0123456789" else None
    return text if number is None else number


@lru_cache(maxsize=256)
def _from_yaml(text: str) -> Value:
    """What one YAML document holds. Roots of a repository often read the same files: each text is decoded once."""
    from sovlint.documents import DocumentError, TooLargeError, load, tagged

    if _TAG.search(text) and tagged(text):  # an exclamation mark within a text is none
        return unsupported("YAML with tags")

    try:
        documents = list(load(text, "yamldecode", MAX_NODES, _scalar))
    except TooLargeError:
        return beyond_limits.parts()
    except DocumentError:
        return failed("yamldecode: not YAML")
    return (
        wrap(documents[0].data)
        if len(documents) == 1
        else failed("yamldecode: one document expected")
    )


def _csvdecode(value: object) -> Value:
    import csv
    import io

    text = _text(value).replace("\r\n", "\n")
    if "\r" in text:
        raise NotKnown(unsupported("CSV that can't be read"))
    if '"' in _QUOTED.sub("", text):
        raise Refused("quotes around whole fields expected")
    read = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[dict[str, object]] = []
    try:
        header = next(read, None)
        if not header or len(set(header)) < len(header):
            raise Refused("a header of different names expected")
        for row in filter(None, read):
            if len(row) != len(header):
                raise Refused("as many fields as the header has expected")
            if (len(rows) + 1) * len(row) > MAX_SIZE:
                raise NotKnown(beyond_limits.parts())
            rows.append(dict(zip(header, row, strict=True)))
    except csv.Error:
        raise NotKnown(unsupported("CSV that can't be read")) from None
    return wrap(rows)


def _base64decode(value: object) -> str | Unknown:
    try:
        text = _text(value).replace("\r", "").replace("\n", "")
        return composed(_unpacked(text).decode())
    except (binascii.Error, UnicodeDecodeError):
        return failed("base64decode: not base64 text")


def _yamlencode(value: object) -> str:
    """As Terraform writes it: texts in quotes or, where they have lines, in blocks; lists not indented."""
    import yaml

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: object) -> bool:
            return True

    def text(dumper: yaml.SafeDumper, data: str) -> yaml.ScalarNode:
        style = "|" if "\n" in data else '"'
        return dumper.represent_scalar("tag:yaml.org,2002:str", data, style=style)

    def number(dumper: yaml.SafeDumper, data: float) -> yaml.ScalarNode:
        return dumper.represent_scalar("tag:yaml.org,2002:float", written(data))

    Dumper.add_representer(str, text)
    Dumper.add_multi_representer(float, number)
    Dumper.add_representer(float, number)
    shown = yaml.dump(
        plain(value),
        Dumper=Dumper,
        default_flow_style=False,
        sort_keys=True,
        allow_unicode=True,
        width=MAX_DECODED,
    )
    if _COMPLEX_KEY.search(shown):
        raise NotKnown(unsupported("a key that YAML writes in more than one way"))
    return shown.removesuffix("...\n") if isinstance(value, str) else shown


def hashed(data: bytes, name: str, encode: Callable[[bytes], str] = bytes.hex) -> str:
    """The hash of a file or a text."""
    import hashlib  # imported late: it brings in OpenSSL

    return encode(hashlib.new(name, data, usedforsecurity=False).digest())


def _hash(name: str, encode: Callable[[bytes], str] = bytes.hex) -> Callable[[object], str]:
    return lambda value: hashed(_text(value).encode(), name, encode)


def base64_text(data: bytes) -> str:
    """Bytes in base64."""
    return base64.b64encode(data).decode()


def _unpacked(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


FUNCTIONS: Functions = {
    "base64decode": _base64decode,
    "base64encode": lambda value: base64_text(_text(value).encode()),
    "base64sha256": _hash("sha256", base64_text),
    "base64sha512": _hash("sha512", base64_text),
    "csvdecode": _csvdecode,
    "jsondecode": _jsondecode,
    "jsonencode": lambda value: encoded(plain(value)),
    "md5": _hash("md5"),
    "sha1": _hash("sha1"),
    "sha256": _hash("sha256"),
    "sha512": _hash("sha512"),
    "urlencode": lambda value: quote(_text(value), safe="-_.~").replace("%20", "+"),
    "yamldecode": lambda value: _from_yaml(_text(value)),
    "yamlencode": _yamlencode,
}
